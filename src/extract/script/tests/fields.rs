//! Tests of what stands written in fields, and of texts of which one is shown.

use crate::extract::testing::shown;

#[test]
fn what_stands_written_in_a_field_is_read() {
    let text = "export default () => <form><textarea defaultValue=\"Calm tea for me\" /><input defaultValue={'Rest for me'} />\
                <input type=\"hidden\" value=\"no no no\" /><input value={'no no no'} type=\"radio\" />\
                <input type=\"reset\" value=\"Start\" /><input type=\"submit\" value={a ? 'Go' : 'Go on'} /></form>;\n";
    assert_eq!(
        shown("a.jsx", text),
        [
            "paragraph: Calm tea for me",
            "paragraph: Rest for me",
            "button: Start",
            "button: Go",
            "button: Go on"
        ]
    );
    let text = "<template><input :value=\"'Go on'\" type=\"submit\"><input type=\"hidden\" :value=\"'no no no'\">\
                <textarea>Calm tea for me</textarea><textarea :value=\"`Rest for me.`\" /></template>";
    assert_eq!(
        shown("a.vue", text),
        [
            "button: Go on",
            "paragraph: Calm tea for me",
            "paragraph: Rest for me."
        ]
    );
}

#[test]
fn texts_of_which_one_is_shown_do_not_touch() {
    let text = "export default () => <p>{a ? <b>Calm.</b> : <i>Rest.</i>}</p>;\n";
    assert_eq!(shown("a.jsx", text), ["paragraph: Calm. Rest."]);
    let text = "<p>{#if a}Calm.{:else}Rest.{/if}</p>";
    assert_eq!(shown("a.svelte", text), ["paragraph: Calm. Rest."]);
}

#[test]
fn what_a_page_says_of_itself_may_be_an_expression() {
    let text = "export default () => <Head><meta name=\"description\" content={'Rest well.'} /><meta property=\"og:title\" \
                content={`Calm tea`} /><meta name=\"viewport\" content={'no no no'} /></Head>;\n\
                export const metadata = { title: { template: '%s | Calm tea', default: 'Rest' }, openGraph: { siteName: 'Calm' } };\n";
    assert_eq!(
        shown("a.tsx", text),
        [
            "meta: Rest well.",
            "title: Calm tea",
            "title: %s | Calm tea",
            "title: Rest",
            "paragraph: Calm"
        ]
    );
}

#[test]
fn keys_that_are_written_for_readers_vouch_for_short_strings() {
    let text = "const specs = { 'Best for': 'quiet evenings', 'hero.lead': 'calm tea', best: 'no no', 'max-age': 'no no' };\n";
    assert_eq!(
        shown("a.ts", text),
        ["paragraph: quiet evenings", "paragraph: calm tea"]
    );
}

#[test]
fn strings_of_an_enumeration_are_copy_where_they_are_sentences() {
    let text = "enum Copy { Lead = 'Rest well tonight.', Kind = 'no no' }\n";
    assert_eq!(shown("a.ts", text), ["paragraph: Rest well tonight."]);
}

#[test]
fn components_that_read_markdown_are_handed_markdown() {
    let text = "export default () => <ReactMarkdown>{`## Calm tea\n\nRest *well*.`}</ReactMarkdown>;\n";
    assert_eq!(
        shown("a.jsx", text),
        ["heading: Calm tea", "paragraph: Rest well."]
    );
}

#[test]
fn scripts_of_components_may_hold_markup() {
    let text = "<script lang=\"tsx\">\nexport default () => <p title=\"A tip\">Rest well.</p>;\n</script>\n";
    assert_eq!(shown("a.vue", text), ["paragraph: Rest well.", "tooltip: A tip"]);
}

#[test]
fn what_an_action_is_handed_and_what_scripts_find_in_attributes() {
    let text = "<p use:tippy={{ content: 'Calm tea' }} data-done=\"Rest well tonight.\" data-kind=\"no no no\">One</p>";
    assert_eq!(
        shown("a.svelte", text),
        [
            "paragraph: Calm tea",
            "paragraph: One",
            "paragraph: Rest well tonight."
        ]
    );
}
