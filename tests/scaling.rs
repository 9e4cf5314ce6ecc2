//! How memory and time grow with what is checked. Peaks are of a child process; times are those that one thread spent,
//! as ratios with generous bounds, so that a busy machine changes no outcome while work that grows with a square does.

#![cfg(target_os = "linux")]

#[path = "bench/site.rs"]
pub(crate) mod site;

use caveat::engine::{Given, Ruleset};
use caveat::extract::{Keys, format_of};
use caveat::policy::{PackRef, Request, load};
use caveat::source::SourceFile;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// One measurement at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Without optimisation everything takes many times as long, and no measure asks for size as such.
const SCALE: usize = if cfg!(debug_assertions) { 8 } else { 1 };
const MB: usize = 1_000_000 / SCALE;

/// The files of one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scaling-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What waits to be read holds a child back once it is more than this; pipes of Linux are half as large.
const HELD_BACK: usize = 1 << 17;

/// The peak memory in bytes of a check of `path` under all packs. A report is written when all is judged, and the child
/// cannot end while more of it waits than a pipe takes: what the system says of it then is its peak.
fn peak(path: &Path) -> usize {
    let mut child = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(["check", "--no-config", "--quiet", "--fail-on", "never", "-j", "2"])
        .args([
            "--market",
            "us,uk,eu,au,ca",
            "--policy",
            "platforms",
            "--format",
            "json",
        ])
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut report = child.stdout.take().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let (mut peak, mut all, mut piece) = (0, 0, vec![0; 1 << 12]);
    loop {
        let read = report.read(&mut piece).unwrap();
        if read == 0 {
            break;
        }
        all += read;
        let said = fs::read_to_string(&status).ok();
        peak = said.and_then(|said| most(&said)).unwrap_or(peak);
    }
    assert!(child.wait().unwrap().success());
    assert!(all > HELD_BACK, "a report of {all} bytes holds nobody back");
    peak
}

/// The high-water mark of resident memory, less what lies in the program's own file: its tables come in as copy first
/// has their words.
fn most(status: &str) -> Option<usize> {
    let of = |name: &str| -> Option<usize> {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kilobytes * 1024)
    };
    Some(of("VmHWM:")?.saturating_sub(of("RssFile:")?))
}

/// The peak memory of a check of little copy, which has enough to say of it.
fn least(folder: &Folder) -> usize {
    peak(&folder.write("least.md", &site::offending(16_000)))
}

/// How many times its own size one file takes, above what caveat takes anyway.
fn times_its_size(name: &str, text: &str) -> usize {
    let folder = Folder::new(name);
    let least = least(&folder);
    let all = peak(&folder.write(name, text));
    all.saturating_sub(least) / text.len()
}

#[test]
fn a_page_takes_memory_in_proportion_to_its_size() {
    let _alone = alone();
    let times = times_its_size("large.md", &site::single("md", 4 * MB));
    assert!(times < 14, "{times} times the size of an ordinary page");
    let times = times_its_size("dense.md", &site::offending(2 * MB));
    assert!(
        times < 60,
        "{times} times the size of a page of nothing but claims"
    );
}

/// The peak memory of a check of the first so many pages of a site.
fn peak_of_site(folder: &Folder, pages: usize) -> usize {
    for number in 0..pages {
        let (name, text) = site::page(number);
        folder.write(&format!("site/{name}"), &text);
    }
    peak(&folder.0.join("site"))
}

#[test]
fn a_site_takes_memory_for_what_is_found_not_for_its_pages() {
    let _alone = alone();
    let folder = Folder::new("site");
    let (few, many) = (400 / SCALE, 1_600 / SCALE);
    let (of_few, of_many) = (peak_of_site(&folder, few), peak_of_site(&folder, many));
    let each = of_many.saturating_sub(of_few) / (many - few);
    let all = of_few + each * (10_000 - few);
    assert!(all < 105_000_000, "{all} bytes for 10,000 pages");
}

