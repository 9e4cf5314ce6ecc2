#!/usr/bin/env bash
# Guards what a noisy machine can guard of speed: instructions, which valgrind counts alike whatever else runs, and how large
# the program is.
#
#   tests/ci/speed.sh PROGRAM GENERATE      caveat, and the example that writes the copy (tests/bench/generate.rs)
#
# The limits stand a tenth above what was counted when they were set. A change that needs more says why and moves them.
set -euo pipefail

program=$1
generate=$2
packs=(--market "us,uk,eu,au,ca" --policy platforms)
check=("$program" check --no-config --jobs 1 --quiet --format short --max-file-size 1G)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$generate" site "$work/site" 200
"$generate" site "$work/one" 1
"$generate" single "$work/1.md" $((1 << 20))
"$generate" single "$work/4.md" $((4 << 20))

# The instructions of a command, in millions. Findings are no failure.
count() {
  local told
  told=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 > /dev/null || true)
  awk '/Collected/ { printf "%.2f", $4 / 1e6; seen = 1 } END { exit !seen }' <<< "$told"
}

failed=0
# within WHAT VALUE LIMIT UNIT
within() {
  awk -v what="$1" -v value="$2" -v limit="$3" -v unit="$4" 'BEGIN {
    printf "%-62s %8.2f %s, at most %.2f\n", what, value, unit, limit; exit value > limit }' || failed=1
}
calc() { awk "BEGIN { print $1 }"; }

within "the program" "$(calc "$(stat --format %s "$program") / 1e6")" 21.8 "MB"

least=$(count "$program" --version)
start=$(count "${check[@]}" "$work/one")
every=$(count "${check[@]}" "${packs[@]}" "$work/one")
within "one short file, less --version" "$(calc "$start - $least")" 28.5 "million instructions"
within "one short file with every pack, less --version" "$(calc "$every - $least")" 41.3 "million instructions"

site=$(count "${check[@]}" "${packs[@]}" "$work/site")
floor=$(count "$generate" parse "$work/site")
within "a site with every pack, less start-up / parsing its Markdown" "$(calc "($site - $every) / $floor")" 15.4 "times"

one=$(count "${check[@]}" "${packs[@]}" "$work/1.md")
four=$(count "${check[@]}" "${packs[@]}" "$work/4.md")
within "instructions per byte, 4 MB / 1 MB" "$(calc "($four - $every) / ($one - $every) / 4")" 1.1 "times"

# What a letter costs that is typed into a page of 10,000 words, from the edit to the answer.
"$generate" single "$work/page.md" $((50 << 10))
typed() {
  local told
  told=$(python3 "$(dirname "$0")/typing.py" "$1" "$work/page.md" \
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" lsp --as-of 2026-11-23 2>&1)
  awk '/Collected/ { printf "%.2f", $4 / 1e6; seen = 1 } END { exit !seen }' <<< "$told"
}
few=$(typed 2)
more=$(typed 12)
within "a letter typed into a page of $(wc -w < "$work/page.md") words" "$(calc "($more - $few) / 10")" 5.6 "million instructions"

# A policy of so many rules; their phrases begin as copy often does and end in words that no copy has.
policy() {
  cat << END
pack: many
market: none
title: Many rules
sources: {house: {title: House style guide, verified: no}}
rules:
END
  for ((at = 0; at < $1; at++)); do
    # Letters, for a number would be any number.
    local word
    word=$(tr 0-9 a-j <<< "xq$at")
    cat << END
  - id: rule-$at
    category: terms
    severity: warning
    message: The copy says $word
    help: Leave it out.
    sources: [house]
    claim:
      roles:
        verb: {label: does, words: ["help[s|ed]", "support[s]", "$word"]}
        thing: {label: what, words: ["your $word", "the $word"]}
      within: sentence
    examples: {flag: ["It helps your $word."], pass: ["It helps you."]}
END
  done
}
policy 60 > "$work/few.yaml"
policy 600 > "$work/many.yaml"
for rules in few many; do
  declare "$rules=$(calc "$(count "${check[@]}" --policy "$work/$rules.yaml" "$work/1.md") - $(count "${check[@]}" --policy "$work/$rules.yaml" "$work/one")")"
done
# shellcheck disable=SC2154 # declare assigns them by name
within "instructions per byte, 600 more rules / 60 more rules" "$(calc "$many / $few")" 1.3 "times"
exit "$failed"
