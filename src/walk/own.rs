//! Owns how texts are known that caveat itself writes or reads: its reports and its policies.

/// What caveat's own reports and policies begin with and hold soon after. A walk that read them would find what they speak
/// of.
const OWN_TEXTS: &[(&str, &str)] = &[
    ("## caveat\n", ""),
    ("<!DOCTYPE html>", "<meta name=\"generator\" content=\"caveat"),
    ("{", "\"name\": \"caveat\""),
    ("{\"version\":1,\"tool\":{\"name\":\"caveat\"", ""),
    ("{\"rule\":\"", "\"excerpt\":"),
    ("{\"arguments\":{", "\"as_of\":"),
    ("[", "\"check_name\": \""),
    ("<?xml", "<testsuites name=\"caveat\""),
    ("<?xml", "<checkstyle "),
    ("| where | rule | covers |", ""),
    ("page,line,copy,claim,state,", ""),
    ("pack: ", "\nmarket: "),
    (crate::decisions::HEAD, ""),
];
/// Bytes that tell such a text.
const HEAD: usize = 1024;

/// Whether a text is a report or a policy of caveat itself.
pub fn is_own(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let is = |(start, within): &(&str, &str)| head.starts_with(start) && head.contains(within);
    OWN_TEXTS.iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_speaks_of_caveat_is_copy() {
        for (text, own) in [
            ("## caveat\n\nNothing found.\n", true),
            ("## caveat emptor\n\nOur shop.\n", false),
            ("pack: house\nmarket: none\n", true),
            ("pack: 60 capsules\nprice: 20\n", false),
            ("[Our tea](tea.md) has a \"check_name\": none", false),
        ] {
            assert_eq!(is_own(text), own, "{text}");
        }
    }
}
