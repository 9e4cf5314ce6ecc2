//! What a walk reads of a site, what it passes over and how it says so: in repositories and without one, for files that
//! are found and files that are named.

use serde_json::Value;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

const CLAIM: &str = "Our capsules cure diabetes.\n";
const PROSE: &str = "p Our quiet tea comes in a box of twenty bags\n";

struct Site(TempDir);

/// What a command said, and its exit status.
#[derive(Debug)]
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        for (file, text) in files {
            let file = site.0.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        site
    }

    /// Runs in a folder of the site.
    fn run_in(&self, folder: &str, line: &str) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(self.0.path().join(folder))
            .args(line.split_whitespace())
            .output()
            .unwrap();
        Ran {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn run(&self, line: &str) -> Ran {
        self.run_in(".", line)
    }

    /// The files that something is found in.
    fn found(&self, line: &str) -> Vec<String> {
        let ran = self.run(&format!("check --format short --quiet {line}"));
        let mut files: Vec<String> = ran
            .out
            .lines()
            .filter(|line| line.contains(": error: "))
            .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
            .collect();
        files.dedup();
        files
    }
}

const NEXT: &[(&str, &str)] = &[
    ("next.config.mjs", ""),
    ("package.json", "{}"),
    ("README.md", CLAIM),
    // no name of a paper, however it is written
    ("COVID-19.md", CLAIM),
    ("node_modules/tea/tea.md", CLAIM),
    ("out/index.html", "<p>Our capsules cure diabetes.</p>"),
    ("public/leaflet.md", CLAIM),
    ("docs/tea.md", CLAIM),
    ("content/README.md", CLAIM),
    ("styles/site.css", "p { color: red }"),
];

#[test]
fn a_walk_says_what_it_passes_over() {
    for git in [None, Some((".git/HEAD", ""))] {
        let site = Site::new(&NEXT.iter().copied().chain(git).collect::<Vec<_>>());
        assert_eq!(
            site.found(""),
            [
                "COVID-19.md",
                "content/README.md",
                "docs/tea.md",
                "public/leaflet.md"
            ]
        );
        let ran = site.run("check --fail-on never");
        assert!(
            ran.err.contains("out/ (built by Next)")
                && ran.err.contains("node_modules/ (packages)")
                && ran.err.contains("README.md (papers of the repository)"),
            "{ran:?}"
        );
        assert_eq!(site.found("out README.md"), ["README.md", "out/index.html"]);
        let report: Value = serde_json::from_str(&site.run("check --format json").out).unwrap();
        let passed = report["passed_over"].to_string();
        assert!(
            passed.contains(r#"{"because":"built by Next","path":"out/"}"#),
            "{passed}"
        );
    }
}

#[test]
fn settings_take_names_out_of_the_table() {
    let mut files = NEXT.to_vec();
    files.push((
        "caveat.yaml",
        "read: [README.md, node_modules/tea/]\nignore:\n  # Nothing yet.\n",
    ));
    files.push(("node_modules/other/a.md", CLAIM));
    let site = Site::new(&files);
    let found = site.found("");
    assert!(
        found.contains(&"README.md".to_owned()) && found.contains(&"node_modules/tea/tea.md".to_owned()),
        "{found:?}"
    );
    assert!(!found.iter().any(|file| file.contains("other")), "{found:?}");
    let shown = site.run("check --show-config").out;
    assert!(
        shown.contains("read: [README.md, node_modules/tea/]") && shown.contains("built by Next"),
        "{shown}"
    );
}

#[test]
fn a_folder_without_copy_is_an_error_that_says_why() {
    let site = Site::new(&[
        ("next.config.mjs", ""),
        ("src/app.pug", &PROSE.repeat(9)),
        ("src/site.css", ""),
        ("out/index.html", "<p>Tea.</p>"),
        ("old/caveat.yaml", "ignore:\n  - '*.md'\n"),
        ("old/a.md", CLAIM),
        ("git/.gitignore", "# All.\n*\n"),
        ("git/a.md", CLAIM),
        ("blank/a.md", "\n"),
        ("none/caveat.yaml", ""),
    ]);
    for (folder, says) in [
        (
            "src",
            "2 files that caveat does not read were passed over (1 pug, 1 css)",
        ),
        ("src", "src/app.pug (about 99 words)"),
        (
            "src",
            "this looks like a Next site: build it (`npx next build` with `output: 'export'`) and check what comes out: `caveat check out/`",
        ),
        ("old", "old/caveat.yaml:2 leaves out old/a.md"),
        ("git", "git/.gitignore:2 leaves out git/a.md"),
        ("git", "`--no-ignore` checks what is ignored"),
        ("blank", "the one file that caveat reads holds none"),
        ("none", "it holds no file of copy"),
    ] {
        let ran = site.run(&format!("check {folder} --format short"));
        assert_eq!(ran.status, Some(2), "{ran:?}");
        let told = site.run(&format!("check {folder} --quiet --format json")).out;
        let report: Value = serde_json::from_str(&told).unwrap();
        let finding = &report["findings"][0];
        assert_eq!(finding["rule"], "caveat/no-copy");
        let words = format!("{} {}", finding["message"], finding["help"]);
        assert!(words.contains(says), "{folder}: {words}");
    }
    assert_eq!(site.run("check out").status, Some(0));
    assert_eq!(site.found("old git --no-ignore"), ["git/a.md", "old/a.md"]);
    let built = Site::new(&[("astro.config.mjs", ""), ("dist/index.html", "<p>Tea.</p>")]);
    let ran = built.run("check");
    assert!(
        ran.status == Some(2) && ran.out.contains("`caveat check dist/` checks the built site"),
        "{ran:?}"
    );
}

#[test]
fn named_files_without_copy_are_no_error() {
    let site = Site::new(&[("a.md", ""), ("b.pug", PROSE), ("c.md", CLAIM)]);
    let ran = site.run("check a.md");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), "a.md: holds no copy\n"));
    let ran = site.run("check b.pug c.md --format short");
    assert!(
        ran.status == Some(2) && ran.out.contains("does not read files of this kind"),
        "{ran:?}"
    );
}

