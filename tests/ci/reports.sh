#!/usr/bin/env bash
# Reads every machine format with a reader that is not ours. Usage: tests/ci/reports.sh CAVEAT, the program to test.
# Needs Python with pip, and npm for the SARIF Multitool, which knows what the standard and GitHub ask for.
set -euo pipefail

caveat=$(realpath "$1")
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

formats=()
for format in json sarif github gitlab junit checkstyle rdjson markdown html; do
  formats+=(--format "$format=$folder/report.$format")
done
"$caveat" check --quiet --market us,uk --as-of 2026-11-23 --fail-on never "${formats[@]}" fixtures/drafts 2> /dev/null

version=5.7.0
npm install --silent --ignore-scripts --no-save --prefix "$folder" "@microsoft/sarif-multitool-linux@$version" > /dev/null
multitool="$folder/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
chmod u+x "$multitool"
"$multitool" validate --rule-kind "Sarif;Ghas" --output "$folder/verdict.sarif" "$folder/report.sarif" > "$folder/multitool.log" ||
  { cat "$folder/multitool.log"; exit 1; }

python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$folder/python" jsonschema==4.26.0
PYTHONPATH="$folder/python" python3 - "$folder" "$(dirname "$multitool")/sarif-2.1.0.json" <<'PYTHON'
import json, sys
import xml.etree.ElementTree as xml
from jsonschema.validators import validator_for

def text(name):
    return open(f"{sys.argv[1]}/report.{name}", encoding="utf-8").read()

found = json.loads(text("json"))["findings"]
assert len(found) > 50

verdict = json.loads(open(f"{sys.argv[1]}/verdict.sarif", encoding="utf-8-sig").read())
wrong = [result for run in verdict["runs"] for result in run.get("results", []) if result.get("level") == "error"]
assert not wrong, wrong

log = json.loads(text("sarif"))
schema = json.loads(open(sys.argv[2], encoding="utf-8-sig").read())
for error in validator_for(schema)(schema).iter_errors(log):
    sys.exit(f"SARIF schema: {error.json_path}: {error.message}")
# Findings about the settings of a run are notifications in SARIF, which keeps its results for the copy.
told = [note for call in log["runs"][0]["invocations"] for note in call["toolConfigurationNotifications"]]
# What an exception lets pass is a suppressed result in SARIF, and no finding of the other formats.
sarif = [result for result in log["runs"][0]["results"] if not result.get("suppressions")] + told
gitlab = json.loads(text("gitlab"))
for violation in gitlab:
    assert set(violation) == {"description", "check_name", "fingerprint", "severity", "location"}, violation
    assert violation["severity"] in {"info", "minor", "major", "critical", "blocker"}, violation
    assert violation["location"]["path"] and violation["location"]["lines"]["begin"] >= 1, violation
assert len({violation["fingerprint"] for violation in gitlab}) == len(gitlab)

junit = xml.fromstring(text("junit"))
cases = junit.findall("testsuite/testcase")
assert int(junit.get("tests")) == len(cases)
assert int(junit.get("failures")) == len(junit.findall("testsuite/testcase/failure"))
checkstyle = xml.fromstring(text("checkstyle")).findall("file/error")

for violation, finding in zip(json.loads(text("rdjson"))["diagnostics"], found):
    source = open(finding["path"], "rb").read().splitlines(keepends=True)
    start = violation["location"]["range"]["start"]
    at = sum(map(len, source[: start["line"] - 1])) + start["column"] - 1
    assert at == finding["start"], violation

counts = {len(sarif), len(gitlab), len(cases), len(checkstyle), len(found)}
assert len(counts) == 1, counts
# Annotations leave out advice.
loud = [finding for finding in found if finding["severity"] != "advice"]
assert len(text("github").splitlines()) == len(loud) < len(found), len(loud)
print(f"reports: {len(found)} findings in every format")
PYTHON
