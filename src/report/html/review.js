"use strict";
(() => {
  const KEYS = ["finding", "path", "line", "rule", "copy", "decision", "wording", "reason", "to", "until", "by", "day"];
  // What each decision takes, what it needs first; of a change one of the two does.
  const FIELDS = { change: ["wording", "reason"], accept: ["reason", "until"], escalate: ["to", "reason"], "false-alarm": ["reason"] };
  const NEEDS = { change: [], accept: ["reason", "until"], escalate: ["to"], "false-alarm": ["reason"] };
  const WORDS = { change: "Change", accept: "Accept", escalate: "Escalate", "false-alarm": "False alarm" };
  const HEAD = "# Decisions on findings of caveat; `caveat decide FILE` takes them up.\nversion: 1\ndecisions:";
  const by = (id) => document.getElementById(id);
  const all = (query, within = document) => Array.from(within.querySelectorAll(query));
  const [desk, form, name, said, file] = ["desk", "decide", "by", "said", "import"].map(by);
  const fields = Object.fromEntries(["wording", "reason", "to", "until"].map((key) => [key, form.elements[key]]));
  const cards = all(".f[data-print]");
  const key = (row) => row.path + "\n" + row.finding;
  const place = (card) => ({ finding: card.dataset.print, path: card.closest(".page").dataset.path });
  const byKey = new Map();
  for (const card of cards) if (!byKey.has(key(place(card)))) byKey.set(key(place(card)), card);
  const before = new Map(cards.map((card) => [card, card.dataset.decision]));
  // Every decision made here or taken in, those on findings of other pages too.
  const rows = new Map();
  // A page that is written anew, of other findings, begins anew.
  const sum = Array.from(byKey.keys()).join("\n").split("").reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 7);
  const kept = "caveat review " + location.pathname + " " + sum;
  let open = null;
  let exported = true;
  let waiting = 0;

  const today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  };
  // JSON's form of a text is YAML's too, but for what YAML does not print.
  const quoted = (text) => JSON.stringify(String(text).replace(/[\ud800-\udfff]/gu, "\ufffd"))
    .replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (odd) => "\\u" + odd.charCodeAt(0).toString(16).padStart(4, "0"));
  const written = () => {
    const lines = (row) => KEYS.filter((key) => row[key]).map((key) => key + ": " + quoted(row[key]));
    const list = Array.from(rows.values(), (row) => "- " + lines(row).join("\n  ")).join("\n");
    return HEAD + (list ? "\n" + list : " []") + "\n";
  };

  function value(text) {
    if (/^"/.test(text)) return JSON.parse(text.replace(/("(?:[^"\\]|\\.)*")\s+#.*$/, "$1"));
    if (/^'/.test(text)) {
      const inner = /^'((?:[^']|'')*)'\s*(#.*)?$/.exec(text);
      if (!inner) throw new Error();
      return inner[1].replace(/''/g, "'");
    }
    if (/^[|>[{&*!%@`]/.test(text) || /:(\s|$)/.test(text)) throw new Error();
    const plain = text.replace(/(^|\s+)#.*$/, "").trim();
    return plain === "~" || plain === "null" ? "" : plain;
  }

  /** The rows of a file as this page writes it, and as people edit that: a key and its value on each line. */
  function read(text) {
    const found = [];
    text.replace(/^\ufeff/, "").split(/\r?\n/).forEach((line, at) => {
      const wrong = (why) => new Error("line " + (at + 1) + ": " + why);
      if (/^\s*(#.*)?$/.test(line) || /^(---|decisions:\s*(\[\])?\s*)$/.test(line)) return;
      const parts = /^(\s*)(- +)?([a-z]+):(?:\s+(.*))?$/.exec(line);
      if (!parts) throw wrong("a key and its value on one line were expected");
      const [, indent, dash, name, rest] = parts;
      let said;
      try {
        said = value((rest || "").trim());
      } catch {
        throw wrong("write this value on one line, in double quotes");
      }
      if (!indent && !dash && name === "version") {
        if (said !== "1") throw wrong("this page reads version 1");
        return;
      }
      if (dash) found.push({ at: at + 1 });
      const row = found[found.length - 1];
      if (!row || (!dash && !indent)) throw wrong("this belongs to no decision");
      if (!KEYS.includes(name)) throw wrong("unknown key " + name);
      if (name in row) throw wrong("the key " + name + " stands twice");
      row[name] = said;
    });
    for (const row of found) {
      for (const name of ["finding", "path", "decision", "by", "day"]) {
        if (!row[name]) throw new Error("line " + row.at + ": this decision has no " + name);
      }
      if (!FIELDS[row.decision]) throw new Error("line " + row.at + ": there is no decision " + row.decision);
      delete row.at;
    }
    return found;
  }

  const told = (row) => [
    WORDS[row.decision] + (row.to ? " to " + row.to : "") + (row.until ? " until " + row.until : ""),
    row.wording && "“" + row.wording + "”",
    row.reason,
    row.by + ", " + row.day,
  ].filter(Boolean).join(" · ");

  function show(card) {
    const row = rows.get(key(place(card)));
    card.dataset.decision = row ? row.decision : before.get(card);
    card.querySelector(".state span").textContent = row ? told(row) : "";
    card.querySelector(".state button").textContent = card.dataset.decision === "undecided" ? "Decide" : "Decide anew";
  }

  function count() {
    const of = (state) => cards.filter((card) => card.dataset.decision === state).length;
    const all = cards.length - of("before");
    by("done").textContent = all - of("undecided") + " of " + all + " decided";
    by("export").disabled = rows.size === 0;
  }

  const say = (text) => { said.textContent = text; };

  function keep() {
    exported = false;
    clearTimeout(waiting);
    waiting = setTimeout(store, 300);
  }

  /** Where nothing can be kept, there is only the file. */
  function store() {
    waiting = 0;
    try {
      localStorage.setItem(kept, written());
      localStorage.setItem("caveat review by", name.value);
    } catch { /* The file is what counts. */ }
  }

  function fit() {
    const chosen = form.elements.decision.value;
    for (const [name, field] of Object.entries(fields)) field.closest("label").hidden = !(FIELDS[chosen] || []).includes(name);
    by("from-copy").parentElement.hidden = chosen !== "change";
    form.elements.keep.disabled = !chosen;
  }

  /** Other places where the same rule speaks of the same sentence, or of no statement, and nothing is decided yet. */
  const alike = (card) => cards.filter((other) =>
    other !== card && other.dataset.print === card.dataset.print && other.dataset.decision === "undecided");

  function begin(card, chosen) {
    if (open !== card) {
      const row = rows.get(key(place(card))) || {};
      const last = { to: fields.to.value, until: fields.until.value };
      open = card;
      form.reset();
      for (const [name, field] of Object.entries(fields)) field.value = row[name] || last[name] || "";
      form.elements.decision.value = row.decision || "";
      by("undo").hidden = !row.decision;
      const more = alike(card).length;
      by("alike").hidden = more === 0;
      by("alike").querySelector("span").textContent = "The same in " + more + " other " + (more === 1 ? "place" : "places") + " where this is found";
      by("missing").textContent = "";
      card.append(form);
      form.hidden = false;
    }
    if (chosen) form.elements.decision.value = chosen;
    fit();
    const radio = form.querySelector("input[type=radio]:checked") || form.querySelector("input[type=radio]");
    (chosen ? fields[FIELDS[chosen][0]] : radio).focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  }

  function close() {
    const card = open;
    if (!card) return;
    open = null;
    form.hidden = true;
    desk.append(form);
    card.focus({ preventScroll: true });
  }

  const copy = (card) => {
    const [first, last] = (card.dataset.cells || "").split(" ").map(Number);
    const within = (mark) => Number(mark.dataset.cell) >= first && Number(mark.dataset.cell) <= last;
    return all("mark", card.closest(".page")).filter(within).map((mark) => mark.textContent).join("").trim();
  };
  const line = (card) => {
    let above = card;
    while (above && !above.matches(".l[data-n]")) above = above.previousElementSibling;
    return above ? above.dataset.n : "";
  };

  function lacks(chosen) {
    const empty = NEEDS[chosen].find((name) => !fields[name].value.trim());
    if (empty) return [fields[empty], fields[empty].closest("label").firstChild.textContent.trim() + " is needed."];
    if (chosen === "change" && !fields.wording.value.trim() && !fields.reason.value.trim()) return [fields.wording, "A new wording or a reason is needed."];
    if (chosen === "accept" && fields.until.value < today()) return [fields.until, "The last day is over already."];
    return name.value.trim() ? null : [name, "Your name is needed, at the foot of the page."];
  }

  function decide() {
    const chosen = form.elements.decision.value;
    const lack = lacks(chosen);
    by("missing").textContent = lack ? lack[1] : "";
    if (lack) return lack[0].focus();
    const card = open;
    for (const each of form.elements.alike.checked ? [card, ...alike(card)] : [card]) {
      const row = { ...place(each), line: line(each), copy: copy(each), rule: each.querySelector("a[href^='#rule-']").textContent };
      Object.assign(row, { decision: chosen, by: name.value.trim(), day: today() });
      for (const field of FIELDS[chosen]) row[field] = fields[field].value.trim();
      rows.set(key(row), row);
      show(each);
    }
    keep();
    count();
    close();
    next(card);
  }

  /** The next finding that is shown and undecided; the one that was decided, where there is none. */
  function next(card) {
    const shown = cards.filter((other) => other === card || (other.dataset.decision === "undecided" && !other.closest("[hidden]")));
    const to = shown[(shown.indexOf(card) + 1) % shown.length];
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "center" });
  }

  function take(found) {
    let [taken, elsewhere, stays] = [0, 0, 0];
    for (const row of found) {
      const known = rows.get(key(row));
      const same = known && ["decision", "wording", "reason", "to", "until"].every((name) => (known[name] || "") === (row[name] || ""));
      if (known && !same) stays += 1;
      if (known) continue;
      rows.set(key(row), row);
      taken += 1;
      const card = byKey.get(key(row));
      if (card) show(card);
      else elsewhere += 1;
    }
    count();
    return "Taken in: " + taken + "." +
      (elsewhere ? " On findings that are not on this page: " + elsewhere + "; they are exported again." : "") +
      (stays ? " Decided otherwise here, which stays: " + stays + "." : "");
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written()], { type: "application/yaml" }));
    link.download = "decisions.yaml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    exported = true;
    say("Exported " + rows.size + ". `caveat decide decisions.yaml` takes them up.");
  }

  async function load() {
    const chosen = file.files[0];
    if (!chosen) return;
    try {
      say(take(read(await chosen.text())));
      keep();
    } catch (error) {
      say(chosen.name + ", " + error.message + ". Nothing was taken in.");
    }
    file.value = "";
  }

  for (const card of cards) {
    const state = document.createElement("p");
    const button = document.createElement("button");
    state.className = "state";
    button.type = "button";
    button.addEventListener("click", () => begin(card));
    state.append(button, " ", document.createElement("span"));
    card.append(state);
    show(card);
  }
  form.addEventListener("change", fit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    decide();
  });
  by("from-copy").addEventListener("click", () => {
    fields.wording.value = copy(open);
    fields.wording.focus();
  });
  by("undo").addEventListener("click", () => {
    const card = open;
    rows.delete(key(place(card)));
    keep();
    show(card);
    count();
    close();
  });
  by("cancel").addEventListener("click", close);
  by("export").addEventListener("click", save);
  by("take").addEventListener("click", () => file.click());
  file.addEventListener("change", load);
  addEventListener("beforeunload", (event) => {
    if (!exported) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (waiting) store();
  });
  const STARTS = { c: "change", a: "accept", e: "escalate", f: "false-alarm" };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) return close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && open) return decide();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const card = event.target.closest(".f[data-print]");
    if (event.key === "n" || event.key === "p") by(event.key === "n" ? "next" : "previous").click();
    else if (card && STARTS[event.key]) begin(card, STARTS[event.key]);
    else return;
    event.preventDefault();
  });
  try {
    name.value = localStorage.getItem("caveat review by") || "";
    const draft = localStorage.getItem(kept);
    if (draft) {
      const found = read(draft);
      if (found.length) {
        take(found);
        say("Taken up again from this browser: " + found.length + ".");
      }
    }
  } catch { /* The page begins anew. */ }
  count();
  fit();
  desk.hidden = false;
})();
