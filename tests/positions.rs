//! Properties of places: every position leads back to the bytes it came from, and how copy is wrapped or marked up
//! changes no verdict. The seed is fixed, so that a run can be repeated; `PROPTEST_CASES` asks for more cases.

use caveat::document::Document;
use caveat::engine::{Given, Ruleset};
use caveat::extract::{Keys, format_of};
use caveat::finding::{Known, Origin, Page, Product};
use caveat::policy::{self, Request};
use caveat::source::SourceFile;
use caveat::text::{Abbreviations, Derived, RunKind, Span, fold, sentences, words};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use std::sync::{Arc, LazyLock};
use unicode_segmentation::UnicodeSegmentation;

fn config() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(20_261_123),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn extract(name: &str, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(name, text));
    (format_of(name).unwrap().extract)(&file, &Keys::default()).document
}

/// Pieces that documents are thrown together from: words, typography, and markup of every format, well formed or not.
const PIECES: &[&str] = &[
    "tea ",
    "cures ",
    "café ",
    "naïve ",
    "日本 ",
    "🍵 ",
    "e\u{301}t ",
    "“quoted” ",
    "it’s ",
    "soft\u{ad}ly ",
    "a\u{a0}b ",
    "A…b ",
    "x—y ",
    "&amp; ",
    "&nbsp;",
    "&#233;t ",
    "&eacute; ",
    "&bogus; ",
    "& ",
    "< ",
    "> ",
    "*em* ",
    "**st**rong ",
    "_",
    "*",
    "`code` ",
    "[link](/a \"title\") ",
    "[note][^1] ",
    "![alt](/a.png) ",
    "<b>bold</b> ",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<br>",
    "<li>",
    "<!-- note --> ",
    "<!--",
    "-->",
    "<template>no</template> ",
    "<p hidden>no</p> ",
    "<img alt=\"caf&eacute; au lait\">",
    "<script>no()</script>",
    "<script>var text = 'It\\'s tea', more = `For ${who}`; // note\n</script>",
    "<script type=application/json>{\"text\": \"Tea \\u2019 time\"}</script>",
    "<b x-data=\"{ text: 'It&rsquo;s &quot;tea&quot; time' }\" :title=\"'Tea ' + name\" onclick=\"alert('Tea time')\">",
    "<b data-caption=\"caf&eacute; au lait\" data-id=\"no no\">",
    "\n::hero{title=\"Tea\" text=\"Calm \\\" tea\"}\n",
    "{{ name }} ",
    "{% if x %}",
    "{% comment %}",
    "{% endcomment %}",
    "{{ \"caf\u{e9} au lait\" | t }} ",
    "{# no #}",
    "<?php _e('it\\'s tea') ?> ",
    "<?php $title = \"A \\\"calm\\\" {$x} tea\"; ",
    "<?php wp_add_inline_script('a', 'alert(\"It\\'s calm tea.\")'); ",
    "[cta title=\"A calm tea\" text='It\\'s tea.'] ",
    "<textarea>It&rsquo;s calm tea</textarea> ",
    "echo 'tea ' . $x; ",
    " ?>",
    "<%= 'tea' %> ",
    "@lang('tea time') ",
    "@if (x) ",
    "\n!!! note \"Tea\"\n    tea ",
    "\n:::tip[Tea]\n",
    "\n> [!faq]- ",
    "%% no %% ",
    "{{< figure alt=\"a calm face\" >}}",
    "\\*",
    "\\\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "  \n",
    "\n- ",
    "\n  ",
    "\n1. ",
    "\n> ",
    "\n# ",
    "\n===\n",
    "\n```\n",
    "\n\n    ",
    "\n| a | b |\n|---|---|\n| c |",
    "\n[^1]: Note. ",
    "---\n",
    "+++\n",
    "title: \"café\\u00e9\"\n",
    "title: 'it''s'\n",
    "faq: [\"a b\", c]\n",
    "title: 'It\\u2019s a tea', ",
    "`tea ${name} cures ",
    "const tea = [",
    "{tea}",
    "<Tea title={",
    "\" + \"",
    "// note\n",
];

