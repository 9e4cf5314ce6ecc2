//! Owns patterns of names: `*` stands for any characters, `?` for one.

/// Whether a name is of a pattern.
pub fn fits(pattern: &str, name: &str) -> bool {
    // Most names differ in their first letter.
    let first = pattern.as_bytes().first();
    if !matches!(first, None | Some(b'*' | b'?')) && first != name.as_bytes().first() {
        return false;
    }
    let mut rest = pattern.chars();
    match rest.next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = rest.as_str();
            let mut starts = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            starts.any(|at| fits(rest, &name[at..]))
        }
        Some(wanted) => {
            let mut characters = name.chars();
            let first = characters.next();
            (first == Some(wanted) || (wanted == '?' && first.is_some()))
                && fits(rest.as_str(), characters.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_names() {
        for (pattern, name, fit) in [
            ("README.*", "README.md", true),
            ("README.*", "README", false),
            ("*.test.?sx", "Faq.test.tsx", true),
            ("*.test.?sx", "test.tsx", false),
            ("*.min.js", "site.min.js", true),
            ("vendor", "vendors", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, name), fit, "{pattern} {name}");
        }
    }
}
