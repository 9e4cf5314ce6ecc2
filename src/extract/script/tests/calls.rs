//! Tests of strings that are handed to functions, in both directions.

use super::{jsx, markup};
use crate::extract::Keys;
use crate::extract::testing::shown;
use crate::source::SourceFile;
use std::sync::Arc;

#[test]
fn functions_that_show_a_string_are_known_by_name() {
    for code in [
        "alert('Calm tea')",
        "if (!window.confirm(\"Calm tea\")) go();",
        "toast('Calm tea', { id: 'no no' })",
        "this.$toast.success(`Calm tea`)",
        "toast.error('Calm tea')",
        "const [lead, setLead] = useState('Calm tea');",
        "const lead = ref('Calm tea');",
        "let lead = $state('Calm tea');",
        "const lead = $derived(ok ? 'Calm tea' : '');",
        "export const lead = writable('Calm tea');",
        "setMessage('Calm tea')",
        "el.textContent = 'Calm tea';",
        "el.innerText += 'Calm tea';",
        "el.insertAdjacentHTML('beforeend', '<p>Calm tea</p>')",
        "el.append('Calm tea')",
        "$('#a b').text('Calm tea')",
        "document.write('<p>Calm tea</p>')",
    ] {
        assert_eq!(shown("a.js", code), ["paragraph: Calm tea"], "{code}");
    }
    assert_eq!(
        shown("a.ts", "document.title = 'Calm tea';"),
        ["heading: Calm tea"]
    );
    assert_eq!(shown("a.ts", "setTitle('Calm tea');"), ["heading: Calm tea"]);
    assert_eq!(
        shown(
            "a.ts",
            "el.setAttribute('aria-label', 'Calm tea'); $(b).attr(\"title\", `Rest well`)"
        ),
        ["tooltip: Calm tea", "tooltip: Rest well"]
    );
}

#[test]
fn elements_may_be_made_by_calls() {
    assert_eq!(
        shown(
            "a.ts",
            "export default () => h('div', { class: 'no no' }, [h('h2', 'Calm tea'), h(Card, { title: 'Rest' }, 'Sleep well')]);\n\
             React.createElement('p', null, 'Warm cup')"
        ),
        [
            "paragraph: Calm tea",
            "paragraph: Sleep well",
            "list: Rest",
            "paragraph: Warm cup"
        ]
    );
}

#[test]
fn what_programs_say_to_each_other_is_no_copy() {
    for code in [
        "console.log('A calm tea.')",
        "logger.info('A calm tea.')",
        "throw new Error('A calm tea.')",
        "invariant(ok, 'A calm tea.')",
        "setError('A calm tea.')",
        "document.querySelector('main .calm tea')",
        "res.setHeader('Cache-Control', 'no-store, must-revalidate')",
        "localStorage.setItem('calm tea', 'a b c')",
        "el.setAttribute('class', 'Calm tea')",
        "el.setAttribute('data-id', 'Calm tea')",
        "setStatus('calm tea')",
        "useState('loading')",
        "const url = ref('calm tea');",
        "t('home.title')",
        "track('Calm tea')",
        "db.query('SELECT a b FROM c d')",
        "z.string().min(3, 'A calm tea.')",
        "el.style.background = 'calm tea';",
        "el.className += ' calm tea';",
    ] {
        assert_eq!(shown("a.ts", code), [""; 0], "{code}");
    }
}

#[test]
fn a_project_has_the_last_word_on_its_functions() {
    let keys = |copy: &[&str], other: &[&str]| {
        let of = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        Keys::new(&of(copy), &of(other))
    };
    let read = |keys: &Keys| {
        let file = Arc::new(SourceFile::new("a.ts", "boast('Calm tea'); alert('Rest well');"));
        let blocks = super::super::extract(&file, keys).document.blocks;
        blocks
            .iter()
            .map(|block| block.prose.text().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(read(&keys(&[], &[])), ["Rest well"]);
    assert_eq!(read(&keys(&["boast"], &["alert"])), ["Calm tea"]);
}

#[test]
fn what_is_done_when_something_happens_is_code() {
    assert_eq!(
        markup(
            "<div><button onClick={() => alert('Calm tea')} onFocus={() => go('Some words here.')}>Buy</button></div>"
        ),
        ["paragraph: Calm tea", "button: Buy"]
    );
    assert_eq!(
        shown(
            "a.vue",
            "<template><p><i @click=\"open = true; alert('Calm tea')\" @blur=\"go('Some words here.')\">Buy</i></p></template>"
        ),
        ["paragraph: Calm tea", "paragraph: Buy"]
    );
}

#[test]
fn bound_attributes_break_no_sentence() {
    assert_eq!(
        shown(
            "a.vue",
            "<template><p>Our <b :title=\"'A tip'\" :class=\"x\">tea</b> helps.</p><li v-for=\"a in ['Calm tea']\">{{ a }}</li>\
             <i v-tooltip=\"'Rest well'\" v-if=\"a === 'no no'\"></i></template>"
        ),
        [
            "paragraph: Our tea helps.",
            "tooltip: A tip",
            "list: Calm tea",
            "tooltip: Rest well"
        ]
    );
}

#[test]
fn attributes_for_scripts_are_known_by_their_names() {
    assert_eq!(
        markup(
            "<div data-caption=\"Calm tea\" data-bs-title={`Rest well`} data-id=\"no no no\" data-ga-label=\"No no\" data-name=\"No no\">\
             <select><option label=\"One\" /></select><x-card heading=\"Two\" slot=\"no no\" /></div>"
        ),
        [
            "heading: Rest well",
            "caption: Calm tea",
            "paragraph: One",
            "heading: Two"
        ]
    );
}

#[test]
fn what_is_put_into_a_template_may_be_copy() {
    assert_eq!(
        shown(
            "a.js",
            "const html = `<ul>${items.map((i) => `<li>${i.a} is a calm tea</li>`).join('')}${ok ? 'It rests you.' : 'no no'}</ul>`;\n\
             const b = css`a { b: ${c ? 'It is no copy.' : 'no no no'} }`; console.log(`a ${d('It is no copy.')}`);\n\
             go('<b class=\"a b c\" id=\"d\">'); document.addEventListener('click', () => alert('Rest well'));"
        ),
        [
            "list: \u{fffc} is a calm tea",
            "paragraph: It rests you.",
            "paragraph: Rest well"
        ]
    );
}

#[test]
fn a_file_of_english_texts_is_shown() {
    let text = "export default { a: 'Calm tea', b: { c: 'Rest well' }, d: 'e' };";
    assert_eq!(
        shown("src/locales/en.ts", text),
        ["paragraph: Calm tea", "paragraph: Rest well"]
    );
    assert_eq!(shown("src/data/en.ts", text), [""; 0]);
}

#[test]
fn texts_that_a_program_keeps_are_shown() {
    assert_eq!(
        jsx("window.shop = { strings: { soldOut: 'Back in spring' }, settings: { soldOut: 'no no' } };"),
        ["paragraph: Back in spring"]
    );
}
