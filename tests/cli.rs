//! The command line as a person meets it. What fits in a transcript stands in `tests/cli`; what needs standard
//! input, odd bytes, large files or a closed pipe stands here. `TRYCMD=overwrite cargo test --test all cli` writes the
//! transcripts anew; read the difference, and keep its wildcards (`[..]`, `...`), before it is committed.

use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const CLAIM: &str = "Our capsules cure diabetes.\n";

#[test]
fn transcripts_come_out_as_written() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").run();
}

/// A new folder below the build folder, removed at the end of its test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        // Settings are looked for up to the root of the repository: here.
        fs::create_dir(path.join(".git")).unwrap();
        Self(path)
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.join(name), bytes).unwrap();
        self
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
        command.current_dir(&self.0).args(line.split_whitespace());
        command
    }

    fn run(&self, line: &str) -> Ran {
        Ran::from(self.command(line).stdin(Stdio::null()).output().unwrap())
    }

    fn run_with(&self, line: &str, input: &[u8]) -> Ran {
        let mut child = self
            .command(line)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::from(child.wait_with_output().unwrap())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a command said, and its exit status.
#[derive(Debug)]
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }
}

#[test]
fn standard_input_is_markdown_unless_it_is_named() {
    let here = Scratch::new("stdin");
    let unnamed = here.run_with("check - --format short", CLAIM.as_bytes());
    assert_eq!(unnamed.status, Some(1), "{unnamed:?}");
    assert!(unnamed.out.starts_with("<stdin>:1:"), "{unnamed:?}");

    let page = "<p>Our capsules</p> <template>cure diabetes.</template>";
    let named = here.run_with("check - --stdin-path tea.html", page.as_bytes());
    assert_eq!(named.status, Some(0), "{named:?}");
    let shown = here.run_with(
        "check - --stdin-path site/tea.txt --format short",
        CLAIM.as_bytes(),
    );
    assert!(shown.out.starts_with("site/tea.txt:1:"), "{shown:?}");

    let unknown = here.run_with("check - --stdin-path tea.odt", CLAIM.as_bytes());
    assert_eq!(unknown.status, Some(2), "{unknown:?}");
    assert!(
        unknown
            .err
            .contains("caveat does not read files of this kind; save it as .docx"),
        "{unknown:?}"
    );
}

#[test]
fn empty_standard_input_has_nothing_to_find() {
    let ran = Scratch::new("nothing").run_with("check -", b"");
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (Some(0), "Nothing found in 1 file.\n")
    );
}

#[test]
fn a_file_in_another_encoding_is_checked_as_any_other() {
    let here = Scratch::new("latin").with(
        "latin.md",
        b"Un caf\xe9 au lait, \x93d\xe9j\xe0 vu\x94. Our capsules cure diabetes.\n",
    );
    let ran = here.run("check . --format json");
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let report = ran.json();
    assert_eq!(report["summary"]["files"], 1);
    let found = &report["findings"][0];
    assert_eq!(
        (&found["start"], &found["end"]),
        (&41.into(), &54.into()),
        "{found}"
    );
    assert_eq!(
        (&found["column"], &found["excerpt"]),
        (&42.into(), &"cure diabetes".into())
    );
}

