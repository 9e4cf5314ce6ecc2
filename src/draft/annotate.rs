//! Owns laying comments over a draft's words: runs are cut where a comment begins or ends, marks and comments are added,
//! and nothing else changes.

use super::comments::{self, AUTHOR, Comment};
use super::lines::{self, Lines};
use super::marks::{Marks, Spot};
use super::package::Package;
use super::{Broken, relations, strip};
use crate::text::{Source, Span};
use rustc_hash::FxHashSet;

/// A comment to be laid over words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The words, in the draft's text.
    pub span: Span<Source>,
    /// What it says, a paragraph each.
    pub lines: Vec<String>,
}

const TYPES: &str = "[Content_Types].xml";
const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
const NONE_YET: &str =
    "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"></w:comments>";

/// The draft with these comments in the place of those that caveat wrote into it before. A draft in which that changes
/// nothing comes back byte for byte.
pub fn annotate(bytes: &[u8], notes: &[Note], most: u64) -> Result<Vec<u8>, Broken> {
    let mut package = Package::open(bytes, most)?;
    let mut edition = Edition::strip(&mut package)?;
    let lines = lines::read(&mut package, true)?;
    if notes.is_empty() {
        edition.parts.retain(|part| part.old.is_some());
    } else {
        edition.add(&lines, notes)?;
        edition.say_where(&mut package)?;
    }
    let changed = edition
        .parts
        .into_iter()
        .filter(|part| part.old.as_ref() != Some(&part.new));
    let changed: Vec<(String, String)> = changed.map(|part| (part.name, part.new)).collect();
    if changed.is_empty() {
        return Ok(bytes.to_vec());
    }
    package.with(&changed)
}

/// A part as it stands, if it does, and as it is to stand.
struct Part {
    name: String,
    old: Option<String>,
    new: String,
}

/// The parts of a draft that comments change: the body and the comments first.
struct Edition {
    parts: Vec<Part>,
    /// The first id that no comment has.
    next: u32,
}

const BODY: usize = 0;
const NOTES: usize = 1;

impl Edition {
    /// Takes caveat's own comments out of a package, which is read without them from now on.
    fn strip(package: &mut Package<'_>) -> Result<Self, Broken> {
        let name = lines::body(package)?;
        let body = package.part(&name)?.ok_or_else(lines::none)?;
        let relations = package.relations(&name)?;
        let related = relations.named("comments").map(str::to_owned);
        let notes = related.unwrap_or_else(|| free(package, &name));
        let old_notes = package.part(&notes)?;
        let known: Vec<Comment> = match &old_notes {
            Some(text) => comments::read(text, &notes)?,
            None => Vec::new(),
        };
        let ours: FxHashSet<u32> = known
            .iter()
            .filter(|comment| comment.ours)
            .map(|comment| comment.id)
            .collect();
        let (stripped, highest) = strip::body(&body, &name, &ours)?;
        let others = known
            .iter()
            .filter(|comment| !comment.ours)
            .map(|comment| comment.id);
        let new_notes = old_notes.as_ref().map(|text| strip::comments(text, &known));
        package.put(&name, stripped.clone());
        if let Some(text) = &new_notes {
            package.put(&notes, text.clone());
        }
        let mut parts = vec![Part {
            name,
            old: Some(body),
            new: stripped,
        }];
        if let Some(new) = new_notes {
            parts.push(Part {
                name: notes,
                old: old_notes,
                new,
            });
        } else {
            parts.push(Part {
                name: notes,
                old: None,
                new: format!("{HEAD}{NONE_YET}"),
            });
        }
        Ok(Self {
            parts,
            next: others.max().unwrap_or(0).max(highest).saturating_add(1),
        })
    }

