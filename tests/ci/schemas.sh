#!/usr/bin/env bash
# Holds the schemas to the readers, with a validator that is not ours. Usage: tests/ci/schemas.sh CAVEAT, the program to
# test. Needs Python with pip. Every file of the repository that a reader takes must fit its schema; and samples, in which
# every key stands, are spoilt place by place: whatever the schema refuses the reader must refuse, and the other way
# round wherever it is the kind of a value, a key or a name that is wrong.
set -euo pipefail

caveat=$(realpath "$1")
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$folder/python" \
  jsonschema==4.26.0 PyYAML==6.0.3
PYTHONPATH="$folder/python" python3 tests/ci/schemas/compare.py "$caveat" "$folder"
