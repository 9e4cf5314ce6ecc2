//! Owns letters that look like others: ligatures, wide and mathematical forms, and letters of other scripts within
//! Latin words.

/// The plain letters of a ligature, or of a wide or mathematical form; nothing for any other character.
pub(super) fn plain_form(c: char) -> Option<&'static str> {
    const ASCII: &str =
        "!\"#$%&'()*+,-./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_'abcdefghijklmnopqrstuvwxyz{|}~";
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    let one = |text: &'static str, at: u32| text.get(at as usize..at as usize + 1);
    match c {
        'ﬀ' => Some("ff"),
        'ﬁ' => Some("fi"),
        'ﬂ' => Some("fl"),
        'ﬃ' => Some("ffi"),
        'ﬄ' => Some("ffl"),
        'ﬅ' | 'ﬆ' => Some("st"),
        '！'..='～' => one(ASCII, c as u32 - '！' as u32),
        // thirteen alphabets, capitals before small letters
        '\u{1d400}'..='\u{1d6a3}' => one(LETTERS, (c as u32 - 0x1d400) % 26),
        _ => None,
    }
}

/// The Latin letter that a letter of another script looks like, in lower case.
pub(super) const fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'А' | 'α' | 'Α' => "a",
        'В' | 'Β' => "b",
        'с' | 'С' | 'ϲ' | 'Ϲ' => "c",
        'ԁ' => "d",
        'е' | 'Е' | 'Ε' => "e",
        'һ' | 'Н' | 'Η' => "h",
        'і' | 'І' | 'ι' | 'Ι' => "i",
        'ј' | 'Ј' => "j",
        'К' | 'Κ' => "k",
        'ӏ' | 'Ӏ' => "l",
        'М' | 'Μ' => "m",
        'Ν' => "n",
        'о' | 'О' | 'ο' | 'Ο' => "o",
        'р' | 'Р' | 'ρ' | 'Ρ' => "p",
        'ԛ' => "q",
        'ѕ' | 'Ѕ' => "s",
        'Т' | 'Τ' => "t",
        'υ' => "u",
        'ν' => "v",
        'ԝ' => "w",
        'х' | 'Х' | 'Χ' => "x",
        'у' | 'У' | 'Υ' => "y",
        'Ζ' => "z",
        _ => return None,
    })
}

/// So far is looked for a Latin letter in a word, on either side.
const REACH: usize = 32;

/// Whether the word around the character at `at`, which takes `len` bytes, has Latin letters.
pub(super) fn in_latin_word(text: &str, at: usize, len: usize) -> bool {
    let before = text[..at].chars().rev();
    let after = text[at + len..].chars();
    let latin = |c: char| is_latin(c);
    let word = |c: &char| c.is_alphabetic() || super::fold::vanishes(*c);
    before.take(REACH).take_while(word).any(latin) || after.take(REACH).take_while(word).any(latin)
}

/// Whether a letter is a Latin one, or folds to one.
fn is_latin(c: char) -> bool {
    let range = matches!(c,
        '\0'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{212a}' | '\u{212b}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a722}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff21}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d6a3}');
    range && c.is_alphabetic()
}
