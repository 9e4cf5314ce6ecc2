#!/usr/bin/env bash
# Publishes the npm packages of a folder: those with programs, then the one that asks for them, so that nobody installs
# it without. Usage: publish-npm.sh FOLDER [OPTION OF npm publish]…
set -euo pipefail
folder=$1
shift
last=$folder/caveat-lint-$("$(dirname "$0")/version.sh").tgz
test -f "$last"
for pack in "$folder"/caveat-lint-*.tgz; do
  test "$pack" = "$last" || npm publish --access public "$@" "$pack"
done
npm publish --access public "$@" "$last"
