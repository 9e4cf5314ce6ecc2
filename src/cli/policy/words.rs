//! Owns `caveat policy words`: the vocabularies of the policies in force, where each is used, and which of them know a
//! word.

use super::super::choose::Choice;
use super::super::{Failure, Result, Status, note, output, rules};
use crate::data::nearest;
use crate::policy::model::{Lexicon, Policy, Steps};
use crate::policy::{Used, uses};
use crate::text::fold;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Arguments of `caveat policy words`.
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Args {
    /// A vocabulary to list, or words to look for in all of them [default: lists the vocabularies]
    #[arg(value_name = "NAME")]
    name: Option<String>,

    #[command(flatten)]
    choice: Choice,
}

/// Users that are named of each kind in a list of vocabularies.
const NAMED: usize = 3;

pub(in crate::cli) fn run(args: &Args) -> Result<Status> {
    let Some(policy) = rules::policy(&args.choice)? else {
        return Ok(Status::Trouble);
    };
    let used = uses(&policy);
    let text = match &args.name {
        None => table(&policy, &used),
        Some(name) => match policy.lexicons.iter().position(|lexicon| lexicon.name == *name) {
            Some(id) => listed(&policy, id, &used[id]),
            None => found(&policy, name, &used)?,
        },
    };
    output::stdout(crate::report::plain_lines(&text).as_bytes())?;
    if args.name.is_none() {
        note(
            "`caveat policy words NAME` lists one; `caveat policy words \"some words\"` says which of them know these",
        );
    }
    Ok(Status::Clean)
}

fn table(policy: &Policy, used: &[Used]) -> String {
    let mut lines: Vec<[String; 4]> = vec![["name", "words", "label", "used by"].map(str::to_owned)];
    let mut rows: Vec<(&Lexicon, &Used)> = policy.lexicons.iter().zip(used).collect();
    rows.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    lines.extend(rows.into_iter().map(|(lexicon, used)| {
        [
            lexicon.name.clone(),
            count(policy, lexicon).to_string(),
            lexicon.label.clone().unwrap_or_else(|| "-".to_owned()),
            in_brief(used),
        ]
    }));
    let mut widths = [0; 3];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for [name, words, label, used] in &lines {
        let [first, second, third] = widths;
        let _ = writeln!(out, "{name:first$}  {words:>second$}  {label:third$}  {used}");
    }
    out
}

/// How many phrases a vocabulary has, with those that it takes in.
fn count(policy: &Policy, lexicon: &Lexicon) -> usize {
    let (mut seen, mut waiting) = (BTreeSet::new(), lexicon.include.clone());
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            waiting.extend(&policy.lexicons[id].include);
        }
    }
    let within: usize = seen.iter().map(|id| policy.lexicons[*id].phrases.len()).sum();
    lexicon.phrases.len() + within
}

/// "us-ftc/guarantee, us-ftc/pressure and 4 more rules; part of any-result; the language".
fn in_brief(used: &Used) -> String {
    let mut parts = Vec::new();
    let rules: Vec<&str> = used.rules.iter().map(String::as_str).collect();
    if !rules.is_empty() {
        let some = rules.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        parts.push(match rules.len().saturating_sub(NAMED) {
            0 => some,
            1 => format!("{some} and 1 more rule"),
            more => format!("{some} and {more} more rules"),
        });
    }
    match used.words.as_slice() {
        [] => {}
        names if names.len() <= NAMED => parts.push(format!("part of {}", names.join(", "))),
        names => parts.push(format!("part of {} vocabularies", names.len())),
    }
    if used.language {
        parts.push("the language".to_owned());
    }
    if parts.is_empty() {
        return "nothing".to_owned();
    }
    parts.join("; ")
}

fn listed(policy: &Policy, id: usize, used: &Used) -> String {
    let lexicon = &policy.lexicons[id];
    let mut out = format!("{}\n", lexicon.name);
    let mut line = |key: &str, text: String| {
        if !text.is_empty() {
            let _ = writeln!(out, "{key:<16}{text}");
        }
    };
    let included = lexicon.include.iter();
    let included: Vec<&str> = included.map(|id| policy.lexicons[*id].name.as_str()).collect();
    line("label", lexicon.label.clone().unwrap_or_default());
    line("used by rules", used.rules.join(", "));
    line("part of", used.words.join(", "));
    line(
        "by the language",
        if used.language {
            "yes".to_owned()
        } else {
            String::new()
        },
    );
    line("takes in", included.join(", "));
    line(
        "but not in",
        phrases(&lexicon.except).collect::<Vec<_>>().join("; "),
    );
    out.push('\n');
    for phrase in phrases(&lexicon.phrases) {
        let _ = writeln!(out, "  {phrase}");
    }
    out
}

