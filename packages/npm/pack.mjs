// Writes npm packages: `node packages/npm/pack.mjs OUT` the one that users name, and with `TARGET PROGRAM` behind it the
// one that holds a program for a platform. Version and repository are those of Cargo.toml and of the GitHub run.

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");

/** What npm calls the platforms that Rust calls so. */
const PLATFORMS = {
  "x86_64-unknown-linux-gnu": { os: "linux", cpu: "x64", libc: "glibc" },
  "aarch64-unknown-linux-gnu": { os: "linux", cpu: "arm64", libc: "glibc" },
  "x86_64-unknown-linux-musl": { os: "linux", cpu: "x64", libc: "musl" },
  "aarch64-unknown-linux-musl": { os: "linux", cpu: "arm64", libc: "musl" },
  "x86_64-apple-darwin": { os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { os: "darwin", cpu: "arm64" },
  "x86_64-pc-windows-msvc": { os: "win32", cpu: "x64" },
  "aarch64-pc-windows-msvc": { os: "win32", cpu: "arm64" },
};

const LICENCES = ["LICENSE-MIT", "LICENSE-APACHE"];

/** The name that caveat.js looks for. */
function nameOf({ os, cpu, libc }) {
  return `@caveat-lint/${os}-${cpu}${libc === "musl" ? "-musl" : ""}`;
}

function common() {
  const manifest = readFileSync(join(root, "Cargo.toml"), "utf8");
  const version = /^version = "(.+)"$/m.exec(manifest)[1];
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
  const address = repository && { type: "git", url: `git+${server}/${repository}.git`, directory: "packages/npm" };
  return { version, ...(address && { repository: address }) };
}

/** The package that users name: the launcher, and a program for each platform to choose from. */
function launcher(folder) {
  const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  for (const file of ["caveat.js", "README.md"]) cpSync(join(here, file), join(folder, file));
  const { version, ...rest } = common();
  const programs = Object.values(PLATFORMS).map((platform) => [nameOf(platform), version]);
  return { ...manifest, version, ...rest, files: ["caveat.js", ...LICENCES], optionalDependencies: Object.fromEntries(programs) };
}

/** The package with the program for one platform. */
function program(folder, target, path) {
  const platform = PLATFORMS[target];
  if (platform === undefined) throw new Error(`${target} is none of ${Object.keys(PLATFORMS).join(", ")}`);
  const file = platform.os === "win32" ? "caveat.exe" : "caveat";
  cpSync(path, join(folder, file));
  chmodSync(join(folder, file), 0o755);
  const name = nameOf(platform);
  writeFileSync(join(folder, "README.md"), `# ${name}\n\nThe program of caveat-lint for ${target}.\n`);
  const fields = Object.entries(platform).map(([key, value]) => [key, [value]]);
  return {
    name,
    description: `caveat for ${target}`,
    license: "MIT OR Apache-2.0",
    ...common(),
    ...Object.fromEntries(fields),
    files: [file, ...LICENCES],
    preferUnplugged: true,
  };
}

function pack(out, target, path) {
  const folder = mkdtempSync(join(tmpdir(), "caveat-npm-"));
  const manifest = target === undefined ? launcher(folder) : program(folder, target, path);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of LICENCES) cpSync(join(root, file), join(folder, file));
  mkdirSync(out, { recursive: true });
  // npm is a batch file on Windows, which only a shell runs.
  const shell = process.platform === "win32";
  const said = execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(out), folder], { shell, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return said.trim();
}

const [out, target, path] = process.argv.slice(2);
if (out === undefined || (target === undefined) !== (path === undefined)) {
  console.error(`usage: ${basename(process.argv[1])} OUT [TARGET PROGRAM]`);
  process.exitCode = 2;
} else {
  console.log(join(out, pack(out, target, path)));
}
