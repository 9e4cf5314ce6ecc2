#!/usr/bin/env bash
# Checks the types and the style of the extension of Visual Studio Code, runs its tests, and looks into a packed one.
# Usage: tests/ci/vscode.sh FOLDER, which holds what tests/ci/release.sh made. Needs Node, npm and Python.
set -euo pipefail
folder=$(realpath "$1")
cd "$(dirname "$0")/../../packages/vscode"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() { echo "vscode: $*" >&2; exit 1; }

test -d node_modules || npm ci --silent --no-audit --no-fund
npm run --silent check
npm run --silent test

packs=("$folder"/*.vsix)
test "${#packs[@]}" -eq 1 || fail "there is not one extension to look into"
python3 - "${packs[0]}" "$scratch" <<'PY'
import json, os, sys, zipfile
pack = zipfile.ZipFile(sys.argv[1])
names = {name.removeprefix("extension/") for name in pack.namelist() if name.startswith("extension/")}
assert names == {"package.json", "readme.md", "LICENSE-MIT", "LICENSE-APACHE", "dist/extension.js", "bundled/caveat"}, names
version = os.popen("../../.github/scripts/version.sh").read().strip()
assert json.load(pack.open("extension/package.json"))["version"] == version
info = pack.getinfo("extension/bundled/caveat")
assert info.external_attr >> 16 & 0o111, "the program may not be run"
os.chmod(pack.extract(info, sys.argv[2]), 0o755)
PY
"$scratch/extension/bundled/caveat" --version > /dev/null || fail "the program in the extension does not run"
# What Visual Studio Code loads: it asks for nothing but its own module and those of Node.
node -e '
  const { Module } = require("node:module");
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? new Proxy(class {}, { get: (_, key) => class {} }) : load(name, ...rest));
  const { activate, deactivate } = require(process.argv[1]);
  if (typeof activate !== "function" || typeof deactivate !== "function") process.exit(1);
' "$PWD/dist/extension.js" || fail "the packed extension does not load"
echo "vscode: the packed extension is as it should be"
