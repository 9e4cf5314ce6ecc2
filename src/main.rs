//! The door: hands the command line to the library and its exit status to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    caveat::cli::run(std::env::args_os()).into()
}
