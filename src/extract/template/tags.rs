//! Owns the tags of braces and per cent signs: where each ends, and whether it prints, steers or is a comment.

use super::bodies;
use super::code;
use super::frame::Mode;
use super::lexer::Family;
use super::{Reader, calls};
use crate::extract::mask::Mask;
use std::ops::Range;

/// Nothing longer is taken for one tag, but for code and comments.
const LONGEST: usize = 4096;

impl Reader<'_> {
    /// A tag that ends with `close`, if it is short and no blank line stands in it.
    fn short(&mut self, open: usize, close: &'static str, at: usize) -> Option<Range<usize>> {
        let end = self.after(close, at + open)?;
        let blank = self.after("\n\n", at).is_some_and(|blank| blank < end);
        (end - at <= LONGEST && !blank).then_some(at..end)
    }

    /// `{{ … }}` and its relatives.
    pub(super) fn braces(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let inner = rest.get(2..)?;
        let bare = inner.strip_prefix('-').unwrap_or(inner).trim_start_matches(' ');
        let comment = if inner.starts_with("!--") || inner.starts_with("--") {
            Some("--}}")
        } else if bare.starts_with("/*") {
            Some("*/")
        } else if inner.starts_with('!') && !inner.starts_with("!!") {
            Some("}}")
        } else {
            None
        };
        if let Some(close) = comment {
            return self.comment(at, close);
        }
        if inner.starts_with('<') || inner.starts_with('%') {
            return self.shortcode(at);
        }
        let mut tag = self.short(2, "}}", at)?;
        // `{{{ value }}}` closes with three braces
        if inner.starts_with('{') && self.rest(tag.end).starts_with('}') {
            tag.end += 1;
        }
        let code = tag.start + 2..tag.end - 2;
        let lead = self.text.get(code.clone())?;
        let bare = lead.trim_start_matches(['{', '&', '-', '~', ' ', '\n', '\t']);
        let code = code.end - bare.len()..code.end;
        let word = first_word(bare);
        // the settings of a `block` are no statement
        let field = bare.get(word.len()..).is_some_and(|rest| rest.starts_with('.'));
        let steering = bare.starts_with(['#', '/', '^', '>']) || calls::steers(word) && !field;
        let family = if self.dialect.blade {
            Family::Script
        } else {
            Family::Tag
        };
        Some(self.read(tag, code, family, steering))
    }

    /// Reads the code of a tag that steers, or prints.
    fn read(&mut self, tag: Range<usize>, code: Range<usize>, family: Family, steering: bool) -> usize {
        let mode = if steering { Mode::Still } else { Mode::Prints };
        let word = first_word(self.text.get(code.clone()).unwrap_or_default());
        let mut found = code::read(self.text, code, family, mode);
        found.prints = !steering;
        found.parts = steering && calls::parts(word);
        self.show(tag, found)
    }

    /// A comment that ends with `close`, however long.
    fn comment(&mut self, at: usize, close: &'static str) -> Option<usize> {
        let mut end = self.after(close, at + 2)?;
        if close == "*/" {
            let rest = self.rest(end);
            let braces = rest.trim_start_matches([' ', '-', '>', '%']).strip_prefix("}}")?;
            end += rest.len() - braces.len();
        }
        Some(self.hide(at..end, Mask::Tag))
    }

    /// `{{< name … >}}` and `{{% name … %}}`.
    fn shortcode(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let inner = rest.get(3..)?.trim_start();
        if inner.starts_with("/*") {
            return self.comment(at, "*/");
        }
        let tag = self.short(3, "}}", at)?;
        let name = first_word(inner);
        if let Some(body) = bodies::of(name)
            && let Some(end) = self.body(name, body, tag.clone())
        {
            return Some(end);
        }
        let code = tag.start + 3..tag.end - 2;
        let mut found = code::read(self.text, code, Family::Tag, Mode::Keeps);
        for kept in found.kept.iter_mut().filter(|kept| kept.path.is_empty()) {
            name.clone_into(&mut kept.path);
        }
        Some(self.show(tag, found))
    }

    /// `{% … %}`.
    pub(super) fn statement(&mut self, at: usize) -> Option<usize> {
        let end = self.after("%}", at + 2)?;
        let tag = at..end;
        if end - at > LONGEST {
            return None;
        }
        let inner = self.text.get(at + 2..end - 2)?;
        let bare = inner.trim_start_matches(['-', '+', ' ', '\n', '\t']);
        let name = first_word(bare);
        if let Some(body) = bodies::of(name)
            && let Some(end) = self.body(name, body, tag.clone())
        {
            return Some(end);
        }
        let code = end - 2 - bare.len()..end - 2;
        Some(self.read(tag, code, Family::Tag, true))
    }

    /// `<% … %>`.
    pub(super) fn embedded(&mut self, at: usize) -> Option<usize> {
        let inner = self.rest(at).get(2..)?;
        if inner.starts_with("--") {
            return self.comment(at, "--%>");
        }
        let end = self.after("%>", at + 2)?;
        let tag = at..end;
        if inner.starts_with(['#', '@', '%']) {
            return Some(self.hide(tag, Mask::Tag));
        }
        let code = self.text.get(at + 2..end - 2)?;
        let bare = code.trim_start_matches(['=', '-', ':', ' ', '\n', '\t']);
        let steering = !code.starts_with(['=', '-', ':']) || calls::steers(first_word(bare));
        let code = end - 2 - bare.len()..end - 2;
        Some(self.read(tag, code, Family::Script, steering))
    }

    /// `{# … #}`, `{!! … !!}` and `{: … }`.
    pub(super) fn other(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if rest.starts_with("{!!") {
            let tag = self.short(3, "!!}", at)?;
            let code = tag.start + 3..tag.end - 3;
            return Some(self.read(tag, code, Family::Script, false));
        }
        if rest.starts_with("{#") {
            let tag = if self.dialect.page {
                at..self.after("#}", at + 2)?
            } else {
                self.short(2, "#}", at)?
            };
            return Some(self.hide(tag, Mask::Tag));
        }
        if rest.starts_with("{::comment}") {
            let end = self.after("{:/", at)?;
            let end = self.after("}", end)?;
            return Some(self.hide(at..end, Mask::Tag));
        }
        let tag = if rest.starts_with("{:") {
            self.short(2, "}", at)?
        } else {
            return None;
        };
        Some(self.hide(tag, Mask::Tag))
    }

    /// `%% … %%`, within a paragraph or between two lines that are nothing else.
    pub(super) fn remark(&mut self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let alone = |rest: &str| rest.starts_with('\n') || rest.starts_with("\r\n") || rest.is_empty();
        let starts = before.is_empty() || before.ends_with(char::is_whitespace);
        if !starts {
            return None;
        }
        let line = before.is_empty() || before.ends_with('\n');
        let end = self.after("%%", at + 2)?;
        let block = line && alone(self.rest(at + 2)) && self.text.get(..end - 2)?.ends_with('\n');
        let tag = if block { at..end } else { self.short(2, "%%", at)? };
        Some(self.hide(tag, Mask::Tag))
    }
}

/// The letters at the start of a text.
fn first_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}
