//! Runs over files of a made-up format.

use super::*;
use crate::data::Mistake;
use crate::document::{Block, BlockKind, Document};
use crate::extract::{Extracted, Keys};
use crate::source::SourceFile;
use crate::text::{Derived, Span};

static FORMAT: Format = Format {
    name: "test",
    endings: &["test"],
    extract,
};

/// One paragraph; `panic` panics, `broken` has a mistake.
fn extract(file: &Arc<SourceFile>, _: &Keys) -> Extracted {
    assert!(!file.text().contains("panic"), "as the test wants it");
    let mut prose = Derived::new();
    prose.push_verbatim(file.text(), 0);
    let block = Block {
        kind: BlockKind::Paragraph,
        prose,
        section: 0,
        quoted: false,
        lead_in: None,
        links: Vec::new(),
        key: None,
    };
    let mistakes = match file.text().find("broken") {
        Some(at) => vec![Mistake::new(Span::of(at..at + 6), "this is broken")],
        None => Vec::new(),
    };
    Extracted {
        document: Document {
            file: Arc::clone(file),
            blocks: if file.text().is_empty() {
                Vec::new()
            } else {
                vec![block]
            },
            directives: Vec::new(),
            settings: None,
            address: None,
        },
        mistakes,
        tolerated: Vec::new(),
    }
}

fn job(name: &str, bytes: &[u8], named: bool) -> Job {
    Job {
        input: Input::Bytes {
            bytes: bytes.to_vec(),
            path: PathBuf::from("/site").join(name),
        },
        shown: name.into(),
        named,
        format: &FORMAT,
        settings: Arc::new(Settings::defaults("/site".into())),
    }
}

fn run_all(jobs: &[Job], threads: usize) -> Outcome {
    run(
        jobs,
        &Library::new(jiff::civil::date(2026, 11, 23)),
        Some(threads),
        &AtomicUsize::new(0),
    )
}

fn told(outcome: &Outcome) -> Vec<String> {
    outcome
        .findings
        .iter()
        .map(|judgement| {
            let finding = &judgement.finding;
            let name = finding.file.as_ref().map_or("-", |file| file.name());
            format!("{name}: {} {}", finding.rule().name, finding.message())
        })
        .collect()
}

#[test]
fn one_bad_file_does_not_cost_the_others() {
    std::panic::set_hook(Box::new(|_| {}));
    let jobs = [
        job("a.test", b"", true),
        job("b.test", b"panic", true),
        job("c.test", b"\x01\x02 \xff", true),
        job("d.test", b"\0", true),
        job("e.test", b"\0", false),
        job("f.test", b"it is broken", true),
    ];
    let expected = [
        "b.test: caveat/internal This file made caveat fail; that is an internal error, please report it",
        "c.test: caveat/unreadable This file is binary",
        "d.test: caveat/unreadable This file is binary",
        "f.test: caveat/front-matter This is broken",
    ];
    for threads in [1, 2, 7] {
        let outcome = run_all(&jobs, threads);
        assert_eq!(told(&outcome), expected);
        assert_eq!(outcome.files.len(), 2);
        assert_eq!(
            outcome.passed_over,
            [("e.test".to_owned(), "this file is binary".to_owned())]
        );
        assert!(
            outcome
                .findings
                .iter()
                .all(|judgement| is_trouble(&judgement.finding))
        );
    }
    let _ = std::panic::take_hook();
}

#[test]
fn copy_in_another_language_is_said_to_be_unchecked() {
    let german = "Unsere Creme pflegt die Haut und spendet Feuchtigkeit für den ganzen Tag. Sie zieht schnell ein und \
        hinterlässt keinen Film. Die Rezeptur wurde von unserem Team entwickelt, und wir verwenden nur Zutaten, die \
        aus biologischem Anbau stammen. Tragen Sie morgens und abends eine kleine Menge auf das gereinigte Gesicht auf.";
    let english = "Our cream cares for the skin and moisturises it for the whole day. It sinks in quickly and leaves no \
        film. The recipe was made by our team and we only use things that come from organic farms. Put a small amount \
        on your clean face in the morning and in the evening, and massage it in with your fingers.";
    let jobs = [
        job("de.test", german.as_bytes(), true),
        job("en.test", english.as_bytes(), true),
        job("short.test", b"Nur wenige Worte hier.", true),
    ];
    let outcome = run_all(&jobs, 1);
    let german = Unchecked {
        because: "the copy is in German".to_owned(),
        language: Some(("the copy", "German")),
    };
    assert_eq!(outcome.unchecked, [("de.test".to_owned(), german)]);
    assert_eq!(outcome.files.len(), 2);
}

