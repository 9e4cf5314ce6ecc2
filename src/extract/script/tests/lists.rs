//! Tests of lists that a script keeps under a name, each with a literal.

use crate::extract::testing::{read, shown};

/// Each block of a file with what leads into it.
fn leads(name: &str, text: &str) -> Vec<String> {
    shown(name, text);
    let document = read(name, text);
    let text = |at: u32| document.blocks[at as usize].prose.text();
    let said = document.blocks.iter().map(|block| match block.lead_in {
        Some(lead) => format!("{} > {}", text(lead), block.prose.text()),
        None => block.prose.text().to_owned(),
    });
    said.collect()
}

const HELPED: [&str; 4] = [
    "Helps with",
    "Helps with > Dry skin",
    "Helps with > Tired feet",
    "Rest well",
];

#[test]
fn a_list_stands_where_its_name_is_shown() {
    for (name, text) in [
        (
            "a.tsx",
            "const ills: string[] = ['Dry skin', 'Tired feet'];\nexport default () => <><List title=\"Helps with\" items={ills} /><p>Rest \
             well</p></>;\n",
        ),
        (
            "a.jsx",
            "const ills = ['Dry skin', 'Tired feet'];\nexport default () => <main><List items={ills} title=\"Helps with\" /><p>Rest \
             well</p></main>;\n",
        ),
        (
            "a.jsx",
            "function A() {\n  const ills = ['Dry skin', 'Tired feet'];\n  return <div><h2>Helps with</h2><ul>{ills\n    .slice(0, 2)\n    \
             .map((ill) => <li key={ill}>{ill}</li>)}</ul><p>Rest well</p></div>;\n}\n",
        ),
        (
            "a.jsx",
            "const copy = { ills: [{ name: 'Dry skin' }, { name: 'Tired feet' }] };\nexport default () => <div><h2>Helps \
             with</h2>{copy.ills.map((ill) => <Tag key={ill.name} {...ill} />)}<p>Rest well</p></div>;\n",
        ),
        (
            "a.astro",
            "---\nconst ills = ['Dry skin', 'Tired feet'];\n---\n<h2>Helps with</h2><ul>{ills.map((ill) => <li>{ill}</li>)}</ul><p>Rest \
             well</p>\n",
        ),
        (
            "a.svelte",
            "<h2>Helps with</h2>{#each ills as ill}<li>{ill}</li>{/each}<p>Rest well</p>\n<script>const ills = ['Dry skin', 'Tired \
             feet'];</script>\n",
        ),
        (
            "a.vue",
            "<template><div><h2>Helps with</h2><ul><li v-for=\"(ill, n) in ills\" :key=\"n\">{{ ill }}</li></ul><p>Rest \
             well</p></div></template>\n<script>\nexport default { data() { return { ills: ['Dry skin', 'Tired feet'] } } }\n</script>\n",
        ),
        (
            "a.vue",
            "<script setup>\nconst ills = ['Dry skin', 'Tired feet'];\n</script>\n<template><div><List title=\"Helps with\" :items=\"ills\" \
             /><p>Rest well</p></div></template>\n",
        ),
        (
            "a.mdx",
            "export const ills = ['Dry skin', 'Tired feet']\n\n## Helps with\n\n{ills.map((ill) => <li>{ill}</li>)}\n\nRest well\n",
        ),
    ] {
        let told: Vec<String> = leads(name, text)
            .into_iter()
            .filter(|told| !told.contains('\u{fffc}'))
            .collect();
        assert_eq!(told, HELPED, "{name}: {text}");
    }
}

#[test]
fn a_list_that_nothing_shows_stands_at_the_end() {
    let text = "export const benefits = ['Dry skin', 'Tired feet'];\nexport const faqs = [{ question: 'Is it calm?', answer: 'Yes' }];\n";
    assert_eq!(
        leads("a.ts", text),
        ["Dry skin", "Tired feet", "Is it calm?", "Yes"]
    );
    let used = format!("{text}use(benefits);\n");
    assert_eq!(
        leads("a.ts", &used),
        ["Is it calm?", "Yes", "Dry skin", "Tired feet"]
    );
    // for short words under a name that nobody knows only the page can vouch
    assert!(leads("a.ts", &used.replace("benefits", "ills")).len() == 2);
}

#[test]
fn a_heading_leads_into_the_list_beside_it_wherever_it_stands() {
    let text = "export default { items: ['Dry skin', 'Tired feet'], title: 'Helps with' };\n";
    assert_eq!(leads("a.ts", text), HELPED[..3]);
}

#[test]
fn comments_stand_before_what_follows_them_in_the_file() {
    let text = "// caveat-allow a/b: one\nconst ills = ['Dry skin', 'Tired feet'];\nconst all = [\n  { title: 'One' },\n  // caveat-allow c/d: \
                two\n  { title: 'Two' },\n];\nexport default () => <div><h2>Helps with</h2>{ills.map((ill) => <li>{ill}</li>)}</div>;\n";
    let document = read("a.jsx", text);
    let next: Vec<&str> = document
        .directives
        .iter()
        .map(|directive| document.blocks[directive.before as usize].prose.text())
        .collect();
    assert_eq!(next, ["Dry skin", "Two"]);
}
