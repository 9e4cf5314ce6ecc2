#!/usr/bin/env bash
# Drives a hook by the real pre-commit, on a scratch repository: a commit with a violation is stopped, one without passes,
# only staged files are checked, and the repository's caveat.yaml is found.
# Usage: tests/ci/pre-commit.sh [HOOK], an id in .pre-commit-hooks.yaml (caveat), or `readme` for the configuration that the
# README shows. Needs git, Python with pip, from which it takes pre-commit, and cargo or (PIP_FIND_LINKS) the wheel.
set -euo pipefail
hook=${1:-caveat}
source=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PRE_COMMIT_HOME="$scratch/home"
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@example.org GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@example.org

fail() { echo "pre-commit: $*" >&2; exit 1; }

python3 -m venv "$scratch/python"
"$scratch/python/bin/pip" install --quiet --disable-pip-version-check pre-commit
export PATH="$scratch/python/bin:$PATH"

git init --quiet "$scratch/site"
cd "$scratch/site"
if [ "$hook" = readme ]; then
  awk '/^```/ { inside = 0 } inside { print } /^```yaml/ { getline; inside = /^repos:/; if (inside) print }' \
    "$source/README.md" > .pre-commit-config.yaml
else
  cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $source
    rev: $(git -C "$source" rev-parse HEAD)
    hooks: [{id: $hook}]
YAML
fi
printf 'severities:\n  us-ftc/puffery: "off"\nignore: [drafts/]\n' > caveat.yaml
mkdir drafts
echo 'A cup of tea in the morning.' > tea.md
git add --all
pre-commit install > /dev/null
git commit --quiet --message 'clean copy' || fail "clean copy was stopped"

echo 'Our tea cures eczema.' > unstaged.md
echo 'Another cup.' >> tea.md
git add tea.md
git commit --quiet --message 'unstaged claim' || fail "a file that is not staged was checked"

git add unstaged.md
if git commit --quiet --message 'claim' > "$scratch/out" 2>&1; then fail "a violation passed"; fi
grep -q 'unstaged.md:1:' "$scratch/out" || { cat "$scratch/out"; fail "the place of the violation is not told"; }
echo "pre-commit: 3 commits with $hook as they should be"