fn document() -> impl Strategy<Value = String> {
    let front = select(vec![
        "",
        "\u{feff}",
        "---\ntitle: \"Tea \\\"cures\\\" all\"\ndescription: >\n  two\n  lines\n---\n",
        "+++\ntitle = \"caf\\u00e9\"\n+++\n",
        "---\r\ntitle: Tea\r\n---\r\n",
    ]);
    let pieces = prop::collection::vec(select(PIECES), 0..40);
    (front, pieces).prop_map(|(front, pieces)| front.to_owned() + &pieces.concat())
}

/// A file of data with such pieces in its strings, and now and then some between them.
fn data() -> impl Strategy<Value = String> {
    let pieces = || prop::collection::vec(select(PIECES), 0..12).prop_map(|pieces| pieces.concat());
    let rest = select(vec![
        "",
        "\n",
        "}",
        "]",
        "\n- ",
        ",\n\"x\": ",
        "\"",
        "/* */",
        "# x\n",
        "]]>",
        "\r\n,",
    ]);
    (0..7, pieces(), rest).prop_map(|(kind, text, rest)| {
        let string = format!("{text:?}").replace("\\u{", "{");
        let (lines, doubled) = (text.replace('\n', "\n  "), text.replace('"', "\"\""));
        match kind {
            0 => format!(
                "{{\"title\": {string}, \"faq\": [{{\"answer\": {string}, \"name\": \"a b\"}}]{rest}}}"
            ),
            1 => format!("title: {string}\nbody: |\n  {lines}\nlist:\n  - {string}{rest}\n"),
            2 => format!("title = {string}\n[[faq]]\nanswer = \"\"\"\n{text}\"\"\"\n{rest}"),
            3 => format!("title,text\nTea,\"{doubled}\"\n{rest},{text}\n"),
            4 => format!(
                "<a><title>{text}</title><b><text><![CDATA[{text}]]></text></b>{rest}<b><text>x</text></b>"
            ),
            5 => format!("msgid {string}\n\"Tea\"\nmsgstr \"\"\n{rest}\nmsgid \"a\"\nmsgstr {string}\n"),
            _ => format!("{rest}{text}{rest}"),
        }
    })
}

/// What holds between a text and the text it was made from.
fn leads_back<To, From>(
    derived: &Derived<To, From>,
    from: &str,
    same: fn(&str, &str) -> bool,
    picks: &[(Index, Index)],
) -> Result<(), TestCaseError> {
    let text = derived.text();
    let mut at = 0;
    for run in derived.runs() {
        prop_assert_eq!(run.to.start, at, "runs cover the text");
        at = run.to.end;
        prop_assert!(
            from.get(run.from.range()).is_some(),
            "{run:?} lies on characters of {from:?}"
        );
        prop_assert!(
            text.get(run.to.range()).is_some(),
            "{run:?} lies on characters of {text:?}"
        );
        if run.kind == RunKind::Verbatim {
            let (old, new) = (run.from.slice(from), run.to.slice(text));
            prop_assert!(same(old, new), "{old:?} became {new:?}");
        }
    }
    prop_assert_eq!(at as usize, text.len());
    let bounds: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    for (one, other) in picks {
        let (one, other) = (*one.get(&bounds), *other.get(&bounds));
        let span = Span::of(one.min(other)..one.max(other));
        let origin = derived.origin(span);
        prop_assert!(
            from.get(origin.range()).is_some(),
            "{span:?} leads to {origin:?} of {from:?}"
        );
        prop_assert_eq!(origin.is_empty(), span.is_empty());
    }
    Ok(())
}

