//! Measures the parts of caveat and the whole, on copy made by `site.rs`: `cargo bench`.
//!
//! Throughput is shown in bytes a second beside the time. Below the table stands on standard error how many findings
//! the benchmarks met that judge, so that a change of speed that is a change of verdicts shows.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A benchmark fails by panicking and tells on standard error.

mod site;

use caveat::config::{From, Said, Settings};
use caveat::document::Document;
use caveat::engine::{Given, Ruleset};
use caveat::extract::{Format, Keys, format_of};
use caveat::policy::model::{Check, Policy, Rule};
use caveat::policy::{PackRef, Request, load};
use caveat::report::{self, Look, Run, Summary, Told};
use caveat::session::{self, Input, Job, Library, Memory, Outcome};
use caveat::source::SourceFile;
use caveat::text::{Abbreviations, fold, sentences};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};

const TODAY: Date = jiff::civil::date(2026, 11, 23);
/// The size of single files.
const LARGE: usize = 256 * 1024;
/// The files of a site.
const PAGES: usize = 200;

/// What is said below the table, which it would tear where it is measured.
static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn main() {
    divan::main();
    for line in SAID.lock().unwrap().iter() {
        eprintln!("{line}");
    }
}

fn say(line: String) {
    SAID.lock().unwrap().push(line);
}

const PACKS: [&str; 2] = ["us", "every"];

/// The packs of one market, or every pack.
fn packs(which: &str) -> Request {
    match which {
        "every" => every_pack(),
        market => Request {
            markets: vec![market.to_owned()],
            policies: Vec::new(),
        },
    }
}

fn every_pack() -> Request {
    Request {
        markets: ["us", "uk", "eu", "au", "ca"].map(str::to_owned).to_vec(),
        policies: vec![PackRef::Name("platforms".to_owned())],
    }
}

/// Every pack, with those rules alone that `wanted` picks.
fn rules(wanted: impl Fn(&Rule) -> bool) -> Ruleset {
    let policy = load(&every_pack()).unwrap();
    let rules = policy.rules.into_iter().filter(|rule| wanted(rule)).collect();
    Ruleset::new(&Policy { rules, ..policy }, TODAY)
}

fn file(name: &str, text: String) -> (&'static Format, Arc<SourceFile>) {
    (format_of(name).unwrap(), Arc::new(SourceFile::new(name, text)))
}

fn document(ending: &str) -> Document {
    let (format, file) = file(&format!("page.{ending}"), site::single(ending, LARGE));
    (format.extract)(&file, &Keys::default()).document
}

#[divan::bench(args = ["md", "mdx", "html", "txt", "tsx", "vue", "php"])]
fn extract(bencher: Bencher, ending: &str) {
    let (format, file) = file(&format!("page.{ending}"), site::single(ending, LARGE));
    bencher
        .counter(BytesCount::of_str(file.text()))
        .bench(|| (format.extract)(black_box(&file), &Keys::default()));
}

/// What extraction of Markdown is measured against: its parser alone.
#[divan::bench]
fn parse_markdown(bencher: Bencher) {
    let text = site::single("md", LARGE);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| pulldown_cmark::Parser::new_ext(black_box(&text), pulldown_cmark::Options::all()).count());
}

#[divan::bench]
fn fold_prose(bencher: Bencher) {
    let text = site::single("txt", LARGE);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| fold(black_box(&text)));
}

#[divan::bench]
fn cut_sentences(bencher: Bencher) {
    let folded = fold(&site::single("txt", LARGE));
    let abbreviations = Abbreviations::new(["Dr.", "e.g."]);
    bencher
        .counter(BytesCount::of_str(folded.text()))
        .bench(|| sentences(black_box(folded.text()), &abbreviations));
}

/// Judging with no rule: words, sentences, the cues of guards, and what the page is.
#[divan::bench]
fn scan(bencher: Bencher) {
    judge(bencher, "scan", &rules(|_| false), &document("md"));
}

/// Judging with the rules of one kind of check alone; what they take is the difference to `scan`.
#[divan::bench(args = ["forbid", "claim", "qualify", "require", "number", "when", "all"])]
fn check(bencher: Bencher, kind: &str) {
    let wanted = |rule: &Rule| match rule.check {
        Check::Forbid(_) => kind == "forbid",
        Check::Claim(_) => kind == "claim",
        Check::Qualify(_) => kind == "qualify",
        Check::Require(_) => kind == "require",
        Check::Number(_) => kind == "number",
        Check::When(_) => kind == "when",
    };
    let rules = rules(|rule| kind == "all" || wanted(rule));
    judge(bencher, kind, &rules, &document("md"));
}

