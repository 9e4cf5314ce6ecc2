//! Tests of what a page says beside its text: drawings, frames, fields, linked data, and what stands for scripts.

use super::html;
use crate::extract::testing::read;

#[test]
fn blocks_without_contents_say_what_their_data_says() {
    let text = "<!-- wp:acf/hero {\"name\":\"acf/hero\",\"data\":{\"heading\":\"Calm \\\"tea\\\"\",\"text\":\"Rest well.\"}} /-->\
                <!-- wp:paragraph {\"placeholder\":\"No no\"} --><p>One</p><!-- /wp:paragraph --><!-- wp:spacer {\"height\":\"9px\"} /-->";
    assert_eq!(
        html(text),
        ["paragraph: One", "heading: Calm \"tea\"", "paragraph: Rest well."]
    );
    let document = crate::extract::testing::read("a.html", text);
    let prose = &document.blocks[1].prose;
    assert_eq!(prose.origin(prose.span()).slice(text), "Calm \\\"tea\\\"");
}

#[test]
fn drawings_frames_and_fields_say_something() {
    assert_eq!(
        html(
            "<p>Call <svg><title>A phone</title><desc>It rings</desc><text><tspan>Calm</tspan><tspan>tea</tspan></text>\
             <g>no</g></svg> us</p><iframe title='A map'>no</iframe><input placeholder='Your name'><textarea \
             placeholder='Your note'>Calm tea for me</textarea><link title=no><text>More</text>"
        ),
        [
            "paragraph: Call us",
            "alt: A phone",
            "alt: It rings",
            "paragraph: Calm tea",
            "tooltip: A map",
            "paragraph: More",
            "tooltip: Your name",
            "tooltip: Your note",
            "paragraph: Calm tea for me"
        ]
    );
}

#[test]
fn what_stands_for_scripts_is_copy() {
    let text = "<head><title>T</title><noscript><link rel=x><style>no</style></noscript><meta name=description content=Calm></head>\
                <p>One</p><noscript><p>Two <b>three</b></p><img alt=Four></noscript><div hidden><noscript>no</noscript></div>Five";
    assert_eq!(
        html(text),
        [
            "title: T",
            "meta: Calm",
            "paragraph: One",
            "paragraph: Two three",
            "alt: Four",
            "paragraph: Five"
        ]
    );
}

#[test]
fn linked_data_is_copy_beside_the_page() {
    let text = "<p>One</p>{{ x }}<script type=\"application/ld+json\">{\"@type\": \"FAQPage\", \"name\": \"Tea {{ y }}\", \
                \"mainEntity\": [{\"@type\": \"Question\", \"name\": \"Is it \\\"calm\\\"?\", \"acceptedAnswer\": {\"text\": \
                \"<p>It is.</p>\"}}], \"url\": \"https://a.example/no\", \"review\": {\"reviewBody\": \"Calm at last\"}}</script>\
                <script>track({\"url\": \"no no\"})</script>";
    assert_eq!(
        html(text),
        [
            "paragraph: One",
            "meta: Tea \u{fffc}",
            "meta: Is it \"calm\"?",
            "meta: It is.",
            "meta: Calm at last"
        ]
    );
    let document = read("a.html", text);
    let prose = &document.blocks[2].prose;
    assert_eq!(prose.origin(prose.span()).slice(text), "Is it \\\"calm\\\"?");
    assert!(document.blocks[4].quoted && !document.blocks[3].quoted);
    assert_eq!(
        html(
            "<script type=application/ld+json>{\"a\": {{ b | json }}, \"description\": \"Calm tea\"}</script>"
        ),
        ["meta: Calm tea"]
    );
    // one that is broken says what stands before the mistake
    assert_eq!(
        html("<script type=application/ld+json>{\"description\": \"Calm tea\", no</script>"),
        ["meta: Calm tea"]
    );
}
