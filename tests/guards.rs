//! What each guard takes for harmless and what it does not, and which words make a claim where several could, in a language
//! of few words, so that every part of a guard (cues, traps, stops, joins, reach) is told apart.

use crate::judging;
use caveat::engine::Ruleset;
use caveat::finding::{Finding, Page};

/// Copy with one claim, the guard that makes it harmless and the words it goes by; `-` where it stands.
const ROWS: &[(&str, &str)] = &[
    ("Tea cures gout.", "-"),
    // A negation reaches four words to the right, not five.
    ("Not one two three four cures gout.", "negated: Not"),
    ("Not one two three four five cures gout.", "-"),
    ("Tea cures not gout.", "negated: not"),
    ("Tea cures gout not.", "-"),
    // It ends at a stop word and at a hard mark.
    ("Not unless tea cures gout.", "-"),
    ("Unless not tea cures gout.", "negated: not"),
    ("Not so: tea cures gout.", "-"),
    ("Not tea cures gout unless so.", "negated: Not"),
    // It crosses commas of a list only: one that a joining word ends, one with a short last member, several short ones.
    ("Not soothes, or cures gout.", "negated: Not"),
    ("Not soothes, cures gout.", "negated: Not"),
    ("Not soothes, cures gout and more now.", "-"),
    ("Not warm, soft, cures gout and more now.", "negated: Not"),
    ("Not soothes, cures gout now.", "negated: Not"),
    ("Not, big, one two cures gout.", "negated: Not"),
    ("Not, big, one two three cures gout.", "-"),
    ("No mess, no wait, it cures gout.", "-"),
    ("Not soothes, tea cures gout, or so.", "-"),
    // Traps: a cue inside one is none, and one after the claim undoes the guard.
    ("Not only cures gout.", "-"),
    ("Not tea cures gout until now.", "-"),
    ("Until now, not tea cures gout.", "negated: not"),
    // From a lead-in that ends in a colon it reaches the list, if nothing ends it on the way.
    ("It does not:\n\n- cure gout\n", "negated: not"),
    ("It does not.\n\n- Cure gout\n", "-"),
    ("It does not unless so:\n\n- cure gout\n", "-"),
    ("It not only does:\n\n- cure gout\n", "-"),
    ("It does not do one two three four:\n\n- cure gout\n", "-"),
    // Without a mark it reaches an item that goes on with a small letter, or that stands right after the denial.
    ("It does not say that it does\n\n- cure gout\n", "negated: not"),
    ("It does not say that it does\n\n- Cure gout\n", "-"),
    ("It does not\n\n- Cure gout\n", "negated: not"),
    ("It does not say so!\n\n- cure gout\n", "-"),
    ("It does not unless so\n\n- cure gout\n", "-"),
    // What plays a role in the claim does not deny it.
    ("Free of gout.", "-"),
    ("Tea is not free of gout.", "negated: not"),
    // A hedge before the claim reaches three words, across clauses; after it only within its clause.
    ("May one two three cure gout.", "hedged: May"),
    ("May one two three four cure gout.", "-"),
    ("May tea, cure gout.", "hedged: May"),
    ("Tea cures gout perhaps.", "hedged: perhaps"),
    (
        "Tea cures gout for one two three four perhaps.",
        "hedged: perhaps",
    ),
    ("Tea cures gout, perhaps.", "-"),
    ("Tea cures perhaps gout.", "hedged: perhaps"),
    // Within the words of the claim it is as good.
    ("Tea perhaps heals gout.", "hedged: perhaps"),
    // A stop between the two ends its reach, elsewhere it does not.
    ("May then it cure gout.", "-"),
    ("Then it may cure gout.", "hedged: may"),
    ("Tea may cure gout then it rests.", "hedged: may"),
    ("Then it cures gout perhaps.", "hedged: perhaps"),
    // A word that is sure makes it void, but not where that word means something else.
    ("Surely tea may cure gout.", "-"),
    ("Tea may cure gout, surely.", "-"),
    ("Surely not: tea may cure gout.", "hedged: may"),
    // A question, with whatever closes it; one that sells is none.
    ("Tea cures gout?", "question: ?"),
    ("(Tea cures gout?)", "question: ?"),
    ("Want to cure gout?", "-"),
    ("Tea? It cures gout.", "-"),
    // Nor is one that affirms itself, at its end or after it.
    ("Tea cures gout, indeed?", "-"),
    ("Tea cures gout indeed?", "question: ?"),
    ("Tea cures gout? Yes.", "-"),
    ("Tea cures gout? So yes.", "question: ?"),
    ("Tea cures gout?\n\nYes.", "question: ?"),
    // A source in the sentence, the one before or the one after, in the same paragraph.
    ("Tea cures gout, Lee 2020.", "cited: Lee 2020"),
    ("Tea cures gout. Lee 2020.", "cited: Lee 2020"),
    ("Lee 2020. Tea cures gout.", "cited: Lee 2020"),
    ("Tea cures gout. So it is. Lee 2020.", "-"),
    ("Lee 2020. So it is. Tea cures gout.", "-"),
    ("Tea cures gout.\n\nLee 2020.", "-"),
    ("Lee 2020.\n\nTea cures gout.", "-"),
    ("Tea cures gout, read Lee 2020.", "-"),
    // A link to another site or a note is a source where it stands near; a link within the site is none.
    (
        "Tea [cures gout](https://a.example/b).",
        "cited: https://a.example/b",
    ),
    (
        "Tea [cures gout](http://a.example/b).",
        "cited: http://a.example/b",
    ),
    ("Tea [cures gout](/shop).", "-"),
    (
        "[Tea](/shop) cures [gout](https://a.example/b).",
        "cited: https://a.example/b",
    ),
    (
        "Tea cures gout. [So](https://a.example/b) it is.",
        "cited: https://a.example/b",
    ),
    (
        "Tea cures gout. So it is. [Then](https://a.example/b) it rests.",
        "-",
    ),
    (
        "[Then](https://a.example/b) it rests. So it is. Tea cures gout.",
        "-",
    ),
    ("Tea cures gout.[^1]\n\n[^1]: So it is.\n", "cited: footnote:1"),
    // No source: an address that sells, wherever the word stands in it, and a link that is the whole claim.
    ("Tea [cures gout](https://shop.example/b).", "-"),
    ("Tea [cures gout](https://www.so.example/b).", "-"),
    ("Tea cures gout. [So](https://a.example/b/Shop?c=d) it is.", "-"),
    (
        "Tea [cures gout](https://workshop.example/b).",
        "cited: https://workshop.example/b",
    ),
    ("[Tea cures gout](https://a.example/b).", "-"),
    ("## [Tea cures gout](https://a.example/b)", "-"),
    (
        "Tea cures gout. [So it is.](https://a.example/b)",
        "cited: https://a.example/b",
    ),
    // Words are none whose source is still to come.
    ("Tea cures gout, Lee 2020 (link).", "-"),
    ("Tea cures gout, Lee 2020 [ LINK ].", "-"),
    ("Tea cures gout, Lee 2020 (…).", "-"),
    ("Tea cures gout, Lee 2020 (page 4).", "cited: Lee 2020"),
    // What others say, what warns, what is legal text.
    ("They say tea cures gout.", "attributed: They say"),
    ("As they say tea cures gout.", "-"),
    ("Beware: tea cures gout.", "warning: Beware"),
    ("Notice: tea cures gout.", "legal: Notice"),
    ("Take notice: tea cures gout.", "-"),
    ("Notice: however tea cures gout.", "-"),
    ("Notice: tea cures gout however.", "legal: Notice"),
    // Words in quotation marks that the sentence, or what leads into it, calls an example.
    ("Write \"tea cures gout\" here.", "quoted: Write"),
    ("Write \"tea\" that cures gout \"here\".", "-"),
    ("Write \"tea cures gout.", "-"),
    ("We write \"tea cures gout\" here.", "-"),
    ("Say \"tea cures gout\" here.", "-"),
    ("Beware:\n\n- Tea cures gout.\n", "warning: Beware"),
    ("So. Write this:\n\n- \"tea cures gout\"\n", "quoted: Write"),
    ("Write. So this:\n\n- \"tea cures gout\"\n", "-"),
    // Words that open it alone need no marks: before a colon, over a list, at the head of a column.
    ("Avoid: tea cures gout.", "quoted: Avoid"),
    ("Avoid : cures gout", "quoted: Avoid"),
    ("Avoid waste: tea cures gout.", "-"),
    ("Do avoid: tea cures gout.", "-"),
    ("Avoid, as tea cures gout: so.", "-"),
    ("Tea cures gout. Avoid: so.", "-"),
    (
        "## Words to avoid\n\n- Tea cures gout.\n",
        "quoted: Words to avoid",
    ),
    ("Words to shun:\n\n- Tea cures gout.\n", "quoted: Words to shun"),
    ("## So: words to avoid\n\n- Tea cures gout.\n", "-"),
    (
        "| Say | Avoid |\n| --- | --- |\n| So | Tea cures gout |\n",
        "quoted: Avoid",
    ),
];