fn judge(bencher: Bencher, what: &str, rules: &Ruleset, document: &Document) {
    let given = Given::default();
    let found = rules.judge(document, &given).findings.len();
    let text = document.file.text();
    say(format!("{what}: {found} findings in {} bytes", text.len()));
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| rules.judge(black_box(document), &given));
}

#[divan::bench(args = PACKS)]
fn load_packs(bencher: Bencher, which: &str) {
    let request = packs(which);
    bencher.bench(|| load(black_box(&request)));
}

#[divan::bench(args = PACKS)]
fn compile_packs(bencher: Bencher, which: &str) {
    let request = packs(which);
    let policy = load(&request).unwrap();
    bencher.bench(|| Ruleset::new(black_box(&policy), TODAY));
}

fn jobs(pages: impl Iterator<Item = (String, String)>) -> Vec<Job> {
    let said = |value| Said {
        value,
        from: From::CommandLine,
    };
    let mut settings = Settings::defaults(PathBuf::new());
    let every = every_pack();
    settings.markets.value = every.markets;
    settings.policies = every.policies.into_iter().map(said).collect();
    let settings = Arc::new(settings);
    let job = |(name, text): (String, String)| Job {
        format: format_of(&name).unwrap(),
        input: Input::Bytes {
            bytes: text.into_bytes(),
            path: PathBuf::from(&name),
        },
        shown: name,
        named: true,
        settings: Arc::clone(&settings),
    };
    pages.map(job).collect()
}

fn run(jobs: &[Job]) -> Outcome {
    session::run(jobs, &Library::new(TODAY), None, &AtomicUsize::new(0))
}

/// What an editor waits for when a letter is typed into a page of 10,000 words, or taken out again: its judgement, by rules
/// that are loaded, with what is remembered of the page.
#[divan::bench(args = PACKS)]
fn keystroke(bencher: Bencher, which: &str) {
    let page = site::single("md", 50 * 1024);
    say(format!(
        "keystroke: a page of {} words",
        page.split_whitespace().count()
    ));
    let middle = page.floor_char_boundary(page.len() / 2);
    let middle = page[..middle].rfind(' ').unwrap_or(middle);
    let typed = format!("{}a{}", &page[..middle], &page[middle..]);
    let texts = [page, typed].into_iter().map(|text| ("page.md".to_owned(), text));
    let mut jobs = jobs(texts);
    if which != "every" {
        let mut settings = Settings::defaults(PathBuf::new());
        settings.markets.value = packs(which).markets;
        let settings = Arc::new(settings);
        jobs.iter_mut()
            .for_each(|job| job.settings = Arc::clone(&settings));
    }
    let library = Library::new(TODAY);
    let mut memory = Memory::default();
    let mut judge = || {
        jobs.reverse();
        session::again(black_box(&jobs[0]), &library, &mut memory)
    };
    judge();
    bencher.bench_local(judge);
}

/// Everything but reading from disk and writing a report, start-up included.
#[divan::bench(sample_count = 10)]
fn end_to_end(bencher: Bencher) {
    let jobs = jobs((0..PAGES).map(site::page));
    let size = |job: &Job| match &job.input {
        Input::Bytes { bytes, .. } => bytes.len(),
        Input::Path(_) => 0,
    };
    let bytes: usize = jobs.iter().map(size).sum();
    let found = run(&jobs).findings.len();
    say(format!(
        "end to end: {found} findings in {PAGES} files of {bytes} bytes"
    ));
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(PAGES))
        .bench(|| run(black_box(&jobs)));
}

#[divan::bench(args = report::REPORTERS.iter().map(|reporter| reporter.name), sample_count = 10)]
fn render(bencher: Bencher, format: &str) {
    let outcome = run(&jobs(std::iter::once((
        "page.md".to_owned(),
        site::offending(LARGE),
    ))));
    let told = |judgement: session::Judgement| Told {
        finding: judgement.finding,
        shown: true,
        left_out: false,
    };
    let findings: Vec<Told> = outcome.findings.into_iter().map(told).collect();
    let count = findings.len();
    let run = Run {
        as_of: TODAY.to_string(),
        findings,
        folders: outcome.folders,
        excepted: Vec::new(),
        summary: Summary::default(),
        exceptions: outcome.exceptions,
        files: Vec::new(),
        passed_over: Vec::new(),
        unread: Vec::new(),
        unchecked: Vec::new(),
        look: Look::PLAIN,
        quiet: true,
        ledger: caveat::report::Ledger::default(),
        views: std::collections::HashMap::new(),
    };
    let reporter = report::reporter(format).unwrap();
    let render = || {
        let mut out = Vec::new();
        (reporter.render)(black_box(&run), &mut out).unwrap();
        out
    };
    let written = render().len();
    say(format!("render {format}: {count} findings in {written} bytes"));
    bencher
        .counter(BytesCount::new(written))
        .counter(ItemsCount::new(count))
        .bench(render);
}