/// The time that this thread spent on `work`, the least of a few; of the clock where the system does not tell.
fn cost(mut work: impl FnMut()) -> Duration {
    let mut once = || {
        let (before, start) = (spent(), Instant::now());
        work();
        match (before, spent()) {
            (Some(before), Some(after)) => after - before,
            _ => start.elapsed(),
        }
    };
    (0..2).map(|_| once()).min().unwrap_or_default()
}

/// What `/proc` says in hundredths of a second.
fn spent() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    let (user, system) = (fields.next()?.ok()?, fields.next()?.ok()?);
    Some(Duration::from_millis((user + system) * 10))
}

fn every_rule() -> Ruleset {
    rules(Request {
        markets: ["us", "uk", "eu", "au", "ca"].map(str::to_owned).to_vec(),
        policies: vec![PackRef::Name("platforms".to_owned())],
    })
}

fn rules(request: Request) -> Ruleset {
    let policy = load(&request).map_err(|mistakes| mistakes[0].mistake.message.clone());
    Ruleset::new(&policy.unwrap(), jiff::civil::date(2026, 11, 24))
}

/// The cost of reading and judging a text.
fn judging(rules: &Ruleset, name: &str, text: &str) -> Duration {
    let file = Arc::new(SourceFile::new(name, text));
    let extract = format_of(name).unwrap().extract;
    cost(|| {
        let document = extract(&file, &Keys::default()).document;
        std::hint::black_box(rules.judge(&document, &Given::default()));
    })
}

/// How many times as long `more` takes. What takes no time at all proves nothing, and is taken for a bit.
fn ratio(more: Duration, less: Duration) -> f64 {
    more.as_secs_f64() / less.max(Duration::from_millis(30)).as_secs_f64()
}

#[test]
fn time_grows_with_the_size_of_a_page() {
    let _alone = alone();
    let rules = every_rule();
    for ending in ["md", "html", "txt"] {
        let name = &format!("a.{ending}");
        let (one, four) = (site::single(ending, MB), site::single(ending, 4 * MB));
        let ratio = ratio(judging(&rules, name, &four), judging(&rules, name, &one));
        assert!(ratio < 8.0, "four times a {name} takes {ratio:.1} times as long");
    }
}

#[test]
fn time_grows_with_the_size_of_hostile_copy() {
    let _alone = alone();
    let rules = every_rule();
    let size = MB / 32;
    let (small, large) = (site::hostile(size), site::hostile(8 * size));
    for ((name, small), (_, large)) in small.iter().zip(&large) {
        let ratio = ratio(judging(&rules, name, large), judging(&rules, name, small));
        // A square would take 64 times as long.
        assert!(ratio < 24.0, "eight times {name} takes {ratio:.1} times as long");
    }
}

/// A policy of so many rules, whose phrases begin with words that stand in any copy.
fn policy(count: usize) -> String {
    let mut out = String::from(
        "pack: many\nmarket: none\ntitle: Many rules\nsources:\n  house: {title: House rule, url: \"https://example.org/house\", verified: no}\nrules:\n",
    );
    for number in 0..count {
        let word = format!("w{number}x");
        let _ = write!(
            out,
            "  - id: r{number}\n    category: terms\n    severity: warning\n    message: Not {word}.\n    help: Leave it out.\n    sources: [house]\n    forbid: {{words: [\"{word}\", \"our {word}\", \"the {word} of it\"]}}\n    examples:\n      flag: [\"This is {word}.\"]\n      pass: [\"This is not.\"]\n"
        );
    }
    out
}

#[test]
fn time_hardly_grows_with_the_number_of_rules() {
    let _alone = alone();
    let folder = Folder::new("rules");
    let text = site::single("md", 4 * MB);
    let cost = |count: usize| {
        let file = folder.write(&format!("{count}.yaml"), &policy(count));
        let request = Request {
            markets: Vec::new(),
            policies: vec![PackRef::File(file)],
        };
        judging(&rules(request), "a.md", &text)
    };
    let ratio = ratio(cost(1_500), cost(150));
    assert!(ratio < 3.0, "ten times the rules take {ratio:.1} times as long");
}
