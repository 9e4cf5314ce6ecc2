//! Owns text in XML 1.0: markup escaped, line ends kept, and what the standard forbids shown by another character.

use super::escape::shown;
use std::fmt::{self, Display, Write};

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A text that may stand in an element or between double quotes.
pub(super) struct Xml<'a>(pub(super) &'a str);

impl Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&apos;")?,
                // A reader would make spaces of these in an attribute.
                '\t' => f.write_str("&#9;")?,
                '\n' => f.write_str("&#10;")?,
                '\r' => f.write_str("&#13;")?,
                '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                other => match shown(other) {
                    // Its brackets are markup here.
                    Some(shown) => f.write_str(&shown.replace('<', "&lt;").replace('>', "&gt;"))?,
                    None => f.write_char(other)?,
                },
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_read_back_or_shown() {
        let text: String = (0..=0x1_0ffff).filter_map(char::from_u32).collect();
        let written = format!("{HEAD}<a b=\"{0}\">{0}</a>", Xml(&text));
        let read = roxmltree::Document::parse(&written).unwrap();
        let back = read.root_element().attribute("b").unwrap();
        assert_eq!(read.root_element().text(), Some(back));
        assert!(back.contains("\t\n") && back.contains('\r') && back.contains('\u{1f37a}'));
        assert!(!back.contains(['\0', '\x1b', '\u{202e}', '\u{85}']));
    }
}
