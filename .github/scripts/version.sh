#!/usr/bin/env bash
# Prints the version, which stands in Cargo.toml and nowhere else. Usage: version.sh [TAG]; a tag that does not name
# that version fails, and so does a manifest that does not say where the repository is: cargo-binstall asks it.
set -euo pipefail
cd "$(dirname "$0")/../.."
field() { sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" Cargo.toml | head -n 1; }
version=$(field version)
if [ $# -gt 0 ]; then
  test "$1" = "v$version" || { echo "the tag is $1, and Cargo.toml says $version" >&2; exit 1; }
  test -n "$(field repository)" || { echo "Cargo.toml names no repository" >&2; exit 1; }
fi
echo "$version"
