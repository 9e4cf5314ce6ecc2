//! Owns the mapping from a decoded scalar back to its bytes in the file.

use super::Node;
use super::yaml::surrogates;
use crate::text::{Derived, Prose, Source, Span};

/// The text of a scalar as prose that knows its source, byte for byte where the source says it plainly.
/// `source` is the whole file. `None` for what is not text.
pub fn align(node: &Node, source: &str) -> Option<Derived<Prose, Source>> {
    let text = node.text()?;
    let raw = node.span.slice(source);
    let walk = |style, open: usize, close: usize| {
        let inner = raw.get(open..raw.len().checked_sub(close)?)?;
        let mut walk = Walk::new(text, inner, node.span.start + open as u32, style);
        walk.run().then_some(walk.out)
    };
    let quoted = |quote: &str, style| {
        let wide = raw.len() >= 2 * quote.len() && raw.starts_with(quote) && raw.ends_with(quote);
        wide.then(|| walk(style, quote.len(), quote.len())).flatten()
    };
    // A block scalar may begin with a quote too: a reading counts when text and source end together.
    let whole = quoted("\"", Style::Double)
        .or_else(|| quoted("'", Style::Single))
        .or_else(|| quoted("\"\"\"", Style::Double))
        .or_else(|| quoted("'''", Style::Plain))
        .or_else(|| quoted("'", Style::Plain));
    if let Some(whole) = whole {
        return Some(whole);
    }
    let mut walk = Walk::new(text, raw, node.span.start, Style::Plain);
    if !walk.run() {
        walk.rest();
    }
    Some(walk.out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// No escapes.
    Plain,
    /// `''` is a quote.
    Single,
    /// Backslashes escape.
    Double,
}

/// A walk over decoded text and raw source together.
struct Walk<'a> {
    text: &'a str,
    raw: &'a str,
    /// Where `raw` stands in the file.
    base: u32,
    style: Style,
    /// Bytes of `text` done.
    done: usize,
    /// Bytes of `raw` read.
    read: usize,
    out: Derived<Prose, Source>,
}

impl<'a> Walk<'a> {
    const fn new(text: &'a str, raw: &'a str, base: u32, style: Style) -> Self {
        Self {
            text,
            raw,
            base,
            style,
            done: 0,
            read: 0,
            out: Derived::new(),
        }
    }

    /// Walks to the end; `false` where text and source fall out of step.
    fn run(&mut self) -> bool {
        while self.done < self.text.len() || self.read < self.raw.len() {
            if !self.step() {
                return false;
            }
        }
        true
    }

    fn step(&mut self) -> bool {
        let raw = &self.raw[self.read..];
        let text = &self.text[self.done..];
        let blanks = raw.len() - raw.trim_start_matches(BLANKS).len();
        if raw[..blanks].contains(['\n', '\r']) {
            self.fold_lines(blanks);
            return true;
        }
        if self.style == Style::Single && raw.starts_with("''") {
            return text.starts_with('\'') && self.take(1, 2);
        }
        if self.style == Style::Double && raw.starts_with('\\') {
            return self.escape();
        }
        let same = same_run(text, raw, self.style, blanks > 0);
        if same > 0 {
            self.out
                .push_verbatim(&text[..same], self.base + self.read as u32);
            self.done += same;
            self.read += same;
            return true;
        }
        if raw.is_empty() {
            // A clipped block scalar at the end of the file has a line end that the file lacks.
            return text.trim_matches(BLANKS).is_empty() && self.take(text.len(), 0);
        }
        // Blanks at the end of a folded scalar's line may be gone; leading line ends may be none of the source.
        let lead = text.len() - text.trim_start_matches('\n').len();
        if blanks > 0 {
            return self.take(0, blanks);
        }
        lead > 0 && self.take(lead, 0)
    }

