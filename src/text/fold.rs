//! Owns folding: the form of prose that matching reads, in which case, typography and spacing do not differ.

use super::lookalike::{in_latin_word, latin, plain_form};
use super::spelled::{may_be_spelled, spelled};
use super::{Derived, Folded, Prose, Span, spaced_run};

/// Folds `prose` for matching: lower case; curly quotes and primes become `'` and `"`; dashes of every length
/// become `-` (a spaced, em or doubled dash becomes ` - `, a clause mark); the ellipsis becomes `...`;
/// no-break and other Unicode spaces, tabs and line ends become one space; soft hyphens and zero-width
/// characters vanish; ligatures, wide and mathematical letters become plain ones, and so do letters of other scripts
/// that look like Latin ones, within a Latin word; letters that one mark parts ("c-u-r-e-s") close up. Every span of the
/// result leads back to the prose.
pub fn fold(prose: &str) -> Derived<Folded, Prose> {
    let mut out = Derived::with_capacity(prose.len());
    fold_onto(prose, &mut out);
    out
}

/// Folds as [`fold`] does, and appends; what stands in `out` already has no say in it.
pub fn fold_onto(prose: &str, out: &mut Derived<Folded, Prose>) {
    let base = out.text().len();
    let bytes = prose.as_bytes();
    let mut at = 0;
    let mut apart = may_be_spelled(prose).then(|| spelled(prose, 0)).flatten();
    while at < bytes.len() {
        if let Some(letters) = apart.as_ref().filter(|letters| letters.start == at) {
            at = letters.end;
            for (from, letter) in letters.of(prose) {
                out.push_verbatim(letter.to_ascii_lowercase().encode_utf8(&mut [0; 4]), from as u32);
            }
            apart = spelled(prose, at);
            continue;
        }
        let until = apart.as_ref().map_or(bytes.len(), |letters| letters.start);
        let plain = spaced_run(&bytes[at..until], is_plain);
        if plain > 0 {
            out.push_lower(&prose[at..at + plain], at as u32);
            at += plain;
        } else {
            at += fold_one(prose, at, base, out);
        }
    }
}

/// Whether no space is wanted after what was folded from byte `base` on.
fn is_spaced(out: &Derived<Folded, Prose>, base: usize) -> bool {
    out.text().len() == base || out.text().ends_with(' ')
}

/// Whether a byte folds to itself but for ASCII case: printable ASCII, less the backtick, which some write for an
/// apostrophe.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b'!'..=b'_' | b'a'..=b'~')
}

/// Folds the character at `at`, or the run of white space that starts there, onto the text that begins at `base`;
/// returns the bytes read.
fn fold_one(prose: &str, at: usize, base: usize, out: &mut Derived<Folded, Prose>) -> usize {
    let rest = &prose[at..];
    let Some(first) = rest.chars().next() else {
        return 1;
    };
    if is_space(first) {
        let len = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
        if !is_spaced(out, base) {
            out.push_atomic(" ", Span::of(at..at + len));
        }
        return len;
    }
    let len = first.len_utf8();
    let from = Span::of(at..at + len);
    match first {
        _ if vanishes(first) => {}
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '´' | '`' | '＇' => out.push_atomic("'", from),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push_atomic("\"", from),
        '‐' | '‑' | '‒' | '⁃' | '−' => out.push_atomic("-", from),
        '–' if joins_words(prose, at, len) => out.push_atomic("-", from),
        '–' | '—' | '―' => push_dash(from, base, out),
        '…' => out.push_atomic("...", from),
        _ if first.is_ascii() => {
            out.push_verbatim(first.to_ascii_lowercase().encode_utf8(&mut [0; 4]), at as u32)
        }
        _ if let Some(plain) = other_form(prose, at, first) => out.push_atomic(plain, from),
        _ => {
            let lower: String = first.to_lowercase().collect();
            if lower.len() == len {
                out.push_verbatim(&lower, at as u32);
            } else {
                out.push_atomic(&lower, from);
            }
        }
    }
    len
}

/// Whether a character leaves no trace.
pub(super) const fn vanishes(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
    )
}

/// The plain letters that a character at `at` is a form of, or looks like in its word.
fn other_form(prose: &str, at: usize, c: char) -> Option<&'static str> {
    plain_form(c).or_else(|| latin(c).filter(|_| in_latin_word(prose, at, c.len_utf8())))
}

fn push_dash(from: Span<Prose>, base: usize, out: &mut Derived<Folded, Prose>) {
    out.push_atomic(if is_spaced(out, base) { "- " } else { " - " }, from);
}

