//! Owns what holds whatever the input: the tests throw pieces together for it, the fuzzers of `tests/fuzz` arbitrary
//! bytes. A function here panics where caveat breaks a promise, and returns otherwise.

#![allow(dead_code, unreachable_pub)] // Each fuzzer uses some of it.

use caveat::config::{Finder, MARKETS, Overlay, Settings, Where};
use caveat::document::Document;
use caveat::draft;
use caveat::engine::{Given, Ruleset};
use caveat::extract::{self, Format, Keys, format_of};
use caveat::finding::Finding;
use caveat::policy::{self, PackRef, Request};
use caveat::register::{self, New, Passage, Register};
use caveat::report::{Look, Run, Summary, Told, plain, reporter};
use caveat::session::{self, Input, Job, Library, Memory, Outcome};
use caveat::source::{Encoded, SourceFile};
use caveat::text::{Derived, Offsets, RunKind, Span, fold};
use jiff::civil::{Date, date};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, LazyLock};

const AS_OF: Date = date(2026, 11, 23);

/// Copy that many rules speak to.
const COPY: &str =
    "Our capsules cure arthritis in 2 weeks, and lose 20 pounds a day. A miracle in a jar, says a doctor.";

/// Copy of two findings: one may be let pass, and the other stays.
const CLAIMS: &str = "Our capsules cure arthritis. A miracle in a jar.";

/// The rules of one market.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::new(AS_OF);
    library.whole_files = true;
    library
});

/// A file of this name and text can be read, and every place in it leads back to its bytes.
pub fn extraction(name: &str, text: &str) {
    let file = Arc::new(SourceFile::new(name, text));
    let format = format_of(name).expect("a name that caveat reads");
    let extracted = (format.extract)(&file, &Keys::default());
    for mistake in &extracted.mistakes {
        inside(mistake.span, text);
    }
    document(&extracted.document, text);
}

/// A package of these bytes, or one around a body of them, is refused, or read and annotated: comments change none of its
/// words, and a second round changes nothing.
pub fn draft(bytes: &[u8]) {
    const MOST: u64 = 16 << 20;
    let package = if draft::is_zip(bytes) {
        bytes.to_vec()
    } else {
        packed(bytes)
    };
    let Ok((text, known)) = draft::read(&package, MOST) else {
        return;
    };
    let notes: Vec<draft::Note> = known
        .paragraphs
        .iter()
        .take(3)
        .map(|paragraph| draft::Note {
            span: paragraph.span,
            lines: vec!["Error: <no> & no.".to_owned()],
        })
        .collect();
    let encoded = Encoded {
        offsets: Offsets::default(),
        draft: Some(known),
        sha256: String::new(),
    };
    let file = Arc::new(SourceFile::decoded("a.docx", text.as_str(), encoded));
    let format = format_of("a.docx").expect("a name that caveat reads");
    document(&(format.extract)(&file, &Keys::default()).document, &text);
    let Ok(once) = draft::annotate(&package, &notes, MOST) else {
        return;
    };
    let (again, _) = draft::read(&once, 2 * MOST).expect("an annotated draft is one");
    assert_eq!(again, text, "comments change no words");
    let twice = draft::annotate(&once, &notes, 2 * MOST).expect("an annotated draft can be annotated");
    assert!(twice == once, "a second round changes nothing");
}

/// A package around a body.
pub fn packed(body: &[u8]) -> Vec<u8> {
    let relations =
        "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"d.xml\"/></Relationships>";
    let head =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
    let body = [head.as_bytes(), body, b"</w:body></w:document>"].concat();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let parts = [
        ("[Content_Types].xml", &b"<Types></Types>"[..]),
        ("_rels/.rels", relations.as_bytes()),
        ("d.xml", &body),
    ];
    for (name, bytes) in parts {
        out.start_file(name, options).expect("a part");
        out.write_all(bytes).expect("a part");
    }
    out.finish().expect("a package").into_inner()
}

