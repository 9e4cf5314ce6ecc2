#!/usr/bin/env bash
# Decides in the review page with a real browser, from the click to the exported file to the exit status: what passes is
# what was decided so, hostile copy runs nothing, and the page goes on with what it exported.
# Usage: tests/ci/review.sh CAVEAT, the program to test. Needs Chromium and Python; `$BROWSER` names another browser.
set -euo pipefail

caveat=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p .git 'pages "x" & <b>'

cat > 'pages "x" & <b>/balm.html' <<'COPY'
<!doctype html><html lang="en"><head><title>Our balm</title><style>p { color: red }</style></head>
<body><h1>Our balm</h1><p>Our balm <b>heals</b> psoriasis.</p><p>It has no side effects.</p></body></html>
COPY
cat > tea.md <<'COPY'
# Tea </script><script>document.title = "copy ran"</script>

Our capsules cure diabetes. <img src=x onerror="document.title = 'copy ran'">

</textarea></form><svg onload="document.title='copy ran'"></svg>

Our capsules cure "eczema" – 'today'.

Our capsules cure diabetes. They are guaranteed to work.
COPY
printf 'Our capsules cure diabetes.\n' > zest.md

"$caveat" review --as-of 2026-11-23 --market us 2> said.txt || { cat said.txt; exit 1; }
grep -q '^wrote caveat-review.html with [0-9]* findings to decide on$' said.txt

PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 python3 - "$caveat" <<'DRIVER'
import atexit, json, shutil, subprocess, sys, time
from browser import Browser

caveat = sys.argv[1]
WORDING = 'May help “some” people: it\'s \\ & <b>,\nsays "Jo" é \u2028 \U0001f375'


def held(what, holds):
    if not holds:
        sys.exit(f"review: {what}")


def check():
    ran = subprocess.run([caveat, "check", "--as-of", "2026-11-23", "--market", "us", "--format", "json", "--show-silenced"],
                         stdout=subprocess.PIPE, text=True)
    found = json.loads(ran.stdout)["findings"]
    speaks = {(f["path"], f["fingerprint"]): f for f in found if "silenced" not in f}
    return ran.returncode, speaks


def state():
    return browser.js("""[...document.querySelectorAll('.f[data-print]')].map((card) =>
      [card.closest('.page').dataset.path, card.dataset.print, card.dataset.decision, card.dataset.severity])""")


browser = Browser(".browser")
atexit.register(browser.close)
browser.open("caveat-review.html")
held("the copy ran", browser.js("document.title") == "Copy review, 2026-11-23")
held("an element of the copy is there", browser.js("document.querySelectorAll('img, svg, b, main style').length") == 0)
held("markup is shown", browser.js("[...document.querySelectorAll('.page')][0].textContent.includes('Our balm heals psoriasis')"))
cards = state()
status, before = check()
held("the page holds what a check finds", status == 1 and {(path, print_) for path, print_, *_ in cards} == set(before))
held(f"nothing is decided: {cards}", all(card[2] == "undecided" for card in cards) and len(cards) >= 7)

# Without a name nothing is kept, and the page says so.
browser.click(".f[data-print] .state button")
browser.click("#decide input[value=false-alarm]")
browser.js("document.querySelector('#decide [name=reason]').focus()")
browser.type("It is the name of a song.")
browser.click("#decide [name=keep]")
held("a name is asked for", "name" in browser.js("document.getElementById('missing').textContent"))
held("nothing was kept", browser.js("document.getElementById('export').disabled"))
browser.type("Ann \"A.\" Lee")
browser.click("#decide [name=keep]")
held("a false alarm was kept", state()[0][2] == "false-alarm")