    /// Blanks with a line end among them stand for whatever blanks the text has here.
    fn fold_lines(&mut self, blanks: usize) {
        let raw = &self.raw[self.read..];
        let text = &self.text[self.done..];
        let mut len = text.len() - text.trim_start_matches(BLANKS).len();
        if self.style == Style::Double && raw[blanks..].starts_with('\\') {
            // The blanks after the fold may be those of an escape.
            let ends = line_ends(&raw[..blanks]);
            len = len.min(ends.saturating_sub(1).max(1));
        }
        self.take(len, blanks);
    }

    fn escape(&mut self) -> bool {
        let raw = &self.raw[self.read..];
        let text = &self.text[self.done..];
        let after = &raw[1..];
        let blanks = after.len() - after.trim_start_matches(BLANKS).len();
        // TOML allows blanks before the line end; in YAML they would be an escaped blank.
        let blank = after.starts_with([' ', '\t']) && text.starts_with([' ', '\t']);
        let ends = line_ends(&after[..blanks]);
        if ends > 0 && !blank {
            let lines = text.len() - text.trim_start_matches('\n').len();
            return self.take(if lines < ends - 1 { 0 } else { ends - 1 }, 1 + blanks);
        }
        let Some((c, len)) = unescape(raw) else {
            return false;
        };
        text.starts_with(c) && self.take(c.len_utf8(), len)
    }

    /// Takes bytes of the text for bytes of the source, as one.
    fn take(&mut self, text: usize, raw: usize) -> bool {
        let start = self.base + self.read as u32;
        let piece = &self.text[self.done..self.done + text];
        self.out.push_atomic(piece, Span::new(start, start + raw as u32));
        self.done += text;
        self.read += raw;
        true
    }

