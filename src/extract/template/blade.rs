//! Owns the directives of Blade: `@if (…)`, `@section('title', '…')`, `@endsection`.

use super::Reader;
use super::code;
use super::frame::Mode;
use super::lexer::{Family, Lexer, Token};
use crate::extract::mask::Mask;
use std::ops::Range;

/// Directives without brackets, beside those that begin with `end` or `else`; any other word with a sign before it is a
/// name of somebody.
const ALONE: [&str; 14] = [
    "csrf",
    "php",
    "show",
    "stop",
    "parent",
    "default",
    "break",
    "continue",
    "empty",
    "auth",
    "guest",
    "production",
    "once",
    "overwrite",
];

impl Reader<'_> {
    /// The directive at `at`.
    pub(super) fn directive(&mut self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')) {
            return None;
        }
        let rest = self.rest(at + 1);
        if rest.starts_with("{{") || rest.starts_with("{!!") {
            let end = self.after(if rest.starts_with("{{") { "}}" } else { "!!}" }, at)?;
            return Some(self.hide(at..end, Mask::Value));
        }
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = rest.get(..length).filter(|name| !name.is_empty())?;
        let after = rest.get(length..)?;
        let space = after.len() - after.trim_start_matches(' ').len();
        let open = at + 1 + length + space;
        let called = after
            .get(space..)?
            .starts_with('(')
            .then(|| self.brackets(open))
            .flatten();
        match (name, called) {
            ("php", None) => self.block(at, "@endphp"),
            ("verbatim", None) => self.block_raw(at, "@endverbatim"),
            (_, Some(end)) => {
                let mut found = code::read(self.text, at..end, Family::Tag, Mode::Still);
                found.prints = matches!(name, "lang" | "choice" | "yield");
                Some(self.show(at..end, found))
            }
            _ if ALONE.contains(&name) || name.starts_with("end") || name.starts_with("else") => {
                let mask = if name.starts_with("else") {
                    Mask::Space
                } else {
                    Mask::Tag
                };
                Some(self.hide(at..at + 1 + length, mask))
            }
            _ => None,
        }
    }

    /// Where the brackets that open at `at` end.
    fn brackets(&mut self, at: usize) -> Option<usize> {
        let reach = self.text.floor_char_boundary(at + LONGEST.min(self.patience));
        let mut lexer = Lexer::new(self.text, at..reach, Family::Script);
        let mut depth = 0_usize;
        while let Some((token, range)) = lexer.next() {
            match token {
                Token::Mark("(" | "[" | "{") => depth += 1,
                Token::Mark(")" | "]" | "}") => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(range.end);
            }
        }
        self.patience = self.patience.saturating_sub(reach - at);
        None
    }

    /// Code between two directives.
    fn block(&mut self, at: usize, close: &'static str) -> Option<usize> {
        let end = self.after(close, at)?;
        let found = code::read(self.text, at + 4..end - close.len(), Family::Php, Mode::Still);
        Some(self.show(at..end, found))
    }

    /// Text between two directives in which no tag counts.
    fn block_raw(&mut self, at: usize, close: &'static str) -> Option<usize> {
        let end = self.after(close, at)?;
        let open: Range<usize> = at..at + 1 + "verbatim".len();
        self.hide(open, Mask::Tag);
        Some(self.hide(end - close.len()..end, Mask::Tag))
    }
}

/// The longest brackets of a directive, in bytes.
const LONGEST: usize = 1 << 14;