#[test]
fn a_page_is_the_same_from_wherever_caveat_is_run() {
    let copy = "# Notes\n\nOur tin holds sixty bags of moss tea, and a label says when it was picked.\n";
    let site = Site::new(&[
        ("caveat.yaml", "fail-on: error\n"),
        ("site/recipes/notes.md", copy),
    ]);
    let page = |folder: &str, path: &str| {
        let ran = site.run_in(folder, &format!("check --format json {path}"));
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        report["files"][0]["page"]["kind"].clone()
    };
    assert_eq!(page(".", "."), "recipe");
    assert_eq!(page("site/recipes", "notes.md"), "recipe");
    let whole = site.0.path().join("site/recipes/notes.md");
    assert_eq!(page("site", whole.to_str().unwrap()), "recipe");
}

#[test]
fn data_that_only_describes_pages_is_listed_as_read() {
    let site = Site::new(&[
        (
            "pages.csv",
            "Address,Meta Description 1\n/tea,Our quiet tea comes in a box of twenty.\n",
        ),
        ("prices.csv", "Address,Price\n/tea,12\n"),
    ]);
    let report: Value = serde_json::from_str(&site.run("check --format json .").out).unwrap();
    let read: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    assert_eq!(read, ["pages.csv"]);
    assert_eq!(report["summary"]["files"], 1);
}

