//! Policies from strangers: they reach nothing outside of their own folder, and cost no more than others.

use super::{CLAIM, Scratch, found};

fn pack(head: &str, rules: &str) -> String {
    format!("pack: own\nmarket: none\ntitle: T\n{head}\nrules:\n{rules}")
}

fn rule(id: &str, check: &str, flag: &str) -> String {
    format!(
        "- {{id: {id}, category: terms, severity: error, message: M, help: H, {check}, examples: {{flag: [{flag:?}], pass: [\"No.\"]}}}}\n"
    )
}

#[test]
fn a_policy_reads_nothing_outside_of_its_folder() {
    let secret = "SECRET: [\n";
    let here = Scratch::new("reach")
        .with("claim.md", CLAIM)
        .with("secret.yaml", secret)
        .with("secret.env", secret)
        .with("words.txt", "SECRET*\n");
    let outside = here.0.display().to_string();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        std::fs::create_dir(here.0.join("own")).unwrap();
        symlink("../secret.yaml", here.0.join("own/link.yaml")).unwrap();
        symlink("../words.txt", here.0.join("own/link.txt")).unwrap();
        symlink("../secret.env", here.0.join("own/other.yaml")).unwrap();
        symlink("/dev/zero", here.0.join("own/zero.yaml")).unwrap();
        let fifo = std::process::Command::new("mkfifo")
            .arg(here.0.join("own/pipe.yaml"))
            .status();
        assert!(fifo.unwrap().success());
    }
    let own = here.0.join("own");
    std::fs::create_dir_all(&own).unwrap();
    for path in [
        "../secret.yaml",
        "link.yaml",
        "zero.yaml",
        "pipe.yaml",
        "/proc/self/environ",
        &format!("{outside}/secret.yaml"),
    ] {
        for key in ["extends: [PATH]", "lexicons: {l: {words-from: [PATH]}}"] {
            let head = key.replace("PATH", path);
            std::fs::write(
                own.join("own.yaml"),
                pack(&head, &rule("r", "forbid: {lexicons: [l]}", "x")),
            )
            .unwrap();
            let ran = here.run("check claim.md --policy own/own.yaml --format json");
            assert_eq!(ran.status, Some(2), "{head}");
            assert!(!ran.out.contains("SECRET:"), "{head} {}", ran.out);
            let refused = [
                "is not inside the pack's folder",
                "is no regular file",
                "There is no",
            ];
            assert!(
                refused.iter().any(|why| ran.out.contains(why)),
                "{head} {}",
                ran.out
            );
        }
    }
    // A file of another kind is no policy, whoever names it and by whatever link.
    for path in ["secret.env", "own/other.yaml"] {
        if here.0.join(path).exists() {
            let ran = here.run(&format!("check claim.md --policy {path} --format json"));
            assert_eq!(ran.status, Some(2), "{path}");
            assert!(
                !ran.out.contains("SECRET:") && ran.out.contains("does not end in .yaml"),
                "{path} {}",
                ran.out
            );
        }
    }
}

#[test]
fn a_draft_names_policies_of_its_project_only() {
    let draft = |path: &str| format!("---\ncaveat: {{policies: [{path}]}}\n---\n{CLAIM}");
    let here = Scratch::new("draft")
        .with("outside.yaml", "SECRET: [\n")
        .with("site/.git/HEAD", "x")
        .with(
            "site/house.yaml",
            pack("", &rule("r", "forbid: {words: [capsules]}", "capsules")),
        )
        .with("site/drafts/good.md", draft("../house.yaml"))
        .with("site/drafts/bad.md", draft("../../outside.yaml"));
    let good = here.run("check site/drafts/good.md --format json");
    assert!(
        found(&good.report(), "site/drafts/good.md").contains(&"own/r"),
        "{}",
        good.out
    );
    let bad = here.run("check site/drafts/bad.md");
    assert_eq!(bad.status, Some(2));
    assert!(
        bad.out.contains("lies outside of the project") && !bad.out.contains("SECRET"),
        "{}",
        bad.out
    );
}

