#!/usr/bin/env bash
# Builds the program for a platform and prints where it lies. Usage: build.sh TARGET.
# Installs what that needs beyond Rust: the standard library of the target, and musl's linker.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1
{
  if ! [ -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ]; then rustup target add "$target"; fi
  case $target in *-musl)
    command -v musl-gcc > /dev/null || { sudo apt-get update -qq && sudo apt-get install -y -qq musl-tools; }
  esac
  cargo build --locked --release --bin caveat --target "$target"
} >&2
program=${CARGO_TARGET_DIR:-target}/$target/release/caveat
case $target in *-windows-*) program=$program.exe ;; esac
echo "$program"