fn verdict(rules: &Ruleset, copy: &str) -> String {
    let findings = findings(rules, copy);
    let told = findings.iter().map(|finding| match &finding.silenced {
        Some(silence) => format!("{}: {}", silence.guard, silence.because),
        None => "-".to_owned(),
    });
    let told: Vec<String> = told.collect();
    match told.as_slice() {
        [one] => one.clone(),
        other => format!("{} findings", other.len()),
    }
}

fn findings(rules: &Ruleset, copy: &str) -> Vec<Finding> {
    judging::findings(rules, Page::Other, copy)
}

fn rules() -> Ruleset {
    judging::rules("guards.yaml")
}

/// Roles that stand in any order meet the words nearest to them.
#[test]
fn the_nearest_words_play_a_role() {
    let rules = rules();
    for (copy, claim) in [
        ("Tea cures gout.", "cures gout"),
        ("For gout tea cures.", "gout tea cures"),
        ("Gout tea cures eczema.", "cures eczema"),
        ("Gout cures tea eczema.", "Gout cures"),
        ("So one two three gout cures tea eczema.", "gout cures"),
        // As near on both sides: what follows.
        ("Gout cures eczema.", "cures eczema"),
        ("Gout one cures two eczema.", "cures two eczema"),
        // Six words may stand between, not seven.
        (
            "Cures one two three four five six gout.",
            "Cures one two three four five six gout",
        ),
        (
            "Gout one two three four five six cures.",
            "Gout one two three four five six cures",
        ),
        ("Cures one two three four five six seven gout.", ""),
        ("Gout one two three four five six seven cures.", ""),
    ] {
        let findings = findings(&rules, copy);
        let said: Vec<&str> = findings
            .iter()
            .map(|finding| &copy[finding.span.range()])
            .collect();
        assert_eq!(said.join(" | "), claim, "{copy}");
    }
}

