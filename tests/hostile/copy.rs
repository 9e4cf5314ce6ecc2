//! Copy: nesting without end, lines without end, words without end, claims without end.

use super::{CLAIM, Scratch, found};
use caveat::extract::format_of;

const MANY: usize = 100_000;

/// Opens something many times over, with a claim at the bottom.
fn nested(open: &str) -> String {
    format!("{}cures gout", open.repeat(MANY))
}

#[test]
fn nesting_has_no_depth_that_breaks_it() {
    let bomb: String = (1..10)
        .map(|at| format!("<!ENTITY e{at} \"{}\">", format!("&e{};", at - 1).repeat(10)))
        .collect();
    let files = [
        ("quotes.md", nested("> ")),
        ("tight-quotes.md", nested(">")),
        ("lists.md", nested("- ")),
        ("numbers.md", nested("1. ")),
        (
            "stairs.md",
            (0..2000).map(|depth| " ".repeat(2 * depth) + "- a\n").collect(),
        ),
        ("emphasis.md", "*a ".repeat(MANY)),
        ("mixed-emphasis.md", "**a _b ".repeat(MANY)),
        ("stars.md", "*".repeat(MANY) + "a" + &"*".repeat(MANY)),
        ("links.md", "[".repeat(MANY) + "a" + &"](b)".repeat(MANY)),
        ("open-links.md", "[a](".repeat(MANY)),
        ("pictures.md", "![".repeat(MANY) + "a" + &"](b)".repeat(MANY)),
        (
            "notes.md",
            "[^1]: b\n\n".repeat(MANY / 10) + &"[^1] ".repeat(MANY),
        ),
        (
            "wide.md",
            format!(
                "|{}\n|{}\n|{}\n",
                "a|".repeat(MANY),
                "-|".repeat(MANY),
                "b|".repeat(MANY)
            ),
        ),
        (
            "ragged.md",
            format!(
                "|{}\n|{}\n{}",
                "a|".repeat(3000),
                "-|".repeat(3000),
                "|b\n".repeat(20_000)
            ),
        ),
        (
            "long.md",
            format!("|a|b|\n|-|-|\n{}", "|tea|gout|\n".repeat(MANY)),
        ),
        (
            "ticks.md",
            (0..3000).map(|ticks| "`".repeat(ticks) + " ").collect(),
        ),
        ("elements.md", nested("<div>")),
        ("comments.md", "<!-- a\n\n".repeat(MANY)),
        ("braces.md", "{{ a }} {% b %} ".repeat(MANY) + &"{{".repeat(MANY)),
        ("braces.mdx", "{".repeat(MANY)),
        ("elements.mdx", nested("<A>")),
        ("attributes.mdx", "<A b={".repeat(MANY) + "}"),
        ("exports.mdx", "export const a = {\n".repeat(MANY)),
        ("elements.html", nested("<div>")),
        ("inline.html", nested("<p><b>")),
        ("lists.html", nested("<ul><li>")),
        ("tables.html", nested("<table><tr><td>")),
        ("quotes.html", nested("<blockquote>")),
        ("templates.html", nested("<template>")),
        ("terms.html", "<dl><dt>a<dd>b".repeat(MANY / 4)),
        ("closed.html", nested("</div>")),
        ("crossed.html", "<div><p></div></p>".repeat(MANY)),
        (
            "attributes.html",
            format!(
                "<p {}>x",
                (0..MANY).map(|at| format!("a{at}=b ")).collect::<String>()
            ),
        ),
        ("open.html", "<a ".repeat(MANY)),
        (
            "shortcodes.html",
            "[a b=\"c\" ".repeat(MANY) + &"[a b=c ".repeat(MANY),
        ),
        ("fields.html", "<textarea value='a b'>a b <".repeat(MANY / 4)),
        ("fields.jsx", "<input value={'a b'} <input\n".repeat(MANY / 4)),
        (
            "script.js.liquid",
            "a({{ 'A calm tea.' | json }}){% if\n".repeat(MANY / 4),
        ),
        (
            "functions.php",
            "<?php function a() { wp_add_inline_script('a', 'b(\"".repeat(MANY / 8),
        ),
        (
            "scripts.html",
            "<script>a = 'A calm tea.'</script>".repeat(MANY / 20),
        ),
        (
            "code.html",
            "<b x-data=\"{a:['<b x-data=&quot;{[\">".repeat(MANY / 20),
        ),
        (
            "bound.html",
            format!(
                "<p {}>x",
                (0..MANY / 8)
                    .map(|at| format!(":title{at}='[{{' "))
                    .collect::<String>()
            ),
        ),
        ("tags.json", "{{\"".repeat(MANY)),
        (
            "entities.html",
            "&".repeat(MANY) + &"&amp;".repeat(MANY) + &"&#".repeat(MANY),
        ),
        ("braces.njk", "{{".repeat(MANY) + &"{%".repeat(MANY)),
        ("lists.tsx", "[\n".repeat(MANY)),
        ("objects.tsx", "a = {a:\n".repeat(MANY)),
        ("brackets.ts", "(\n".repeat(MANY)),
        ("elements.tsx", nested("<div>\n")),
        ("attributes.jsx", "<A b={\n".repeat(MANY)),
        ("values.jsx", "<a>{\n".repeat(MANY)),
        ("holes.ts", "`a ${\n".repeat(MANY)),
        ("values.svelte", "<a>{#if\n".repeat(MANY)),
        ("values.vue", "<template><a :b='[' c>{{\n".repeat(MANY)),
        ("values.astro", "---\n{<a>\n".repeat(MANY)),
        ("scripts.mdx", "<script\n\n".repeat(MANY / 4)),
        ("lists.mdx", "export const a = [\n\n".repeat(MANY)),
        ("types.tsx", "<A\n<\n".repeat(20) + &"<A<".repeat(MANY)),
        ("patterns.ts", "a\n".repeat(20) + &"=/[".repeat(MANY)),
        ("closed.tsx", "</a>\n}])".repeat(MANY)),
        ("joined.ts", "a = 'a b' +\n".repeat(MANY)),
        (
            "keys.ts",
            format!("a = {{{}", "b: [{ title: 'cures gout' }], \n".repeat(MANY / 4)),
        ),
        ("lists.json", "[".repeat(MANY)),
        ("objects.json", "{\"a\":".repeat(MANY)),
        ("quotes.json", "\"".repeat(MANY)),
        ("commas.json5", "[,:".repeat(MANY)),
        ("lists.yaml", "[".repeat(MANY)),
        ("dashes.yaml", "- ".repeat(MANY)),
        ("entries.yaml", "a: [\n".repeat(MANY / 20)),
        ("quotes.csv", "\"".repeat(MANY) + &",\"\n".repeat(MANY)),
        ("elements.xml", nested("<a>")),
        ("comments.xml", "<!--".repeat(MANY)),
        ("entities.xml", format!("<!DOCTYPE x [{bomb}]><x>&e9;</x>")),
        ("messages.po", "msgid \"\n".repeat(MANY)),
        ("lists.toml", "a = ".to_owned() + &"[".repeat(MANY)),
        ("claim.md", CLAIM.to_owned()),
    ];
    let mut here = Scratch::new("nesting");
    for (name, text) in &files {
        here = here.with(name, text);
    }
    let ran = here.run("check . --no-config --format json");
    let report = ran.report();
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let data = files
        .iter()
        .filter(|(name, _)| format_of(name).unwrap().is_data());
    assert_eq!(report["summary"]["files"], files.len() - data.count());
    assert!(!found(&report, "claim.md").is_empty());
    for name in [
        "quotes.md",
        "lists.md",
        "elements.html",
        "tables.html",
        "elements.mdx",
    ] {
        assert!(
            !found(&report, name).is_empty(),
            "the claim at the bottom of {name}"
        );
    }
    assert!(found(&report, "templates.html").is_empty());
}

