//! Owns `--fix`: takes out the comments that let nothing pass and the entries of the baseline that nothing meets, and adds
//! statements that are owed word for word. What a page says with a change is judged before the page is written: a change
//! that alters any verdict but the one that asked for it is left undone.

mod statements;

use super::{Args, Judgement, Subject, What};
use crate::cli::{Failure, Result, baseline, inputs, note, output, progress};
use crate::finding::Finding;
use crate::report::plain;
use crate::session::{self, Baselines, Input, Job, Library, Outcome, Place, Sought, is_trouble, is_unused};
use crate::source::{SourceFile, sha256};
use crate::text::{Source, Span};
use statements::Consent;
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::AtomicUsize;

/// What is changed without asking, besides what alters no verdict.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
pub(super) enum Unasked {
    /// Statements whose words a law fixes.
    Statements,
}

/// Changes what can be changed, and says each change on standard error.
pub(super) fn run(args: &Args, unasked: Option<Unasked>) -> Result<()> {
    if inputs::has_stdin(&args.paths) {
        return Err(Failure::said("--fix writes files, and standard input is none"));
    }
    let subject = Subject::find(args, What::All, &mut args.finder(None, None)?)?;
    let jobs = &subject.jobs;
    let mut library = Subject::library(args, What::All);
    library.whole_files = true;
    let judge = || progress::run(jobs, &library, args.jobs, args.reports.quiet);
    let mut outcome = judge();
    let mut troubles = outcome.findings.iter().map(|judgement| &judgement.finding);
    if troubles.any(is_trouble) || !subject.walked.problems.is_empty() {
        note("nothing is changed until what kept caveat from its job is set right");
        return Ok(());
    }
    if comments(jobs, &library, &outcome)? {
        outcome = judge();
    }
    if known(args, jobs, &library, &mut outcome)? {
        let consent = match unasked {
            Some(Unasked::Statements) => Consent::Given,
            None => Consent::at_hand(),
        };
        statements::state(pages(jobs, &outcome.findings), &library, consent)?;
    }
    Ok(())
}

/// Drops what nothing meets from the baselines, and lets pass what they know; false where one is broken, of which a check
/// tells.
fn known(args: &Args, jobs: &[Job], library: &Library, outcome: &mut Outcome) -> Result<bool> {
    let sought = args.sought()?;
    if matches!(sought, Sought::Nowhere) {
        return Ok(true);
    }
    let baselines = Baselines::find(&sought, jobs, &super::choose::here()?);
    let is_broken = |place: &Place| matches!(place.read, Some(Err(_)));
    if baselines.places.iter().any(is_broken) {
        return Ok(false);
    }
    for dropped in baseline::drop_over(&baselines, jobs, library, outcome)? {
        for entry in &dropped.over {
            note(&format!("{}: dropped {}", dropped.shown, baseline::line(entry)));
        }
    }
    Ok(true)
}

/// The files that something is said of, each with that.
fn pages<'a>(
    jobs: &'a [Job],
    findings: &'a [Judgement],
) -> impl Iterator<Item = (&'a Job, Vec<&'a Judgement>)> {
    let mut by_name = BTreeMap::<&str, Vec<&Judgement>>::new();
    for judgement in findings {
        if let Some(file) = &judgement.finding.file {
            by_name.entry(file.name()).or_default().push(judgement);
        }
    }
    jobs.iter()
        .filter_map(move |job| Some((job, by_name.remove(job.shown.as_str())?)))
}

/// Takes the comments that let nothing pass out of every file; whether there was one to take out.
fn comments(jobs: &[Job], library: &Library, outcome: &Outcome) -> Result<bool> {
    let mut any = false;
    for (job, said) in pages(jobs, &outcome.findings) {
        let said: Vec<&Finding> = said.iter().map(|judgement| &judgement.finding).collect();
        let unused: Vec<&Finding> = said
            .iter()
            .copied()
            .filter(|finding| is_unused(finding))
            .collect();
        let Some(file) = unused.first().and_then(|first| first.file.as_deref()) else {
            continue;
        };
        let take_out = |out: &mut Vec<u8>| {
            let mut cuts: Vec<Span<Source>> = Vec::new();
            for finding in &unused {
                cuts.extend(taken_out(file.text(), finding.span));
            }
            cuts.sort_unstable();
            for cut in cuts.iter().rev() {
                let at = file.stored(*cut).range();
                if at.end <= out.len() {
                    out.drain(at);
                }
            }
        };
        // A page without copy may hold some once a comment is gone that kept a fence from opening.
        let blank = outcome.blank.contains(&job.shown);
        let sound = |after: &[&Finding]| {
            !blank && !after.iter().any(|finding| is_unused(finding)) && verdicts(after) == verdicts(&said)
        };
        match rewritten(job, file, library, take_out, sound, || Ok(true))? {
            Written::Done => {
                any = true;
                for finding in &unused {
                    let line = file.position(finding.span.start).line;
                    let comment = plain(file.slice(finding.span));
                    note(&format!("{}:{line}: took out {comment}", job.shown));
                }
            }
            Written::Otherwise => note(&format!(
                "{}: left as it is: without what lets nothing pass it would be judged otherwise",
                job.shown
            )),
            Written::No => {}
        }
    }
    Ok(any)
}