    /// What is left, as one.
    fn rest(&mut self) {
        self.take(self.text.len() - self.done, self.raw.len() - self.read);
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

fn line_ends(blanks: &str) -> usize {
    blanks.matches('\r').count() + blanks.matches('\n').count() - blanks.matches("\r\n").count()
}

/// How many leading bytes are the same, up to an escape or to white space (which may belong to a fold).
fn same_run(text: &str, raw: &str, style: Style, blank: bool) -> usize {
    let mut len = 0;
    for (left, right) in text.chars().zip(raw.chars()) {
        let stop = left != right
            || BLANKS.contains(&right) != blank
            || (style == Style::Double && right == '\\')
            || (style == Style::Single && right == '\'');
        if stop {
            break;
        }
        len += right.len_utf8();
    }
    len
}

/// The character that the escape at the start of `raw` stands for, and the escape's length.
fn unescape(raw: &str) -> Option<(char, usize)> {
    if let Some(c) = surrogates(raw) {
        return Some((c, 12));
    }
    let letter = raw[1..].chars().next()?;
    let hex = |len: usize| {
        let code = u32::from_str_radix(raw.get(2..2 + len)?, 16).ok()?;
        Some((char::from_u32(code)?, 2 + len))
    };
    let c = match letter {
        'x' => return hex(2),
        'u' => return hex(4),
        'U' => return hex(8),
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        ' ' | '\t' | '"' | '/' | '\\' => letter,
        _ => return None,
    };
    Some((c, 1 + letter.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Value, parse_toml, parse_yaml};
    use crate::text::RunKind;
    use proptest::prelude::*;

    fn each_text(node: &Node, visit: &mut impl FnMut(&Node)) {
        match &node.value {
            Value::Text(_) => visit(node),
            Value::List(items) => items.iter().for_each(|item| each_text(item, visit)),
            Value::Map(entries) => entries.iter().for_each(|entry| each_text(&entry.node, visit)),
            _ => {}
        }
    }

    fn check(node: &Node, source: &str) {
        each_text(node, &mut |node| {
            let prose = align(node, source).unwrap();
            assert_eq!(Some(prose.text()), node.text());
            for run in prose.runs() {
                let raw = source.get(run.from.range()).expect("on character boundaries");
                assert!(node.span.contains(run.from), "{source:?} {prose:?}");
                if run.kind == RunKind::Verbatim {
                    assert_eq!(run.to.slice(prose.text()), raw, "{source:?}");
                }
            }
        });
    }

    /// Where a word of the first value under `k` comes from, in its line.
    fn origin<'a>(source: &'a str, toml: bool, word: &str) -> &'a str {
        let node = if toml {
            parse_toml(source, 0)
        } else {
            parse_yaml(source, 0)
        }
        .unwrap();
        check(&node, source);
        let prose = align(node.get("k").unwrap(), source).unwrap();
        let at = prose
            .text()
            .find(word)
            .unwrap_or_else(|| panic!("{word} in {prose:?}"));
        prose.origin(Span::of(at..at + word.len())).slice(source)
    }

    #[test]
    fn words_lead_back() {
        for (source, word, raw) in [
            ("k: plain é one\n   cures it\n", "cures", "cures"),
            ("k: plain é one\n\n   cures it\n", "one\ncures", "one\n\n   cures"),
            (r#"k: "a \"b\" \u00e9 x cures""#, "cures", "cures"),
            (
                r#"{"k": "a\nb \ud83d\ude00 cures"}"#,
                "😀 cures",
                r"\ud83d\ude00 cures",
            ),
            (r#"k: "tab\tcures""#, "\tcures", r"\tcures"),
            ("k: 'it''s cures'", "'s", "''s"),
            ("k: \"a\\\n   b cures\"", "ab", "a\\\n   b"),
            ("k: \"a\n   \\n b cures\"", "\n b", "\\n b"),
            ("k: |\n  one\n    two é\n  cures\n", "cures", "cures"),
            ("k: |\n  one\n    two é\n  cures\n", "one\n  two", "one\n    two"),
            ("k: >-\n\n  one\n  two\n\n  cures", "two\ncures", "two\n\n  cures"),
            ("k: |\n  \"quoted\" cures \"x\"\n", "cures", "cures"),
            ("k: >\r\n  one\r\n  two cures\r\n", "two cures", "two cures"),
        ] {
            assert_eq!(origin(source, false, word), raw, "{source:?}");
        }
        for (source, word, raw) in [
            ("k = \"a \\\"cures\\\" \\u00e9 x\"", "\" é", "\\\" \\u00e9"),
            ("k = 'C:\\cures'", "\\cures", "\\cures"),
            (
                "k = \"\"\"\none \\\n   two cures\n\"\"\"",
                "two cures",
                "two cures",
            ),
            ("k = '''\nit''s \\n cures'''", "\\n cures", "\\n cures"),
        ] {
            assert_eq!(origin(source, true, word), raw, "{source:?}");
        }
    }

    #[test]
    fn out_of_step_is_one_whole() {
        let node = Node {
            span: Span::new(1, 6),
            value: Value::Text("ab XY".into()),
        };
        let prose = align(&node, "[ab cd]").unwrap();
        assert_eq!(prose.origin(Span::new(0, 2)), Span::new(1, 3));
        assert_eq!(prose.origin(Span::new(4, 5)), Span::new(4, 6));
    }

    proptest! {
        #[test]
        fn yaml_scalars_lead_back(text in r#"(k: |k: "|k: '|k: [|>]-?\n  )([a é'"\\\n\r\tn#:x0-]|\n  |\\u00e9|''){0,16}["']?\n?"#) {
            if let Ok(node) = parse_yaml(&text, 0) {
                check(&node, &text);
            }
        }

        #[test]
        fn double_quoted_words_lead_back(words in proptest::collection::vec("(a|é|\\\\n|\\\\\"|\\\\x41| |\n +|\\\\\n +)", 0..10)) {
            let text = format!("k: \"{}cures\"", words.concat());
            if let Ok(node) = parse_yaml(&text, 0) {
                check(&node, &text);
                prop_assert_eq!(origin(&text, false, "cures"), "cures");
            }
        }

        #[test]
        fn toml_scalars_lead_back(text in "k = (\"|'|\"\"\"|''')([a é'\"\\\\\ntu]|\\\\u00e9|\\\\\n  ){0,16}(\"|'|\"\"\"|''')") {
            if let Ok(node) = parse_toml(&text, 0) {
                check(&node, &text);
            }
        }
    }
}
