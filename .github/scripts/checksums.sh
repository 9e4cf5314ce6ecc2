#!/usr/bin/env bash
# Writes the SHA-256 of every file of a folder to SHA256SUMS in it, for `sha256sum --check`. Usage: checksums.sh FOLDER.
set -euo pipefail
cd "$1"
rm -f SHA256SUMS
sums=$(find . -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum)
echo "$sums" > SHA256SUMS
