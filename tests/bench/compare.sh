#!/usr/bin/env bash
# Times caveat against what it would be chosen over and against the floor, on the same generated files in one run.
# Installs nothing; what is not there is skipped, and that is said.
#
#   tests/bench/compare.sh [FILES]        files of the site, 10000 unless told
#
# Looked for: rg; textlint with textlint-rule-prh (TEXTLINT=path/to/node_modules/.bin/textlint); proselint
# (PROSELINT=path). RUNS (5) is how often each command is timed; the median counts.
set -euo pipefail
cd "$(dirname "$0")/../.."

files=${1:-10000}
runs=${RUNS:-5}
few=$((files < 1000 ? files : 1000))
least=$((files < 50 ? files : 50))
textlint=${TEXTLINT:-textlint}
proselint=${PROSELINT:-proselint}

cargo build --quiet --locked --release --bin caveat --example generate
built=${CARGO_TARGET_DIR:-target}/release
caveat=$built/caveat
generate=$built/examples/generate
packs=(--market us,uk,eu,au,ca --policy platforms)
check=("$caveat" check --no-config --quiet --format short --max-file-size 1G "${packs[@]}")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$generate" site "$work/site" "$files"
"$generate" components "$work/components" "$few"
"$generate" site "$work/few" "$few"
"$generate" site "$work/least" "$least"
"$generate" patterns "$work/patterns"
for size in 1 4 16 64; do "$generate" single "$work/$size.md" $((size << 20)); done
"$generate" site "$work/one" 1

# The median of the wall times of a command in milliseconds; the first run is not counted.
median() {
  local times=() start end at
  for ((at = 0; at <= runs; at++)); do
    start=$(date +%s%N)
    "$@" > /dev/null 2>&1 || true
    end=$(date +%s%N)
    ((at == 0)) || times+=($((end - start)))
  done
  printf '%s\n' "${times[@]}" | sort -n | awk '{ all[NR] = $1 } END { printf "%.2f", all[int((NR + 1) / 2)] / 1e6 }'
}

# row WHAT VALUE LIMIT UNIT: a target of at most LIMIT.
row() {
  awk -v what="$1" -v value="$2" -v limit="$3" -v unit="$4" 'BEGIN {
    met = value <= limit ? "met" : sprintf("NOT met, %.2f times the target", value / limit)
    printf "%-58s %10.2f %-3s  at most %7.2f  %s\n", what, value, unit, limit, met }'
}
over() { awk -v a="$1" -v b="$2" -v times="${3:-1}" 'BEGIN { print a / b * times }'; }
minus() { awk -v a="$1" -v b="$2" 'BEGIN { print a - b }'; }
there() { command -v "$1" > /dev/null || { echo "skipped: $1 is not there"; return 1; }; }

echo "$files files, $(du -sb "$work/site" | cut -f1) bytes; median of $runs runs; $(nproc) processors"
whole=$(median "${check[@]}" "$work/site")
echo "caveat, every pack: $whole ms"

if there rg; then
  floor=$(median rg --count --file "$work/patterns" "$work/site")
  row "caveat / ripgrep with 150 patterns ($floor ms)" "$(over "$whole" "$floor")" 3 x
fi
floor=$(median "$generate" sum "$work/site")
echo "caveat / reading and summing the bytes on one thread, the limit ($floor ms): $(over "$whole" "$floor")"

alone=$(median "${check[@]}" --jobs 1 "$work/site")
floor=$(median "$generate" parse "$work/site")
row "caveat on one thread / pulldown-cmark parsing ($floor ms)" "$(over "$alone" "$floor")" 4 x

small=$(median "${check[@]}" "$work/few")
parts=$(median "${check[@]}" "$work/components")
size() { du -sb "$1" | cut -f1; }
row "time per byte, $few component files / pages" \
  "$(over "$parts" "$small" "$(over "$(size "$work/few")" "$(size "$work/components")")")" 1.3 x
if there "$textlint"; then
  # A dictionary of the same patterns; one rule each, as its users write them.
  { echo "version: 1"; echo "rules:"; sed 's/.*/  - {pattern: "&", expected: "-"}/' "$work/patterns"; } > "$work/prh.yml"
  printf '{"rules": {"prh": {"rulePaths": ["%s"]}}}' "$work/prh.yml" > "$work/textlintrc.json"
  slow=$(RUNS=1 runs=1 median "$textlint" --config "$work/textlintrc.json" "$work/few/**/*.md")
  # Both scaled from the smaller site; start-up of caveat stays in.
  row "caveat / textlint on $few files ($slow ms), 1/150 asked" "$(over "$small" "$slow" 150)" 1 x
fi
if there "$proselint"; then
  least_ms=$(median "${check[@]}" "$work/least")
  slow=$(runs=1 median "$proselint" check "$work"/least/*/*.md)
  echo "caveat / proselint on $least files ($slow ms): $(over "$least_ms" "$slow")"
fi

base=$(median "${check[@]}" "$work/1.md")
start=$(median "${check[@]}" "$work/one")
for size in 4 16 64; do
  time=$(median "${check[@]}" "$work/$size.md")
  row "time per byte, $size MB / 1 MB, without start-up" \
    "$(over "$(minus "$time" "$start")" "$(minus "$base" "$start")" "$(over 1 $size)")" 1.3 x
done

one=$(median "$caveat" check --no-config --quiet --format short --market ca "$work/site")
row "every pack / one pack" "$(over "$whole" "$one")" 1.5 x

# The most memory that a command held, in MB.
peak() {
  /usr/bin/time -f %M -o "$work/peak" "$@" > /dev/null 2>&1 || true
  awk 'END { print $1 / 1024 }' "$work/peak"
}
if there /usr/bin/time; then
  least_mb=$(peak "${check[@]}" "$work/one")
  row "peak memory, $files files" "$(peak "${check[@]}" "$work/site")" 100 MB
  row "peak memory of one file over its size, 4 MB" \
    "$(over "$(minus "$(peak "${check[@]}" "$work/4.md")" "$least_mb")" 4)" 12 x
fi

bare=$(median "$caveat" --version)
row "one short file, every pack" "$start" 30 ms
row "the same less --version ($bare ms)" "$(minus "$start" "$bare")" 15 ms
