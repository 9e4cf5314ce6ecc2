"use strict";
(() => {
  const all = (query, within = document) => Array.from(within.querySelectorAll(query));
  const filters = document.getElementById("filters");
  const count = document.getElementById("count");
  const selects = all("select", filters);
  const links = new Map(all(".r").map((link) => [link.getAttribute("href").slice(1), link]));
  const pages = all(".page").map((page) => ({
    page,
    entry: document.getElementById("to-" + page.id),
    findings: all(".f", page),
    marks: all("mark", page),
  }));
  const total = pages.reduce((sum, { findings }) => sum + findings.length, 0);
  const wanted = (finding) =>
    selects.every(({ name, value }) => !value || finding.getAttribute("data-" + name).split(" ").includes(value));

  function apply() {
    let shown = 0;
    for (const { page, entry, findings, marks } of pages) {
      // How many shown findings begin, less how many end, at each cell.
      const steps = new Map();
      const step = (cell, by) => steps.set(cell, (steps.get(cell) || 0) + by);
      let here = 0;
      for (const finding of findings) {
        const on = wanted(finding);
        finding.hidden = !on;
        const link = links.get(finding.id);
        if (link) link.hidden = !on;
        if (!on) continue;
        here += 1;
        const cells = finding.getAttribute("data-cells");
        if (cells) {
          const [first, last] = cells.split(" ").map(Number);
          step(first, 1);
          step(last + 1, -1);
        }
      }
      let covering = 0;
      let at = -1;
      for (const mark of marks) {
        const cell = Number(mark.getAttribute("data-cell"));
        while (at < cell) covering += steps.get(++at) || 0;
        mark.classList.toggle("off", covering === 0);
      }
      page.hidden = here === 0;
      if (entry) entry.hidden = here === 0;
      shown += here;
    }
    count.textContent = shown === total ? "All " + total + " findings are shown." : shown + " of " + total + " findings are shown.";
  }

  // A button that is clicked takes the focus away from the finding that was read.
  let current = null;
  document.addEventListener("focusin", (event) => {
    current = event.target.closest(".f") || current;
  });

  function move(by) {
    const open = all(".f:not([hidden])").filter((finding) => !finding.closest("[hidden]"));
    if (open.length === 0) return;
    const from = open.indexOf(current);
    const to = open[from < 0 ? (by > 0 ? 0 : open.length - 1) : (from + by + open.length) % open.length];
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "center" });
  }

  filters.addEventListener("change", apply);
  document.getElementById("reset").addEventListener("click", () => {
    for (const select of selects) select.value = "";
    apply();
  });
  document.getElementById("previous").addEventListener("click", () => move(-1));
  document.getElementById("next").addEventListener("click", () => move(1));
  filters.hidden = false;
  apply();
})();