#[test]
fn front_matter_is_no_way_in() {
    let bomb: String = (b'b'..b'j')
        .map(|c| {
            let aliases = vec![format!("*{}", char::from(c - 1)); 9].join(",");
            format!("{0}: &{0} [{aliases}]\n", char::from(c))
        })
        .collect();
    let keys = |value: &str| {
        (0..20_000)
            .map(|at| format!("k{at}: {value}\n"))
            .collect::<String>()
    };
    let yaml = |text: &str| format!("---\n{text}\n---\n{CLAIM}");
    let files = [
        (
            "lists.md",
            yaml(&format!("a: {}", "[".repeat(MANY))),
            Some("nests deeper"),
        ),
        (
            "maps.md",
            yaml(&format!("a: {}", "{a: ".repeat(MANY))),
            Some("nests deeper"),
        ),
        (
            "stairs.md",
            yaml(
                &(0..1000)
                    .map(|depth| " ".repeat(depth) + "a:\n")
                    .collect::<String>(),
            ),
            Some("nests deeper"),
        ),
        ("bomb.md", yaml(&format!("a: &a [x]\n{bomb}")), None),
        ("anchors.md", yaml(&keys("&x b")), None),
        ("same.md", yaml(&"k: v\n".repeat(MANY)), None),
        (
            "number.md",
            yaml(&format!(
                "n: {}\nm: 1e{}",
                "9".repeat(1_000_000),
                "9".repeat(1000)
            )),
            None,
        ),
        (
            "kind.md",
            yaml(&format!("caveat: {{product: {}}}", "a".repeat(1_000_000))),
            Some("Unknown product"),
        ),
        (
            "keys.md",
            yaml(&format!("caveat: {{{}}}", keys("1").replace('\n', ", "))),
            Some("Unknown key"),
        ),
        (
            "tables.md",
            format!("+++\na = {}\n+++\n{CLAIM}", "[".repeat(MANY)),
            Some("not TOML"),
        ),
        (
            "dots.md",
            format!("+++\n{}b = 1\n+++\n{CLAIM}", "a.".repeat(MANY)),
            Some("not TOML"),
        ),
        (
            "json.md",
            format!("{{\"a\": {}\n}}\n{CLAIM}", "[".repeat(MANY)),
            Some(""),
        ),
        (
            "open.md",
            format!("---\n{}", "a: b\n".repeat(MANY)),
            Some("has no end"),
        ),
    ];
    let mut here = Scratch::new("front").with("claim.md", CLAIM);
    for (name, text, _) in &files {
        here = here.with(name, text);
    }
    let ran = here.run("check . --no-config --format json");
    let report = ran.report();
    assert_eq!(ran.status, Some(2), "{}", ran.err);
    for (name, _, expected) in &files {
        let messages: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["path"] == *name)
            .map(|finding| finding["message"].as_str().unwrap())
            .collect();
        assert!(messages.len() <= 250, "{name} has {} findings", messages.len());
        if let Some(expected) = expected {
            let told = messages.iter().any(|message| message.contains(expected));
            assert!(told, "{name}: {:.200?}", messages.first());
        }
    }
    assert!(!found(&report, "claim.md").is_empty());
    // An alias is nothing, so that no number of them is more.
    assert_eq!(found(&report, "bomb.md").len(), 1);
    // What stands below broken front matter is copy all the same.
    assert!(found(&report, "lists.md").len() > 1);
}

