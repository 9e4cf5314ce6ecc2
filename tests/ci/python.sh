#!/usr/bin/env bash
# Builds the wheel of packages/python in this build folder, installs it into environments of its own, and holds it against
# the program: its tests, Spark, the types, the oldest and newest Python that are here, and the hook by pre-commit.
# Usage: tests/ci/python.sh CAVEAT GENERATE, the program and the example that writes pages. Needs Python with pip, Java and git.
set -euo pipefail

CAVEAT_PROGRAM=$(realpath "$1")
CAVEAT_GENERATE=$(realpath "$2")
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The build below links the program anew. Its help calls it as its file is called.
mkdir "$scratch/bin"
cp "$CAVEAT_PROGRAM" "$scratch/bin/caveat"
cp "$CAVEAT_GENERATE" "$scratch/bin/generate"
export CAVEAT_PROGRAM="$scratch/bin/caveat" CAVEAT_GENERATE="$scratch/bin/generate" PYTHONDONTWRITEBYTECODE=1

# environment NAME PYTHON PACKAGE…: a new environment with these packages.
environment() {
  "$2" -m venv "$scratch/$1"
  "$scratch/$1/bin/python" -m pip install --quiet --disable-pip-version-check "${@:3}"
}

cargo fmt --check --package caveat-python
cargo clippy --locked --release --package caveat-python --all-targets -- --deny warnings

environment build python3 'maturin>=1.9,<2'
"$scratch/build/bin/maturin" build --quiet --release --manifest-path packages/python/Cargo.toml --out "$scratch/wheels"
wheel=$(echo "$scratch"/wheels/caveat-*-cp39-abi3-*.whl)
ls -s --block-size=KiB "$wheel"

environment tests python3 "caveat[spark] @ file://$wheel" 'pandas<3' pytest mypy==2.4.1
python="$scratch/tests/bin/python"
"$python" -m mypy --no-incremental --config-file packages/python/pyproject.toml packages/python/python/caveat
"$python" -m mypy --no-incremental --strict -c 'import caveat; start: int = caveat.check("Tea.").findings[0].start'
"$python" -m mypy.stubtest caveat._caveat
"$python" -m pytest -p no:cacheprovider --quiet --capture=no packages/python/tests

for version in 3.9 3.13; do
  # Where pyenv keeps several, it has to be told which.
  PYENV_VERSION=$(pyenv latest "$version" 2> /dev/null || true)
  export PYENV_VERSION
  if "python$version" -c '' 2> /dev/null; then
    environment "$version" "python$version" "$wheel" pytest
    "$scratch/$version/bin/python" -m pytest -p no:cacheprovider --quiet packages/python/tests/test_check.py
  else
    echo "Python $version: skipped, it is not here"
  fi
  unset PYENV_VERSION
done

export PIP_FIND_LINKS="$scratch/wheels ${PIP_FIND_LINKS:-}"
tests/ci/pre-commit.sh readme
