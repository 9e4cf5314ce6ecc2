#!/usr/bin/env bash
# Makes what a release holds for this platform by the scripts of the release workflow, and looks whether it is what users
# will ask for. Usage: tests/ci/release.sh CAVEAT OUT: the program to pack, and the folder in which the artefacts stay.
# Needs rustc, Node, npm and Python 3.11.
set -euo pipefail
program=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
target=$(rustc -vV | sed -n 's/^host: //p')
version=$(.github/scripts/version.sh)

fail() { echo "release: $*" >&2; exit 1; }

.github/scripts/version.sh "v$version.1" 2> /dev/null && fail "a tag that is not the version passes"
.github/scripts/artefacts.sh "$target" "$program" "$out" > /dev/null
node packages/npm/pack.mjs "$out" > /dev/null

# A program for Windows is packed as another archive; what is in it does not matter here.
echo program > "$scratch/caveat.exe"
.github/scripts/artefacts.sh x86_64-pc-windows-msvc "$scratch/caveat.exe" "$scratch/windows" > /dev/null

# The archives are where Cargo.toml sends cargo-binstall, with the program in the folder that it names.
python3 - "$version" "$out" "$target" "$scratch/windows" x86_64-pc-windows-msvc <<'PY'
import sys, tarfile, tomllib, zipfile
version, *places = sys.argv[1:]
said = tomllib.load(open("Cargo.toml", "rb"))["package"]["metadata"]["binstall"]
for folder, target in zip(places[::2], places[1::2]):
    told = said | said["overrides"].get(target, {})
    ending, program = {"tgz": (".tar.gz", ""), "zip": (".zip", ".exe")}[told["pkg-fmt"]]
    def fill(text):
        for name, value in {"repo": "", "version": version, "target": target, "bin": "caveat", "binary-ext": program, "archive-suffix": ending}.items():
            text = text.replace("{ %s }" % name, value)
        return text
    path, file = fill(told["pkg-url"]).rsplit("/", 1)
    assert path == f"/releases/download/v{version}", path
    archive = f"{folder}/{file}"
    names = tarfile.open(archive).getnames() if ending == ".tar.gz" else zipfile.ZipFile(archive).namelist()
    assert fill(told["bin-dir"]) in names, (fill(told["bin-dir"]), names)
    assert {"LICENSE-MIT", "LICENSE-APACHE", "README.md"} <= {name.rsplit("/", 1)[-1] for name in names}, names
PY
tar -C "$scratch" -xzf "$out/caveat-$target.tar.gz"
test "$("$scratch/caveat-$target/caveat" --version)" = "caveat $version" || fail "the archive holds another program"

.github/scripts/checksums.sh "$out"
(cd "$out" && sha256sum --check --quiet SHA256SUMS)
test "$(wc -l < "$out/SHA256SUMS")" -eq "$(find "$out" -type f ! -name SHA256SUMS | wc -l)" || fail "a file has no checksum"

# npm is asked in the order in which packages are to appear, and told to send nothing.
npm() { echo "${!#}"; }
export -f npm
.github/scripts/publish-npm.sh "$out" --dry-run > "$scratch/published"
test "$(tail -n 1 "$scratch/published")" = "$out/caveat-lint-$version.tgz" || fail "the package that asks for the others is not the last"
test "$(wc -l < "$scratch/published")" -eq 2 || fail "not every npm package is published"

if cargo cyclonedx --version > /dev/null 2>&1; then
  .github/scripts/sbom.sh "$scratch/sbom" > /dev/null
  grep -q '"name": "pulldown-cmark"' "$scratch/sbom/caveat.cdx.json" || fail "the bill of materials lacks a dependency"
else
  echo "release: the bill of materials was skipped, cargo-cyclonedx is not here (cargo install cargo-cyclonedx)"
fi
echo "release: $(find "$out" -type f | wc -l) artefacts as they should be"
