//! Tests of reading YAML, each with a literal.

use super::*;

fn read(text: &str) -> Node {
    parse_yaml(text, 0).unwrap()
}

fn wrong(text: &str) -> Vec<String> {
    let mistakes = parse_yaml(text, 0).unwrap_err();
    mistakes
        .iter()
        .map(|mistake| format!("{}: {}", mistake.span.start, mistake.message))
        .collect()
}

fn raw<'a>(node: &Node, text: &'a str) -> &'a str {
    node.span.slice(text)
}

#[test]
fn scalars_resolve_by_the_core_schema() {
    let text = "[~, null, true, FALSE, 12, -1.5e3, 0x1f, .5, 2024-05-01, '12', yes, 1.2.3, e5, .]";
    let kinds: Vec<&str> = read(text).list().unwrap().iter().map(Node::kind).collect();
    let (nothing, bool, number, words) = ("nothing", "a yes or no", "a number", "text");
    assert_eq!(
        kinds,
        [
            nothing, nothing, bool, bool, number, number, number, number, words, words, words, words, words,
            words
        ]
    );
}

#[test]
fn spans_hold_scalars_with_their_quotes() {
    let text = "é: \"a \\\" b\"   # c'é\n'q': 'it''s'  \nplain: two\n   lines\nlast: é\n";
    let node = read(text);
    let slices: Vec<&str> = ["é", "q", "plain", "last"]
        .iter()
        .map(|key| raw(node.get(key).unwrap(), text))
        .collect();
    assert_eq!(slices, ["\"a \\\" b\"", "'it''s'", "two\n   lines", "é"]);
    assert_eq!(raw(&node, text).trim_end(), text.trim_end());
}

#[test]
fn block_scalars_hold_their_content() {
    let text = "a:\n  b: |\n    é one\n    two\n  c: >-\n    three\n\n    four\nd: 1\n";
    let node = read(text);
    let a = node.get("a").unwrap();
    assert_eq!(raw(a.get("b").unwrap(), text), "é one\n    two\n");
    assert_eq!(a.get("b").unwrap().text(), Some("é one\ntwo\n"));
    assert_eq!(raw(a.get("c").unwrap(), text), "three\n\n    four\n");
}

#[test]
fn collections_have_spans() {
    let text = "a: {x: [1, 2], y: 3}  # c\nb:\n  - 1\n  - p: q\n\n# end\nc:\n";
    let node = read(text);
    assert_eq!(raw(node.get("a").unwrap(), text), "{x: [1, 2], y: 3}");
    assert_eq!(raw(node.get("b").unwrap(), text), "- 1\n  - p: q");
    assert_eq!(node.get("c").unwrap().value, Value::Null);
    assert_eq!(raw(node.get("c").unwrap(), text), "c");
}

#[test]
fn json_is_read_with_tabs_and_surrogates() {
    let text = "{\n\t\"a\": \"\\ud83d\\ude00 x\",\n\t\"b\":[1,true,null,\"é\"],\n\t\"c\\\\\": {}\n}\n";
    let node = read(text);
    assert_eq!(node.get("a").unwrap().text(), Some("😀 x"));
    assert_eq!(raw(node.get("a").unwrap(), text), "\"\\ud83d\\ude00 x\"");
    assert_eq!(raw(&node.get("b").unwrap().list().unwrap()[3], text), "\"é\"");
    assert_eq!(raw(&node, text), text.trim_end());
}

#[test]
fn an_empty_document_is_nothing() {
    for text in ["", "\n", "# note\n", "---\n", "\u{feff}"] {
        assert_eq!(read(text).value, Value::Null, "{text:?}");
    }
}

#[test]
fn spans_count_from_the_base_and_over_a_mark() {
    let text = "\u{feff}a: b\n";
    let node = parse_yaml(text, 10).unwrap();
    assert_eq!(node.get("a").unwrap().span, Span::new(16, 17));
}

#[test]
fn several_mistakes_are_all_told() {
    let found = wrong("a: 1\na: 2\nb: &x 3\nc: *x\nd: !foo 4\nb: 5\n");
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found[0].starts_with("5: The key `a` stands twice"), "{found:?}");
    assert!(wrong("a: [1\n")[0].contains("not YAML"));
    assert!(wrong("a: 1\n---\nb: 2\n")[0].contains("second document"));
    assert!(wrong("? [a]\n: 1\n")[0].contains("as a key"));
    assert!(wrong("a\0")[0].contains("zero byte"));
    assert!(wrong(&"[".repeat(100_000))[0].contains("deeper than 64"));
    assert!(wrong(&"a: {".repeat(1000))[0].contains("deeper than 64"));
    assert!(wrong(&"- ".repeat(1000))[0].contains("deeper than 64"));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[-a-c0-1:,\\[\\]{}\"'|>&*!%@#?\\\\ \n\r\té~.<u\u{feff}]{0,40}") {
        check_spans(&text);
    }
}

fn check_spans(text: &str) {
    let Ok(node) = parse_yaml(text, 0) else { return };
    let mut left = vec![&node];
    while let Some(node) = left.pop() {
        assert!(text.get(node.span.range()).is_some(), "{text:?} {node:?}");
        match &node.value {
            Value::List(items) => left.extend(items),
            Value::Map(entries) => left.extend(entries.iter().map(|entry| &entry.node)),
            _ => {}
        }
    }
}