#[test]
fn a_policy_costs_no_more_than_its_length() {
    let many = |count: usize, each: &dyn Fn(usize) -> String| (0..count).map(each).collect::<Vec<_>>();
    let words = |phrases: &[String]| format!("forbid: {{words: {phrases:?}}}");
    let group = |letter: char| format!("({})", many(500, &|at| format!("{letter}{at}")).join("|"));
    let wild = many(500, &|at| format!("_ [_] [a] x{at}"));
    let same = many(500, &|at| format!("a [b{at}] [a] # x{at}"));
    let frames = many(3000, &|at| {
        format!("{{roles: {{x: {{words: [a]}}, y: {{words: [\"b{at}\"]}}}}, within: sentence, apart: 9999}}")
    });
    let patterns = ["'(a|a|b)+c'", "'(a*)*d'", "'a.*a.*a.*e'", "'[a-z ]{50,400}z'"];
    let policies = [
        ("wild", rule("r", &words(&wild), "x y x1")),
        ("same", rule("r", &words(&same), "a a 1 x1")),
        (
            "long",
            rule("r", &words(&["_ ".repeat(40) + "x"]), &("a ".repeat(40) + "x")),
        ),
        (
            "groups",
            rule(
                "r",
                &words(&[format!("{} {} {} z", group('a'), group('a'), group('a'))]),
                "a1 a1 a1 z",
            ),
        ),
        (
            "frames",
            rule("r", &format!("claim: [{}]", frames.join(", ")), "a b1"),
        ),
        (
            "patterns",
            rule(
                "r",
                &format!("forbid: {{patterns: [{}]}}", patterns.join(", ")),
                "aac",
            ),
        ),
        (
            "numbers",
            rule(
                "r",
                "number: {with: {words: [a]}, amount: {b: 1.0e308}, period: {a: 1.0e-300}, rate: 1.0e308}",
                "a 9 b 1 a",
            ),
        ),
    ];
    let copy = "a a1 b 1 a 2 b1 x, ".repeat(2000) + &"a ".repeat(10_000);
    let mut here = Scratch::new("cost").with("copy.txt", copy);
    for (name, rules) in &policies {
        here = here.with(&format!("{name}.yaml"), pack("", rules));
    }
    for (name, _) in &policies {
        let ran = here.run(&format!(
            "check copy.txt --no-config --format json --policy {name}.yaml"
        ));
        assert!(
            matches!(ran.status, Some(0 | 1)),
            "{name}: {:?} {} {:.500}",
            ran.status,
            ran.err,
            ran.out
        );
        ran.report();
    }
}

#[test]
fn what_would_cost_more_is_refused() {
    let many = |count: usize, each: &str| vec![each; count].join(", ");
    let deep: String = (0..100)
        .map(|at| format!("l{at}: {{nouns: [a{at}], include: [l{}]}}, ", at + 1))
        .collect();
    let cases = [
        (
            "more than 512 choices",
            rule(
                "r",
                &format!(
                    "forbid: {{words: [\"x({0})({0})\"]}}",
                    vec!["a"; 30]
                        .iter()
                        .enumerate()
                        .map(|(at, a)| format!("{a}{at}"))
                        .collect::<Vec<_>>()
                        .join("|")
                ),
                "x",
            ),
        ),
        (
            "nest deeper than 16",
            rule(
                "r",
                &format!("forbid: {{words: [\"{}a{}\"]}}", "(".repeat(99), ")".repeat(99)),
                "x",
            ),
        ),
        (
            "more than 48 words",
            rule(
                "r",
                &format!("forbid: {{words: [\"{}\"]}}", "_ ".repeat(500) + "x"),
                "x",
            ),
        ),
        (
            "it is too large",
            rule("r", "forbid: {patterns: ['((a{100}){100}){100}']}", "x"),
        ),
        (
            "more than 200 patterns",
            rule("r", &format!("forbid: {{patterns: [{}]}}", many(300, "a")), "x"),
        ),
        (
            "more than 4000 frames",
            rule(
                "r",
                &format!("claim: [{}]", many(5000, "{roles: {x: {words: [a]}}}")),
                "x",
            ),
        ),
        (
            "more than 2000 rules",
            (0..2001)
                .map(|at| rule(&format!("r{at}"), "forbid: {words: [a]}", "a"))
                .collect(),
        ),
        ("This nests deeper", format!("- {}", "[".repeat(100_000))),
        (
            "There is no lexicon",
            rule(
                "r",
                &format!("forbid: {{lexicons: [{}]}}", many(20_000, "nope")),
                "x",
            ),
        ),
        (
            "has no meaning",
            rule(
                "r",
                &format!("forbid: {{words: [{}]}}", many(20_000, "'a*'")),
                "x",
            ),
        ),
        (
            "is not one of a rule",
            rule("r", &format!("{}: 1", "k".repeat(1_000_000)), "x"),
        ),
    ];
    let mut here = Scratch::new("refused").with("claim.md", CLAIM).with(
        "deep.yaml",
        pack(
            &format!("lexicons: {{{deep} l100: {{nouns: [b]}}}}"),
            &rule("r", "forbid: {lexicons: [l0]}", "b"),
        ),
    );
    for (at, (_, rules)) in cases.iter().enumerate() {
        here = here.with(&format!("{at}.yaml"), pack("", rules));
    }
    for (at, (why, _)) in cases.iter().enumerate() {
        let ran = here.run(&format!(
            "check claim.md --no-config --format json --policy {at}.yaml"
        ));
        assert_eq!(ran.status, Some(2), "{why}: {}", ran.err);
        assert!(ran.out.contains(why), "{why}: {:.1000}", ran.out);
        let told = ran.report()["findings"].as_array().unwrap().len();
        assert!(told <= 501, "{why} is told {told} times");
    }
    assert_eq!(
        here.run("check claim.md --no-config --policy deep.yaml --quiet")
            .status,
        Some(1)
    );
}