fn document(document: &Document, text: &str) {
    let blocks = &document.blocks;
    let mut section = 0;
    for (at, block) in blocks.iter().enumerate() {
        assert!(!block.prose.text().trim().is_empty(), "a block is never empty");
        leads_back(&block.prose, text, |old, new| old == new);
        let folded = fold(block.prose.text());
        // Letter by letter: a whole word of capitals would end in another sigma.
        leads_back(&folded, block.prose.text(), |old, new| {
            old.chars().flat_map(char::to_lowercase).eq(new.chars())
        });
        assert!(section <= block.section, "sections are numbered in order");
        section = block.section;
        assert!(block.lead_in.is_none_or(|lead| (lead as usize) < at));
        for link in &block.links {
            inside(link.span, block.prose.text());
        }
    }
    for directive in &document.directives {
        inside(directive.span, text);
        assert!(directive.before as usize <= blocks.len());
    }
    if let Some(settings) = &document.settings {
        inside(settings.span, text);
    }
}

fn inside<T>(span: Span<T>, text: &str) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} does not lie on characters of {text:?}"
    );
}

/// Runs cover the derived text in order and lie on characters; verbatim ones equal what they were made from.
fn leads_back<To, From>(derived: &Derived<To, From>, from: &str, same: fn(&str, &str) -> bool) {
    let text = derived.text();
    let mut at = 0;
    for run in derived.runs() {
        assert_eq!(run.to.start, at, "runs cover the text");
        at = run.to.end;
        inside(run.from, from);
        inside(run.to, text);
        if run.kind == RunKind::Verbatim {
            let (old, new) = (run.from.slice(from), run.to.slice(text));
            assert!(same(old, new), "{old:?} became {new:?}");
        }
    }
    assert_eq!(at as usize, text.len());
}

/// A file of these bytes, for this thread alone. It is written over and then cut to its length: a file that is emptied
/// first is put on disk by some file systems as soon as it is closed, which takes longer than all that is tried on it.
fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = option_env!("CARGO_TARGET_TMPDIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let own = format!("{}-{:?}", std::process::id(), std::thread::current().id());
    let folder = folder.join("caveat-invariants").join(own);
    fs::create_dir_all(&folder).expect("a folder for scratch files");
    let path = folder.join(name);
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).open(&path);
    let written = file.and_then(|mut file| {
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)
    });
    written.expect("a scratch file");
    path
}

/// A policy of these bytes is refused with places, or loads and judges.
pub fn policy(bytes: &[u8]) {
    if let Some(rules) = rules(bytes) {
        judge(&rules, "copy.md", COPY);
    }
}

/// The rules of a policy of these bytes; what is refused is refused for a reason, with its place.
fn rules(bytes: &[u8]) -> Option<Ruleset> {
    let path = scratch("policy.yaml", bytes);
    let request = Request {
        markets: Vec::new(),
        policies: vec![PackRef::File(path)],
    };
    let mistakes = match policy::load_alone(&request) {
        Ok(policy) => return Some(Ruleset::new(&policy, AS_OF)),
        Err(mistakes) => mistakes,
    };
    assert!(!mistakes.is_empty());
    for told in mistakes {
        assert!(!told.mistake.message.is_empty());
        if let Some(file) = &told.file {
            inside(told.mistake.span, file.text());
        }
    }
    None
}

fn judge(rules: &Ruleset, name: &str, text: &str) {
    let file = Arc::new(SourceFile::new(name, text));
    let format = format_of(name).or_else(|| format_of("a.md")).expect("a format");
    let document = (format.extract)(&file, &Keys::default()).document;
    let judged = rules.judge(&document, &Given::default());
    judged.findings.iter().for_each(sound);
}

/// A phrase is refused, or stands in a policy that loads and finds what it says in copy.
pub fn phrase(text: &str) {
    let written = serde_json::to_string(text).expect("a string");
    policy(
        format!(
            "pack: fuzz\nmarket: none\ntitle: T\nlexicons:\n  a: {{verbs: [{written}], nouns: [{written}]}}\nrules:\n  - id: r\n    \
             category: terms\n    severity: error\n    message: M\n    help: H\n    forbid: {{lexicons: [a], words: [{written}]}}\n    \
             examples: {{flag: [x], pass: [y]}}\n"
        )
        .as_bytes(),
    );
}

