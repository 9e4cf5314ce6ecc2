//! Tests of the code in a page: scripts, data for them, and attributes whose values are code.

use super::html;
use crate::extract::testing::read;

/// Where each block stands, as the source has it.
fn places(text: &str) -> Vec<String> {
    let document = read("a.html", text);
    let place =
        |block: &crate::document::Block| block.prose.origin(block.prose.span()).slice(text).to_owned();
    document.blocks.iter().map(place).collect()
}

#[test]
fn scripts_are_read_as_files_of_their_own() {
    let text = "<p>One</p><script>// no\nconst faqs = [{ question: 'Is it calm?', answer: 'It\\u2019s calm.' }];\n\
                document.querySelector('#a b').innerHTML = `<b>Two</b> ${x} cups`; console.log('A calm tea.');</script>\
                <script type=module>export const lead = \"Three words here.\"</script>";
    assert_eq!(
        html(text),
        [
            "paragraph: One",
            "heading: Is it calm?",
            "paragraph: It’s calm.",
            "paragraph: Two \u{fffc} cups",
            "paragraph: Three words here."
        ]
    );
    assert_eq!(
        places(text),
        [
            "One",
            "Is it calm?",
            "It\\u2019s calm.",
            "Two</b> ${x} cups",
            "Three words here."
        ]
    );
    let sections = read("a.html", text);
    assert!(sections.blocks.iter().all(|block| block.section == 0));
}

#[test]
fn data_for_scripts_and_what_they_fill_in_are_copy() {
    assert_eq!(
        html(
            "<p>One</p><script type=application/json>{\"title\": \"Two\", \"url\": \"no no\", \"text\": \"One\"}</script>\
             <script type=text/x-template><p>Three <b>{{ x }}</b></p></script><template><p>no</p></template>\
             <script type=importmap>{\"text\": \"No no\"}</script><script type=text/babel>const a = <p>Five</p>;</script>"
        ),
        [
            "paragraph: One",
            "heading: Two",
            "paragraph: Three \u{fffc}",
            "paragraph: Five"
        ]
    );
}

#[test]
fn what_a_program_wrote_once_more_is_read_once() {
    assert_eq!(
        html(
            "<p>Calm tea for you.</p><script>var state = { text: 'Calm tea for you.', lead: 'Rest well.' }</script>\
             <script>self.__next_f.push([1, 'Some text of it all.'])</script>"
        ),
        ["paragraph: Calm tea for you.", "paragraph: Rest well."]
    );
    let made = format!(
        "<p>One</p><script>var text = 'Two of it.';{}</script>",
        "a=b(c);".repeat(1000)
    );
    assert_eq!(html(&made), ["paragraph: One"]);
}

#[test]
fn comments_in_scripts_address_caveat() {
    let text = "<p>One</p><script>\n// caveat-allow a/b: two\nvar text = 'Two of it.';</script><p>Three</p>";
    let document = read("a.html", text);
    let directive = &document.directives[0];
    assert_eq!(
        (directive.text.as_str(), directive.before),
        ("caveat-allow a/b: two", 1)
    );
    assert!(directive.span.slice(text).starts_with("// caveat-allow"));
}

#[test]
fn attributes_may_hold_code() {
    let text = "<p>Our <b x-data=\"{ open: false, text: 'It&rsquo;s calm' }\" x-init=\"open = 'no no'; text = 'Rest well'\" :class=\"'no no'\" \
                :title=\"'A tip'\" v-text=\"'More text'\" x-show=\"a == 'no no'\" x-model='text' onclick=\"alert('Buy now'); go('Some \
                words here.')\">tea</b> helps.</p><li x-for=\"a in ['First one']\">";
    assert_eq!(
        html(text),
        [
            "paragraph: Our tea helps.",
            "paragraph: It’s calm",
            "paragraph: Rest well",
            "tooltip: A tip",
            "paragraph: More text",
            "paragraph: Buy now",
            "list: First one"
        ]
    );
    assert_eq!(places(text)[1], "It&rsquo;s calm");
}

#[test]
fn attributes_for_scripts_and_components_are_known_by_their_names() {
    assert_eq!(
        html(
            "<div data-caption='One cup' data-id='no no' data-content='#no-no' data-track-title='No no' data-name='No no'>\
             <shop-card heading='Two' slot='no no' class='no no'></shop-card><optgroup label='Three'></optgroup><p label='no no'>\
             <b aria-description='Four' hx-confirm='Five' data-label-added='Seven' data-label-id='no no'></b>\
             <iframe srcdoc='<p>Eight &amp;amp; nine</p>'></iframe></div><meta property='og:image:alt' content='Six'>"
        ),
        [
            "caption: One cup",
            "heading: Two",
            "paragraph: Three",
            "tooltip: Four",
            "tooltip: Five",
            "paragraph: Seven",
            "paragraph: Eight & nine",
            "alt: Six"
        ]
    );
}
