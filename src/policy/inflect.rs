//! Owns the forms of English verbs and nouns. A form too many does no harm, for it never stands in copy; a form
//! too few lets a claim pass.

use super::irregular::{IRREGULAR, PLURALS, PREFIXES, STRESSED};

/// The forms of a verb's base: itself, -s, -ed (or irregular), -ing.
pub(super) fn verb(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    if base == "be" {
        forms.extend(["is", "are", "was", "were", "been", "being"].map(str::to_owned));
        return forms;
    }
    forms.push(third(base));
    let stems = stems(base);
    match irregular(base) {
        Some((prefix, past)) => {
            forms.extend(past.split(' ').map(|form| format!("{prefix}{form}")));
        }
        None if base.ends_with('e') => forms.push(format!("{base}d")),
        None if ends_in_consonant_y(base) => forms.push(format!("{}ied", &base[..base.len() - 1])),
        None => forms.extend(stems.iter().map(|stem| format!("{stem}ed"))),
    }
    if let Some(stem) = base.strip_suffix("ie") {
        forms.push(format!("{stem}ying"));
    } else if base.ends_with('e') && !["ee", "oe", "ye"].iter().any(|end| base.ends_with(end)) {
        forms.push(format!("{}ing", &base[..base.len() - 1]));
        if base == "age" {
            forms.push("ageing".to_owned());
        }
    } else {
        forms.extend(stems.iter().map(|stem| format!("{stem}ing")));
    }
    unique(forms)
}

/// A noun and its plural.
pub(super) fn noun(singular: &str) -> Vec<String> {
    let mut forms = vec![singular.to_owned()];
    let with = |len: usize, end: &str| format!("{}{end}", &singular[..singular.len() - len]);
    if let Ok(found) = PLURALS.binary_search_by_key(&singular, |(one, _)| one) {
        forms.push(PLURALS[found].1.to_owned());
    } else if singular.ends_with("woman") {
        forms.push(with(2, "en"));
    } else if singular.ends_with("sis") {
        forms.push(with(2, "es"));
    } else if ends_in_consonant_y(singular) {
        forms.push(with(1, "ies"));
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| singular.ends_with(end))
    {
        forms.push(with(0, "es"));
    } else {
        forms.push(with(0, "s"));
        if singular.ends_with('o') {
            forms.push(with(0, "es"));
        }
    }
    unique(forms)
}

fn unique(forms: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(forms.len());
    for form in forms {
        if !out.contains(&form) {
            out.push(form);
        }
    }
    out
}

