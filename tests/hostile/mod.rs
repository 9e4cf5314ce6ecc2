//! Input that means harm, or looks as if it did: every run ends soon, in little memory, with a clear word and the right
//! exit status, and what is sound beside it is checked all the same.

mod copy;
mod files;
mod policies;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CLAIM: &str = "Our capsules cure diabetes.\n";

/// A new folder below the build folder, the root of a repository of its own, removed at the end of its test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join(".git")).unwrap();
        Self(path)
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Runs caveat for at most 40 seconds of processor time and in at most 3 GB, where the system can see to that.
    fn run(&self, line: &str) -> Ran {
        self.shell(line, "")
    }

    /// As [`Self::run`], with what a shell does to the streams: `<&-`, `>/dev/full`.
    fn shell(&self, line: &str, streams: &str) -> Ran {
        let program = env!("CARGO_BIN_EXE_caveat");
        let mut command = if cfg!(unix) {
            let mut shell = Command::new("sh");
            shell.arg("-c");
            shell.arg(format!(
                "ulimit -t 40; ulimit -v 3000000; exec \"$0\" \"$@\" {streams}"
            ));
            shell.arg(program);
            shell
        } else {
            Command::new(program)
        };
        command.current_dir(&self.0).args(line.split_whitespace());
        let output = command.stdin(Stdio::null()).output().unwrap();
        Ran {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a run said, and its exit status.
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    /// The report, which is whole and tells of no fault of caveat's own.
    fn report(&self) -> Value {
        let start = self.out.get(..2000).unwrap_or(&self.out);
        let report: Value = serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error} in {start} {} {:?}", self.err, self.status));
        assert!(!self.out.contains("caveat/internal"), "{start}");
        report
    }

    /// That nothing in what people read would steer a terminal.
    fn is_plain(&self) -> &Self {
        let steers = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}".contains(c);
        assert!(!self.out.contains(steers), "{:?}", self.out);
        assert!(!self.err.contains(steers), "{:?}", self.err);
        self
    }
}

/// The rules found in a file.
fn found<'r>(report: &'r Value, path: &str) -> Vec<&'r str> {
    let findings = report["findings"].as_array().unwrap().iter();
    let of_path = findings.filter(|finding| finding["path"] == path);
    of_path.map(|finding| finding["rule"].as_str().unwrap()).collect()
}
