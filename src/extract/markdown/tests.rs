//! Tests of reading Markdown and MDX, each with a literal.

use crate::document::{BlockKind, Document};
use crate::extract::testing::{read, shown};
use crate::text::Span;

fn markdown(text: &str) -> Vec<String> {
    shown("a.md", text)
}

fn mdx(text: &str) -> Vec<String> {
    shown("a.mdx", text)
}

fn leads(document: &Document) -> Vec<(&str, Option<u32>)> {
    let blocks = document.blocks.iter();
    blocks.map(|block| (block.prose.text(), block.lead_in)).collect()
}

#[test]
fn a_phrase_over_lines_emphasis_and_entities_is_one_phrase() {
    let text = "Our *tea* cu**res\nyour** caf&eacute; & \\*rest\\*.";
    let document = read("a.md", text);
    let prose = &document.blocks[0].prose;
    assert_eq!(prose.text(), "Our tea cures your café & *rest*.");
    assert_eq!(prose.origin(Span::new(8, 18)).slice(text), "cu**res\nyour");
    assert_eq!(prose.origin(Span::new(19, 24)).slice(text), "caf&eacute;");
}

#[test]
fn wrapping_does_not_change_the_prose() {
    let words =
        "Our calm blend of five herbs helps you rest, and it does so *without a fuss* every single night";
    for width in [8, 13, 20, 41, 200] {
        let mut text = String::new();
        let mut column = 0;
        for word in words.split(' ') {
            if column > 0 && column + word.len() > width {
                text.push('\n');
                column = 0;
            } else if column > 0 {
                text.push(' ');
            }
            text.push_str(word);
            column += word.len() + 1;
        }
        assert_eq!(
            markdown(&text),
            [format!("paragraph: {}", words.replace('*', ""))]
        );
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(
            markdown(&crlf),
            [format!("paragraph: {}", words.replace('*', ""))]
        );
    }
}

#[test]
fn a_hard_break_starts_a_block_but_within_a_sentence() {
    assert_eq!(
        markdown("Soft hands  \nCalm skin\\\nWarm feet"),
        [
            "paragraph: Soft hands",
            "paragraph: Calm skin",
            "paragraph: Warm feet"
        ]
    );
    assert_eq!(
        markdown("It does not treat,  \ncure or prevent\\\nany [disease  \nof the](x) skin."),
        ["paragraph: It does not treat, cure or prevent any disease of the skin."]
    );
}

#[test]
fn code_and_addresses_hold_their_place() {
    assert_eq!(
        markdown("take `x` daily, see <https://a.example/b> or https://c.example.\n\n```\nno\n```\n\n    no"),
        ["paragraph: take \u{fffc} daily, see \u{fffc} or \u{fffc}."]
    );
}

#[test]
fn images_links_and_their_titles() {
    let document = read(
        "a.md",
        "See ![a *calm* face](f.png \"Week 6\") [our tea](/tea \"The best\") today",
    );
    assert_eq!(
        shown("a.md", document.file.text()),
        [
            "paragraph: See our tea today",
            "alt: a calm face",
            "tooltip: Week 6",
            "tooltip: The best"
        ]
    );
    let link = &document.blocks[0].links[0];
    assert_eq!((link.span, link.target.as_str()), (Span::new(4, 11), "/tea"));
    let title = &document.blocks[3].prose;
    assert_eq!(title.origin(title.span()).slice(document.file.text()), "The best");
}

#[test]
fn footnotes() {
    let document = read("a.md", "It helps[^a] you.\n\n[^a]: In one trial.\n");
    let block = &document.blocks[0];
    assert_eq!(block.prose.text(), "It helps you.");
    assert_eq!(
        (block.links[0].span, block.links[0].target.as_str()),
        (Span::new(8, 8), "footnote:a")
    );
    assert_eq!(document.blocks[1].kind, BlockKind::Footnote("a".to_owned()));
    assert_eq!(document.blocks[1].prose.text(), "In one trial.");
}

#[test]
fn lists_and_tables_know_what_leads_into_them() {
    let document = read(
        "a.md",
        "It helps with:\n\n- skin\n  - dry\n- hair\n\n# B\n\n| A | B |\n|---|---|\n| c | d |\n",
    );
    assert_eq!(
        leads(&document),
        [
            ("It helps with:", None),
            ("skin", Some(0)),
            ("dry", Some(1)),
            ("hair", Some(0)),
            ("B", None),
            ("A", None),
            ("B", None),
            ("c", Some(5)),
            ("d", Some(6))
        ]
    );
    assert_eq!(document.blocks[5].kind, BlockKind::TableCell { header: true });
    assert_eq!(document.blocks[7].kind, BlockKind::TableCell { header: false });
}

