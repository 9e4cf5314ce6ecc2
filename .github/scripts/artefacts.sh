#!/usr/bin/env bash
# Packs a program for its platform: the archive, the npm package and the extension of Visual Studio Code.
# Usage: artefacts.sh TARGET PROGRAM OUT. Needs Python, Node and npm.
set -euo pipefail
target=$1
program=$(realpath "$2")
mkdir -p "$3"
out=$(realpath "$3")
cd "$(dirname "$0")/../.."

# The names that cargo-binstall is told in Cargo.toml.
name=caveat-$target
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/$name"
cp "$program" README.md LICENSE-MIT LICENSE-APACHE "$scratch/$name"
case $target in
  *-windows-*) (cd "$scratch" && python3 -m zipfile -c "$name.zip" "$name" && mv "$name.zip" "$out") ;;
  *) tar -C "$scratch" -czf "$out/$name.tar.gz" "$name" ;;
esac

node packages/npm/pack.mjs "$out" "$target" "$program"
.github/scripts/vsix.sh "$target" "$program" "$out"