/// On a legal page every sentence is legal text, whether or not it has a cue; a stop word before the claim parts it from that.
#[test]
fn a_legal_page_claims_nothing() {
    let rules = rules();
    let said = |page, copy| {
        let findings = judging::findings(&rules, page, copy);
        findings[0].silenced.as_ref().map(|silence| silence.guard.clone())
    };
    assert_eq!(said(Page::Legal, "Tea cures gout."), Some("legal".to_owned()));
    assert_eq!(said(Page::Legal, "However, tea cures gout."), None);
    assert_eq!(said(Page::Other, "Tea cures gout."), None);
}

/// What a guard looks at ends 64 words from the claim, on either side.
#[test]
fn surroundings_have_an_end() {
    let rules = rules();
    for (between, legal) in [(63, true), (64, false)] {
        let so = "so ".repeat(between);
        let before = format!("Notice {so}cures gout.");
        let after = format!("Cures gout {so}notice.");
        for copy in [before, after] {
            let findings = findings(&rules, &copy);
            assert_eq!(findings[0].silenced.is_some(), legal, "{copy}");
        }
    }
}

#[test]
fn every_part_of_every_guard_does_what_it_says() {
    let rules = rules();
    let mut wrong = Vec::new();
    for (copy, meant) in ROWS {
        let said = verdict(&rules, copy);
        if said != *meant {
            wrong.push(format!("{copy}\n  meant {meant}\n  said  {said}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