#[test]
fn sections_quotations_and_bold_headings() {
    let document = read(
        "a.md",
        "a\n\n# b\n\n> c\n\n**What it does**\n\n**It works.**\n\n**Dose:** two\n\n> [!NOTE]\n> d\n",
    );
    let seen: Vec<_> = document
        .blocks
        .iter()
        .map(|block| {
            (
                block.prose.text(),
                block.kind.scope(),
                block.section,
                block.quoted,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("a", "paragraph", 0, false),
            ("b", "heading", 1, false),
            ("c", "paragraph", 1, true),
            ("What it does", "heading", 2, false),
            ("It works.", "paragraph", 2, false),
            ("Dose: two", "paragraph", 2, false),
            ("d", "paragraph", 2, false)
        ]
    );
}

#[test]
fn html_hides_across_blocks() {
    assert_eq!(
        markdown("a\n\n<div hidden>\n\nno **no**\n\n</div>\n\nb <span style=\"display:none\">no</span>c"),
        ["paragraph: a", "paragraph: b c"]
    );
    assert_eq!(
        markdown("> <p>x &amp;\n> y</p>\n\n<!--\n\nno\n\n-->\nz"),
        ["paragraph: x & y", "paragraph: z"]
    );
}

#[test]
fn html_goes_on_behind_an_empty_line() {
    let page = "<div>\n    <p>One</p>\n\n    <h2>Two</h2>\n\n    <p>three</p>\n</div>\n";
    assert_eq!(
        markdown(page),
        ["paragraph: One", "heading: Two", "paragraph: three"]
    );
    // behind prose it is code, as is what begins with no tag
    for code in ["One\n\n    <p>two</p>\n", "<p>One</p>\n\n    two < three\n"] {
        assert_eq!(markdown(code), ["paragraph: One"]);
    }
}

#[test]
fn template_syntax_is_no_copy() {
    assert_eq!(
        markdown(
            "{% include a.html %}\n\n{{< figure src=\"x\" width=\"no no\" >}}\n\nTake {{ page.dose }} daily{# no #}.\n\n\
             [Go]({{ url }})\n{: .lead }\n\n::: tip\nBe well\n:::"
        ),
        [
            "paragraph: Take \u{fffc} daily.",
            "paragraph: Go",
            "paragraph: Be well"
        ]
    );
}

#[test]
fn shortcodes_say_something_under_their_names() {
    assert_eq!(
        markdown(
            "One {{< figure src=\"no no.png\" alt=\"A calm face\" caption=\"Week *six*\" class=\"no no\" >}}\n\n\
             {% include card.html heading='Calm tea' link=\"/no no\" %}\n\n{{% note title=\"Take care\" %}}\nTwo\n{{% /note %}}"
        ),
        [
            "paragraph: One",
            "paragraph: Two",
            "alt: A calm face",
            "caption: Week six",
            "heading: Calm tea",
            "heading: Take care"
        ]
    );
    assert_eq!(
        markdown(
            "One\n\n<script type=\"application/ld+json\">\n{\"description\": \"Calm tea\"}\n</script>\n"
        ),
        ["paragraph: One", "meta: Calm tea"]
    );
}

#[test]
fn boxes_have_titles_and_bodies() {
    assert_eq!(
        markdown(
            "!!! note \"Calm tea\"\n    It helps **you**.\n\n    - one\n    - two\n\n    !!! tip inline\n        Three\n\n\
             ??? question\n\n    Four\n\n=== \"First\"\n    Five\n\nSix\n\n!!! Sale ends now\n\nSeven\n"
        ),
        [
            "heading: Calm tea",
            "paragraph: It helps you.",
            "list: one",
            "list: two",
            "paragraph: Three",
            "paragraph: Four",
            "heading: First",
            "paragraph: Five",
            "paragraph: Six",
            "paragraph: !!! Sale ends now",
            "paragraph: Seven"
        ]
    );
    assert_eq!(
        markdown(
            ":::tip[Calm tea]\nOne\n:::\n\n::: details More of it\nTwo\n:::\n\n:::note{.no}\nThree\n:::\n\n\
             > [!faq]- Is it calm?\n> It is.\n\n> [!NOTE]\n> Four\n\n```\n!!! no\n    no\n```\n"
        ),
        [
            "heading: Calm tea",
            "paragraph: One",
            "heading: More of it",
            "paragraph: Two",
            "paragraph: Three",
            "heading: Is it calm?",
            "paragraph: It is.",
            "paragraph: Four"
        ]
    );
    assert_eq!(
        markdown(
            "::hero{.no title=\"Calm tea\" id=\"no no\"}\n#title\nOne\n\n#description\nTwo\n::\n\n::note\nThree\n::\n\na :: b\n"
        ),
        [
            "heading: Calm tea",
            "paragraph: One",
            "paragraph: Two",
            "paragraph: Three",
            "paragraph: a :: b"
        ]
    );
    let document = read("a.md", "!!! note\n    One\n\n> [!faq] Two\n\n> Three\n");
    let quoted: Vec<bool> = document.blocks.iter().map(|block| block.quoted).collect();
    assert_eq!(quoted, [false, false, true]);
}

#[test]
fn scripts_in_a_page_are_no_expressions_of_it() {
    assert_eq!(
        shown(
            "a.svx",
            "One\n\n<script context=\"module\">\n  export const metadata = { title: \"Calm tea\" };\n</script>\n\n<style>\na { b: c }\n</style>\n\nTwo {x}\n"
        ),
        ["paragraph: One", "title: Calm tea", "paragraph: Two \u{fffc}"]
    );
}

#[test]
fn attributes_of_boxes_are_copy_by_their_names() {
    let text = "::hero{title=\"Calm\" description=\"A calm tea\" icon=\"no no\" .no}\nRest\n::\n\n::card{text=\"Sleep well\"}\n::\n";
    assert_eq!(
        shown("a.md", text),
        [
            "heading: Calm",
            "paragraph: A calm tea",
            "paragraph: Rest",
            "paragraph: Sleep well"
        ]
    );
}

#[test]
fn prose_that_begins_like_code_is_prose() {
    assert_eq!(
        mdx(
            "import A from 'a'\nexport const no = 1\n\nWe dry our herbs and\nexport them, and\nimport calm from far away.\n"
        ),
        ["paragraph: We dry our herbs and export them, and import calm from far away."]
    );
}

#[test]
fn mdx_is_read_without_its_code() {
    let text = "import A from 'a'\n\nexport const b = {\n  c: 'no'\n}\n\n# Hi {name}\n\nBe{\" \"}well <Card title=\"Calm\" \
                items={[1, 2]}>now</Card>\n\n```js\n{ no\n```\n\nEnd";
    assert_eq!(
        mdx(text),
        [
            "heading: Hi \u{fffc}",
            "paragraph: Be well now",
            "tooltip: Calm",
            "paragraph: End"
        ]
    );
}

#[test]
fn directives_point_at_the_next_block() {
    let text =
        "a\n\n<!-- caveat-allow x: y -->\n\nb `<!-- caveat-allow no -->` <!-- caveat-allow z: w --> c\n";
    let document = read("a.md", text);
    let seen: Vec<_> = document
        .directives
        .iter()
        .map(|directive| (directive.text.as_str(), directive.before))
        .collect();
    assert_eq!(seen, [("caveat-allow x: y", 1), ("caveat-allow z: w", 2)]);

    let document = read("a.mdx", "a\n\n{/* caveat-allow x: y */}\nb\n");
    let directive = &document.directives[0];
    assert_eq!(
        (directive.text.as_str(), directive.before),
        ("caveat-allow x: y", 1)
    );
    assert_eq!(document.file.slice(directive.span), "{/* caveat-allow x: y */}");
    assert_eq!(document.blocks[1].prose.text(), "b");
}

#[test]
fn deep_nesting_does_no_harm() {
    let many = 20_000;
    for unit in [">", "- ", "![", "[", "<b>", "{", "*a ", "{{ ", ":::\n"] {
        read("a.md", &unit.repeat(many));
        read("a.mdx", &unit.repeat(many));
    }
}

#[test]
fn data_and_markup_in_the_code_of_mdx_are_copy() {
    let text = "---\ntitle: Tea\n---\nimport A from 'a'\n\nexport const faqs = [\n  { question: 'Is it calm?', answer: \"It\\u2019s :) calm\" },\n\n  \
                { question: \"It isn't?\", answer: 'No' },\n]\n\n# Hi {name}\n\nBe well <Card title=\"Calm\" items={[{ title: 'Rest', text: \
                'Sleep all night' }]}>now</Card>\n\n{faqs.map((faq) => <li>It is {faq}</li>)}\n\nexport const metadata = { description: 'A calm tea' }\n";
    assert_eq!(
        mdx(text),
        [
            "title: Tea",
            "heading: Is it calm?",
            "paragraph: It’s :) calm",
            "heading: It isn't?",
            "paragraph: No",
            "heading: Hi \u{fffc}",
            "paragraph: Be well now",
            "tooltip: Calm",
            "heading: Rest",
            "paragraph: Sleep all night",
            "list: It is \u{fffc}",
            "meta: A calm tea",
        ]
    );
    let document = read("a.mdx", text);
    let prose = &document.blocks[2].prose;
    assert_eq!(prose.origin(Span::new(2, 5)).slice(text), "\\u2019");
}
