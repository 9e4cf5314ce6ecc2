//! Owns laying a draft's parts one after another as one text: a line a paragraph, and the comments addressed to caveat
//! where they stand.

use super::Broken;
use super::comments::{self, Comment, Said};
use super::package::Package;
use super::paragraph::{Hook, Raw};
use super::relations::Relations;
use super::run::{Piece, Run, small};
use super::story::{self, Asked, Story};
use super::styles::Styles;
use super::xml::{Event, Xml};
use crate::source::draft::{Draft, Mark, Paragraph, Shape};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Fields of the properties that are copy.
const PROPERTIES: [(&str, Shape); 2] = [("title", Shape::Title), ("description", Shape::Description)];

/// A draft as it is read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    pub(super) draft: Draft,
    /// For each paragraph where a comment on it stands, and where its words do; only where they are wanted.
    pub(super) places: Vec<(Hook, Vec<Piece>)>,
    /// What is known of the body.
    pub(super) runs: Vec<Run>,
    pub(super) notes: FxHashMap<Box<str>, u32>,
    pub(super) top: Option<u32>,
    pub(super) prefix: String,
}

/// What a part is in its draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Body,
    /// A header or footer.
    Around,
    /// Notes, with what stands before their labels.
    Notes(&'static str),
}

/// What the parts of a draft share.
struct Shared {
    styles: Styles,
    comments: Vec<Comment>,
    /// Which of them are addressed to caveat, by their ids.
    wanted: FxHashMap<u32, usize>,
    comments_part: String,
    mapped: bool,
}

/// Reads a package; with the places of its words, if `mapped`.
pub(super) fn read(package: &mut Package<'_>, mapped: bool) -> Result<Lines, Broken> {
    let body = body(package)?;
    let top = package.relations("")?;
    let text = package.part(&body)?.ok_or_else(none)?;
    let relations = package.relations(&body)?;
    let styles = match relations.named("styles") {
        Some(part) => Styles::read(package, part)?,
        None => Styles::default(),
    };
    let comments_part = relations.named("comments").unwrap_or_default().to_owned();
    let comments = match package.part(&comments_part)? {
        Some(text) => comments::read(&text, &comments_part)?,
        None => Vec::new(),
    };
    let all = comments.iter().enumerate().rev();
    let wanted = all.filter(|(_, comment)| comment.said() != Said::No);
    let shared = Shared {
        wanted: wanted.map(|(number, comment)| (comment.id, number)).collect(),
        styles,
        comments,
        comments_part,
        mapped,
    };
    let story = shared.read(&text, &body, &relations, Kind::Body)?;
    drop(text);
    if !story.is_word {
        return Err(none());
    }
    let mut lines = Lines::default();
    if let Some(part) = top.named("core-properties") {
        lines.add_properties(package, part)?;
    }
    let mut around = Around::default();
    around.add(&story.headers, &relations, package, &shared, &mut lines)?;
    lines.languages(&story.languages);
    let Story {
        paragraphs,
        runs,
        notes,
        top,
        headers: _,
        footers,
        prefix,
        ..
    } = story;
    lines.add(&body, paragraphs, &shared);
    (lines.runs, lines.top, lines.prefix) = (runs, top, prefix);
    lines.notes = notes.into_iter().collect();
    for (name, kind) in [("footnotes", Kind::Notes("")), ("endnotes", Kind::Notes("e"))] {
        if let Some(part) = relations.named(name)
            && let Some(text) = package.part(part)?
        {
            let relations = package.relations(part)?;
            let story = shared.read(&text, part, &relations, kind)?;
            lines.add(part, story.paragraphs, &shared);
        }
    }
    around.add(&footers, &relations, package, &shared, &mut lines)?;
    lines.add_lost(&shared);
    Ok(lines)
}

/// The name of the body's part.
pub(super) fn body(package: &mut Package<'_>) -> Result<String, Broken> {
    let top = package.relations("")?;
    top.named("officeDocument").map(str::to_owned).ok_or_else(none)
}

/// What a package is told that holds no draft.
pub(super) fn none() -> Broken {
    Broken(
        "this is a package of another program, and no Word draft; save the copy as .docx and send that"
            .into(),
    )
}

impl Shared {
    fn read(&self, text: &str, part: &str, relations: &Relations, kind: Kind) -> Result<Story, Broken> {
        story::read(
            text,
            &Asked {
                part,
                styles: &self.styles,
                relations,
                comments: &self.wanted,
                body: kind == Kind::Body,
                label: match kind {
                    Kind::Notes(label) => label,
                    Kind::Body | Kind::Around => "",
                },
                mapped: self.mapped,
            },
        )
    }
}

/// Headers and footers, of which equal ones are read once.
#[derive(Default)]
struct Around {
    read: FxHashSet<String>,
    said: FxHashSet<String>,
}

impl Around {
    fn add(
        &mut self,
        ids: &[String],
        relations: &Relations,
        package: &mut Package<'_>,
        shared: &Shared,
        lines: &mut Lines,
    ) -> Result<(), Broken> {
        for id in ids {
            let relation = relations.of(id).filter(|relation| !relation.external);
            let Some(part) = relation.map(|relation| relation.target.as_str()) else {
                continue;
            };
            if !self.read.insert(part.to_owned()) {
                continue;
            }
            let Some(text) = package.part(part)? else {
                continue;
            };
            let relations = package.relations(part)?;
            let story = shared.read(&text, part, &relations, Kind::Around)?;
            let said: Vec<&str> = story.paragraphs.iter().map(|raw| raw.text.as_str()).collect();
            if self.said.insert(said.join("\n")) {
                lines.add(part, story.paragraphs, shared);
            }
        }
        Ok(())
    }
}

