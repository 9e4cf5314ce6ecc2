#!/usr/bin/env bash
# Opens the HTML report of hostile copy in a real browser: nothing of the copy runs, and the filters work.
# Usage: tests/ci/html.sh CAVEAT, the program to test. Needs Chromium; `$BROWSER` names another one.
set -euo pipefail

caveat=$(realpath "$1")
browser=${BROWSER:-chromium}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > 'tea "hot" & more.md' <<'COPY'
# Tea </script><script>document.title = "copy ran"</script>

Our capsules cure diabetes. <img src=x onerror="document.title = 'copy ran'"> <svg onload="document.title='copy ran'">

</style><style>body { display: none }</style> Our capsules cure "eczema" ' onfocus=document.title='ran' autofocus='.

<iframe srcdoc="<script>top.document.title = 'copy ran'</script>"></iframe> A <a href="javascript:document.title='ran'">cure</a>.
COPY
printf 'Our tea is 100%% guaranteed to work and has no side effects.\n' > b.md

"$caveat" check --as-of 2026-11-23 --quiet --fail-on never --format html=report.html .

open() { # URL: the page after its script ran
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run \
    --user-data-dir="$folder/profile" --dump-dom "$1" 2> browser.log
}

fail() { echo "html: $*" >&2; exit 1; }
count() { { grep -o "$1" "$2" || true; } | wc -l; }

open "file://$folder/report.html" > plain.html
grep -q '<title>Copy review, 2026-11-23</title>' plain.html || fail "the copy changed the title"
test "$(count '<script' plain.html)" -eq 1 || fail "there is a script of the copy"
test "$(count '<style' plain.html)" -eq 1 || fail "there is a style of the copy"
test "$(count '<\(img\|svg\|iframe\)[ >]' plain.html)" -eq 0 || fail "there is an element of the copy"
all=$(count '<article ' report.html)
test "$all" -gt 2 || fail "there are too few findings to test with"
grep -q "All $all findings are shown" plain.html || fail "the report's own script did not run"

# The same report, driven: the driver takes the place of the policy, which would rightly stop it.
driver='addEventListener("load", () => {
  const pick = (name, value) => {
    const select = document.querySelector(`select[name=${name}]`);
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    return document.getElementById("count").textContent;
  };
  const seen = () => [...document.querySelectorAll(".f")].filter((f) => f.checkVisibility({ contentVisibilityAuto: false }));
  const marked = () => document.querySelectorAll("mark:not(.off)").length;
  const said = [];
  const expect = (what, holds) => said.push((holds ? "held " : "broke ") + what);
  const before = [seen().length, marked()];
  pick("category", "disease");
  expect("category", seen().length > 0 && seen().length < before[0] && seen().every((f) => f.dataset.category === "disease"));
  expect("marks", marked() > 0 && marked() < before[1]);
  expect("count", document.getElementById("count").textContent.startsWith(seen().length + " of "));
  expect("market", pick("market", "us").startsWith(seen().length + " of ") && seen().length > 0);
  document.getElementById("next").click();
  expect("focus", document.activeElement === seen()[0]);
  document.getElementById("reset").click();
  expect("reset", seen().length === before[0] && marked() === before[1]);
  document.body.dataset.said = said.join(", ");
});'
{ sed 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' report.html; printf '<script>%s</script>' "$driver"; } > driven.html
open "file://$folder/driven.html" > driven-after.html
said=$(sed -n 's/.*data-said="\([^"]*\)".*/\1/p' driven-after.html)
case "$said" in
  '' | *broke*) fail "filters: ${said:-nothing was said}" ;;
esac
# With the policy in place no foreign script runs.
{ cat report.html; printf '<script>document.title = "foreign"</script>'; } > foreign.html
open "file://$folder/foreign.html" > foreign-after.html
if grep -q '<title>foreign' foreign-after.html; then fail "the policy lets a foreign script run"; fi
echo "html: $all findings; $said"
