#!/usr/bin/env bash
# Runs the shell steps of the GitHub action as GitHub would: clean copy passes, a violation fails and is annotated, and
# with `since` only a new one does. Usage: tests/ci/action.sh CAVEAT, the program to test. Needs git, jq,
# and Python with pip.
set -euo pipefail
program=$(realpath "$1")
source=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@example.org GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@example.org
export SOURCE=$source GITHUB_STEP_SUMMARY=$scratch/summary

mkdir "$scratch/bin"
ln -s "$program" "$scratch/bin/caveat"
export PATH="$scratch/bin:$PATH"

fail() { echo "action: $*" >&2; exit 1; }

python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$scratch/python" pyyaml
PYTHONPATH="$scratch/python" python3 - "$source/.github/actions/caveat/action.yml" "$scratch" <<'PY'
import sys, yaml
steps = yaml.safe_load(open(sys.argv[1]))["runs"]["steps"]
for number, step in enumerate(steps, 1):
    assert step["shell"] == "bash", step
    open(f"{sys.argv[2]}/step{number}.sh", "w").write(step["run"])
PY

# GitHub runs a bash step with these options.
step() { bash --noprofile --norc -eo pipefail "$scratch/step$1.sh"; }
check() { PATHS=$1 SINCE=$2 ARGS=$3 SARIF=$4 step 2; }

step 1
git init --quiet "$scratch/site"
cd "$scratch/site"
echo 'A cup of tea in the morning.' > 'good.md'
git add --all
git commit --quiet --message one
check . '' '' '' || fail "clean copy fails"
echo 'Our tea cures eczema.' > bad.md
if check . '' '' "$scratch/out.sarif" > "$scratch/out"; then fail "a violation passes"; fi
grep -q '^::error file=bad.md,line=1,' "$scratch/out" || { cat "$scratch/out"; fail "no annotation"; }
grep -q 'bad\.md' "$GITHUB_STEP_SUMMARY" || fail "no summary of the job"
echo '<!-- caveat-allow us-effects/swallowed-disease: agreed --> Our tea cures asthma.' > agreed.md
check agreed.md '' '' "$scratch/out.sarif" > /dev/null || fail "an exception fails"
python3 - "$scratch/out.sarif" <<'PY' || fail "what an exception lets pass is an alert"
import json, sys
assert json.load(open(sys.argv[1]))["runs"][0]["results"] == []
PY
check . '' '--fail-on never' "$scratch/out.sarif" > /dev/null
python3 -c "import json,sys; assert json.load(open(sys.argv[1]))['version'] == '2.1.0'" "$scratch/out.sarif"
check . '' '--fail-on never' '' > /dev/null || fail "arguments are not passed on"
git add --all
git commit --quiet --message two
check . HEAD '' '' > /dev/null || fail "an old violation fails with since"
echo "action: 7 runs as they should be"