impl Lines {
    fn languages(&mut self, languages: &[(String, usize)]) {
        let most = languages.iter().max_by_key(|(_, letters)| *letters);
        self.draft.language = most.map(|(language, _)| language.as_str().into());
    }

    /// Adds the paragraphs of a part.
    fn add(&mut self, part: &str, paragraphs: Vec<Raw>, shared: &Shared) {
        for raw in paragraphs {
            let numbers: Vec<usize> = raw
                .comments
                .iter()
                .filter_map(|id| shared.wanted.get(id).copied())
                .collect();
            let mut after = Vec::new();
            for number in numbers {
                self.add_comment(number, shared, &mut after);
            }
            self.add_raw(part, raw);
            for (number, text) in after {
                self.add_directive(number, &text, shared);
            }
        }
    }

    fn add_raw(&mut self, part: &str, raw: Raw) {
        let start = small(self.text.len());
        let span = Span::new(start, start.saturating_add(small(raw.text.len())));
        self.text.push_str(&raw.text);
        self.text.push('\n');
        if raw.text.trim().is_empty() {
            return;
        }
        let marks = raw.marks.into_iter().map(|(from, to, kind)| Mark {
            span: Span::new(start + from, start + to),
            kind,
        });
        let part = self.part(part);
        self.draft.paragraphs.push(Paragraph {
            span,
            shape: raw.shape.unwrap_or(Shape::Text),
            quoted: raw.quoted,
            cell: raw.cell,
            marks: marks.collect(),
            part,
            number: raw.number,
            page: raw.page,
        });
        self.places.push((raw.hook, raw.pieces));
    }

    /// Adds what a comment says before the paragraph that it stands on; what ends a region goes `after` it.
    fn add_comment(&mut self, number: usize, shared: &Shared, after: &mut Vec<(usize, String)>) {
        let Some(comment) = shared.comments.get(number) else {
            return;
        };
        if comment.said() == Said::Settings {
            return self.add_said(number, &comment.lines.join("\n"), Shape::Settings, shared);
        }
        for said in comment.directives() {
            if said.starts_with("caveat-allow-end") {
                after.push((number, said));
            } else {
                self.add_directive(number, &said, shared);
            }
        }
    }

    fn add_directive(&mut self, number: usize, text: &str, shared: &Shared) {
        self.add_said(number, text, Shape::Directive, shared);
    }

    fn add_said(&mut self, number: usize, text: &str, shape: Shape, shared: &Shared) {
        let raw = Raw {
            text: text.to_owned(),
            shape: Some(shape),
            number: small(number) + 1,
            hook: Hook::Top,
            ..Raw::default()
        };
        self.add_raw(&shared.comments_part, raw);
    }

    /// Adds the comments whose place is nowhere in the text.
    fn add_lost(&mut self, shared: &Shared) {
        let part = self.part(&shared.comments_part);
        let known = self.draft.paragraphs.iter().filter(|known| known.part == part);
        let said: FxHashSet<usize> = known.map(|known| known.number as usize - 1).collect();
        let all = shared.comments.iter().map(Comment::said).enumerate();
        let lost: Vec<usize> = all
            .filter(|(number, what)| *what != Said::No && !said.contains(number))
            .map(|(number, _)| number)
            .collect();
        for number in lost {
            let mut after = Vec::new();
            self.add_comment(number, shared, &mut after);
            for (number, text) in after {
                self.add_directive(number, &text, shared);
            }
        }
    }

    fn add_properties(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), Broken> {
        let Some(text) = package.part(part)? else {
            return Ok(());
        };
        let mut xml = Xml::new(&text, part);
        let (mut open, mut said) = (None, [String::new(), String::new()]);
        while let Some(event) = xml.next()? {
            match event {
                Event::Open(tag) => open = PROPERTIES.iter().position(|(name, _)| *name == tag.name),
                Event::Close(_) => open = None,
                Event::Text(at) | Event::Literal { inner: at, .. } => {
                    if let Some(said) = open.and_then(|field: usize| said.get_mut(field)) {
                        said.push_str(text.get(at).unwrap_or_default());
                    }
                }
                Event::Character(c, _) => {
                    if let Some(said) = open.and_then(|field: usize| said.get_mut(field)) {
                        said.push(c);
                    }
                }
            }
        }
        for ((number, said), (_, shape)) in (1..).zip(said).zip(PROPERTIES) {
            if !said.trim().is_empty() {
                let raw = Raw {
                    text: said.replace(['\n', '\r'], " "),
                    shape: Some(shape),
                    number,
                    hook: Hook::Top,
                    ..Raw::default()
                };
                self.add_raw(part, raw);
            }
        }
        Ok(())
    }

    /// The number of a part.
    fn part(&mut self, name: &str) -> u16 {
        let known = self.draft.parts.iter().position(|part| **part == *name);
        let number = known.unwrap_or_else(|| {
            self.draft.parts.push(name.into());
            self.draft.parts.len() - 1
        });
        number as u16
    }
}
