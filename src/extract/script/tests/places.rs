//! Tests of the places in which scripts and components keep copy, each with a literal.

use crate::extract::testing::shown;

fn markup(name: &str, markup: &str) -> Vec<String> {
    shown(name, markup)
}

#[test]
fn what_stands_for_scripts_is_read() {
    let text = "export default () => <div><noscript>Calm tea</noscript></div>;\n";
    assert_eq!(shown("a.jsx", text), ["paragraph: Calm tea"]);
    assert_eq!(
        markup("a.vue", "<template><noscript>Calm tea</noscript></template>"),
        ["paragraph: Calm tea"]
    );
}

#[test]
fn attributes_that_are_the_contents_of_an_element_are_read() {
    assert_eq!(
        markup(
            "a.astro",
            "<p set:html=\"<b>Calm</b> tea\" /><p set:text=\"Rest well\" />"
        ),
        ["paragraph: Calm tea", "paragraph: Rest well"]
    );
    let text = "<template><p v-html=\"'<b>Calm</b> tea'\" /><p v-text=\"'Rest well'\" /><p v-if=\"a == 'no no no'\" /></template>";
    assert_eq!(
        markup("a.vue", text),
        ["paragraph: Calm tea", "paragraph: Rest well"]
    );
}

#[test]
fn sentences_that_are_handed_on_are_copy() {
    let text = "toast('Your calm tea is on its way to you.');\nrun('Calm tea');\nconsole.log('It went wrong here, and nobody knows why at all.');\n\
                const text = computed(() => `Calm tea for ${who}.`);\nconst rest = useMemo(() => 'Rest well tonight.', []);\n\
                const ids = rows.filter((row) => row.kind === 'no no no');\n";
    assert_eq!(
        shown("a.ts", text),
        [
            "paragraph: Your calm tea is on its way to you.",
            "paragraph: Calm tea for \u{fffc}.",
            "paragraph: Rest well tonight."
        ]
    );
}

#[test]
fn settings_of_a_site_are_copy_and_those_of_tools_are_none() {
    let text = "export default { title: 'Calm tea', description: 'Rest well.' };\n";
    for (name, count) in [
        ("app/app.config.ts", 2),
        ("nuxt.config.ts", 2),
        ("src/site.config.js", 2),
        ("tailwind.config.js", 0),
        ("next.config.mjs", 0),
        ("gulpfile.js", 0),
        ("src/next.ts", 2),
        ("src/content.tsx", 2),
    ] {
        assert_eq!(shown(name, text).len(), count, "{name}");
    }
}

#[test]
fn what_a_property_is_at_first_is_shown() {
    let text = "export default { props: { lead: { type: String, default: 'Calm tea for all of you.' } } };\n";
    assert_eq!(shown("a.js", text), ["paragraph: Calm tea for all of you."]);
    // what functions beside it hold is written before it is whole
    let text = "export default { title: 'Calm tea', data() { return { text: 'Rest well.' }; }, lead: 'Sleep all night.' };\n";
    assert_eq!(
        shown("a.js", text),
        [
            "paragraph: Rest well.",
            "heading: Calm tea",
            "paragraph: Sleep all night."
        ]
    );
}

#[test]
fn the_english_messages_of_a_component_are_read() {
    let text = "<template><p>{{ $t('a') }}</p></template>\n<i18n lang=\"json\">{ \"en\": { \"a\": \"Calm tea\" }, \"de\": { \"a\": \"Ruhiger \
                Tee\" } }</i18n>\n<i18n>\nen-GB:\n  b: Rest well\nfr:\n  b: Repos\n</i18n>\n";
    assert_eq!(
        shown("a.vue", text),
        ["paragraph: Calm tea", "paragraph: Rest well"]
    );
}
