//! File systems: names that steer a terminal, links in circles, pipes and devices, files that come and go, disks
//! without room.

use super::{CLAIM, Scratch, found};
use std::fs;
use std::path::Path;

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::process::Command;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn names_are_told_without_their_control_characters() {
        let here = Scratch::new("names").with("claim.md", CLAIM);
        for name in [
            &b"new\nline.md"[..],
            b"\x1b[31mred\x07.md",
            b"\xff\xfe.md",
            b"turn\xe2\x80\xaeed.md",
            b"--format.md",
        ] {
            fs::write(here.0.join(OsStr::from_bytes(name)), CLAIM).unwrap();
        }
        fs::write(here.0.join("\x1b[2Jbinary.md"), b"\0").unwrap();
        for format in ["pretty", "short"] {
            let ran = here.run(&format!("check . --no-config --format {format}"));
            assert_eq!(ran.status, Some(1), "{}", ran.err);
            ran.is_plain();
            assert!(ran.err.contains("binary.md: passed over"), "{}", ran.err);
        }
        let report = here.run("check . --no-config --format json").report();
        assert_eq!(report["summary"]["files"], 6);
        assert!(!found(&report, "new\nline.md").is_empty());
        assert!(!found(&report, "\u{fffd}\u{fffd}.md").is_empty());
    }

    #[test]
    fn a_backslash_is_a_letter_of_a_name() {
        let here = Scratch::new("backslash").with("drafts/a\\b.md", CLAIM);
        let report = here.run("check . --format json").report();
        assert!(!found(&report, "drafts/a\\b.md").is_empty());
        assert_eq!(here.run("baseline create").status, Some(0));
        let ran = here.run("check .");
        assert_eq!(ran.status, Some(0), "{}{}", ran.out, ran.err);
    }

    #[test]
    fn links_in_circles_lead_nowhere() {
        let here = Scratch::new("circles").with("deep/claim.md", CLAIM);
        symlink("..", here.0.join("deep/up")).unwrap();
        symlink("loop.md", here.0.join("loop.md")).unwrap();
        symlink("gone.md", here.0.join("dangling.md")).unwrap();
        let walked = here.run("check . --no-config --format json");
        assert_eq!(
            (walked.status, walked.report()["summary"]["files"].as_u64()),
            (Some(1), Some(1))
        );
        let named = here.run("check loop.md dangling.md deep --no-config --format json");
        assert_eq!(named.status, Some(2));
        let report = named.report();
        assert_eq!(found(&report, "loop.md"), ["caveat/unreadable"]);
        assert_eq!(found(&report, "dangling.md"), ["caveat/unreadable"]);
        assert!(!found(&report, "deep/claim.md").is_empty());
    }

    #[test]
    fn pipes_and_devices_are_not_waited_for() {
        let here = Scratch::new("pipes").with("claim.md", CLAIM);
        pipe(&here.0.join("pipe.md"));
        symlink("/dev/zero", here.0.join("zero.md")).unwrap();
        let walked = here.run("check . --no-config --format json");
        assert_eq!(walked.status, Some(1), "{}", walked.err);
        assert_eq!(walked.report()["summary"]["files"], 1);
        let named = here.run("check pipe.md zero.md claim.md --no-config --format json");
        assert_eq!(named.status, Some(2));
        assert!(named.out.contains("This is not a regular file"), "{}", named.out);
        assert!(!found(&named.report(), "claim.md").is_empty());
    }

    #[test]
    fn ignore_files_without_end_cost_a_folder_and_no_more() {
        for (name, make) in [
            (".gitignore", "link"),
            (".caveatignore", "pipe"),
            (".ignore", "link"),
        ] {
            let here = Scratch::new("ignore")
                .with("claim.md", CLAIM)
                .with("site/tea.md", CLAIM);
            let file = here.0.join("site").join(name);
            match make {
                "pipe" => pipe(&file),
                _ => symlink("/dev/zero", &file).unwrap(),
            }
            let ran = here.run("check . --no-config --format json");
            assert_eq!(ran.status, Some(2), "{name} {}", ran.err);
            let report = ran.report();
            assert!(ran.out.contains("what to ignore is not known"), "{}", ran.out);
            assert!(!found(&report, "claim.md").is_empty());
            assert!(found(&report, "site/tea.md").is_empty());
            assert_eq!(here.run("check site --no-config").status, Some(2));
        }
    }

    #[test]
    fn settings_are_read_from_settings_only() {
        let here = Scratch::new("settings")
            .with("claim.md", CLAIM)
            .with("secret.env", "TOKEN=abc: [\n");
        symlink("secret.env", here.0.join("caveat.yaml")).unwrap();
        let ran = here.run("check claim.md");
        assert_eq!(ran.status, Some(2));
        assert!(
            !ran.out.contains("TOKEN") && ran.out.contains("a link to a file of another kind"),
            "{}",
            ran.out
        );
        assert_eq!(here.run("check claim.md --config /dev/zero").status, Some(2));
    }

    #[test]
    fn files_may_come_and_go_and_grow_while_they_are_read() {
        let here = Scratch::new("moving").with("claim.md", CLAIM);
        let name = |at: usize| here.0.join(format!("page-{at:04}.md"));
        (0..1500).for_each(|at| fs::write(name(at), CLAIM).unwrap());
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for at in (0..1500)
                    .rev()
                    .cycle()
                    .take_while(|_| !stop.load(Ordering::Relaxed))
                {
                    let _ = match at % 3 {
                        0 => fs::remove_file(name(at)),
                        1 => fs::write(name(at), CLAIM.repeat(200)),
                        _ => fs::write(name(at), CLAIM),
                    };
                }
            });
            for _ in 0..3 {
                let ran = here.run("check . --no-config --format json --max-file-size 4k");
                let report = ran.report();
                assert!(matches!(ran.status, Some(1 | 2)), "{:?}", ran.status);
                assert!(!found(&report, "claim.md").is_empty());
            }
            stop.store(true, Ordering::Relaxed);
        });
    }

    #[test]
    fn a_folder_that_may_not_be_read_is_told() {
        use std::os::unix::fs::PermissionsExt;
        let here = Scratch::new("closed")
            .with("closed/tea.md", CLAIM)
            .with("claim.md", CLAIM);
        let closed = here.0.join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let ran = here.run("check . --no-config --format json");
        // Who may read everything is told nothing.
        let all = fs::read_dir(&closed).is_ok();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(ran.status, Some(if all { 1 } else { 2 }), "{}", ran.out);
        assert!(all || ran.out.contains("Permission is denied"), "{}", ran.out);
        assert!(!found(&ran.report(), "claim.md").is_empty());
    }

    #[test]
    fn streams_may_be_full_or_closed() {
        let here = Scratch::new("streams").with("claim.md", CLAIM);
        if Path::new("/dev/full").exists() {
            let both = here.run("check claim.md --no-config --format short --format json=/dev/full");
            assert_eq!(both.status, Some(2));
            assert_eq!(both.err, "error: /dev/full cannot be written: the disk is full\n");
            assert!(both.out.contains("claim.md:1:"), "{}", both.out);
            let out = here.shell("check claim.md --no-config", ">/dev/full");
            assert_eq!(out.status, Some(2));
            assert!(
                out.err.contains("cannot be written: the disk is full"),
                "{}",
                out.err
            );
            assert_eq!(here.shell("rules", ">/dev/full").status, Some(2));
        }
        assert_eq!(here.shell("check claim.md --no-config", "<&-").status, Some(1));
        assert_eq!(here.shell("check claim.md --no-config", "2>&-").status, Some(1));
        let piped = here.shell("check - --no-config", "<&-");
        assert!(matches!(piped.status, Some(0 | 2)), "{:?}", piped.status);
        let folder = here.shell("check - --no-config", "<.");
        assert_eq!(folder.status, Some(2));
        assert!(
            folder
                .err
                .contains("standard input cannot be read: it is a folder"),
            "{}",
            folder.err
        );
    }
}

