#!/usr/bin/env bash
# Writes what the program is made of as a CycloneDX bill of materials. Usage: sbom.sh OUT.
# Needs Rust; installs cargo-cyclonedx where it is missing.
set -euo pipefail
mkdir -p "$1"
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
cargo cyclonedx --version > /dev/null 2>&1 || cargo install --locked --quiet cargo-cyclonedx
# The tool writes beside the manifests of all members only.
trap 'rm -f caveat.cdx.json packages/*/caveat.cdx.json' EXIT
cargo cyclonedx --quiet --format json --target all --all-features --spec-version 1.5 --override-filename caveat.cdx
cp caveat.cdx.json "$out"
echo "$out/caveat.cdx.json"