fn third(base: &str) -> String {
    if base == "have" {
        "has".to_owned()
    } else if base == "quiz" {
        "quizzes".to_owned()
    } else if ends_in_consonant_y(base) {
        format!("{}ies", &base[..base.len() - 1])
    } else if ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| base.ends_with(end))
    {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

const fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn ends_in_consonant_y(word: &str) -> bool {
    let bytes = word.as_bytes();
    matches!(bytes, [.., before, b'y'] if before.is_ascii_lowercase() && !is_vowel(*before))
}

/// What -ed and -ing are added to: the base, its last letter doubled, or both where that depends on stress or
/// on the side of the Atlantic.
fn stems(base: &str) -> Vec<String> {
    let bytes = base.as_bytes();
    let Some(last) = bytes.last() else {
        return Vec::new();
    };
    if *last == b'c' {
        return vec![format!("{base}k")];
    }
    if !doubles(bytes) {
        return vec![base.to_owned()];
    }
    let doubled = format!("{base}{}", char::from(*last));
    if syllables(bytes) == 1 || STRESSED.contains(&base) {
        return vec![doubled];
    }
    if base.ends_with("en") || base.ends_with("er") || base.ends_with("on") || base.ends_with("or") {
        return vec![base.to_owned()];
    }
    vec![base.to_owned(), doubled]
}

/// Whether the word ends in a consonant, one vowel and a consonant that can double.
fn doubles(bytes: &[u8]) -> bool {
    let [rest @ .., vowel, last] = bytes else {
        return false;
    };
    if !last.is_ascii_lowercase()
        || is_vowel(*last)
        || matches!(last, b'w' | b'x' | b'y')
        || !is_vowel(*vowel)
    {
        return false;
    }
    match rest {
        [] => false,
        [.., b'q', b'u'] => true,
        [.., before] => before.is_ascii_lowercase() && !is_vowel(*before),
    }
}

fn syllables(bytes: &[u8]) -> usize {
    let vowel = |at: usize| is_vowel(bytes[at]) || (bytes[at] == b'y' && at > 0);
    let glide = |at: usize| bytes[at] == b'u' && at > 0 && bytes[at - 1] == b'q';
    (0..bytes.len())
        .filter(|at| vowel(*at) && !glide(*at) && (*at == 0 || !vowel(*at - 1) || glide(*at - 1)))
        .count()
}

/// The past forms of an irregular verb, and the prefix that they share with it.
fn irregular(base: &str) -> Option<(&str, &'static str)> {
    let find = |word: &str| {
        IRREGULAR
            .binary_search_by_key(&word, |(base, _)| base)
            .ok()
            .map(|at| IRREGULAR[at].1)
    };
    if let Some(past) = find(base) {
        return Some(("", past));
    }
    PREFIXES.iter().find_map(|prefix| {
        let past = find(base.strip_prefix(prefix)?)?;
        Some((*prefix, past))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(IRREGULAR.is_sorted_by(|a, b| a.0 < b.0));
        assert!(PLURALS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn verbs_have_their_forms_and_no_others() {
        for (base, forms) in [
            ("cure", "cure cures cured curing"),
            ("heal", "heal heals healed healing"),
            ("stop", "stop stops stopped stopping"),
            ("remedy", "remedy remedies remedied remedying"),
            ("destroy", "destroy destroys destroyed destroying"),
            ("banish", "banish banishes banished banishing"),
            ("lessen", "lessen lessens lessened lessening"),
            ("control", "control controls controlled controlling"),
            ("free", "free frees freed freeing"),
            ("fix", "fix fixes fixed fixing"),
            ("slow", "slow slows slowed slowing"),
            ("get", "get gets got gotten getting"),
            ("lose", "lose loses lost losing"),
            ("rebuild", "rebuild rebuilds rebuilt rebuilding"),
            ("regrow", "regrow regrows regrew regrown regrowing"),
            ("undo", "undo undoes undid undone undoing"),
            ("overcome", "overcome overcomes overcame overcoming"),
            ("lie", "lie lies lay lain lied lying"),
            ("have", "have has had having"),
            ("set", "set sets setting"),
            ("equip", "equip equips equipped equipping"),
            ("mimic", "mimic mimics mimicked mimicking"),
            ("cancel", "cancel cancels canceled cancelled canceling cancelling"),
            ("withstand", "withstand withstands withstood withstanding"),
            ("rid", "rid rids ridded ridding"),
        ] {
            let expected: Vec<&str> = forms.split(' ').collect();
            assert_eq!(verb(base), expected, "{base}");
        }
    }

    #[test]
    fn nouns_have_their_plurals_and_no_others() {
        for (singular, forms) in [
            ("remedy", "remedy remedies"),
            ("cure", "cure cures"),
            ("diagnosis", "diagnosis diagnoses"),
            ("psychosis", "psychosis psychoses"),
            ("rash", "rash rashes"),
            ("boy", "boy boys"),
            ("relief", "relief reliefs"),
            ("woman", "woman women"),
            ("tooth", "tooth teeth"),
            ("potato", "potato potatos potatoes"),
            ("knife", "knife knives"),
        ] {
            let expected: Vec<&str> = forms.split(' ').collect();
            assert_eq!(noun(singular), expected, "{singular}");
        }
    }

    #[test]
    fn odd_words_do_no_harm() {
        for word in ["", "a", "y", "é", "élé", "3", "e", "ie", "qu", "sis", "don't"] {
            assert!(verb(word).contains(&word.to_owned()));
            assert!(noun(word).contains(&word.to_owned()));
        }
    }
}
