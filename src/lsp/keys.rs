//! Owns what the documents say of the keys of settings and policies: the same words that people read there.

const SETTINGS: &str = include_str!("../../README.md");
const POLICIES: &str = include_str!("../../policies/README.md");

/// What `policies/README.md` says of a key: the second cell of the first table row whose first names it.
pub(super) fn policy(key: &str) -> Option<&'static str> {
    let mut rows = POLICIES.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.find_map(|row| {
        let (names, says) = row.strip_suffix(" |")?.split_once("` | ")?;
        names.split("`, `").any(|name| name == key).then_some(says)
    })
}

/// What the README says of a key of `caveat.yaml`: the comment above it, which keys that follow may share.
pub(super) fn setting(key: &str) -> Option<&'static str> {
    let (_, rest) = SETTINGS.split_once("# Whose rules apply.")?;
    let start = SETTINGS.len() - rest.len() - "# Whose rules apply.".len();
    let block = SETTINGS.get(start..)?;
    let block = &block[..block.find("\n```")?];
    let mut comment: Option<(usize, usize)> = None;
    let (mut at, mut goes_on) = (0, false);
    for line in block.split_inclusive('\n') {
        let (from, to) = (at, at + line.len());
        at = to;
        if line.starts_with('#') {
            let start = comment.filter(|_| goes_on).map_or(from, |(start, _)| start);
            (comment, goes_on) = (Some((start, to)), true);
        } else if let Some((name, _)) = line.split_once(':').filter(|_| !line.starts_with(' ')) {
            if name == key {
                return comment
                    .and_then(|(from, to)| block.get(from..to))
                    .map(str::trim_end);
            }
            goes_on = false;
        }
    }
    None
}

/// A comment as running text.
pub(super) fn running(says: &str) -> String {
    let lines = says.lines().map(|line| line.trim_start_matches(['#', ' ']));
    lines.collect::<Vec<_>>().join(" ").replace("\\|", "|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_and_the_keys_of_policies_are_explained() {
        let settings = [
            "policies",
            "markets",
            "fail-on",
            "min-severity",
            "max-file-size",
            "ignore",
            "read",
            "products",
            "pages",
            "severities",
            "satisfied",
            "partials",
            "copy-keys",
            "not-copy-keys",
            "trust-front-matter",
            "claims",
        ];
        for key in settings {
            let says = running(setting(key).unwrap_or_default());
            assert!(says.len() > 20 && !says.contains('#'), "{key}: {says}");
        }
        assert!(running(setting("satisfied").unwrap()).ends_with("taken at its word."));
        for key in [
            "pack",
            "severity-for",
            "not-pages",
            "verbs",
            "guards",
            "until",
            "effect",
            "off",
        ] {
            assert!(policy(key).is_some_and(|says| says.len() > 10), "{key}");
        }
        assert_eq!(policy("no-such-key"), None);
        assert_eq!(setting("paths"), None);
    }
}