/// Whether the dash at `at` stands between two digits or letters without spaces, as in `3–6` or `gut–brain`.
fn joins_words(prose: &str, at: usize, len: usize) -> bool {
    let before = prose[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    before
        && prose[at + len..]
            .chars()
            .next()
            .is_some_and(char::is_alphanumeric)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_runs_fold_as_their_characters_do(
            pieces in vec(prop::sample::select(&[
                "Tea", "ﬁ", "с", "Ｔ", "for Two. ", " ", "  ", "\n", "`", "’", "\u{ad}", "É", "İ", "–", "—", "…", "{~}", "\u{7f}",
            ][..]), 0..40),
        ) {
            let prose = pieces.concat();
            let mut slowly = Derived::new();
            let mut at = 0;
            while at < prose.len() {
                at += fold_one(&prose, at, 0, &mut slowly);
            }
            let folded = fold(&prose);
            prop_assert_eq!(folded.text(), slowly.text());
            for (at, c) in folded.text().char_indices().filter(|(_, c)| *c != ' ') {
                let span = Span::of(at..at + c.len_utf8());
                prop_assert_eq!(folded.origin(span), slowly.origin(span));
            }
            // Another text before it changes nothing but where it stands.
            let mut after = fold(" Tea -");
            let base = after.text().len();
            fold_onto(&prose, &mut after);
            prop_assert_eq!(&after.text()[base..], folded.text());
            for (at, c) in folded.text().char_indices() {
                let (from, to) = (at, at + c.len_utf8());
                let moved = Span::of(base + from..base + to);
                prop_assert_eq!(folded.origin(Span::of(from..to)), after.origin(moved));
            }
        }
    }

    fn folded(prose: &str) -> String {
        fold(prose).text().to_owned()
    }

    #[test]
    fn typography_does_not_differ() {
        assert_eq!(folded("It’s  “TOTALLY” safe…"), "it's \"totally\" safe...");
        assert_eq!(folded("anti\u{ad}aging non\u{2011}toxic"), "antiaging non-toxic");
        assert_eq!(folded("a\u{a0}\n b"), "a b");
        assert_eq!(folded("3–6 weeks"), "3-6 weeks");
        assert_eq!(folded("safe—always – yes"), "safe - always - yes");
        assert_eq!(folded("É"), "é");
        assert_eq!(folded("5％ `a` \tb"), "5% 'a' b");
        assert_eq!(folded("gut–brain 3– 6 a –b –c"), "gut-brain 3 - 6 a - b - c");
        assert_eq!(folded("  a \u{2800} b"), "a b");
        assert_eq!(
            folded("inﬂuenza oﬃce Ｃｕｒｅｓ！ 𝐜𝐮𝐫𝐞𝐬 𝑪𝒖𝒓𝒆𝒔"),
            "influenza office cures! cures cures"
        );
        assert_eq!(
            folded("It c-u-r-e-s, C\u{a0}U\u{a0}R\u{a0}E\u{a0}S all."),
            "it cures, cures all."
        );
        // letters of other scripts are Latin ones in a Latin word only
        assert_eq!(folded("сurеs Αsthma р\u{ad}ain"), "cures asthma pain");
        assert_eq!(folded("сорт α-lipoic μg Ωmega"), "сорт α-lipoic μg ωmega");
    }

    #[test]
    fn spans_lead_back() {
        let prose = "It’s\u{a0} TOTALLY safe";
        let folded = fold(prose);
        let at = folded.text().find("totally").unwrap() as u32;
        assert_eq!(folded.origin(Span::new(at, at + 7)).slice(prose), "TOTALLY");
        let prose = "it c·u·r·e·s all";
        let spelled = fold(prose);
        assert_eq!(spelled.origin(Span::new(3, 8)).slice(prose), "c·u·r·e·s");
        let prose = "the inﬂuenza сure";
        let folded = fold(prose);
        assert_eq!(folded.origin(Span::new(4, 13)).slice(prose), "inﬂuenza");
        assert_eq!(folded.origin(Span::new(14, 18)).slice(prose), "сure");
        // Letters whose lower case is as long stand byte for byte; those whose lower case is longer stand as a whole.
        let prose = "xÉÈ ȺȺ y";
        let folded = fold(prose);
        assert_eq!(folded.text(), "xéè ⱥⱥ y");
        assert_eq!(folded.runs().len(), 6);
        for (at, c) in folded.text().char_indices() {
            let from = folded.origin(Span::of(at..at + c.len_utf8())).slice(prose);
            assert_eq!(from.to_lowercase(), c.to_string());
        }
    }
}