fn picks() -> impl Strategy<Value = Vec<(Index, Index)>> {
    prop::collection::vec(any::<(Index, Index)>(), 8)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_span_of_prose_leads_back_to_the_file(text in document(), picks in picks()) {
        for name in ["a.md", "a.mdx", "a.html", "a.njk", "a.txt", "a.php", "a.blade.php", "a.liquid", "a.erb", "a.tsx", "a.ts", "a.vue", "a.svelte", "a.astro"] {
            let document = extract(name, &text);
            for block in &document.blocks {
                prop_assert!(!block.prose.text().trim().is_empty(), "{name}: a block is never empty");
                leads_back(&block.prose, &text, |old, new| old == new, &picks)?;
                for link in &block.links {
                    prop_assert!(block.prose.text().get(link.span.range()).is_some(), "{name}: {link:?}");
                }
            }
            for directive in &document.directives {
                prop_assert!(text.get(directive.span.range()).is_some(), "{name}: {directive:?}");
            }
        }
    }

    #[test]
    fn every_span_of_data_leads_back_to_the_file(text in data(), picks in picks()) {
        for name in ["a.json", "a.json5", "a.yaml", "a.toml", "a.csv", "a.xml", "a.po"] {
            for block in &extract(name, &text).blocks {
                prop_assert!(!block.prose.text().trim().is_empty(), "{name}: a block is never empty");
                prop_assert!(block.key.is_some(), "{name}: a block of data has a key");
                leads_back(&block.prose, &text, |old, new| old == new, &picks)?;
            }
        }
    }

    #[test]
    fn every_span_of_folded_text_leads_back_to_the_prose(text in document(), picks in picks()) {
        leads_back(&fold(&text), &text, |old, new| old.to_lowercase() == new, &picks)?;
    }

    #[test]
    fn folding_twice_is_folding_once(text in document()) {
        let once = fold(&text);
        let twice = fold(once.text());
        prop_assert_eq!(twice.text(), once.text());
    }

    #[test]
    fn sentences_end_where_unicode_ends_them(written in prop::collection::vec(sentence(), 1..6)) {
        let prose = written.join(" ");
        let folded = fold(&prose);
        let cut: Vec<&str> = sentences(folded.text(), &Abbreviations::default())
            .map(|span| span.slice(folded.text()))
            .collect();
        let oracle: Vec<String> = prose
            .split_sentence_bounds()
            .map(|sentence| fold(sentence.trim()).text().to_owned())
            .collect();
        prop_assert_eq!(cut, oracle);
    }
}

/// A sentence without abbreviations: its words, commas and numbers, in quotes or brackets or none.
fn sentence() -> impl Strategy<Value = String> {
    let word = select(vec![
        "tea",
        "helps",
        "most",
        "people",
        "café",
        "it's",
        "3.5",
        "1,000",
        "gut-brain",
        "(warm)",
        "well,",
    ]);
    let first = select(vec!["Our", "This", "Élan", "\"The", "(Some"]);
    let last = select(vec!["today", "sleep", "2024", "naïve"]);
    let stop = select(vec![".", "!", "?", "?!"]);
    (first, prop::collection::vec(word, 0..8), last, stop).prop_map(|(first, words, last, stop)| {
        let closer = match first.chars().next() {
            Some('"') => "\"",
            Some('(') => ")",
            _ => "",
        };
        let middle: String = words.iter().map(|word| format!(" {word}")).collect();
        format!("{first}{middle} {last}{stop}{closer}")
    })
}

static RULES: LazyLock<Ruleset> = LazyLock::new(|| {
    let request = Request {
        markets: vec!["us".to_owned()],
        policies: Vec::new(),
    };
    let policy = policy::load(&request).expect("the embedded packs load");
    Ruleset::new(&policy, jiff::civil::date(2026, 11, 23))
});

/// Claims of every kind, and sentences that a guard silences or that claim nothing. None begins with a number or a
/// sign, so that a line may begin at any word.
const CLAIMS: &[&str] = &[
    "Our capsules cure arthritis.",
    "The tincture not only cures migraines, it tastes of honey.",
    "Our customers no longer suffer from eczema.",
    "It does not treat or prevent any disease of the heart.",
    "May help reverse type 2 diabetes.",
    "Guaranteed results for the whole family.",
    "The drops have no side effects and work for everyone.",
    "There is no need to see a doctor.",
    "It’s “completely safe”—even for children.",
    "You will lose 20 pounds in 2 weeks.",
    "Does turmeric cure arthritis?",
    "Beware of ads that promise a miracle cure for cancer.",
    "A box holds twenty bags and costs nine dollars.",
];

