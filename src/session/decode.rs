//! Owns decoding bytes of any encoding, with the place of each character in them.

use crate::text::Offsets;
use encoding_rs::{Encoding, UTF_8};

/// Room for what one byte may finish.
const ROOM: usize = 32;

/// Decodes bytes; what the encoding does not know becomes U+FFFD. A byte order mark is a character.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> (String, Offsets) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = Decoded::default();
    let mut room = [0; ROOM];
    let (mut at, mut open) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        // in most encodings letters of ASCII stand for themselves, but within another character
        let plain = if open == at && (encoding.is_ascii_compatible() || encoding == UTF_8) {
            Encoding::ascii_valid_up_to(rest)
        } else {
            0
        };
        if plain > 0 {
            out.ascii(rest.get(..plain).unwrap_or_default(), at);
            at += plain;
            open = at;
            continue;
        }
        let last = rest.len() == 1;
        let (_, _, written, _) = decoder.decode_to_utf8(rest.get(..1).unwrap_or_default(), &mut room, last);
        at += 1;
        if written > 0 {
            out.characters(room.get(..written).unwrap_or_default(), open, at);
            open = at;
        }
    }
    (out.text, out.offsets)
}

#[derive(Default)]
struct Decoded {
    text: String,
    offsets: Offsets,
}

impl Decoded {
    fn ascii(&mut self, bytes: &[u8], stored: usize) {
        let text = String::from_utf8_lossy(bytes);
        self.offsets.push(self.text.len() as u32, 1, stored as u32, 1);
        self.text.push_str(&text);
    }

    /// Adds what the bytes from `open` to `end` say; each character but the last takes one of them.
    fn characters(&mut self, utf8: &[u8], open: usize, end: usize) {
        let said = String::from_utf8_lossy(utf8);
        let count = said.chars().count();
        for (n, c) in said.chars().enumerate() {
            let start = (open + n).min(end);
            let stop = if n + 1 == count { end } else { (start + 1).min(end) };
            let at = self.text.len() as u32;
            self.offsets
                .push(at, c.len_utf8() as u32, start as u32, (stop - start) as u32);
            self.text.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use encoding_rs::{
        BIG5, EUC_JP, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252,
    };
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    proptest! {
        #[test]
        fn any_text_leads_to_its_bytes(pieces in vec(select(&["tea ", "caf\u{e9}", "\n", "茶", "\u{1f375}", "\u{feff}", "\u{301}"][..]), 0..30)) {
            let text = pieces.concat();
            prop_assert_eq!(check(&utf16(&text, true), UTF_16LE), text.as_str());
            prop_assert_eq!(check(&utf16(&text, false), UTF_16BE), text.as_str());
            prop_assert_eq!(check(&GB18030.encode(&text).0, GB18030), text.as_str());
        }
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    /// Every character of the text leads to bytes that decode to it alone.
    fn check(bytes: &[u8], encoding: &'static Encoding) -> String {
        let (text, offsets) = decode(bytes, encoding);
        for (at, c) in text.char_indices() {
            let stored = offsets.stored(Span::of(at..at + c.len_utf8()));
            let (alone, _) = encoding.decode_without_bom_handling(&bytes[stored.range()]);
            assert_eq!(alone, c.to_string(), "{at} of {text:?} in {}", encoding.name());
        }
        text
    }

    #[test]
    fn every_character_leads_to_its_bytes() {
        let text = "caf\u{e9} au lait \u{2013} 5\u{20ac}\r\n\u{201c}tea\u{201d}";
        let (bytes, _, _) = WINDOWS_1252.encode(text);
        assert_eq!(check(&bytes, WINDOWS_1252), text);
        let wide = "\u{feff}tea \u{1f375} caf\u{e9}\n茶 tea";
        assert_eq!(check(&utf16(wide, true), UTF_16LE), wide);
        assert_eq!(check(&utf16(wide, false), UTF_16BE), wide);
        for (text, encoding) in [
            ("お茶は tea です。", SHIFT_JIS),
            ("お茶は tea です。", EUC_JP),
            ("这是 tea 茶。", GB18030),
            ("這是 tea 茶。", BIG5),
            ("Чай tea ночью", WINDOWS_1251),
        ] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost);
            assert_eq!(check(&bytes, encoding), text);
        }
    }

    #[test]
    fn bytes_that_say_nothing_cost_nothing_else() {
        let (text, offsets) = decode(b"a\x81 b\x82", SHIFT_JIS);
        assert_eq!(text, "a\u{fffd} b\u{fffd}");
        assert_eq!(offsets.stored(Span::new(5, 6)), Span::new(3, 4));
        let (text, offsets) = decode(b"a\xc3(b\xff", UTF_8);
        assert_eq!(text, "a\u{fffd}(b\u{fffd}");
        assert_eq!(offsets.stored(Span::new(5, 6)), Span::new(3, 4));
        let (text, _) = decode(&ISO_2022_JP.encode("a茶b").0, ISO_2022_JP);
        assert_eq!(text, "a茶b");
        assert_eq!(decode(b"a", UTF_16LE).0, "\u{fffd}");
    }
}