/// A `caveat.yaml` of these bytes has mistakes with places, or settings.
pub fn settings(bytes: &[u8]) {
    let path = scratch("caveat.yaml", bytes);
    let folder = path.parent().expect("a folder").to_owned();
    let mut finder = Finder::new(Where::File(path), Overlay::default(), folder.clone());
    let settings = finder.of_folder(&folder);
    let text = settings.file.as_ref().map_or("", |file| file.text());
    for mistake in &settings.mistakes {
        inside(mistake.span, text);
    }
    let shown = caveat::config::show(&settings);
    assert!(!shown.is_empty());
}

/// Files under these names are checked by the rules of one market. What is found is the same whatever the number of
/// threads and the order, lies on characters, and every report of it is whole.
pub fn check(files: &[(String, Vec<u8>)]) {
    let library = &LIBRARY;
    let settings = Arc::new(Settings::defaults("/site".into()));
    let mut jobs: Vec<Job> = files
        .iter()
        .enumerate()
        .map(|(at, (name, bytes))| Job {
            input: Input::Bytes {
                bytes: bytes.clone(),
                path: PathBuf::from("/site").join(format!("{at}")),
            },
            // A walk finds no two files of one name.
            shown: format!("{at}/{name}"),
            named: at % 2 == 0,
            format: format_of(name).or_else(|| format_of("a.md")).expect("a format"),
            settings: Arc::clone(&settings),
        })
        .collect();
    let one = session::run(&jobs, library, Some(1), &AtomicUsize::new(0));
    jobs.reverse();
    let other = session::run(&jobs, library, Some(2), &AtomicUsize::new(0));
    for judgement in &one.findings {
        sound(&judgement.finding);
    }
    let (json, lines) = (report("json", &one), report("jsonl", &one));
    assert_eq!(json, report("json", &other), "threads and order change nothing");
    serde_json::from_str::<serde_json::Value>(&json).expect("JSON is valid");
    for line in lines.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("every line is JSON");
    }
    for name in ["pretty", "short"] {
        let shown = report(name, &one);
        let steers = |c: char| c != '\n' && plain(c.encode_utf8(&mut [0; 4])) != *c.to_string();
        assert!(!shown.contains(steers), "{name} steers the terminal: {shown:?}");
    }
}

/// A file that is checked with what is remembered of it is checked as if it had never been seen: by the rules of one market, or
/// of others.
pub fn again(name: &str, bytes: &[u8], abroad: bool, (copy, memory): (&mut extract::Memory, &mut Memory)) {
    static SETTINGS: LazyLock<[Arc<Settings>; 2]> = LazyLock::new(|| {
        let home = Settings::defaults("/site".into());
        let mut abroad = home.clone();
        abroad.markets.value = ["uk", "eu", "au", "ca"].map(str::to_owned).to_vec();
        [home, abroad].map(Arc::new)
    });
    let job = Job {
        input: Input::Bytes {
            bytes: bytes.to_vec(),
            path: Path::new("/site").join(name),
        },
        shown: name.to_owned(),
        named: true,
        format: format_of(name).expect("a name that caveat reads"),
        settings: Arc::clone(&SETTINGS[usize::from(abroad)]),
    };
    let told = |outcome: &Outcome| {
        let besides = format!(
            "{:?}",
            (
                &outcome.files,
                &outcome.unchecked,
                &outcome.unjudged,
                &outcome.blank,
                outcome.exceptions.len()
            )
        );
        let bare = outcome.findings.iter().map(|judgement| {
            let finding = Finding {
                file: None,
                ..judgement.finding.clone()
            };
            format!("{finding:?}")
        });
        (report("jsonl", outcome), bare.collect::<Vec<_>>(), besides)
    };
    if !format_of(name).is_some_and(Format::is_draft) {
        extracted_again(name, bytes, copy);
    }
    let (new, whole) = (
        session::again(&job, &LIBRARY, memory),
        session::one(&job, &LIBRARY),
    );
    assert_eq!(
        told(&new),
        told(&whole),
        "{name}: {:?}",
        String::from_utf8_lossy(bytes)
    );
}