#[test]
fn a_binary_file_is_an_error_only_when_it_is_named() {
    let here = Scratch::new("binary")
        .with("picture.md", b"\x89PNG\0\0\0")
        .with("tea.md", "Tea.\n");
    let walked = here.run("check .");
    assert_eq!(walked.status, Some(0), "{walked:?}");
    assert_eq!(walked.err, "picture.md: passed over: this file is binary\n");
    let named = here.run("check picture.md");
    assert_eq!(named.status, Some(2), "{named:?}");
    assert!(named.out.contains("This file is binary"), "{named:?}");
    let quiet = here.run("check . --quiet");
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

#[test]
fn a_file_above_the_limit_is_an_error_only_when_it_is_named() {
    let here = Scratch::new("large")
        .with("large.md", "tea ".repeat(400))
        .with("tea.md", "Tea.\n");
    let walked = here.run("check . --max-file-size 1k");
    assert_eq!(walked.status, Some(0), "{walked:?}");
    assert!(
        walked
            .err
            .starts_with("large.md: passed over: this file is larger than 1k")
    );
    assert!(walked.out.contains("in 1 file"), "{walked:?}");
    assert_eq!(here.run("check large.md --max-file-size 1k").status, Some(2));
    assert_eq!(here.run("check large.md --max-file-size 2k").status, Some(0));
    let piped = here.run_with("check - --max-file-size 1k", &b"tea ".repeat(400));
    assert_eq!(piped.status, Some(2), "{piped:?}");
}

#[test]
fn fifty_megabytes_are_refused_without_being_read() {
    let here = Scratch::new("sparse");
    fs::File::create(here.0.join("huge.md"))
        .unwrap()
        .set_len(50 << 20)
        .unwrap();
    let walked = here.run("check .");
    assert_eq!(walked.status, Some(2), "{walked:?}");
    assert!(walked.err.contains("larger than 16M"), "{walked:?}");
    let named = here.run("check huge.md");
    assert_eq!(named.status, Some(2), "{named:?}");
    assert!(named.out.contains("larger than 16M"), "{named:?}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let here = Scratch::new("pipe").with("claims.md", format!("{CLAIM}\n").repeat(4000));
    let mut child = here
        .command("check claims.md --format jsonl --fail-on never")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn a_report_can_go_to_a_file_beside_the_one_on_the_terminal() {
    let here = Scratch::new("file").with("claim.md", CLAIM);
    let ran = here.run("check claim.md --format short --format json=out.json");
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let report: Value = serde_json::from_str(&fs::read_to_string(here.0.join("out.json")).unwrap()).unwrap();
    assert_eq!(report["findings"][0]["path"], "claim.md");
    assert_eq!(
        ran.out.lines().count(),
        report["summary"]["errors"].as_u64().unwrap() as usize
    );
    let nowhere = here.run("check claim.md --format json=none/out.json");
    assert_eq!(nowhere.status, Some(2), "{nowhere:?}");
}

#[test]
fn a_finding_says_where_it_stands_in_bytes_lines_and_characters() {
    let text = "Tée.\n\nOur capsules *cure* diabetes.\n";
    let here = Scratch::new("places").with("claim.md", text);
    let report = here
        .run("check claim.md --product supplement --format json --as-of 2026-11-23")
        .json();
    assert_eq!(report["version"], 1);
    assert_eq!(report["as_of"], "2026-11-23");
    let finding = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["rule"] == "us-effects/swallowed-disease")
        .unwrap();
    let at = |key: &str| finding[key].as_u64().unwrap() as usize;
    assert_eq!(finding["excerpt"], text[at("start")..at("end")]);
    assert_eq!((at("line"), at("end_line")), (3, 3));
    assert_eq!(
        at("end_column") - at("column"),
        finding["excerpt"].as_str().unwrap().chars().count()
    );
    assert!(
        finding["verdicts"][0]["sources"][0]["title"]
            .as_str()
            .unwrap()
            .contains("101.93")
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let here = Scratch::new("same").with("a.md", CLAIM).with("b.md", CLAIM);
    let first = here.run("check . --format json --as-of 2026-11-23 -j 1");
    let second = here.run("check . --format json --as-of 2026-11-23 -j 2");
    assert!(first.out.contains("b.md"));
    assert_eq!(first.out, second.out);
}

#[test]
fn an_attested_run_can_be_made_again_byte_for_byte() {
    let register = "claims:\n- {id: a, text: Our capsules cure diabetes., approver: A, approved: 2026-01-01, \
        review-by: 2027-01-01, evidence: [{file: study.txt}]}\n";
    let here = Scratch::new("attest")
        .with("caveat.yaml", "markets: [us, uk]\npolicies: [shop.yaml]\n")
        .with("claims.yaml", register)
        .with("study.txt", "A study.")
        .with("a.md", CLAIM)
        .with("b.md", "Tea cures asthma.\n");
    fs::write(here.0.join("shop.yaml"), here.run("policy new shop").out).unwrap();
    let attest = |more: &str| {
        let line = format!("check a.md b.md --attest run.json --as-of 2026-11-23 --quiet {more}");
        let ran = here.run(&line);
        assert!(ran.status == Some(1) && ran.err.is_empty(), "{ran:?}");
        fs::read_to_string(here.0.join("run.json")).unwrap()
    };
    let first = attest("-j 1");
    assert_eq!(first, attest("-j 2"));
    assert_eq!(first, attest("--format json --show-silenced"));
    let bundle: Value = serde_json::from_str(&first).unwrap();
    assert!(first.ends_with("}\n") && !first.contains("\": "), "{first}");
    assert_eq!(bundle["status"], 1);
    assert_eq!(bundle["exceptions"][0]["kind"], "register");
    assert_eq!(bundle["registers"][0]["claims"][0]["used"], 1);
    assert_eq!(bundle["inputs"][1]["path"], "b.md");
    let packs: Vec<&str> = bundle["policies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pack| pack["name"].as_str().unwrap())
        .collect();
    assert!(
        packs.contains(&"shop") && packs.contains(&"uk") && packs.contains(&"english"),
        "{packs:?}"
    );
    let passed = bundle["findings"].as_array().unwrap().iter();
    let passed: Vec<&Value> = passed.filter(|finding| !finding["silenced"].is_null()).collect();
    assert!(
        passed
            .iter()
            .all(|finding| finding["path"] == "a.md" && finding["silenced"]["kind"] == "register")
    );

    let mut seen = vec![first];
    for (file, text) in [
        ("b.md", "Tea  cures asthma.\n"),
        ("study.txt", "Another study."),
        ("caveat.yaml", "markets: [us, uk]\npolicies: [shop.yaml] # ours\n"),
        ("claims.yaml", &format!("{register}# The end.\n")),
    ] {
        fs::write(here.0.join(file), text).unwrap();
        let next = attest("");
        assert!(!seen.contains(&next), "{file}");
        seen.push(next);
    }
    fs::write(
        here.0.join("shop.yaml"),
        here.run("policy new shop").out + "# ours\n",
    )
    .unwrap();
    assert!(!seen.contains(&attest("")));
    let nowhere = here.run("check a.md --attest none/run.json");
    assert_eq!(nowhere.status, Some(2), "{nowhere:?}");
}

#[test]
fn a_register_that_is_not_there_is_an_error() {
    let here = Scratch::new("register")
        .with("caveat.yaml", "claims: gone.yaml\n")
        .with("a.md", "Tea.\n");
    let ran = here.run("check a.md --format short");
    assert_eq!(ran.status, Some(2), "{ran:?}");
    assert!(
        ran.out.contains("gone.yaml:1:1: error: This file cannot be read"),
        "{ran:?}"
    );
    let ran = here.run("check a.md --no-config --claims gone.yaml");
    assert_eq!(ran.status, Some(2), "{ran:?}");
    let here = Scratch::new("adding").with("a.md", CLAIM);
    let ran = here.run("claims add 0 --approver A --review-by 2027-01-01");
    assert!(
        ran.status == Some(2) && ran.err.contains("there is no claims register"),
        "{ran:?}"
    );
}

#[test]
fn a_register_that_no_settings_name_is_told() {
    const WITHDRAWN: &str = "claims:\n  - id: tea\n    text: Our tea is a hug.\n    approver: A\n    approved: 2025-01-01\n    \
                             review-by: 2999-01-01\n    withdrawn: true\n    reason: over\n";
    let here = Scratch::new("no-settings")
        .with("a.md", "Our tea is a hug.\n")
        .with("claims.yaml", WITHDRAWN);
    for line in ["check", "check a.md"] {
        let ran = here.run(line);
        assert!(
            ran.status == Some(0) && ran.err.contains("claims.yaml is not used: "),
            "{ran:?}"
        );
    }
    let ran = here.run("check --claims claims.yaml");
    assert!(
        ran.status == Some(1) && !ran.err.contains("is not used"),
        "{ran:?}"
    );
    let here = here.with("caveat.yaml", "markets: [us]\n");
    let ran = here.run("check");
    assert!(
        ran.status == Some(1) && !ran.err.contains("is not used"),
        "{ran:?}"
    );
    fs::create_dir(here.0.join("drafts")).unwrap();
    let here = here
        .with("drafts/claims.yaml", WITHDRAWN)
        .with("drafts/b.md", "Tea.\n");
    let ran = here.run("check");
    assert!(
        ran.err
            .contains("drafts/claims.yaml is not used: the claims register here is"),
        "{ran:?}"
    );
}

#[test]
fn findings_that_share_a_sentence_are_approved_by_their_first_signs() {
    const SENTENCE: &str = "Our tea cures eczema; our other tea cures asthma.";
    let here = Scratch::new("signs")
        .with("caveat.yaml", "markets: [us]\n")
        .with("a.md", SENTENCE);
    let report = here.run("check a.md --format json").json();
    let signs = report["findings"].as_array().unwrap().iter();
    let signs = signs.filter(|finding| finding["rule"] == "us-effects/swallowed-disease");
    let signs: Vec<&str> = signs
        .map(|finding| finding["fingerprint"].as_str().unwrap())
        .collect();
    assert!(
        signs.len() == 2 && signs[0] != signs[1] && signs[0][..8] == signs[1][..8],
        "{signs:?}"
    );
    let sign = &signs[0][..8];
    let ran = here.run(&format!(
        "claims add {sign} a.md --approver A --review-by 2999-01-01"
    ));
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let register = fs::read_to_string(here.0.join("claims.yaml")).unwrap();
    assert_eq!(register.matches(SENTENCE).count(), 1, "{register}");
    let ran = here.run(&format!("explain {sign}"));
    assert!(
        ran.status == Some(2)
            && ran.err.contains("is the fingerprint of a finding")
            && ran.err.contains(&format!("`caveat claims add {sign}`")),
        "{ran:?}"
    );
}

#[test]
fn a_missing_statement_is_no_claim() {
    const PAGE: &str = "# Laser treatment of acne\n\nThis article tells how we treat acne with a laser at our clinic. \
        Laser treatment of acne scars takes an hour. Redness and swelling pass within a day. Peels fade melasma. We also \
        treat rosacea with the laser. Eczema is a reason to wait. Psoriasis is another.\n";
    let filler = "The clinic opens at nine and closes at five.\n\n".repeat(40);
    let here = Scratch::new("owed").with("acne.md", format!("{PAGE}\n{filler}"));
    let report = here.run("check acne.md --format json --page article").json();
    let findings = report["findings"].as_array().unwrap();
    let owed = findings
        .iter()
        .find(|finding| finding["category"].as_str().unwrap().starts_with("missing-"));
    let sign = owed.unwrap()["fingerprint"].as_str().unwrap();
    let here = here.with("caveat.yaml", "pages:\n  - {paths: [acne.md], page: article}\n");
    let ran = here.run(&format!(
        "claims add {sign} acne.md --approver A --review-by 2999-01-01"
    ));
    assert!(
        ran.status == Some(2) && ran.err.contains("is a missing statement, not a claim"),
        "{ran:?}"
    );
}

#[test]
fn a_starting_policy_is_sound_and_can_be_used_at_once() {
    let here = Scratch::new("policy").with("copy.md", "A game changer in a jar.\n");
    let printed = here.run("policy new shop");
    assert_eq!(printed.status, Some(0), "{printed:?}");
    fs::write(here.0.join("shop.yaml"), &printed.out).unwrap();
    assert_eq!(here.run("policy check shop.yaml").status, Some(0));
    assert_eq!(here.run("policy test shop.yaml").status, Some(0));
    let ran = here.run("check copy.md --policy shop.yaml --format short");
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.out.contains("[shop/no-miracles]"), "{ran:?}");
}

#[test]
fn starting_settings_are_written_once_and_change_nothing() {
    let here = Scratch::new("init").with("claim.md", CLAIM);
    let before = here.run("check --format short");
    let first = here.run("init");
    assert_eq!(first.status, Some(0), "{first:?}");
    let written = fs::read(here.0.join("caveat.yaml")).unwrap();
    let after = here.run("check --format short");
    assert_eq!((after.status, after.out), (before.status, before.out));
    let again = here.run("init");
    assert_eq!(again.status, Some(2), "{again:?}");
    assert_eq!(fs::read(here.0.join("caveat.yaml")).unwrap(), written);
}

#[test]
fn the_schema_names_every_field_of_a_finding() {
    let here = Scratch::new("schema").with("claim.md", CLAIM);
    let schema = here.run("schema");
    assert_eq!(schema.status, Some(0));
    let schema = schema.json().to_string();
    let report = here.run("check claim.md --format json").json();
    let finding = report["findings"][0].as_object().unwrap();
    for key in finding.keys().chain(report.as_object().unwrap().keys()) {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
}

#[test]
fn machines_are_told_how_each_file_was_taken() {
    const PAGE: &str = "# Night capsules\n\nSupplement facts: serving size two capsules. Supports sleep. Our dietary \
        supplements are vegan.\n\nThese statements have not been evaluated by the Food and Drug Administration. This \
        product is not intended to diagnose, treat, cure, or prevent any disease.\n\nAsk your pharmacist first.\n";
    let here = Scratch::new("files")
        .with("b.md", PAGE)
        .with("a.md", "# Hello\n\nA page.\n");
    let schema = here.run("schema").json().to_string();
    let report = here.run("check . --format json --product supplement").json();
    let files = report["files"].as_array().unwrap();
    assert_eq!(
        (&files[0]["path"], &files[1]["path"]),
        (&"a.md".into(), &"b.md".into())
    );
    let file = &files[1];
    for key in file
        .as_object()
        .unwrap()
        .keys()
        .chain(file["product"].as_object().unwrap().keys())
    {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
    assert_eq!(file["language"], "en");
    assert_eq!(
        (&file["product"]["kind"], &file["product"]["from"]),
        (&"supplement".into(), &"command-line".into())
    );
    let statements = file["statements"].as_array().unwrap().iter();
    let statements: Vec<_> = statements
        .map(|row| (row["line"].as_u64().unwrap(), row["category"].as_str().unwrap()))
        .collect();
    assert_eq!(
        statements,
        [
            (5, "missing-disclaimer"),
            (5, "missing-fda-statement"),
            (7, "missing-consult")
        ]
    );
    // The last line of `jsonl` lists them too.
    let lines = here.run("check . --format jsonl --product supplement").out;
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last["files"], report["files"]);
}

#[test]
fn machines_are_told_who_lets_a_finding_pass() {
    let page = "<!-- caveat-allow us-effects/disease-gone by='Ann Lee' until=2026-12-31: agreed -->\nIt cures diabetes.\n";
    let here = Scratch::new("pass").with("claim.md", page);
    let schema = here.run("schema").json().to_string();
    let whole = here
        .run("check claim.md --format json --show-silenced --as-of 2026-11-24")
        .json();
    let silenced = &whole["findings"][0]["silenced"];
    assert_eq!(
        (&silenced["guard"], &silenced["because"]),
        (&"suppressed".into(), &"agreed".into())
    );
    let exception = silenced["exception"].as_object().unwrap();
    assert_eq!(
        (&exception["by"], &exception["line"]),
        (&"Ann Lee".into(), &1.into())
    );
    for key in exception.keys() {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
    // One market's rule passes; the other's stands, and says which does not.
    let both = here
        .run("check claim.md --market us,uk --format json --as-of 2026-11-24")
        .json();
    let finding = &both["findings"][0];
    assert!(finding["rule"].as_str().unwrap().starts_with("uk/"), "{finding}");
    assert_eq!(finding["verdicts"].as_array().unwrap().len(), 1);
    let excepted = &finding["excepted"][0];
    assert_eq!(excepted["rule"], "us-effects/disease-gone");
    assert_eq!(excepted["exception"]["until"], "2026-12-31");
}

#[test]
fn completions_are_written_for_every_shell() {
    let here = Scratch::new("shells");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = here.run(&format!("completions {shell}"));
        assert_eq!(ran.status, Some(0), "{shell}");
        assert!(ran.out.contains("stdin-path"), "{shell}");
    }
}