#[test]
fn broken_settings_are_said_once() {
    let mut settings = Settings::defaults("/site".into());
    settings.file = Some(Arc::new(SourceFile::new("caveat.yaml", "market: us\n")));
    settings
        .mistakes
        .push(Mistake::new(Span::new(0, 6), "unknown key `market`"));
    let settings = Arc::new(settings);
    let jobs: Vec<Job> = ["a.test", "b.test"]
        .into_iter()
        .map(|name| Job {
            settings: Arc::clone(&settings),
            ..job(name, b"text", true)
        })
        .collect();
    let outcome = run_all(&jobs, 2);
    assert_eq!(
        told(&outcome),
        ["caveat.yaml: caveat/settings Unknown key `market`"]
    );
    assert_eq!(outcome.files.len(), 0);
}

#[test]
fn equal_findings_are_numbered() {
    let finding = own::UNREADABLE.whole("a", "x");
    let mut findings = vec![finding.clone(), finding.clone(), finding];
    findings[1].folded = "other".into();
    count(&mut findings);
    let ordinals: Vec<u32> = findings.iter().map(|finding| finding.ordinal).collect();
    assert_eq!(ordinals, [0, 0, 1]);
}

const HOUSE: &str = "pack: house\nmarket: none\ntitle: T\nrules:\n- {id: a, category: terms, severity: error, \
    message: M., help: H., forbid: {words: [miracle]}, examples: {flag: [A FLAG.], pass: [A cream.]}}\n";

#[test]
fn a_policy_whose_examples_are_untrue_is_refused() {
    let folder = std::env::temp_dir().join(format!("caveat-session-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let house = folder.join("house.yaml");
    let mut settings = Settings::defaults(folder.clone());
    settings.policies.push(crate::config::Said {
        value: crate::policy::PackRef::File(house.clone()),
        from: crate::config::From::CommandLine,
    });
    let job = Job {
        settings: Arc::new(settings),
        ..job("a.test", b"A miracle.", true)
    };
    std::fs::write(&house, HOUSE.replace("FLAG", "miracle")).unwrap();
    assert!(told(&run_all(std::slice::from_ref(&job), 1)).contains(&"a.test: house/a M.".to_owned()));
    std::fs::write(&house, HOUSE.replace("FLAG", "wonder")).unwrap();
    let outcome = run_all(std::slice::from_ref(&job), 1);
    let told = told(&outcome);
    assert!(
        told.len() == 1 && told[0].contains("caveat/policy house/a: the rule is silent on an example"),
        "{told:?}"
    );
    let finding = &outcome.findings[0].finding;
    assert_eq!(finding.file.as_ref().unwrap().slice(finding.span), "A wonder.");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn policies_that_are_not_there_are_mistakes_of_the_settings() {
    let mut settings = Settings::defaults("/site".into());
    let text = "markets: [us]\npolicies: [us-fct, ./gone.yaml]\n";
    settings.file = Some(Arc::new(SourceFile::new("caveat.yaml", text)));
    for pack in ["us-fct", "./gone.yaml"] {
        settings.policies.push(crate::config::Said {
            value: crate::config::pack_ref(pack, std::path::Path::new("/site")),
            from: crate::config::From::File(2),
        });
    }
    let job = Job {
        settings: Arc::new(settings),
        ..job("a.test", b"text", true)
    };
    let outcome = run_all(std::slice::from_ref(&job), 1);
    assert_eq!(
        told(&outcome),
        [
            "caveat.yaml: caveat/settings There is no policy `us-fct`",
            "caveat.yaml: caveat/settings There is no policy file `gone.yaml`",
        ]
    );
    let place = |at: usize| outcome.findings[at].finding.span.slice(text);
    assert_eq!([place(0), place(1)], ["us-fct", "gone.yaml"]);
    assert_eq!(
        outcome.findings[0].finding.own_help(),
        Some("`us-ftc` is the nearest name")
    );
}