    /// Lays comments over the words of the stripped draft.
    fn add(&mut self, lines: &Lines, notes: &[Note]) -> Result<(), Broken> {
        let mut marks = Marks::new(&self.parts[BODY].new, lines);
        let part = &self.parts[NOTES];
        let prefix = comments::prefix(&part.new, &part.name)?;
        let mut written = String::new();
        for note in notes {
            let spot = marks.add(note.span, self.next)?;
            write(&mut written, &prefix, self.next, note, &spot);
            self.next = self.next.saturating_add(1);
        }
        let (body, notes) = (marks.finish(), inserted(&part.new, &written));
        self.parts[BODY].new = body;
        self.parts[NOTES].new = notes;
        Ok(())
    }

    /// Says where the comments are, where nothing does yet.
    fn say_where(&mut self, package: &mut Package<'_>) -> Result<(), Broken> {
        let (body, notes) = (self.parts[BODY].name.clone(), self.parts[NOTES].name.clone());
        let known = package.relations(&body)?.named("comments").is_some();
        if !known {
            let target = notes.rsplit('/').next().unwrap_or(&notes);
            let element =
                format!("<Relationship Id=\"caveatComments\" Type=\"{RELATION}\" Target=\"{target}\"/>");
            self.insert(package, &relations::of(&body), RELATIONS, &element)?;
        }
        let types = package.part(TYPES)?.unwrap_or_default();
        if !types.contains(&format!("\"/{notes}\"")) {
            let element = format!("<Override PartName=\"/{notes}\" ContentType=\"{COMMENTS}\"/>");
            self.insert(package, TYPES, "", &element)?;
        }
        Ok(())
    }

    fn insert(
        &mut self,
        package: &mut Package<'_>,
        name: &str,
        empty: &str,
        element: &str,
    ) -> Result<(), Broken> {
        let old = package.part(name)?;
        let text = old.clone().unwrap_or_else(|| format!("{HEAD}{empty}"));
        self.parts.push(Part {
            name: name.to_owned(),
            old,
            new: inserted(&text, element),
        });
        Ok(())
    }
}

/// A name beside the body for a part of comments, which no part has.
fn free(package: &Package<'_>, body: &str) -> String {
    let folder = body
        .rsplit_once('/')
        .map(|(folder, _)| format!("{folder}/"))
        .unwrap_or_default();
    let names = std::iter::once(format!("{folder}comments.xml"));
    let numbered = (2_u32..).map(|number| format!("{folder}comments{number}.xml"));
    names
        .chain(numbered)
        .find(|name| !package.has(name))
        .unwrap_or_default()
}

/// A text with elements added at the end of its root.
fn inserted(text: &str, elements: &str) -> String {
    let end = text.trim_end();
    if let Some(open) = end
        .strip_suffix("/>")
        .filter(|open| !open.rsplit('<').next().unwrap_or_default().contains('>'))
    {
        let tag = open.rsplit('<').next().unwrap_or_default();
        // A root without contents; one that ends with an element without contents ends with its own tag.
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        return format!("{open}>{elements}</{name}>");
    }
    let at = text.rfind("</").unwrap_or(text.len());
    let (before, after) = text.split_at(at);
    format!("{before}{elements}{after}")
}

/// Adds a comment's element.
fn write(out: &mut String, prefix: &str, id: u32, note: &Note, spot: &Spot) {
    let (author, initials) = AUTHOR;
    out.push_str(&format!(
        "<{prefix}comment {prefix}id=\"{id}\" {prefix}author=\"{author}\" {prefix}initials=\"{initials}\">"
    ));
    let said = match spot {
        Spot::Words => None,
        Spot::Elsewhere(words) => Some(words),
    };
    let first = note.lines.iter().take(1);
    for line in first.chain(said).chain(note.lines.iter().skip(1)) {
        out.push_str(&format!(
            "<{prefix}p><{prefix}r><{prefix}t xml:space=\"preserve\">"
        ));
        escape(line, out);
        out.push_str(&format!("</{prefix}t></{prefix}r></{prefix}p>"));
    }
    out.push_str(&format!("</{prefix}comment>"));
}

/// Adds characters as XML; those that no XML may hold are spaces.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{fffc}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}
