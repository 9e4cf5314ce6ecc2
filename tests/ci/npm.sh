#!/usr/bin/env bash
# Uses the npm packages for this platform as somebody would who has nothing but Node: installs them without a network,
# checks a draft through npx, and leaves the program out to see what is said.
# Usage: tests/ci/npm.sh FOLDER, which holds what tests/ci/release.sh made. Needs Node and npm.
set -euo pipefail
packs=$(realpath "$1")
source=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() { echo "npm: $*" >&2; exit 1; }

for pack in "$packs"/caveat-lint*.tgz; do
  tar -xzOf "$pack" package/LICENSE-MIT package/LICENSE-APACHE package/README.md > /dev/null || fail "$pack lacks its papers"
done

mkdir "$scratch/site"
cd "$scratch/site"
export npm_config_cache="$scratch/cache" npm_config_offline=true npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
npm init --yes > /dev/null
npm install --silent "$packs"/caveat-lint*.tgz
# caveat reads no packages and no manifest of one.
echo 'A cup of tea in the morning.' > good.md
echo 'Our tea cures eczema.' > bad.md

version=$("$source/.github/scripts/version.sh")
test "$(npx caveat --version)" = "caveat $version" || fail "npx runs another version"
test "$(npx caveat-lint --version)" = "caveat $version" || fail "npx does not run the package by its own name"
npx caveat check good.md || fail "clean copy fails"
status=0
npx caveat check --format short . > "$scratch/out" || status=$?
test "$status" -eq 1 || fail "the exit status of a violation is $status"
grep -q '^bad.md:1:' "$scratch/out" || fail "the violation is not told"
echo 'Our tea cures asthma.' | npx caveat check --fail-on never --format short - > "$scratch/out"
grep -q 'swallowed-disease' "$scratch/out" || fail "standard input is not read"

# Both libraries' programs installed, as by package managers that do not know `libc`: the one that fits runs.
fits=$(echo node_modules/@caveat-lint/linux-*)
if [ -d "$fits" ]; then
  cp -r "$fits" "$fits-musl"
  printf '#!/bin/sh\nexit 9\n' > "$fits-musl/caveat"
  npx caveat check good.md || fail "the program for another C library runs"
fi

rm -r node_modules/@caveat-lint
status=0
npx caveat check good.md 2> "$scratch/out" || status=$?
if [ "$status" -ne 2 ] || ! grep -q 'caveat: none of @caveat-lint/' "$scratch/out"; then fail "a missing program is not told"; fi
echo "npm: 8 uses as they should be"