fn steps(words: &crate::policy::model::Words) -> impl Iterator<Item = Steps> + '_ {
    let of_file = words
        .file
        .iter()
        .flat_map(crate::policy::model::WordFile::phrases);
    words
        .listed
        .iter()
        .map(|phrase| phrase.steps.clone())
        .chain(of_file)
}

fn phrases(words: &crate::policy::model::Words) -> impl Iterator<Item = String> + '_ {
    steps(words).map(|steps| written(&steps))
}

/// A phrase as people write it: `[cure|cures|cured]`, `[the] cure`.
fn written(steps: &Steps) -> String {
    let step = |choices: crate::policy::model::Choices<'_>| match choices.only() {
        Some(word) => word.to_owned(),
        None => format!("[{}]", choices.iter().collect::<Vec<_>>().join("|")),
    };
    steps.iter().map(step).collect::<Vec<_>>().join(" ")
}

/// Which vocabularies know words: of which they are a phrase, and in whose phrases they stand among others.
fn found(policy: &Policy, written_as: &str, used: &[Used]) -> Result<String> {
    let folded = fold(written_as);
    let words: Vec<&str> = folded.text().split_whitespace().collect();
    let (mut out, mut within) = (String::new(), Vec::new());
    for (lexicon, used) in policy.lexicons.iter().zip(used) {
        if steps(&lexicon.phrases).any(|steps| is(&steps, &words)) {
            let _ = writeln!(out, "{}: {}", lexicon.name, in_brief(used));
        } else if steps(&lexicon.phrases).any(|steps| holds(&steps, &words)) {
            within.push(lexicon.name.as_str());
        }
    }
    if !within.is_empty() {
        let _ = writeln!(out, "in longer phrases of: {}", within.join(", "));
    }
    if out.is_empty() {
        let names = policy.lexicons.iter().map(|lexicon| lexicon.name.as_str());
        let near = nearest(written_as, names);
        let near = near.map_or_else(String::new, |near| {
            format!("; `{near}` is the nearest name of one")
        });
        return Err(Failure::said(format!("no vocabulary knows `{written_as}`{near}")));
    }
    Ok(out)
}

/// Whether a phrase is these words.
fn is(steps: &Steps, words: &[&str]) -> bool {
    let steps: Vec<_> = steps.iter().collect();
    takes(&steps, words)
}

fn takes(steps: &[crate::policy::model::Choices<'_>], words: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return words.is_empty();
    };
    step.iter().any(|choice| {
        let choice: Vec<&str> = choice.split_whitespace().filter(|word| *word != ",").collect();
        let fits = |(wanted, word): (&&str, &&str)| match *wanted {
            "_" => true,
            "#" => word.starts_with(|first: char| first.is_ascii_digit()),
            wanted => wanted == *word,
        };
        words.len() >= choice.len()
            && choice.iter().zip(words).all(fits)
            && takes(rest, &words[choice.len()..])
    })
}

/// Whether all of the words stand in one phrase, among others.
fn holds(steps: &Steps, words: &[&str]) -> bool {
    let has = |word: &&str| {
        let mut choices = steps.iter().flat_map(|choices| choices.iter());
        choices.any(|choice| choice.split_whitespace().any(|other| other == *word))
    };
    words.iter().all(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(steps: &[&[&str]]) -> Steps {
        let mut out = Steps::default();
        steps.iter().for_each(|choices| out.push(choices.iter().copied()));
        out
    }

    #[test]
    fn words_are_known_in_every_form() {
        let regrow = phrase(&[&["regrow", "regrows", "grow back"], &["", "the"], &["hair"]]);
        for (words, known, held) in [
            ("regrows hair", true, true),
            ("grow back the hair", true, true),
            ("hair", false, true),
            ("regrow skin", false, false),
            ("regrow hair now", false, false),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(
                (is(&regrow, &words), holds(&regrow, &words)),
                (known, held),
                "{words:?}"
            );
        }
        assert!(is(&phrase(&[&["#"], &["_"], &["days"]]), &["7", "full", "days"]));
        assert_eq!(written(&regrow), "[regrow|regrows|grow back] [|the] hair");
    }
}
