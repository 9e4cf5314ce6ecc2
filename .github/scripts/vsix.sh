#!/usr/bin/env bash
# Packs the extension of Visual Studio Code with the program for a platform in it. Usage: vsix.sh TARGET PROGRAM OUT.
# Needs Node and npm, by which it takes the tools that packages/vscode names, where they are not there yet.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
target=$1
program=$(realpath "$2")
out=$(realpath "$3")
file=caveat
case $target in
  x86_64-unknown-linux-gnu) platform=linux-x64 ;;
  aarch64-unknown-linux-gnu) platform=linux-arm64 ;;
  x86_64-unknown-linux-musl) platform=alpine-x64 ;;
  aarch64-unknown-linux-musl) platform=alpine-arm64 ;;
  x86_64-apple-darwin) platform=darwin-x64 ;;
  aarch64-apple-darwin) platform=darwin-arm64 ;;
  x86_64-pc-windows-msvc) platform=win32-x64 file=caveat.exe ;;
  aarch64-pc-windows-msvc) platform=win32-arm64 file=caveat.exe ;;
  *) echo "$target is no platform of Visual Studio Code" >&2; exit 1 ;;
esac

cd "$source/packages/vscode"
test -d node_modules || npm ci --silent --no-audit --no-fund
# What lies here while it is packed is for this platform only.
trap 'rm -rf bundled LICENSE-*' EXIT
mkdir bundled
cp "$program" "bundled/$file"
chmod 755 "bundled/$file"
cp ../../LICENSE-* .
npx vsce package "$("$source/.github/scripts/version.sh")" --no-git-tag-version --no-update-package-json \
  --no-dependencies --skip-license --allow-missing-repository --target "$platform" \
  --out "$out/caveat-$platform.vsix" > /dev/null
echo "$out/caveat-$platform.vsix"
