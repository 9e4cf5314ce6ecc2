//! Tests of reading scripts and components, each with a literal.

mod calls;
mod fields;
mod lists;
mod places;

use crate::document::BlockKind;
use crate::extract::testing::{read, shown};
use crate::text::Span;

fn jsx(text: &str) -> Vec<String> {
    shown("a.jsx", text)
}

/// Blocks of a component whose markup is `markup`.
fn markup(markup: &str) -> Vec<String> {
    jsx(&format!("export default () => (\n  {markup}\n);\n"))
}

#[test]
fn text_is_joined_through_inline_elements_and_ends_at_blocks() {
    assert_eq!(
        markup(
            "<main><h1>Calm&nbsp;tea</h1><p>Our <b>tea</b> cu<em>res</em>\n    your {\" \"}caf&eacute; day.</p>After</main>"
        ),
        [
            "heading: Calm\u{a0}tea",
            "paragraph: Our tea cures your café day.",
            "paragraph: After"
        ]
    );
}

#[test]
fn a_phrase_over_tags_and_escapes_leads_back_to_the_file() {
    let text = "const text = 'It\\u2019s for\\ncolds' + \" and \" + name + `, too ${x}.`;\n";
    let document = read("a.ts", text);
    let prose = &document.blocks[0].prose;
    assert_eq!(prose.text(), "It’s for colds and \u{fffc}, too \u{fffc}.");
    let place = |from: u32, to: u32| prose.origin(Span::new(from, to)).slice(text);
    assert_eq!((place(2, 5), place(7, 16)), ("\\u2019", "for\\ncolds"));
    assert_eq!(place(16, 24), " and \" + name");
    assert_eq!(document.blocks[0].key.as_deref(), Some("text"));
}

#[test]
fn components_go_on_in_running_text_and_else_stand_alone() {
    assert_eq!(
        markup(
            "<div><p>See <Link to=\"/a\">our tea</Link> or <Tip>rest</Tip>.</p><Card>One</Card><Card>Two</Card><Text>Three</Text></div>"
        ),
        [
            "paragraph: See our tea or rest.",
            "paragraph: One",
            "paragraph: Two",
            "paragraph: Three"
        ]
    );
    let document = read("a.tsx", "const a = <p>See <Link href=\"/t\">our tea</Link></p>;");
    assert_eq!(document.blocks[0].links[0].target, "/t");
}

#[test]
fn values_are_opaque_and_markup_in_expressions_is_read() {
    assert_eq!(
        markup("<p>For {name} at {price.toFixed(2)} {/* no */}a box{count > 1 && <b>es</b>}</p>"),
        ["paragraph: For \u{fffc} at \u{fffc} a boxes"]
    );
    assert_eq!(
        markup(
            "<ul>{items.map((item) => <li key={item.id}>Good for {item.name}</li>)}{ok ? <li>Yes it is</li> : null}</ul>"
        ),
        ["list: Good for \u{fffc}", "list: Yes it is"]
    );
    assert_eq!(
        markup(
            "<div>{open ? \"Hide the whole list\" : \"Show the whole list\"}{state === \"very much open\" && <i>now</i>}</div>"
        ),
        [
            "paragraph: Hide the whole list",
            "paragraph: Show the whole list",
            "paragraph: \u{fffc}now"
        ]
    );
}

#[test]
fn attributes_that_are_shown() {
    assert_eq!(
        markup(
            "<div className=\"grid two wide\" data-x=\"no no no\" title=\"A tip\"><img src=\"/a b.png\" alt=\"A &amp; b\" />\
             <input placeholder=\"Your name\" name=\"first name\" /><Hero title=\"Calm tea\" subtitle={`For ${who}`} icon=\"leaf green\" \
             image=\"/big one.png\" cta=\"Buy now\" /></div>"
        ),
        [
            "tooltip: A tip",
            "alt: A & b",
            "tooltip: Your name",
            "heading: Calm tea",
            "paragraph: For \u{fffc}",
            "button: Buy now"
        ]
    );
}