#[test]
fn words_and_lines_have_no_length_that_breaks_it() {
    let here = Scratch::new("long")
        .with("word.md", "a".repeat(1_000_000))
        .with("letters.txt", "é".repeat(500_000))
        .with("apostrophes.txt", "a'".repeat(500_000))
        .with("stops.txt", "a.".repeat(500_000))
        .with("ellipses.txt", "...".repeat(300_000))
        .with("spaces.md", " ".repeat(2_000_000) + "x")
        .with("lines.md", "\n".repeat(1_000_000) + &CLAIM.repeat(500))
        .with("quotes.txt", "\"".repeat(500_000) + " cures gout")
        .with("dashes.txt", "- ".repeat(500_000));
    let ran = here.run("check . --no-config --format json");
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert_eq!(ran.report()["summary"]["files"], 9);
    // A finding far into a file is shown as fast as one at its start.
    let pretty = here.run("check lines.md --no-config");
    assert_eq!(pretty.status, Some(1), "{}", pretty.err);
}

#[test]
fn one_line_of_fifty_megabytes_is_read_when_asked_for() {
    let here = Scratch::new("line").with("line.md", "chamomile ".repeat(5 << 20) + CLAIM);
    let ran = here.run("check line.md --no-config --max-file-size 64M --format json");
    let report = ran.report();
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(found(&report, "line.md").contains(&"us-effects/swallowed-disease"));
    assert_eq!(here.run("check line.md --no-config --quiet").status, Some(2));
    let walked = here.run("check . --no-config");
    assert_eq!(
        walked.status,
        Some(2),
        "a walk that reads nothing is no clean one"
    );
    assert!(walked.err.contains("line.md: passed over"), "{}", walked.err);
}

