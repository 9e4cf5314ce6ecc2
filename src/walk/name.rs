//! Owns patterns of names: `*` stands for any characters, `?` for one, and `^` for a word in capitals, in which figures and
//! the marks `_` and `-` may follow the first letter.

/// Whether a name is of a pattern.
pub fn fits(pattern: &str, name: &str) -> bool {
    // Most names differ in their first letter.
    let first = pattern.as_bytes().first();
    if !matches!(first, None | Some(b'*' | b'?' | b'^')) && first != name.as_bytes().first() {
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
        Some('^') => {
            let capital = |c: char| c.is_ascii_uppercase();
            let more = |c: &char| capital(*c) || c.is_ascii_digit() || matches!(c, '_' | '-');
            let word = name.chars().take_while(more).count();
            name.starts_with(capital) && (1..=word).any(|end| fits(rest.as_str(), &name[end..]))
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
            ("^_^.md", "CLEAN_URLS_2.md", true),
            ("^_^.md", "Clean_URLS.md", false),
            ("^_^.md", "CLEAN_urls.md", false),
            ("^_^.md", "CLEAN.md", false),
            ("^-^.md", "2026-01-05.md", false),
            ("^-^.md", "README-FIRST.md", true),
        ] {
            assert_eq!(fits(pattern, name), fit, "{pattern} {name}");
        }
    }
}