#[test]
fn hidden_elements_styles_and_code_are_no_copy() {
    assert_eq!(
        markup(
            "<div><p hidden>no</p><p hidden={true}>no</p><p style={{ display: \"none\" }}>no</p><style>{`.a { b: c }`}</style>\
             <code>no</code><script>{`no()`}</script>yes</div>"
        ),
        ["paragraph: \u{fffc}yes"]
    );
}

#[test]
fn data_is_read_by_its_keys() {
    let document = read(
        "a.ts",
        "export const treatments: Treatment[] = [\n  {\n    id: 'no no', slug: \"a b\", title: \"Our tea helps with:\", icon: Leaf,\n    \
         points: [\"dry skin\", 'poor sleep'],\n    image: { src: \"/a b.png\", alt: \"A cup\" },\n    className: \"flex gap two\",\n  },\n  \
         { name: 'Green', description: `Picked\n      by hand.` },\n];\n",
    );
    let seen: Vec<_> = document
        .blocks
        .iter()
        .map(|block| (block.kind.scope(), block.prose.text(), block.lead_in))
        .collect();
    assert_eq!(
        seen,
        [
            ("heading", "Our tea helps with:", None),
            ("list", "dry skin", Some(0)),
            ("list", "poor sleep", Some(0)),
            ("alt", "A cup", None),
            ("heading", "Green", None),
            ("paragraph", "Picked by hand.", None),
        ]
    );
    assert_eq!(document.blocks[1].key.as_deref(), Some("treatments.0.points.0"));
}

#[test]
fn the_head_of_a_page_is_its_title_and_description() {
    let kinds = |text: &str| {
        let document = read("a.tsx", text);
        document
            .blocks
            .iter()
            .map(|block| block.kind.clone())
            .collect::<Vec<_>>()
    };
    let head = [BlockKind::Title, BlockKind::Meta];
    for text in [
        "export const metadata = { title: { default: \"Tea\" }, description: \"A calm tea\" };",
        "export const metadata: Metadata = { title: \"Tea\", description: \"A calm tea\", openGraph: { url: \"/a\" } };",
        "export async function generateMetadata({ params }) {\n  return { title: \"Tea\", description: \"A calm tea\" };\n}",
        "useHead({ title: \"Tea\", meta: [] });\nuseSeoMeta({ description: \"A calm tea\" });",
        "const a = <Helmet><title>Tea</title><meta name=\"description\" content=\"A calm tea\" /></Helmet>;",
    ] {
        assert_eq!(kinds(text), head, "{text}");
    }
}

#[test]
fn html_and_markdown_in_strings() {
    let text = "const a = <div dangerouslySetInnerHTML={{ __html: `<p>Our <b>tea</b> c&amp;c\\u2019s</p><p>Two</p>` }} />;\n";
    let document = read("a.jsx", text);
    assert_eq!(
        shown("a.jsx", text),
        ["paragraph: Our tea c&c’s", "paragraph: Two"]
    );
    let prose = &document.blocks[0].prose;
    assert_eq!(prose.origin(Span::new(4, 11)).slice(text), "tea</b> c&amp;c");
}

