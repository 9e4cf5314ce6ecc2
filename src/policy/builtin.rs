//! Owns the packs and word files that are part of the program: `policies/` at the time of building.

mod listed;

pub(super) use listed::{PACKS, WORD_FILES, WORD_TEXTS};

/// The text of an embedded pack.
pub(super) fn pack(name: &str) -> Option<&'static str> {
    let found = PACKS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

/// The text of an embedded word file, for the build step and for tests.
pub(super) fn word_text(path: &str) -> Option<&'static str> {
    number_of(path).and_then(|number| WORD_TEXTS.get(number)).copied()
}

/// The number of an embedded word file.
pub(super) fn number_of(path: &str) -> Option<usize> {
    WORD_FILES.binary_search(&path).ok()
}

/// The market in a pack's head, read without the rest: most packs are not needed in a run.
pub(super) fn market(text: &str) -> &str {
    text.lines()
        .find_map(|line| line.strip_prefix("market:"))
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap_or_default()
        .trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn files(folder: &Path, end: &str, prefix: &str) -> Vec<String> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                names.extend(files(&path, end, &format!("{prefix}{name}/")));
            } else if name.ends_with(end) {
                names.push(format!("{prefix}{name}"));
            }
        }
        names.sort();
        names
    }

    #[test]
    fn every_file_of_the_folder_is_listed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
        let mut listed: Vec<String> = PACKS.iter().map(|(name, _)| format!("{name}.yaml")).collect();
        listed.sort();
        assert_eq!(
            listed,
            files(&folder, ".yaml", ""),
            "src/policy/builtin/listed.rs lists every pack"
        );
        let listed: Vec<String> = WORD_FILES.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(
            listed,
            files(&folder, ".txt", ""),
            "src/policy/builtin/listed.rs lists every word file, in order"
        );
    }

    #[test]
    fn heads_are_plain() {
        for (name, text) in PACKS {
            let node = crate::data::parse_yaml(text, 0).unwrap();
            assert_eq!(node.get("pack").and_then(|node| node.text()), Some(*name));
            assert_eq!(
                node.get("market").and_then(|node| node.text()),
                Some(market(text))
            );
        }
    }
}
