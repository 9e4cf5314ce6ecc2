//! Owns stating what a law prescribes word for word, on pages that owe it and after somebody has agreed: the words are
//! the policy's, and nothing but a duty that is met by them and by no others is met so.

use super::{Written, rewritten, verdicts};
use crate::cli::{Result, note};
use crate::finding::Finding;
use crate::report::plain;
use crate::session::{Job, Judgement, Library};
use crate::text::Span;
use std::collections::BTreeSet;
use std::io::{BufRead, IsTerminal, Write};

/// Whether statements are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    /// Somebody has agreed to all.
    Given,
    /// Somebody at a terminal is asked.
    Asked,
    /// Nobody can be asked, or whoever was wants no more.
    Withheld,
}

impl Consent {
    /// What holds where nobody has agreed beforehand.
    pub(super) fn at_hand() -> Self {
        if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
            Self::Asked
        } else {
            Self::Withheld
        }
    }

    /// Whether what `show` shows to who is asked is to be added.
    fn agrees(&mut self, show: &dyn Fn()) -> Result<bool> {
        if *self == Self::Asked {
            show();
            let mut out = std::io::stderr().lock();
            write!(out, "Add it? [y/N/all/quit] ")?;
            out.flush()?;
            let mut answer = String::new();
            std::io::stdin().lock().read_line(&mut answer)?;
            match answer.trim().to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "a" | "all" => *self = Self::Given,
                "q" | "quit" => *self = Self::Withheld,
                _ => return Ok(false),
            }
        }
        Ok(*self == Self::Given)
    }
}

/// Adds to each of the pages, which come with what is said of them, what it owes.
pub(super) fn state<'a>(
    pages: impl Iterator<Item = (&'a Job, Vec<&'a Judgement>)>,
    library: &Library,
    mut consent: Consent,
) -> Result<()> {
    let mut without = 0;
    for (job, said) in pages {
        let owed = owed(job, &said, library);
        let said: Vec<&Finding> = said.iter().map(|judgement| &judgement.finding).collect();
        let Some(file) = owed.first().and_then(|(finding, _)| finding.file.as_deref()) else {
            continue;
        };
        if consent == Consent::Withheld {
            without += 1;
            continue;
        }
        let texts: BTreeSet<&str> = owed.iter().map(|(_, text)| text.as_str()).collect();
        let Some((at, added, place)) = addition(job, file.text(), &texts) else {
            note(&format!(
                "{}: a statement is added to Markdown, plain text, and HTML with </main> or </body>; this page is left as it is",
                job.shown
            ));
            continue;
        };
        let rules: BTreeSet<&str> = owed
            .iter()
            .map(|(finding, _)| finding.rule().name.as_str())
            .collect();
        let before = verdicts(&said);
        // What guards let pass of it, such as the diseases that it names, is nobody's claim.
        let sound = |after: &[&Finding]| {
            let open: Vec<&Finding> = after
                .iter()
                .copied()
                .filter(|now| now.silenced.is_none())
                .collect();
            let met = !open.iter().any(|now| rules.contains(now.rule().name.as_str()));
            met && verdicts(&open).iter().all(|verdict| before.contains(verdict))
        };
        let insert = |out: &mut Vec<u8>| {
            let at = file.stored(Span::empty(at)).start as usize;
            out.splice(at.min(out.len())..at.min(out.len()), added.bytes());
        };
        let agree = || consent.agrees(&|| show(job, &owed, &texts, place));
        match rewritten(job, file, library, insert, sound, agree)? {
            Written::Done => {
                texts
                    .iter()
                    .for_each(|text| note(&format!("{}: stated {place}: {}", job.shown, plain(text))));
            }
            Written::Otherwise => note(&format!(
                "{}: left as it is: the statement {place} would not be all that changes, or would not do",
                job.shown
            )),
            Written::No => {}
        }
    }
    if without > 0 {
        let pages = if without == 1 { "page lacks" } else { "pages lack" };
        note(&format!(
            "{without} {pages} a statement whose words are fixed; `--fix=statements` adds it, and `--fix` in a terminal asks"
        ));
    }
    Ok(())
}

/// Shows what a page owes, and what would be added to it.
fn show(job: &Job, owed: &[(&Finding, String)], texts: &BTreeSet<&str>, place: &str) {
    for (finding, _) in owed {
        let (name, message) = (&job.shown, finding.message());
        note(&format!("{name}: {message} [{}]", finding.rule().name));
    }
    for text in texts {
        note(&format!("  {place}: {}", plain(text)));
    }
}

/// What the page owes word for word: the findings that people see, each with the text. One that is nearly right is for its
/// author to mend, who is told the edit.
fn owed<'a>(job: &Job, said: &[&'a Judgement], library: &Library) -> Vec<(&'a Finding, String)> {
    let seen = said.iter().filter(|judgement| judgement.shown);
    let missing = seen.map(|judgement| &judgement.finding).filter(|finding| {
        let rule = finding.rule();
        rule.category.is_duty() && finding.silenced.is_none() && finding.message() == rule.message
    });
    let owed = missing.filter_map(|finding| {
        let text = library.prescribed(&job.settings, &finding.rule().name)?;
        Some((finding, text))
    });
    owed.collect()
}

/// Where the texts go, as paragraphs of their own, with what surrounds them there; and where that is, in words.
fn addition(job: &Job, page: &str, texts: &BTreeSet<&str>) -> Option<(u32, String, &'static str)> {
    let newline = if page.contains("\r\n") { "\r\n" } else { "\n" };
    match job.format.name {
        "markdown" | "text" => {
            let paragraphs: Vec<&str> = texts.iter().copied().collect();
            let gap = match page {
                "" => 0,
                _ if page.ends_with("\n\n") || page.ends_with("\r\n\r\n") => 0,
                _ if page.ends_with('\n') => 1,
                _ => 2,
            };
            let added = paragraphs.join(&newline.repeat(2));
            Some((
                page.len() as u32,
                newline.repeat(gap) + &added + newline,
                "at the end",
            ))
        }
        "html" => {
            let lower = page.to_ascii_lowercase();
            let ends = [("</main", "before </main>"), ("</body", "before </body>")];
            let (tag, place) = ends
                .iter()
                .find_map(|(tag, place)| Some((lower.rfind(tag)?, *place)))?;
            let line = page[..tag].rfind('\n').map_or(0, |at| at + 1);
            let indent = &page[line..tag];
            let paragraphs = texts.iter().map(|text| format!("<p>{}</p>", escaped(text)));
            let own_line = indent.chars().all(|c| c == ' ' || c == '\t');
            let (at, added) = if own_line {
                let lines = paragraphs.map(|paragraph| format!("{indent}  {paragraph}{newline}"));
                (line, lines.collect())
            } else {
                (tag, paragraphs.collect::<String>())
            };
            Some((at as u32, added, place))
        }
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