# The next one is looked at; the keyboard alone decides on it.
held("the next is looked at", browser.js("document.activeElement.dataset.print") == cards[1][1])
browser.press("a")
browser.type("On the label, as agreed.")
browser.press("Enter", ctrl=True)
held("a last day is asked for", "Last day" in browser.js("document.getElementById('missing').textContent"))
browser.js("document.querySelector('#decide [name=until]').value = '2099-12-31'")
browser.press("Enter", ctrl=True)
browser.press("e")
browser.type("Legal")
held("the same is offered elsewhere", "The same in 1 other place" in browser.js("document.getElementById('alike').innerText"))
browser.click("#alike input")
browser.press("Enter", ctrl=True)
browser.press("c")
browser.type(WORDING)
browser.press("Enter", ctrl=True)
held("five are decided", [card[2] for card in state()[:4] + state()[-1:]] == ["false-alarm", "accept", "escalate", "change", "escalate"])
held("the page counts", browser.js("document.getElementById('done').textContent") == f"5 of {len(cards)} decided")
browser.press("p")
browser.press("n")
browser.js("document.querySelector('select[name=decision]').value = 'undecided'; document.getElementById('filters').dispatchEvent(new Event('change'))")
held("the filter knows", browser.js("document.querySelectorAll('.f[data-print]:not([hidden])').length") == len(cards) - 5)

browser.click("#export")
first = open(browser.downloaded("decisions.yaml"), encoding="utf-8").read()
held("the wording is whole", "\\u2028" in first and "\U0001f375" in first)
shutil.move(browser.downloaded("decisions.yaml"), "decisions.yaml")

took = subprocess.run([caveat, "decide", "decisions.yaml", "--as-of", "2026-11-23", "--market", "us"], text=True,
                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
held(f"decide: {took}", took.returncode == 0 and "1 to change, 1 accepted, 2 for others to decide, 1 false alarm" in took.stdout)
status, after = check()
passed = {tuple(card[:2]) for card in cards[:2]}
held(f"exactly what passes is silent: {set(before) - set(after)}, {set(after) - set(before)}", set(before) - set(after) == passed and not set(after) - set(before))
change = after[tuple(cards[3][:2])]["decision"]
held(f"the change is told: {change}", change["wording"] == WORDING and change["by"] == 'Ann "A." Lee')
again = subprocess.run([caveat, "decide", "decisions.yaml", "--as-of", "2026-11-23", "--market", "us"], stdout=subprocess.PIPE, text=True)
held("twice is once", again.returncode == 0)

# A page that knows nothing goes on with the file, and writes the same.
# The page that is left would keep its last decisions once more.
browser.js("localStorage.clear(); Storage.prototype.setItem = () => {}")
browser.open("caveat-review.html")
held("the page begins anew", browser.js("document.getElementById('export').disabled"))
broken = first.replace("decision: \"accept\"", "decision: |")
open("broken.yaml", "w", encoding="utf-8").write(broken)
browser.choose("#import", "broken.yaml")
browser.until("document.getElementById('said').textContent.includes('Nothing was taken in')")
at = broken.splitlines().index("  decision: |") + 1
held("a mistake has its place", f"broken.yaml, line {at}:" in browser.js("document.getElementById('said').textContent"))
browser.choose("#import", "decisions.yaml")
browser.until("document.getElementById('said').textContent.startsWith('Taken in: 5')")
browser.click("#export")
held("what was taken in is exported", open(browser.downloaded("decisions.yaml"), encoding="utf-8").read() == first)

# Reloaded, it goes on with what the browser kept. Chromium hands that from the process of one page to that of the next in
# its own time, so a page that comes at once may not see it yet, and one a moment later must.
for _ in range(10):
    browser.open("caveat-review.html")
    done = browser.js("document.getElementById('done').textContent + '; ' + document.getElementById('said').textContent + '; ' + Object.keys(localStorage)")
    if done.startswith(f"5 of {len(cards)} decided"):
        break
    time.sleep(0.2)
held(f"a reload loses nothing: {done}", done.startswith(f"5 of {len(cards)} decided"))
browser.call("Emulation.setEmulatedMedia", media="print")
held("on paper there is no desk", browser.js("getComputedStyle(document.getElementById('desk')).display") == "none")
browser.js("const foreign = document.createElement('script'); foreign.text = 'document.title = \"foreign\"'; document.body.append(foreign)")
held("the policy lets a foreign script run", browser.js("document.title") != "foreign")
print(f"review: {len(cards)} findings, 5 decided, {len(after)} left")
DRIVER