/// What became of a page that was to be changed.
enum Written {
    Done,
    /// With the change it would not be judged as it should.
    Otherwise,
    No,
}

/// Changes a page, if what it then says is sound and somebody agrees.
fn rewritten(
    job: &Job,
    file: &SourceFile,
    library: &Library,
    change: impl FnOnce(&mut Vec<u8>),
    sound: impl FnOnce(&[&Finding]) -> bool,
    agree: impl FnOnce() -> Result<bool>,
) -> Result<Written> {
    let (Input::Path(path), None) = (&job.input, file.draft()) else {
        return Ok(Written::No);
    };
    let meanwhile = || note(&format!("{}: left as it is: it changed meanwhile", job.shown));
    let Ok(bytes) = fs::read(path) else {
        return Ok(Written::No);
    };
    if sha256(&bytes) != file.sha256() {
        meanwhile();
        return Ok(Written::No);
    }
    let mut out = bytes.clone();
    change(&mut out);
    let new = Job {
        input: Input::Bytes {
            bytes: out.clone(),
            path: path.to_owned(),
        },
        ..job.clone()
    };
    let outcome = session::run(std::slice::from_ref(&new), library, Some(1), &AtomicUsize::new(0));
    let after = outcome.findings.iter().map(|judgement| &judgement.finding);
    let after: Vec<&Finding> = after.filter(|finding| is_of(finding, &job.shown)).collect();
    // What stood behind a comment may be code without it.
    if !outcome.blank.is_empty() {
        return Ok(Written::Otherwise);
    }
    if !sound(&after) {
        return Ok(Written::Otherwise);
    }
    if !agree()? {
        return Ok(Written::No);
    }
    if !fs::read(path).is_ok_and(|now| now == bytes) {
        meanwhile();
        return Ok(Written::No);
    }
    output::to_file(path, |to| to.write_all(&out))?;
    Ok(Written::Done)
}

fn is_of(finding: &Finding, name: &str) -> bool {
    finding.file.as_deref().is_some_and(|file| file.name() == name)
}

/// What tells the verdicts on a page apart, but for its places and for what is said of comments that let nothing pass.
fn verdicts(findings: &[&Finding]) -> Vec<String> {
    let mut out: Vec<String> = findings
        .iter()
        .filter(|finding| !is_unused(finding))
        .flat_map(|finding| {
            // What the baseline knows is found all the same.
            let silence = finding
                .silenced
                .as_ref()
                .filter(|silence| silence.guard != "baseline");
            let because = silence.map(|silence| silence.guard.clone());
            finding.every_verdict().map(move |verdict| {
                format!(
                    "{} {} {:?} {} {} {}",
                    verdict.rule.name,
                    verdict.severity,
                    because,
                    verdict.ordinal,
                    verdict.folded,
                    verdict.message()
                )
            })
        })
        .collect();
    out.sort();
    out
}

/// What goes with a comment at `span`: the end of its region, and of each the line that it stands on alone.
fn taken_out(text: &str, span: Span<Source>) -> Vec<Span<Source>> {
    let end = end_of_region(text, span);
    std::iter::once(span)
        .chain(end)
        .map(|span| with_line(text, span))
        .collect()
}