#[test]
fn what_is_ignored_stays_so_when_it_is_named() {
    let site = Site::new(&[
        ("caveat.yaml", "ignore:\n  - drafts/\n  - archive/\n"),
        (".caveatignore", "old.md\n"),
        ("archive/a.md", CLAIM),
        ("archive/b.pug", PROSE),
        ("old.md", CLAIM),
        ("new.md", "Tea.\n"),
    ]);
    let ran = site.run("check archive/a.md archive/b.pug old.md");
    assert_eq!(ran.status, Some(0), "{ran:?}");
    for line in [
        "archive/a.md: ignored by caveat.yaml:3; `--no-ignore` checks it",
        "archive/b.pug: ignored by caveat.yaml:3; `--no-ignore` checks it",
        "old.md: ignored by .caveatignore:1; `--no-ignore` checks it",
    ] {
        assert!(ran.err.contains(line), "{ran:?}");
    }
    assert_eq!(
        site.found("archive/a.md old.md --no-ignore"),
        ["archive/a.md", "old.md"]
    );
    let whole = site.run("check archive --format short");
    assert!(
        whole.status == Some(2) && whole.out.contains("caveat.yaml:3 leaves out archive/"),
        "{whole:?}"
    );
    let piped = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .current_dir(site.0.path())
        .args(["check", "-", "--stdin-path", "archive/new.md"])
        .stdin(fs::File::open(site.0.path().join("archive/a.md")).unwrap())
        .output()
        .unwrap();
    assert_eq!(piped.status.code(), Some(0), "{piped:?}");
}

#[test]
fn no_ignore_file_above_the_repository_counts() {
    let site = Site::new(&[
        (".gitignore", "*\n"),
        ("repo/.git/HEAD", ""),
        ("repo/tea.md", CLAIM),
    ]);
    let ran = site.run_in("repo", "check --format short");
    assert!(
        ran.status == Some(1) && ran.out.starts_with("tea.md:1"),
        "{ran:?}"
    );
}

#[test]
fn what_goes_unread_can_be_denied() {
    let site = Site::new(&[
        ("a.md", "Tea.\n"),
        ("b.pug", &PROSE.repeat(4)),
        ("c.css", ""),
        ("d.pug", "p Tea\n"),
        ("e.pdf", ""),
    ]);
    let allowed = site.run("check");
    assert_eq!(allowed.status, Some(0), "{allowed:?}");
    assert!(
        allowed
            .err
            .contains("4 files that caveat does not read were passed over (2 pug, 1 css, 1 pdf)")
            && allowed
                .err
                .contains("not read, and seeming to hold copy: b.pug (about 44 words), e.pdf"),
        "{allowed:?}"
    );
    let denied = site.run("check --deny-unread --format short");
    assert_eq!(denied.status, Some(1), "{denied:?}");
    let lines: Vec<&str> = denied.out.lines().collect();
    assert!(
        lines.len() == 2
            && lines[0].starts_with("b.pug:1:1: error:")
            && lines[1].starts_with("e.pdf:1:1: error:"),
        "{denied:?}"
    );
}

#[test]
fn every_machine_report_tells_what_went_unread() {
    let site = Site::new(&[("a.md", "Tea.\n"), ("b.pug", &PROSE.repeat(4))]);
    for format in ["json", "jsonl", "sarif", "junit", "markdown", "html"] {
        let report = site.run(&format!("check --quiet --format {format}")).out;
        assert!(report.contains("b.pug"), "{format}: {report}");
    }
    for format in ["pretty", "short", "github", "gitlab", "checkstyle", "rdjson"] {
        let told = site.run(&format!("check --format {format}")).err;
        assert!(told.contains("b.pug"), "{format}: {told}");
    }
    let report: Value = serde_json::from_str(&site.run("check --format json").out).unwrap();
    assert_eq!(report["unread"]["copy"][0]["words"], 44);
    assert_eq!(report["unread"]["kinds"][0]["kind"], "pug");
}

#[test]
fn reports_of_caveat_are_no_copy() {
    let site = Site::new(&[("a.md", CLAIM)]);
    let line = "check --format html=review.html --format markdown=summary.md --format short=short.txt --format \
                pretty=pretty.txt --format github=github.txt --fail-on never";
    for _ in 0..3 {
        let ran = site.run(line);
        assert_eq!(ran.status, Some(0), "{ran:?}");
    }
    let ran = site.run("check --format json");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["summary"]["errors"], 1);
    assert_eq!(
        report["passed_over"].as_array().unwrap().len(),
        5,
        "{}",
        report["passed_over"]
    );
}

