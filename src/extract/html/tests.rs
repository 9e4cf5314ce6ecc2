//! Tests of reading HTML, each with a literal.

mod code;
mod parts;

use crate::document::{BlockKind, Link};
use crate::extract::testing::{read, shown};
use crate::text::Span;

fn html(text: &str) -> Vec<String> {
    shown("a.html", text)
}

#[test]
fn inline_elements_do_not_break_a_phrase_and_blocks_do() {
    assert_eq!(
        html("<div>It <b>cu</b>res\n  <a href=x>dry skin</a><p>now</p>then</div>"),
        [
            "paragraph: It cures dry skin",
            "paragraph: now",
            "paragraph: then"
        ]
    );
}

#[test]
fn entities_are_decoded_and_keep_their_place() {
    let document = read(
        "a.html",
        "<p>caf&eacute; &amp; tea&#8230; AT&T &bogus; &nbsp;x</p>",
    );
    let prose = &document.blocks[0].prose;
    assert_eq!(prose.text(), "café & tea… AT&T &bogus; \u{a0}x");
    assert_eq!(prose.origin(Span::new(3, 5)), Span::new(6, 14));
}

#[test]
fn what_is_hidden_is_no_copy() {
    for hidden in [
        "<script>log('<p>no</p>')</script>",
        "<style>no</style>",
        "<!-- no -->",
        "<template><p>no</p></template>",
        "<div hidden><p>no</p><img alt='no'></div>",
        "<div style='color: red; Display : NONE'><div>no</div>no</div>",
        "<svg aria-hidden=true><title>no</title></svg>",
        "<svg><style>no</style><metadata>no</metadata></svg>",
        "<pre>no</pre>",
        "<iframe>no</iframe>",
    ] {
        assert_eq!(
            html(&format!("<p>a</p>{hidden}<p>b</p>")),
            ["paragraph: a", "paragraph: b"]
        );
    }
    assert_eq!(html("<p hidden>no<p>b"), ["paragraph: b"]);
}

#[test]
fn code_within_a_line_holds_its_place() {
    assert_eq!(
        html("<p>take <code>x</code>now</p>"),
        ["paragraph: take \u{fffc}now"]
    );
}

#[test]
fn raised_signs_are_no_letters_of_a_word() {
    let document = read(
        "a.html",
        "<p>It heals<sup>TM</sup> dry skin<sup>&reg;</sup>, x<sup>n</sup></p>",
    );
    let prose = &document.blocks[0].prose;
    assert_eq!(prose.text(), "It heals™ dry skin®, xn");
    assert_eq!(prose.origin(Span::new(8, 11)), Span::new(16, 18));
}

#[test]
fn the_head_gives_title_and_description() {
    let text = "<html><head><title>Tea &amp; rest</title><meta name=description content='Calm &mdash; fast'>\
                <meta property='og:title' content=\"Tea\"></head><body>Hi";
    assert_eq!(
        html(text),
        [
            "title: Tea & rest",
            "meta: Calm — fast",
            "title: Tea",
            "paragraph: Hi"
        ]
    );
    assert_eq!(
        html("<head><title>T</title><p>no end of head"),
        ["title: T", "paragraph: no end of head"]
    );
}

#[test]
fn attributes_that_are_copy_stand_beside_the_text() {
    assert_eq!(
        html("<p>a <img src=x alt='A calm face'> b <a title=More aria-label='Read on' href=x>c</a></p>"),
        [
            "paragraph: a b c",
            "alt: A calm face",
            "tooltip: More",
            "tooltip: Read on"
        ]
    );
    assert_eq!(
        html("<input type=submit value='Buy it'><input value=no><input type=hidden value='No no'>"),
        ["button: Buy it"]
    );
}

#[test]
fn buttons_captions_and_fold_outs_have_their_kinds() {
    let text = "<a class='btn-lg' href=x>Book</a><button>Go</button><select><option>One<option>Two</select>\
                <figure><figcaption>Week 6</figcaption></figure><details><summary>Safe?</summary>Yes</details>";
    assert_eq!(
        html(text),
        [
            "button: Book",
            "button: Go",
            "button: One",
            "button: Two",
            "caption: Week 6",
            "heading: Safe?",
            "paragraph: Yes"
        ]
    );
}

#[test]
fn headings_open_sections_and_quotations_are_marked() {
    let document = read(
        "a.html",
        "<p>a</p><h2>b<br>c</h2><p>d</p><blockquote>e</blockquote><div class='review-card'><p>f</p></div>\
         <p class=get-quote>g</p>",
    );
    let seen: Vec<_> = document
        .blocks
        .iter()
        .map(|block| (block.prose.text(), block.section, block.quoted))
        .collect();
    assert_eq!(
        seen,
        [
            ("a", 0, false),
            ("b c", 1, false),
            ("d", 1, false),
            ("e", 1, true),
            ("f", 1, true),
            ("g", 1, false)
        ]
    );
    assert_eq!(document.blocks[1].kind, BlockKind::Heading(2));
}

fn leads(text: &str) -> Vec<(String, Option<u32>)> {
    let document = read("a.html", text);
    let blocks = document.blocks.iter();
    blocks
        .map(|block| (block.prose.text().to_owned(), block.lead_in))
        .collect()
}

fn lead(text: &str, lead_in: Option<u32>) -> (String, Option<u32>) {
    (text.to_owned(), lead_in)
}