#[test]
fn programs_hold_no_copy() {
    let program = r##"
"use strict";
import { a, type B } from "./some thing.js";
export * from './Other Thing with words.js';
const path = require("node:path and more words.");
type Mode = "Very first mode." | "Second mode of it.";
interface Shape { kind: "Some long kind of it."; size: number }
enum State { Open = "It is open now.", Shut = "It is shut now." }
const query = gql`query All { users { id name } }`;
const style = css`color: red; margin: 0 auto;`;
const Box = styled.div`display: flex; padding: 1em;`;
const sql = "SELECT id, name FROM users WHERE id = ?";
function check(value) {
  if (value === "It is the very one.") throw new Error("The value is not of use.");
  console.log("Everything went well, so far.");
  logger.warn(`Value ${value} is not known to us.`);
  switch (value) { case "Another one of them.": return null; }
  const found = value.replace(/["'`]/g, "").match(/<b>it's/) / 2;
  return document.querySelector("#root .item a") ?? map["Some key of it."];
}
export const options = { method: "POST", mode: "cors", cache: "no-cache", key: "home.title", className: clsx("a b c") };
export const routes = [{ path: "/a/b", component: Home }, { path: "*" }];
const t1 = t("home.hero.title"), generic = <T,>(value: T) => value;
export const Radio = function <T>({ value }: Props<T>) { return value; };
export const KEYS = { TEXT: "text", names: ["alpha", "beta"], label: "flex-start" };
const RESERVED_WORDS = ["await", "break"];
items.filter((a) => a.x < 3 && a.y > 2).forEach((a) => emit("item:chosen", a));
"##;
    for name in ["a.ts", "a.mjs", "a.tsx"] {
        assert_eq!(shown(name, program), [""; 0], "{name}");
        assert!(read(name, program).directives.is_empty());
    }
}

#[test]
fn tests_stories_settings_and_bundles_hold_no_copy() {
    let copy = "export const title = \"Our tea is calm.\";\n";
    assert_eq!(shown("src/tea.ts", copy), ["heading: Our tea is calm."]);
    for name in [
        "tea.test.ts",
        "src/tea.spec.jsx",
        "Tea.stories.tsx",
        "next.config.mjs",
        "env.d.ts",
        "__tests__/tea.js",
        "gulpfile.js",
    ] {
        assert_eq!(shown(name, copy), [""; 0], "{name}");
    }
    let bundle = format!("{copy}{}", "a=b(c);".repeat(1000));
    assert_eq!(shown("app.js", &bundle), [""; 0]);
}

#[test]
fn comments_address_caveat_in_three_ways() {
    let text = "// caveat-allow a/b: one\nconst title = \"Calm tea\";\nconst b = <div>\n  {/* caveat-allow c/d: two */}\n  <p>Calm</p>\n  \
                /* no caveat-allow */\n</div>;\n/* caveat-allow e/f: three */\n";
    let document = read("a.jsx", text);
    let seen: Vec<_> = document
        .directives
        .iter()
        .map(|directive| (directive.text.as_str(), directive.before))
        .collect();
    assert_eq!(
        seen,
        [
            ("caveat-allow a/b: one", 0),
            ("caveat-allow c/d: two", 1),
            ("caveat-allow e/f: three", 3)
        ]
    );
}

#[test]
fn a_mistake_hides_no_other_copy() {
    for text in [
        "const title = \"Calm tea\";\nexport default () => <div><p>Rest well</div>;\n",
        "const a = [1, 2;\nconst title = \"Calm tea\";\nconst b = <p>Rest well</p>;\n",
        "<<<<<<< HEAD\nconst title = \"Calm tea\";\n=======\n>>>>>>> b\nconst b = <p>Rest well</p>;\n",
        "const a =\n<p\n{ title: \"Calm tea\" };\nconst b = <p>Rest well</p>;\n",
        "<p\nimport a from \"a\";\nconst title = \"Calm tea\";\nconst b = <p>Rest well</p>;\n",
        "const a = \"calm;\nconst title = \"Calm tea\";\nconst b = <p>Rest well</p>;\n",
    ] {
        assert_eq!(jsx(text), ["heading: Calm tea", "paragraph: Rest well"], "{text}");
    }
}

#[test]
fn what_does_not_end_is_told_once() {
    let told = |text: &str| {
        let file = std::sync::Arc::new(crate::source::SourceFile::new("a.jsx", text));
        super::extract(&file, &crate::extract::Keys::default())
            .tolerated
            .len()
    };
    assert_eq!(told("const a = { title: \"Calm tea\" };\n"), 0);
    assert_eq!(told("const a = { title: \"Calm tea\", b: [ (\n"), 1);
    for text in [
        "const a = `calm",
        "const a = \"calm\nconst b = 1;\n",
        "const a = 1; /* calm\n",
        "<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> b\n",
        "const a = () => <p>\n<<<<<<< HEAD\nRest\n=======\n>>>>>>> b\n</p>;\n",
        "const a = [<p { title: \"Calm tea\" }];\n",
    ] {
        assert_eq!(told(text), 1, "{text}");
    }
    for text in [
        "const a = 1; // calm",
        "const a = b << 2;\n",
        "const a = <A x:y=\"1\" data-b b.c on$ {...d} e />;\n",
    ] {
        assert_eq!(told(text), 0, "{text}");
    }
}

#[test]
fn deep_nesting_does_no_harm() {
    for unit in [
        "[\n",
        "{\n",
        "(\n",
        "<div>\n",
        "a = {a:\n",
        "`${\n",
        "<A b={\n",
        "<a>{\n",
        "a =>\n",
        "!\n",
        "+ 'a b c d'\n",
        "'\\\n",
    ] {
        read("a.tsx", &unit.repeat(30_000));
        read("a.ts", &unit.repeat(30_000));
    }
}

#[test]
fn pages_of_astro_are_a_script_and_markup() {
    let text = "---\nimport A from '../A.astro';\nconst title = \"Calm tea\";\n---\n<!doctype html>\n<!-- no -->\n<Base title={title} \
                description=\"A calm tea for you\">\n  <p>Our tea<br>cures {name}</p>\n  {items.map((item) => <li>It is {item}</li>)}\n  \
                <p set:html=\"<b>Rest</b> well\" />\n</Base>\n<style>p > a { color: red }</style>\n<script>const text = \"Press it now!\";</script>\n";
    assert_eq!(
        shown("a.astro", text),
        [
            "heading: Calm tea",
            "paragraph: A calm tea for you",
            "paragraph: Our tea cures \u{fffc}",
            "list: It is \u{fffc}",
            "paragraph: Rest well",
            "paragraph: Press it now!"
        ]
    );
}

#[test]
fn pages_of_svelte_have_blocks_and_values() {
    let text = "<script lang=\"ts\">\n  export let title = 'Calm tea';\n  let n: Array<string> = [];\n</script>\n\n\
                <svelte:head><title>Tea</title></svelte:head>\n{#if ok && n > 2}\n  <p class:on={n} on:click={() => go('a b c d')}>For {name}, \
                {@html rest} now</p>\n{:else}<p>Not now</p>{/if}\n{#each items as item, i (item.id)}<li>Good {item}</li>{/each}\n\
                <img {src} alt=\"A cup\">\n<style>p { color: red }</style>\n";
    assert_eq!(
        shown("a.svelte", text),
        [
            "heading: Calm tea",
            "title: Tea",
            "paragraph: For \u{fffc}, now",
            "paragraph: Not now",
            "list: Good \u{fffc}",
            "alt: A cup"
        ]
    );
}

#[test]
fn pages_of_vue_have_templates_and_bound_attributes() {
    let text = "<template>\n  <div>\n    <template v-if=\"a > b\"><h1>Calm {{ name | upper }} tea</h1></template>\n    <p v-else :class=\"{a: b}\">\
                {{ $t('a.b.c') }} { is no value }</p>\n    <Card :items=\"[{ title: 'Rest', text: 'Sleep all night' }]\" :alt=\"'A cup'\" \
                @click=\"go('Some words here.')\" title=\"Good\" />\n    <img :alt=\"'Red ' + kind\" />\n  </div>\n</template>\n\n\
                <script setup lang=\"ts\">\nconst faqs = [{ question: 'Is it calm?', answer: \"Yes\" }];\n</script>\n<i18n>{ \"a\": \"No text\" }</i18n>\n";
    assert_eq!(
        shown("a.vue", text),
        [
            "heading: Calm \u{fffc} tea",
            "paragraph: \u{fffc} { is no value }",
            "heading: Rest",
            "paragraph: Sleep all night",
            "alt: A cup",
            "heading: Good",
            "alt: Red \u{fffc}",
            "heading: Is it calm?",
            "paragraph: Yes"
        ]
    );
}
