#!/usr/bin/env bash
# Builds the documentation site and follows all its links, down to the headings that they name.
# Usage: tests/ci/docs.sh CAVEAT, the program to document. Needs Python with pip, Node and npm.
set -euo pipefail
program=$(realpath "$1")
source=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() { echo "docs: $*" >&2; exit 1; }

"$source/.github/scripts/site.sh" "$program" "$scratch/site" 2> "$scratch/log" || { cat "$scratch/log"; fail "the site is not built"; }
if grep -E 'WARN|ERROR' "$scratch/log"; then fail "mdBook complains"; fi

npm install --silent --no-audit --no-fund --prefix "$scratch" linkinator@7.6.1
# Addresses elsewhere are not asked: the gate is to pass without a network.
follow() { "$scratch/node_modules/.bin/linkinator" "$1" --recurse --check-fragments --skip '^https?://(?!localhost)' --verbosity error; }
follow "$scratch/site" || fail "a link leads nowhere"

# It does follow them: one that leads nowhere is found, and so is a heading that is not there.
for lost in nowhere.html 'install.html#nowhere'; do
  cp -r "$scratch/site" "$scratch/lost"
  sed -i "s|href=\"install.html\"|href=\"$lost\"|" "$scratch/lost/copywriter.html"
  if follow "$scratch/lost" > /dev/null 2>&1; then fail "$lost is not found to lead nowhere"; fi
  rm -r "$scratch/lost"
done

# Every rule is there, under the anchor that its name gives, with its examples.
"$program" rules --no-config --market us,uk,eu,au,ca --policy platforms --format json > "$scratch/rules.json"
python3 - "$scratch" <<'PY'
import json, pathlib, sys
scratch = pathlib.Path(sys.argv[1])
rules = [rule["rule"].split("/") for rule in json.load(open(scratch / "rules.json"))]
assert len(rules) > 200
for pack, name in rules:
    page = (scratch / f"site/rules/{pack}.html").read_text()
    assert f'id="{name}"' in page and f"All of {pack}/{name}<" in page, (pack, name)
PY
size=$(du -sk "$scratch/site" | cut -f1)
test "$size" -lt 8192 || fail "the site has grown to $size KiB"
echo "docs: $(find "$scratch/site" -name '*.html' | wc -l) pages, $size KiB, every rule and every link is there"