/// A file that is read with what is remembered of it has the blocks and directives that it has when it is read whole.
fn extracted_again(name: &str, bytes: &[u8], memory: &mut extract::Memory) {
    let text = String::from_utf8_lossy(bytes);
    let file = Arc::new(SourceFile::new(name, &*text));
    let format = format_of(name).expect("a name that caveat reads");
    let new = format.extract_again(&file, &Keys::default(), memory).document;
    let whole = (format.extract)(&file, &Keys::default()).document;
    for (new, whole) in new.blocks.iter().zip(&whole.blocks) {
        assert_eq!(format!("{new:?}"), format!("{whole:?}"), "{name}: {text:?}");
    }
    let besides = |document: &Document| (document.blocks.len(), document.directives.clone());
    assert_eq!(besides(&new), besides(&whole), "{name}: {text:?}");
    memory.keep(new);
}

/// A finding is no fault of caveat's own, and its places lie on characters of its file.
fn sound(finding: &Finding) {
    assert_ne!(finding.rule().name, "caveat/internal", "{}", finding.message());
    let Some(file) = &finding.file else { return };
    inside(finding.span, file.text());
    for label in &finding.labels {
        inside(label.span, file.text());
    }
}

fn report(name: &str, outcome: &Outcome) -> String {
    let told = outcome.findings.iter().map(|judgement| Told {
        finding: judgement.finding.clone(),
        shown: true,
        left_out: false,
    });
    let run = Run {
        as_of: AS_OF.to_string(),
        findings: told.collect(),
        excepted: Vec::new(),
        exceptions: outcome.exceptions.clone(),
        folders: Default::default(),
        summary: Summary::default(),
        files: Vec::new(),
        unchecked: Vec::new(),
        passed_over: Vec::new(),
        unread: Vec::new(),
        look: Look::PLAIN,
        quiet: false,
        ledger: caveat::report::Ledger::default(),
        views: std::collections::HashMap::new(),
    };
    let mut out = Vec::new();
    (reporter(name).expect("a format").render)(&run, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// Comments and front matter that let findings pass, with this text in them, break nothing.
pub fn suppression(text: &str) {
    let quoted = serde_json::to_string(text).expect("a string");
    let files = [
        ("a.md", format!("<!-- caveat-allow {text} -->\n\n{CLAIMS}\n")),
        ("b.mdx", format!("{{/* caveat-allow{text} */}}\n\n{CLAIMS}\n")),
        (
            "c.md",
            format!(
                "---\ncaveat: {{allow: [{{rule: {quoted}, reason: {quoted}, until: {quoted}}}]}}\n---\n{CLAIMS}\n"
            ),
        ),
        (
            "d.html",
            format!("<!-- caveat-allow-file {text} --><p>{CLAIMS}</p>"),
        ),
    ];
    check(&files.map(|(name, text)| (name.to_owned(), text.into_bytes())));
}

/// A claims register of this text has mistakes with places, or claims that stand where copy makes them; adding a claim
/// leaves it as it was and one claim longer, or is refused for a reason.
pub fn register(text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |text: &str| {
        let file = Arc::new(SourceFile::new(register::FILE, text));
        Register::read(file, folder, &MARKETS)
    };
    let old = read(text);
    for mistake in &old.mistakes {
        inside(mistake.span, text);
        assert!(!mistake.message.is_empty());
    }
    for claim in &old.claims {
        inside(claim.span, text);
        assert!(old.line(claim) >= 1);
        for wording in &claim.wordings {
            inside(wording.span, text);
            made(&old, &wording.text, Some(&wording.folded));
        }
    }
    made(&old, COPY, None);
    let new = New {
        id: None,
        text: text.to_owned(),
        product: None,
        markets: Vec::new(),
        evidence: vec!["https://example.org/".to_owned()],
        approver: "A. Fuzzer".to_owned(),
        approved: AS_OF,
        review_by: AS_OF,
    };
    match register::append(&old, folder, &MARKETS, &new) {
        Ok((longer, id)) => {
            assert!(longer.starts_with(text), "what stood there stands there still");
            let longer = read(&longer);
            let (last, before) = longer.claims.split_last().expect("the new claim");
            assert_eq!((before, &last.id, last.text()), (&*old.claims, &id, text));
        }
        Err(why) => assert!(!why.is_empty()),
    }
}

/// Copy that makes a claim of the register: every place in it lies on characters, and its wording is found.
fn made(register: &Register, copy: &str, wording: Option<&str>) {
    let file = Arc::new(SourceFile::new("a.txt", copy));
    let format = format_of("a.txt").expect("a format");
    let document = (format.extract)(&file, &Keys::default()).document;
    for block in &document.blocks {
        let passage = Passage::new(block);
        for stand in register.stands(&passage) {
            inside(stand.span, copy);
            assert!(stand.claim < register.claims.len());
        }
        let folded = fold(block.prose.text());
        if let Some(near) = register.near(folded.text(), |_| true) {
            let claim = &register.claims[near.claim];
            assert!(near.wording < claim.wordings.len());
            for (at, _) in &near.drift.adds {
                inside(*at, folded.text());
            }
        }
    }
    let one = document.blocks.len() == 1 && document.blocks[0].prose.text() == copy.trim();
    if let Some(wording) = wording.filter(|_| one) {
        let found = register.stands(&Passage::new(&document.blocks[0]));
        let any = found.iter().any(|stand| {
            let wordings = &register.claims[stand.claim].wordings;
            wordings.iter().any(|known| known.folded == wording)
        });
        assert!(any, "{copy:?} does not make its own claim");
    }
}

/// The promise that a fuzzer holds, by its name.
pub fn of(fuzzer: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match fuzzer {
        "markdown" => extraction("a.md", &text),
        "mdx" => extraction("a.mdx", &text),
        "template" => ["a.php", "a.blade.php", "a.liquid", "a.hbs", "a.erb"]
            .iter()
            .for_each(|name| extraction(name, &text)),
        "html" => ["a.html", "a.njk"]
            .iter()
            .for_each(|name| extraction(name, &text)),
        "plain" => extraction("a.txt", &text),
        "draft" => draft(bytes),
        "script" => ["a.tsx", "a.ts", "a.vue", "a.svelte", "a.astro"]
            .iter()
            .for_each(|name| extraction(name, &text)),
        "json" => extraction("a.json5", &text),
        "yaml" => extraction("a.yaml", &text),
        "toml" => extraction("a.toml", &text),
        "csv" => extraction("a.csv", &text),
        "xml" => extraction("a.xml", &text),
        "gettext" => extraction("a.po", &text),
        "front_matter" => front_matter(&text),
        "policy" => policy(bytes),
        "pattern" => phrase(&text),
        "settings" => settings(bytes),
        "suppressions" => suppression(&text),
        "register" => register(&text),
        "check" => check_bytes(bytes),
        other => panic!("there is no fuzzer {other}"),
    }
}

/// Front matter of every kind with this text in it can be read or refused.
pub fn front_matter(text: &str) {
    for (open, close) in [("---\n", "\n---\n"), ("+++\n", "\n+++\n"), ("{\n", "\n}\n")] {
        extraction("a.md", &format!("{open}{text}{close}Tea.\n"));
    }
}

/// Reads bytes as a run: parts between bytes `0xff` are a policy, and then names and files in turn.
pub fn check_bytes(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == 0xff);
    let policy = parts.next().filter(|policy| !policy.is_empty());
    let mut files = Vec::new();
    while let (Some(name), Some(text)) = (parts.next(), parts.next()) {
        files.push((String::from_utf8_lossy(name).into_owned(), text.to_vec()));
    }
    check(&files);
    if let Some(rules) = policy.and_then(rules) {
        for (name, bytes) in &files {
            judge(&rules, name, &String::from_utf8_lossy(bytes));
        }
    }
}