#[test]
fn settings_under_a_wrong_name_are_an_error() {
    for name in ["caveat.yml", ".caveat.yaml"] {
        let site = Site::new(&[(name, "markets: [uk]\n"), ("a.md", "Tea.\n")]);
        let ran = site.run("check --format short");
        assert!(
            ran.status == Some(2) && ran.out.contains("call it caveat.yaml"),
            "{ran:?}"
        );
    }
}

const STATEMENT: &str = "This page is for information only and is no substitute for medical advice. Ask your doctor before treatment.";

#[test]
fn what_init_proposes_fits_the_site() {
    let hugo = Site::new(&[
        (
            "config.toml",
            "baseURL = \"https://clinic.com.au/\"\nlanguageCode = \"en-AU\"\ntheme = \"x\"\n",
        ),
        ("themes/x/theme.toml", ""),
        ("themes/x/exampleSite/content/tea.md", CLAIM),
        (
            "archetypes/default.md",
            "---\ntitle: \"{{ replace .Name }}\"\n---\n",
        ),
        ("content/treatments/laser.md", "Our laser is quiet.\n"),
        (
            "layouts/partials/footer.html",
            &format!("<footer><p>{STATEMENT}</p></footer>"),
        ),
        ("resources/_gen/images/treatments/a.webp", ""),
        ("public/index.html", "<p>Our capsules cure diabetes.</p>"),
        ("notes.pug", &PROSE.repeat(4)),
    ]);
    let ran = hugo.run("init");
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(
        ran.err
            .starts_with("1 file that caveat does not read was passed over (1 pug)")
            && ran.err.contains("wrote caveat.yaml, as for a Hugo site")
            && ran.err.contains(
                "to check the whole site, build it (`hugo`) and check what comes out: `caveat check public/`"
            ),
        "{ran:?}"
    );
    let text = fs::read_to_string(hugo.0.path().join("caveat.yaml")).unwrap();
    for line in [
        "markets: [au]",
        "#   - {paths: [content/treatments/], page: treatment}",
        "#   - {paths: [content/treatments/], statements: [missing-disclaimer, missing-consult], by: \
         layouts/partials/footer.html}",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    assert!(!text.contains("resources/_gen"), "{text}");
    assert_eq!(hugo.found(""), [] as [&str; 0]);
    assert_eq!(hugo.found("--market us public"), ["public/index.html"]);

    let below = Site::new(&[
        (
            "shop/astro.config.mjs",
            "export default { site: 'https://tea.co.uk' }",
        ),
        ("shop/src/pages/a.md", "Tea.\n"),
        ("README.md", "# Tea\n"),
    ]);
    let ran = below.run("init");
    assert!(
        ran.err.contains("shop/ looks like an Astro site") && ran.err.contains("`caveat check shop/dist/`"),
        "{ran:?}"
    );
    let text = fs::read_to_string(below.0.path().join("caveat.yaml")).unwrap();
    assert!(
        text.contains("markets: [uk]\n") && text.contains("shop/astro.config.mjs has .co.uk"),
        "{text}"
    );

    let plain = Site::new(&[("tea.md", "Tea.\n")]);
    plain.run("init");
    let text = fs::read_to_string(plain.0.path().join("caveat.yaml")).unwrap();
    assert!(text.contains("\nmarkets: [us]\n"), "{text}");
    assert_eq!(plain.run("init").status, Some(2));
    let astro = Site::new(&[("astro.config.mjs", ""), ("src/pages/a.md", "Tea.\n")]);
    assert!(astro.run("init").err.contains("as for an Astro site"));
}

#[test]
fn papers_are_proposed_to_be_ignored_and_pages_are_not() {
    let paper = "# Setup\n\n```sh\nnpm install\nnpm run dev\n```\n\nThen edit `src/Page.tsx`. Our capsules cure diabetes.\n";
    let site = Site::new(&[
        ("package.json", "{}"),
        ("SETUP.md", paper),
        ("SERVICES.md", CLAIM),
        ("docs/deploy.md", paper),
        ("docs/more/plan.md", paper),
        ("static/one.md", paper),
        ("content/tea.md", CLAIM),
        ("content/howto.md", paper),
    ]);
    let ran = site.run("init");
    assert!(
        ran.err
            .contains("which caveat.yaml proposes to ignore: SETUP.md, content/howto.md, docs/ and 1 more\n"),
        "{ran:?}"
    );
    let file = site.0.path().join("caveat.yaml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("\n# ignore: [/SETUP.md, /content/howto.md, /docs/, /static/one.md]\n"),
        "{text}"
    );
    assert!(
        site.found("").contains(&"SETUP.md".to_owned()),
        "a proposal holds already"
    );
    fs::write(&file, text.replace("# ignore: ", "ignore: ")).unwrap();
    assert_eq!(site.found(""), ["SERVICES.md", "content/tea.md"]);
}

#[test]
fn a_link_to_the_own_site_is_no_source() {
    const COPY: &str =
        "Our face serum is clinically proven, see [the study](https://www.tea.org/blog/trial).\n";
    let warned = |files: &[(&str, &str)]| {
        let ran = Site::new(files).run("check --format short --quiet");
        ran.out.contains("[us-ftc/proof-without-source]")
    };
    assert!(!warned(&[("a.md", COPY)]), "another site is a source");
    for site in ["tea.org", "https://tea.org/", "[www.tea.org, tea.net]"] {
        assert!(
            warned(&[("a.md", COPY), ("caveat.yaml", &format!("site: {site}\n"))]),
            "{site}"
        );
    }
    assert!(!warned(&[("a.md", COPY), ("caveat.yaml", "site: nottea.org\n")]));
    let page = |head: &str| {
        let copy = "<p>Our face serum is clinically proven, see <a href='https://blog.tea.org/trial'>the study</a>.</p>";
        format!("<html lang=en><head><title>Serum</title>{head}</head><body>{copy}</body></html>")
    };
    assert!(!warned(&[("a.html", &page(""))]));
    assert!(warned(&[(
        "a.html",
        &page("<link rel=canonical href='https://tea.org/serum'>")
    )]));
    let wrong = Site::new(&[("a.md", "Tea.\n"), ("caveat.yaml", "site: tea\n")]).run("check --format short");
    assert!(
        wrong.status == Some(2) && wrong.out.contains("This is no address of a site"),
        "{wrong:?}"
    );
}

#[test]
fn the_row_of_satisfied_that_init_proposes_is_sound() {
    let page = "Our laser is quiet.\n";
    let site = Site::new(&[
        ("hugo.toml", ""),
        ("content/[laser]/a.md", page),
        ("assets/js/scroll/README.md", page),
        ("static/admin/index.html", "<p>The editor.</p>"),
        ("docs/plans/a.md", page),
        ("exampleSite/content/a.md", page),
        ("exampleSite/layouts/footer.html", "<p>Tea</p>"),
        ("layouts/partials/foot.html", "<p>Tea</p>"),
    ]);
    site.run("init");
    let file = site.0.path().join("caveat.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let row = r#"#   - {paths: ["content/\\[laser\\]/"], statements: [missing-disclaimer, missing-consult], by: layouts/partials/foot.html}"#;
    assert!(text.lines().any(|line| line == row), "{text}");
    assert!(text.contains("an example: no layout here makes"), "{text}");
    let open = text.replace("# satisfied:", "satisfied:").replace(row, &row[2..]);
    fs::write(&file, open).unwrap();
    let ran = site.run("check --format short");
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(
        ran.out.contains("layouts/partials/foot.html:1:1: warning"),
        "{ran:?}"
    );
}

#[test]
fn init_proposes_the_layouts_that_pages_have_and_no_kind_for_sundry_folders() {
    let footer = format!("<footer><p>{STATEMENT}</p></footer>");
    let told = "Preheat the oven. Ingredients: two cups of flour, a tablespoon of oil. Serves 4. Method: whisk and bake \
                for 20 minutes. Prep time 5 minutes.\n";
    let mut files = vec![
        (".git/HEAD".to_owned(), "ref: refs/heads/main\n"),
        ("hugo.toml".to_owned(), "theme = \"x\"\n"),
        ("content/a.md".to_owned(), "Our laser is quiet.\n"),
        (
            "layouts/_default/baseof.html".to_owned(),
            "<body>{{ block \"main\" . }}{{ end }}{{ partial \"site-foot.html\" . }}</body>",
        ),
        ("layouts/partials/amp-footer.html".to_owned(), &footer),
        ("layouts/partials/footer-2019.html".to_owned(), &footer),
        (
            "layouts/partials/site-foot.html".to_owned(),
            "{{ partial \"legal.html\" . }}",
        ),
        ("layouts/partials/legal.html".to_owned(), &footer),
    ];
    for folder in ["Documents/old", "archive", "docs", "kitchen"] {
        files.extend((0..5).map(|n| (format!("{folder}/{n}.md"), if n == 0 { "Tea.\n" } else { told })));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let site = Site::new(&files);
    site.run("init");
    let text = fs::read_to_string(site.0.path().join("caveat.yaml")).unwrap();
    let by: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once("by: "))
        .map(|(_, by)| by)
        .collect();
    assert_eq!(by, ["layouts/partials/legal.html}"], "{text}");
    let pages: Vec<&str> = text.lines().filter(|line| line.contains("page:")).collect();
    assert_eq!(pages, ["#   - {paths: [kitchen/], page: recipe}"], "{text}");
}

#[test]
fn what_is_not_english_is_told_and_may_be_denied() {
    let spanish = "<html lang=\"es\"><body><p>Nuestra crema cuida la piel y es la mejor de la región para los que no \
                   tienen tiempo.</p>";
    let english = "<p>Our herbs cure the asthma of your child.</p>";
    let mixed = format!("{}{english}", spanish.repeat(3));
    let site = Site::new(&[("a.html", spanish), ("b.html", &mixed)]);
    let quiet = site.run("check --quiet --format short a.html");
    assert_eq!((quiet.status, quiet.out.as_str()), (Some(0), ""), "{quiet:?}");
    assert!(
        quiet.err.contains("a.html: not checked: the copy is in Spanish"),
        "{quiet:?}"
    );
    let denied = site.run("check --quiet --deny-unread --format short a.html");
    assert_eq!(denied.status, Some(1), "{denied:?}");
    let told = site.run("check --quiet --format short b.html");
    assert!(
        told.status == Some(1) && told.out.contains("disease") && told.err.contains("b.html: not checked"),
        "{told:?}"
    );
    assert!(!told.out.contains("missing-"), "{told:?}");
}

#[test]
fn a_page_that_makes_claims_is_no_legal_text_because_it_says_so() {
    const PAGE: &str = "---\ncaveat: {page: legal, product: supplement}\n---\n\n";
    let tea = format!("{PAGE}Our tea cures asthma.\n");
    let terms = format!("{PAGE}These terms hold for every order in our shop.\n");
    let site = Site::new(&[("tea.md", &tea), ("terms.md", &terms)]);
    let told = site.run("check --format short tea.md");
    assert!(told.status == Some(1) && told.out.contains("disease"), "{told:?}");
    let terms = site.run("check --format short terms.md");
    assert_eq!((terms.status, terms.out.as_str()), (Some(0), ""), "{terms:?}");
    fs::write(site.0.path().join("caveat.yaml"), "trust-front-matter: true\n").unwrap();
    let trusted = site.run("check --format short tea.md");
    assert_eq!(trusted.status, Some(0), "{trusted:?}");
}