#[test]
fn what_copy_and_policies_say_does_not_steer_a_terminal() {
    let steer = "\u{1b}[31m\u{7}\u{9b}2J\u{202e}";
    let policy = "pack: own\nmarket: none\ntitle: \"T\\e[31m\"\nsources: {s: {title: \"A\\e]8;;x\\aB\", verified: no}}\nrules:\n\
        - {id: r, category: terms, severity: error, message: \"M\\e[2J {x}\", help: \"H\\u202e\\a\", instead: [\"I\\e[0m\"], \
        sources: [s], claim: {roles: {x: {words: [tonic], label: \"L\\e[1m\"}}}, examples: {flag: [\"a tonic\\u009b2J\"], pass: [tea]}}\n";
    let here = Scratch::new("steer")
        .with(
            "copy.md",
            format!("Our {steer} tonic{steer} cures {steer} gout.\n"),
        )
        .with(
            "front.md",
            "---\ncaveat: {product: \"x\\e[31m\", markets: [\"\\u202e\"], \"k\\e[2J\": 1}\n---\nTea.\n",
        )
        .with("own.yaml", policy)
        .with(
            "broken.yaml",
            policy
                .replace("pack: own", "pack: \"\\e[31m\"")
                .replace("claim:", "\"\\e[2J\": 1, claim:"),
        )
        .with("untrue.yaml", policy.replace("a tonic", "a potion"));
    for line in [
        "check . --policy own.yaml --show-silenced",
        "check . --policy own.yaml --format short --show-silenced",
        "check copy.md --policy broken.yaml",
        "check copy.md --policy untrue.yaml",
        "check copy.md --policy \u{1b}[31m.yaml",
        "check \u{1b}[31m.md",
        "check copy.md --format \u{1b}[31m",
        "explain own/r --policy own.yaml",
        "rules --policy own.yaml",
        "rules --policy own.yaml --format markdown",
        "policy check broken.yaml",
        "policy test untrue.yaml",
    ] {
        let ran = here.run(line);
        assert!(!ran.out.is_empty() || !ran.err.is_empty(), "{line}");
        ran.is_plain();
    }
}
