//! Owns what a string looks like: prose, or what only programs read.

/// Whether there is a letter in it at all.
pub(super) fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Whether a string under a key of copy is copy: a word is enough, an address or a date is none.
pub(super) fn is_text(text: &str) -> bool {
    let text = text.trim();
    if !has_letters(text) || is_date(text) {
        return false;
    }
    if text.contains(char::is_whitespace) {
        return !is_class_list(text) && !is_script(text);
    }
    let address = text.contains("://") || text.contains('@') || text.starts_with(['/', '#', '.', '{', '$']);
    let inner = text.trim_end_matches(|c: char| c.is_ascii_punctuation());
    let named = inner.contains(['_', '/', '\\', ':']) && !text.starts_with('<');
    !(address || named || is_file(text) || is_dotted(inner))
}

/// Whether a string under the key of a name is one that people read: several words, or one with a capital.
pub(super) fn is_name(text: &str) -> bool {
    is_text(text) && text.contains(|c: char| c.is_whitespace() || c.is_uppercase()) && !is_joined(text.trim())
}

/// Whether it is several words written as one: `orderId`.
fn is_joined(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a string under a key that nobody knows is prose: several plain words, or one with a capital in a list.
pub(super) fn is_prose(text: &str, listed: bool) -> bool {
    let text = text.trim();
    if !has_letters(text) || is_date(text) || is_code(text) {
        return false;
    }
    if text.contains(char::is_whitespace) {
        return !is_class_list(text) && is_mostly_words(text);
    }
    let plain =
        |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '!' | '?' | '.' | '&' | '®' | '™');
    listed && text.starts_with(char::is_uppercase) && text.chars().all(plain) && !is_file(text)
}

/// Whether it is a whole sentence of running text.
pub(super) fn is_running(text: &str) -> bool {
    const SENTENCE: usize = 8;
    let text = text.trim();
    let whole = text.starts_with(char::is_uppercase) && text.ends_with(['.', '!', '?', '…']);
    whole && text.split_whitespace().take(SENTENCE).count() == SENTENCE && is_prose(text, false)
}

/// Words of a text, by their look.
#[derive(Default)]
struct Words {
    plain: usize,
    /// Two with a slash between them.
    paired: usize,
    /// All that have letters.
    lettered: usize,
}

/// Whether two words or more, and half of what has letters, are plain words. Tags are no words.
fn is_mostly_words(text: &str) -> bool {
    let mut words = Words::default();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        words.count(rest.get(..open).unwrap_or_default());
        let tag = rest.get(open..).unwrap_or_default();
        let inside = tag.get(1..).unwrap_or_default();
        let opens = inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let end = tag.find('>').filter(|_| opens).map_or(1, |end| end + 1);
        rest = tag.get(end..).unwrap_or_default();
    }
    words.count(rest);
    let sum = words.plain + words.paired;
    words.plain > 0 && sum >= 2 && sum * 2 >= words.lettered
}

impl Words {
    fn count(&mut self, text: &str) {
        for written in text.split_whitespace().filter(|word| has_letters(word)) {
            let word = written.trim_matches(|c: char| !c.is_alphanumeric());
            self.lettered += 1;
            match word.split_once('/') {
                None => self.plain += usize::from(is_plain(word)),
                Some((one, other)) => {
                    let pair = is_plain(one) && is_plain(other) && !written.starts_with('/');
                    self.paired += usize::from(pair);
                }
            }
        }
    }
}

fn is_plain(word: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
    word.chars().all(letters) && (word.chars().nth(1).is_some() || matches!(word, "a" | "I"))
}

/// Whether it is a date or time.
fn is_date(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .filter(u8::is_ascii_alphabetic)
            .all(|byte| matches!(byte, b'T' | b'Z' | b'U' | b'C' | b'G' | b'M' | b'a' | b'p' | b'm'))
}

/// Whether it is the name of a file.
fn is_file(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether it is small words with dots between them, as the keys of translations are.
fn is_dotted(text: &str) -> bool {
    let small = |part: &str| part.starts_with(|c: char| c.is_ascii_lowercase());
    text.contains('.') && text.split('.').all(small)
}

/// Whether it holds what only programs say.
fn is_code(text: &str) -> bool {
    const SIGNS: [&str; 11] = [
        "=>",
        "();",
        "&&",
        "||",
        "===",
        "){",
        ") {",
        ")(",
        "function(",
        "#{",
        "::",
    ];
    SIGNS.iter().any(|sign| text.contains(sign)) || (text.ends_with(';') && text.contains(':'))
}

/// Whether it is code whatever stands beside it: scripts put scripts into pages.
fn is_script(text: &str) -> bool {
    ["();", "function(", ";var "]
        .iter()
        .any(|sign| text.contains(sign))
}

/// Whether it is a list of classes such as `px-4 md:flex` or `btn btn-primary`.
fn is_class_list(text: &str) -> bool {
    let name =
        |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b':' | b'/' | b'_' | b'[' | b']' | b'.');
    if !text.split_whitespace().all(|word| word.bytes().all(name)) {
        return false;
    }
    let words = || text.split_whitespace();
    let marked = |word: &&str| {
        let tail = word.rsplit('-').next().unwrap_or_default();
        word.contains(':') || (tail.len() < word.len() && tail.starts_with(|c: char| c.is_ascii_digit()))
    };
    let hyphened = words().filter(|word| word.contains('-')).count();
    let varied = words().zip(words().skip(1)).any(|(word, next)| {
        next.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(['-', '_']))
    });
    words().filter(marked).count() > 1 || varied || (hyphened >= 2 && hyphened * 2 >= words().count())
}
