//! Owns what the parts of a package say of one another: relations, and the names they lead to. What lies outside of the
//! package is told by its address and never opened.

use super::Broken;
use super::xml::{Event, Xml};
use rustc_hash::FxHashMap;

/// What a part is related to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// The last word of its type: `comments`, `hyperlink`.
    pub(super) kind: String,
    /// The name of a part, or an address outside of the package.
    pub(super) target: String,
    pub(super) external: bool,
}

/// All that a part is related to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Relations {
    all: Vec<Relation>,
    by_id: FxHashMap<String, usize>,
}

impl Relations {
    /// The relation of an id.
    pub(super) fn of(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id).and_then(|at| self.all.get(*at))
    }

    /// The name of the first part that is related so.
    pub(super) fn named(&self, kind: &str) -> Option<&str> {
        let mut within = self.all.iter().filter(|relation| !relation.external);
        let found = within.find(|relation| relation.kind == kind);
        found.map(|relation| relation.target.as_str())
    }

    fn add(&mut self, id: String, relation: Relation) {
        self.by_id.entry(id).or_insert(self.all.len());
        self.all.push(relation);
    }
}

/// The name of the part that holds the relations of a part; of the package for an empty name.
pub(super) fn of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// Reads the relations of `part`, which stand in the part `name`.
pub(super) fn read(text: &str, part: &str, name: &str) -> Result<Relations, Broken> {
    let mut xml = Xml::new(text, name);
    let mut out = Relations::default();
    while let Some(event) = xml.next()? {
        let Event::Open(tag) = event else { continue };
        if tag.name != "Relationship" {
            continue;
        }
        let say = |key: &str| tag.attribute(key).unwrap_or_default();
        let external = say("TargetMode") == "External";
        let target = say("Target");
        let relation = Relation {
            kind: say("Type").rsplit('/').next().unwrap_or_default().to_owned(),
            target: if external { target } else { within(part, &target) },
            external,
        };
        out.add(say("Id"), relation);
    }
    Ok(out)
}

/// The name of the part that an address in `part` leads to.
fn within(part: &str, target: &str) -> String {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if target.starts_with('/') { "" } else { folder };
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_their_part() {
        for (part, target, name) in [
            ("word/document.xml", "comments.xml", "word/comments.xml"),
            ("word/document.xml", "/word/comments.xml", "word/comments.xml"),
            ("word/document.xml", "../docProps/core.xml", "docProps/core.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("a.xml", "../../b.xml", "b.xml"),
        ] {
            assert_eq!(within(part, target), name);
        }
        assert_eq!(of(""), "_rels/.rels");
        assert_eq!(of("word/document.xml"), "word/_rels/document.xml.rels");
    }
}