/// What is found, whatever its place: rule, severity, sentence, guard, and the words of the labels.
type Said = (String, &'static str, String, Option<String>, Vec<String>);

fn said(name: &str, text: &str) -> Vec<Said> {
    let given = Given {
        product: Some(known(Product::Supplement)),
        page: Some(known(Page::Product)),
        ..Given::default()
    };
    let document = extract(name, text);
    let judged = RULES.judge(&document, &given);
    let mut all: Vec<Said> = judged
        .findings
        .iter()
        .map(|finding| {
            let labels = finding.labels.iter().map(|label| label.text.to_string());
            (
                finding.rule().name.clone(),
                finding.severity().name(),
                finding.folded.to_string(),
                finding.silenced.as_ref().map(|silence| silence.guard.clone()),
                labels.collect(),
            )
        })
        .collect();
    all.sort();
    all
}

/// The words that the findings point at.
fn pointed_at(name: &str, text: &str) -> Vec<Vec<String>> {
    let given = Given {
        product: Some(known(Product::Supplement)),
        page: Some(known(Page::Product)),
        ..Given::default()
    };
    let document = extract(name, text);
    let judged = RULES.judge(&document, &given);
    let excerpt = |span: Span<caveat::text::Source>| {
        let mut out = Vec::new();
        words(fold(span.slice(text)).text(), |_, _, word| {
            out.push(word.to_owned())
        });
        out
    };
    judged
        .findings
        .iter()
        .map(|finding| excerpt(finding.span))
        .collect()
}

const fn known<K>(kind: K) -> Known<K> {
    Known {
        kind,
        from: Origin::CommandLine,
        because: String::new(),
    }
}

/// Breaks text at spaces so that lines have at most `width` characters, if their words let them.
fn wrap(text: &str, width: usize, first: &str, next: &str) -> String {
    let mut out = first.to_owned();
    let mut column = 0;
    for word in text.split(' ') {
        let len = word.chars().count();
        if column > 0 && column + 1 + len > width {
            out.push_str(next);
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += len;
    }
    out + "\n"
}

#[test]
fn the_claims_are_found_at_all() {
    let found: Vec<usize> = CLAIMS.iter().map(|claim| said("a.md", claim).len()).collect();
    assert!(found.iter().filter(|count| **count > 0).count() >= 8, "{found:?}");
    assert_eq!(found.last(), Some(&0));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn wrapping_changes_no_finding(
        claims in prop::collection::vec(select(CLAIMS), 1..5),
        width in 1usize..100,
        (name, first, next) in select(vec![
            ("a.md", "", "\n"),
            ("a.md", "", "\r\n"),
            ("a.md", "- ", "\n  "),
            ("a.md", "- ", "\n"),
            ("a.md", "3. ", "\n   "),
            ("a.md", "> ", "\n> "),
            ("a.md", "> ", "\n"),
            ("a.html", "<p>", "\n    "),
            ("a.html", "<ul><li>", "\n"),
            ("a.tsx", "const a = <p>", "\n    "),
            ("a.ts", "const text = `", "\n"),
            ("a.txt", "", "\n"),
        ]),
    ) {
        let text = claims.join(" ");
        let one_line = format!("{first}{text}\n");
        let wrapped = wrap(&text, width, first, next);
        prop_assert_eq!(said(name, &wrapped), said(name, &one_line), "{}", wrapped);
        prop_assert_eq!(pointed_at(name, &wrapped), pointed_at(name, &one_line), "{}", wrapped);
    }

    #[test]
    fn emphasis_and_links_change_no_finding(
        claim in select(CLAIMS),
        from in any::<Index>(),
        more in 0usize..4,
        (name, open, close) in select(vec![
            ("a.md", "*", "*"),
            ("a.md", "**", "**"),
            ("a.md", "_", "_"),
            ("a.md", "[", "](#more)"),
            ("a.md", "<span class=\"x\">", "</span>"),
            ("a.html", "<em>", "</em>"),
            ("a.html", "<a href=\"#more\">", "</a>"),
            ("a.html", "<span class=\"x\">", "</span>"),
        ]),
    ) {
        let mut words: Vec<String> = claim.split(' ').map(str::to_owned).collect();
        let from = from.index(words.len());
        let to = (from + more).min(words.len() - 1);
        words[from].insert_str(0, open);
        // Before the stop, so that Markdown sees the end of the emphasis.
        let stop = words[to].trim_end_matches(['.', ',', '?']).len();
        words[to].insert_str(stop, close);
        let marked = words.join(" ");
        prop_assert_eq!(said(name, &marked), said(name, claim), "{}", marked);
    }
}
