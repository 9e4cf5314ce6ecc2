//! Holds what other programs read of this repository to what caveat does: the hook's files are those it reads, the
//! manual and the completions name every command.

use caveat::extract::FORMATS;
use std::fs;
use std::path::Path;
use std::process::Command;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn caveat(args: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(args)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{args:?}");
    String::from_utf8(ran.stdout).unwrap()
}

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = caveat(&["--help"]);
    let list = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap()
        .to_owned();
    let names = list.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn the_hook_takes_the_files_that_caveat_reads() {
    let endings: Vec<&str> = FORMATS
        .iter()
        .flat_map(|format| format.endings)
        .copied()
        .collect();
    let files = format!("files: '\\.({})$'", endings.join("|"));
    assert!(read(".pre-commit-hooks.yaml").contains(&files), "{files}");
}

/// The version stands in Cargo.toml; what installs the wheel asks for that one.
#[test]
fn the_wheel_that_hooks_install_is_of_this_version() {
    let wheel = format!("caveat=={}", env!("CARGO_PKG_VERSION"));
    for file in ["README.md", "packages/python/README.md"] {
        let text = read(file);
        assert_eq!(
            text.matches("caveat==").count(),
            text.matches(&wheel).count(),
            "{file}"
        );
    }
    assert!(read("README.md").contains(&wheel));
}

#[test]
fn the_extension_sends_the_text_files_that_caveat_reads() {
    let endings: Vec<&str> = FORMATS
        .iter()
        .flat_map(|format| format.endings)
        .copied()
        .filter(|ending| !ending.starts_with("doc"))
        .collect();
    let files = format!("\"**/*.{{{}}}\"", endings.join(","));
    assert!(
        read("packages/vscode/src/extension.ts").contains(&files),
        "{files}"
    );
}

#[test]
fn the_manual_and_the_completions_name_every_command() {
    let commands = commands();
    assert!(commands.len() > 8, "{commands:?}");
    let manual = caveat(&["man"]);
    for command in &commands {
        assert!(manual.contains(&format!("caveat\\-{command}(1)")), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = caveat(&["completions", shell]);
        for command in &commands {
            assert!(script.contains(command.as_str()), "{shell}: {command}");
        }
    }
}