#[test]
fn what_nearly_matches_costs_no_more_than_what_does() {
    // Each line keeps some part of the engine busy: frames, their reach, periods, guards, links, qualifiers, duties.
    let lines = [
        ("effect-only.txt", "cures a b c d e f g h i j k "),
        ("condition-only.txt", "gout and eczema but "),
        (
            "far.txt",
            "cures one two three four five six seven eight nine gout ",
        ),
        ("claims.txt", "cures gout "),
        ("clauses.txt", "cures gout, "),
        ("sentences.txt", "Our capsules cure diabetes. "),
        ("numbers.txt", "lose 5 pounds a day "),
        ("periods.txt", "lose 3 pounds 90 days "),
        ("negated.txt", "does not cure gout, "),
        ("hedged.txt", "may help cure gout "),
        ("asked.txt", "cures gout? "),
        ("quoted.txt", "\"cures gout\" "),
        ("qualified.txt", "compounded semaglutide. not FDA approved. "),
        ("linked.md", "[Our capsules cure diabetes.](https://a.example/x) "),
        ("led.md", "Our tea cures:\n\n- gout\n"),
    ];
    let mut here = Scratch::new("near");
    for (name, line) in lines {
        here = here.with(name, line.repeat(400_000 / line.len()));
    }
    let ran = here.run("check . --no-config --format json");
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert_eq!(ran.report()["summary"]["files"], lines.len());
}

#[test]
fn suppressions_have_no_number_that_breaks_them() {
    let many = |write: &dyn Fn(usize) -> String| (0..20_000).map(write).collect::<String>();
    let here = Scratch::new("allow")
        .with(
            "unknown.md",
            many(&|at| format!("<!-- caveat-allow us-ftc/diseaze-claim{at}: a -->\n\nTea.\n\n")),
        )
        .with(
            "open.md",
            many(&|at| {
                format!("<!-- caveat-allow-start us-effects/swallowed-disease: {at} -->\n\n{CLAIM}\n")
            }),
        )
        .with(
            "files.md",
            many(&|at| format!("<!-- caveat-allow-file us-effects/swallowed-disease: {at} -->\n\n{CLAIM}\n")),
        )
        .with(
            "matter.md",
            format!(
                "---\ncaveat: {{allow: [{}]}}\n---\n{CLAIM}",
                many(&|at| format!("{{rule: us-ftc/diseaze-claim{at}, reason: a}}, "))
            ),
        );
    let ran = here.run("check . --no-config --format json");
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let report = ran.report();
    assert_eq!(report["summary"]["files"], 4);
    for name in ["unknown.md", "open.md", "matter.md"] {
        assert!(found(&report, name).contains(&"caveat/suppression"), "{name}");
    }
}
