#!/usr/bin/env node
// Starts the program that npm installed beside this package, in the package for this platform.
"use strict";

const { spawnSync } = require("node:child_process");

/** The names of the packages that may hold a program for this machine. */
function packages() {
  const name = `@caveat-lint/${process.platform}-${process.arch}`;
  return process.platform === "linux" ? [name, `${name}-musl`] : [name];
}

/** The programs that are installed. */
function programs() {
  const file = process.platform === "win32" ? "caveat.exe" : "caveat";
  return packages().flatMap((name) => {
    try {
      return [require.resolve(`${name}/${file}`)];
    } catch {
      return [];
    }
  });
}

/** Package managers that do not know `libc` install the programs for both C libraries of Linux; one of them runs. */
function chosen([first, second]) {
  if (second === undefined) return first;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? second : first;
}

const program = chosen(programs());
if (program === undefined) {
  console.error(
    `caveat: none of ${packages().join(", ")} is installed. Install caveat-lint with optional dependencies, on the platform that it runs on.`,
  );
  process.exitCode = 2;
} else {
  const ran = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
  if (ran.error) {
    console.error(`caveat: ${program} does not start: ${ran.error.message}`);
    process.exitCode = 2;
  } else if (ran.signal) {
    process.kill(process.pid, ran.signal);
  } else {
    process.exitCode = ran.status;
  }
}