#[test]
fn items_and_cells_know_what_leads_into_them() {
    assert_eq!(
        leads("<p>Treats:<ul><li>a<ul><li>b</ul><li>c</ul><dl><dt>d<dd>e</dl>"),
        [
            lead("Treats:", None),
            lead("a", Some(0)),
            lead("b", Some(1)),
            lead("c", Some(0)),
            lead("d", Some(0)),
            lead("e", Some(4))
        ]
    );
    assert_eq!(
        leads("<table><tr><th>A<th>B<tr><td>c<td>d</table>"),
        [
            lead("A", None),
            lead("B", None),
            lead("c", Some(0)),
            lead("d", Some(1))
        ]
    );
}

#[test]
fn a_line_break_starts_a_block_of_the_same_kind() {
    assert_eq!(
        html("<ul><li>a<br>b</ul>c<br/>d"),
        ["list: a", "list: b", "paragraph: c", "paragraph: d"]
    );
    assert_eq!(
        html(
            "<p>Not intended to<br>cure <a href=x>any<br>disease</a>.<br><br>twice<br/><b>Dose</b><br>two a day</p>"
        ),
        [
            "paragraph: Not intended to cure any disease.",
            "paragraph: twice",
            "heading: Dose",
            "paragraph: two a day"
        ]
    );
}

#[test]
fn links_stay_with_their_words_where_a_break_ends_a_block() {
    let document = read(
        "a.html",
        "<p><a href=a>One.</a><br>Two <a href=b>three.<br>Four</a> five<sup>6</sup></p>",
    );
    let seen: Vec<_> = document
        .blocks
        .iter()
        .map(|block| {
            let links = block
                .links
                .iter()
                .map(|link| (link.span.range(), link.target.as_str()));
            (block.prose.text(), links.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("One.", vec![(0..4, "a")]),
            ("Two three.", vec![(4..10, "b")]),
            ("Four five", vec![(0..4, "b"), (9..9, "footnote:6")]),
        ]
    );
}

#[test]
fn a_menu_is_no_sentence() {
    for between in ["", " ", "\n  ", " | ", " &middot; "] {
        let menu =
            ["PRP", "Laser Face Resurfacing", "Acne Scars"].map(|name| format!("<a href=x>{name}</a>"));
        assert_eq!(
            html(&format!("<div>{}</div>", menu.join(between))),
            [
                "paragraph: PRP",
                "paragraph: Laser Face Resurfacing",
                "paragraph: Acne Scars"
            ]
        );
    }
    for whole in [
        "<a href=x>Our tea</a> <a href=x>eases</a> <a href=x>colds</a>",
        "<a href=x>Laser</a> <a href=x>For Acne</a>",
        "See <a href=x>PRP</a> <a href=x>Laser</a> <a href=x>Peels</a>",
    ] {
        assert_eq!(html(&format!("<div>{whole}</div>")).len(), 1, "{whole}");
    }
}

#[test]
fn links_and_footnote_marks() {
    let document = read(
        "a.html",
        "<p>See <a href='/x'>our tea </a>for sleep<sup><a href='#fn1'>1</a></sup>, calm<sup>2</sup>, 10<sup>6</sup></p>",
    );
    let block = &document.blocks[0];
    assert_eq!(block.prose.text(), "See our tea for sleep, calm, 106");
    let link = |start, end, target: &str| Link {
        span: Span::new(start, end),
        target: target.to_owned(),
    };
    assert_eq!(
        block.links,
        [
            link(4, 11, "/x"),
            link(21, 21, "footnote:fn1"),
            link(27, 27, "footnote:2")
        ]
    );
}

#[test]
fn template_syntax_is_no_copy() {
    assert_eq!(
        html("{% if a > b %}<p>Our {{ name | upcase }} helps{# no #}</p>{% endif %}<p>{{ all }}</p><% no %>"),
        ["paragraph: Our \u{fffc} helps"]
    );
}

#[test]
fn directives_point_at_the_next_block() {
    let document = read(
        "a.html",
        "<p>a</p><!-- caveat-allow x: y --><p>b <!-- caveat-allow z: w --> c</p>",
    );
    let seen: Vec<_> = document
        .directives
        .iter()
        .map(|directive| (directive.text.as_str(), directive.before))
        .collect();
    assert_eq!(seen, [("caveat-allow x: y", 1), ("caveat-allow z: w", 2)]);
    assert_eq!(
        document.file.slice(document.directives[0].span),
        "<!-- caveat-allow x: y -->"
    );
    assert!(
        read(
            "a.html",
            "<p>&lt;!-- caveat-allow x: y --&gt; <!-- see caveat-allow --></p>"
        )
        .directives
        .is_empty()
    );
}

#[test]
fn carriage_returns_and_cut_off_tags_do_no_harm() {
    assert_eq!(
        html("<p>a\r\nb</p>\r\n<p>c <div"),
        ["paragraph: a b", "paragraph: c"]
    );
    assert_eq!(html("<p>a</p><img alt='x"), ["paragraph: a"]);
    assert_eq!(html("5 < 6 and a</b></i>b"), ["paragraph: 5 < 6 and ab"]);
}

#[test]
fn a_tag_may_have_attributes_without_end() {
    let many = 40_000;
    for unit in ["a=\"b\" ", "a='>'", "a = \"\"/"] {
        let text = format!("<p {}>end</p>", unit.repeat(many));
        let read = std::thread::spawn(move || html(&text));
        assert_eq!(read.join().unwrap(), ["paragraph: end"]);
    }
}

#[test]
fn deep_nesting_and_stray_tags_cost_no_more_than_their_length() {
    let many = 100_000;
    for unit in [
        "<div>",
        "<ul><li>",
        "</p>",
        "<b>",
        "<a href=x>",
        "<table><tr><td>",
        "<p>",
        "{{ ",
        "&",
    ] {
        let text = format!("{}end</x>", unit.repeat(many));
        assert!(
            read("a.html", &text)
                .blocks
                .iter()
                .any(|block| block.prose.text().ends_with("end"))
        );
    }
}
