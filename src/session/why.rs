//! Owns asking why: how a line was read, what rules say of it, and what one that is silent lacks.

use super::judge::{believed, text};
use super::rules::Library;
use super::{Job, matter};
use crate::data::nearest;
use crate::engine::Read;
use crate::finding::{Called, Finding};
use crate::source::SourceFile;
use crate::suppress::Named;
use std::collections::HashMap;
use std::sync::Arc;

/// How a line was read.
pub struct Why {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its sentences on that line.
    pub read: Vec<Read>,
    /// The names of vocabularies by their number.
    pub words: Vec<String>,
    /// What makes candidates of each rule harmless, by full name.
    pub guards: HashMap<String, Vec<&'static str>>,
}

/// How a line of a file was read, with the rule of this full name if one is given.
///
/// # Errors
/// Why it cannot be told, in a sentence.
pub fn why(job: &Job, library: &Library, line: usize, rule: Option<&str>) -> Result<Why, String> {
    let text = text(job).map_err(|refused| refused.to_string())?;
    let file = Arc::new(text.under(job.shown.clone()));
    let document = job.extract(&file).document;
    let folder = super::judge::folder(job);
    let matter = matter::read(&document, folder, &job.settings.root, &mut Vec::new());
    let rules = library.rules(&job.settings, &matter.markets, &matter.policies);
    let Some(Ok(loaded)) = rules.get() else {
        return Err("the policy is not sound; `caveat policy check` tells why".to_owned());
    };
    if let Some(rule) = rule {
        known(library, loaded, rule)?;
    }
    let given = believed(job, &loaded.rules, &document, &matter);
    let read = loaded.rules.why(&document, &given, Some(line), rule);
    let words = loaded.from.lexicons.iter().map(|lexicon| lexicon.name.clone());
    let guards = loaded.from.rules.iter().map(|rule| {
        let guards = rule.guards.iter().map(|guard| guard.name());
        (rule.full_name(), guards.collect())
    });
    Ok(Why {
        file,
        read,
        words: words.collect(),
        guards: guards.collect(),
    })
}

/// The sentence that a finding stands in, with the mark that ends it.
///
/// # Errors
/// Why it cannot be told, in a sentence.
pub fn sentence(job: &Job, library: &Library, finding: &Finding) -> Result<String, String> {
    let line = finding
        .file
        .as_ref()
        .map_or(1, |file| file.position(finding.span.start).line);
    let told = why(job, library, line, None)?;
    // A finding may reach over its sentence; it stands where it begins.
    let at = finding.span.start;
    let holds = |read: &&Read| (read.span.start..read.span.end).contains(&at);
    let read = told.read.iter().find(holds);
    let read = read.ok_or("the sentence of this finding cannot be told")?;
    Ok(closed(&told.file, read))
}

/// A sentence with the mark that ends it.
pub fn closed(file: &SourceFile, read: &Read) -> String {
    let after = file.text().get(read.span.end as usize..).unwrap_or_default();
    let mark = after
        .chars()
        .next()
        .filter(|mark| matches!(mark, '.' | '!' | '?'));
    let mut text = read.text.clone();
    text.extend(mark);
    text
}

/// Says what is wrong with the name of a rule that does not judge here.
fn known(library: &Library, loaded: &super::rules::Loaded, rule: &str) -> Result<(), String> {
    match loaded.rules.called(rule) {
        Called::Now => Ok(()),
        Called::Was(now) => Err(format!("`{rule}` is called `{}` now", now.join("`, `"))),
        Called::Nothing => Err(match library.named(loaded, rule) {
            Named::Elsewhere => {
                format!("`{rule}` is not in force here: its market is not among them, or it is off")
            }
            _ => {
                let names: Vec<String> = loaded.from.rules.iter().map(|rule| rule.full_name()).collect();
                let near = nearest(rule, names.iter().map(String::as_str));
                let near = near.map_or_else(
                    || "`caveat rules` lists them".to_owned(),
                    |near| format!("`{near}` is the nearest name"),
                );
                format!("there is no rule `{rule}`; {near}")
            }
        }),
    }
}