/// The comment that ends the region which the one at `span` begins.
fn end_of_region(text: &str, span: Span<Source>) -> Option<Span<Source>> {
    let comment = span.slice(text);
    let (open, rest) = comment.split_once("caveat-allow-start")?;
    let rule = rest.split([' ', '\t', ':']).find(|word| !word.is_empty())?;
    let from = span.end as usize;
    let words = text[from..].match_indices("caveat-allow-end");
    let at = words.map(|(at, word)| from + at + word.len()).find(|at| {
        let rest = text[*at..].trim_start_matches([' ', '\t']);
        let after = rest.strip_prefix(rule).and_then(|rest| rest.chars().next());
        rest.starts_with(rule) && after.is_none_or(|c| !(c.is_alphanumeric() || "-_/".contains(c)))
    })?;
    let start = from + text[from..at].rfind(open.trim())?;
    let close = ["-->", "*/}", "*/"]
        .into_iter()
        .find(|close| comment.ends_with(close));
    let line = text[at..].find(['\n', '\r']).map_or(text.len(), |len| at + len);
    let end = match close {
        Some(close) => at + text[at..].find(close)? + close.len(),
        None => line,
    };
    Some(Span::of(start..end))
}

/// The span with the line that it fills. A line between two that are not blank stays, and is blank: these are no one
/// paragraph. Of two blank lines around it one goes.
fn with_line(text: &str, span: Span<Source>) -> Span<Source> {
    let (start, end) = (span.start as usize, span.end as usize);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let next = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let lead = &text[line..start];
    if !(lead.trim().is_empty() || lead.trim() == "-") || !text[end..next].trim().is_empty() {
        // Of the spaces around it one stays.
        let spaced = (start == 0 || text[..start].ends_with([' ', '\t'])) && text[end..].starts_with(' ');
        return Span::of(start..end + usize::from(spaced));
    }
    let after = text[next..].find('\n').map_or(text.len(), |at| next + at + 1);
    let before_blank = text[..line]
        .lines()
        .next_back()
        .is_none_or(|line| line.trim().is_empty());
    let after_blank = text[next..after].trim().is_empty();
    match (before_blank, after_blank) {
        (true, true) => Span::of(line..after),
        (false, false) if lead.trim().is_empty() && text[..end].ends_with('>') => Span::of(line..end),
        _ => Span::of(line..next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text without its first comment.
    fn without(text: &str) -> String {
        let start = text.find("<!--").unwrap();
        let end = start + text[start..].find("-->").unwrap() + 3;
        let mut cuts = taken_out(text, Span::of(start..end));
        cuts.sort_unstable();
        let mut out = text.to_owned();
        for cut in cuts.into_iter().rev() {
            out.replace_range(cut.range(), "");
        }
        out
    }

    #[test]
    fn a_comment_goes_with_its_line() {
        const C: &str = "<!-- caveat-allow us/a: why -->";
        for (text, left) in [
            (format!("One.\n\n{C}\nTwo.\n"), "One.\n\nTwo.\n"),
            (format!("One.\n\n{C}\n\nTwo.\n"), "One.\n\nTwo.\n"),
            (format!("One.\r\n\r\n{C}\r\n\r\nTwo.\r\n"), "One.\r\n\r\nTwo.\r\n"),
            (format!("One.\n{C}\nTwo.\n"), "One.\n\nTwo.\n"),
            (format!("{C}\nOne.\n"), "One.\n"),
            (format!("One.\n\n{C}"), "One.\n\n"),
            (format!("Tea {C} helps.\n"), "Tea helps.\n"),
            (format!("Tea.{C} It helps.\n"), "Tea. It helps.\n"),
            (format!("<p>{C}Tea</p>"), "<p>Tea</p>"),
        ] {
            assert_eq!(without(&text), left, "{text:?}");
        }
    }

    #[test]
    fn a_region_goes_with_its_end() {
        let region = "A.\n\n<!-- caveat-allow-start us/a by=X: why -->\n\nB.\n\n<!-- caveat-allow-end us/aa -->\n\n\
                      <!-- caveat-allow-end us/a -->\n\nC.\n";
        assert_eq!(
            without(region),
            "A.\n\nB.\n\n<!-- caveat-allow-end us/aa -->\n\nC.\n"
        );
        let yaml = "a: 1\n# caveat-allow-start us/a: why\nb: 2\n# caveat-allow-end us/a\nc: 3\n";
        let start = yaml.find('#').unwrap();
        let end = start + yaml[start..].find('\n').unwrap();
        let cuts = taken_out(yaml, Span::of(start..end));
        let cut: Vec<&str> = cuts.iter().map(|cut| cut.slice(yaml)).collect();
        assert_eq!(
            cut,
            ["# caveat-allow-start us/a: why\n", "# caveat-allow-end us/a\n"]
        );
    }
}
