//! Owns telling what a check looks for, in the words of its labels.

use super::line;
use crate::finding::Category;
use crate::policy::model::{
    Beside, Check, Found, Frame, Lexicon, Mood, Number, Place, Role, Shape, Speaker, Terms, When, Within,
};

/// As many ways are told; a rule may have dozens.
const MOST: usize = 4;

/// Adds what `check` looks for.
pub(super) fn told(check: &Check, lexicons: &[Lexicon], out: &mut String) {
    match check {
        Check::Forbid(forbid) => {
            let words = forbid.terms.phrases.len();
            let named = names(&forbid.terms, lexicons);
            let mut parts = Vec::new();
            parts.extend((!named.is_empty()).then(|| format!("words of {}", named.join(", "))));
            parts.extend((words > 0).then(|| format!("{words} of its own phrases")));
            let patterns = forbid.patterns.iter().map(|(pattern, _)| format!("`{pattern}`"));
            parts.extend(patterns);
            line(out, "looks for", &parts.join(", "));
        }
        Check::Claim(frames) => ways(out, "looks for", frames, lexicons),
        Check::Qualify(qualify) => {
            ways(out, "looks for", &qualify.when, lexicons);
            ways(out, "unless", &qualify.needs, lexicons);
            line(out, "within", reach(qualify.within));
        }
        Check::Require(require) => {
            ways(out, "owed by", &require.when, lexicons);
            line(out, "owed by", &found(&require.found));
            if require.min_words > 0 {
                line(out, "from", &format!("{} words of copy on", require.min_words));
            }
            if require.at_least > 1 && require.found.is_empty() {
                line(
                    out,
                    "with",
                    &format!("at least {} such sentences", require.at_least),
                );
            }
            ways(out, "satisfied by", &require.statement, lexicons);
            for text in &require.exact {
                line(out, "satisfied by", text);
            }
            let place = match require.place {
                Place::Anywhere => "",
                Place::BeforeFirst => "before the first of these sentences",
                Place::LastSection => "in the last section",
                Place::Both => "before the first of these sentences, and in the last section",
            };
            line(out, "where", place);
        }
        Check::Number(number) => line(out, "looks for", &quantity(number)),
        Check::When(when) => claims(when, lexicons, out),
    }
}

/// What findings create a duty.
fn found(found: &Found) -> String {
    let names = |categories: &[Category]| {
        let names: Vec<&str> = categories.iter().map(|category| category.name()).collect();
        names.join(", ")
    };
    let loud = (!found.loud.is_empty()).then(|| format!("errors and warnings: {}", names(&found.loud)));
    let advised = (!found.advised.is_empty()).then(|| format!("advice: {}", names(&found.advised)));
    loud.into_iter().chain(advised).collect::<Vec<_>>().join("; ")
}

/// The vocabularies that terms take their words from, and how many phrases they have besides.
fn words(terms: &Terms, lexicons: &[Lexicon]) -> String {
    let mut words: Vec<String> = names(terms, lexicons).into_iter().map(str::to_owned).collect();
    let own = terms.phrases.len();
    words.extend((own > 0).then(|| format!("{own} of its own phrases")));
    words.join(", ")
}

/// "words of software-words, at least 3 in one document"; nothing where nothing must stand beside it.
pub(super) fn beside(beside: Option<&Beside>, lexicons: &[Lexicon]) -> String {
    beside.map_or_else(String::new, |beside| {
        let many = match beside.at_least {
            0 | 1 => String::new(),
            many => format!("at least {many} "),
        };
        format!(
            "words of {}, {many}in {}",
            words(&beside.terms, lexicons),
            reach(beside.within)
        )
    })
}

/// What a row asks of a claim, a line for each thing that it asks.
fn claims(when: &When, lexicons: &[Lexicon], out: &mut String) {
    let words = |terms: &Terms| words(terms, lexicons);
    let standing: Vec<&str> = when.standing.iter().map(|kind| kind.name()).collect();
    let shapes: Vec<&str> = when.shape.iter().map(|shape| in_words(*shape)).collect();
    let mood = when.mood.map_or("", |mood| match mood {
        Mood::Statement => "it is stated",
        Mood::Instruction => "it is said in an instruction, a condition or an explanation",
        Mood::Name => "it is a bare name, as of a heading or a menu",
    });
    let speaker = when.speaker.map_or("", |speaker| match speaker {
        Speaker::Seller => "who sells or writes",
        Speaker::Customer => "a customer, quoted or in the first person",
    });
    line(out, "judges effects", &words(&when.effect));
    line(out, "on", &words(&when.target));
    line(out, "of", &words(&when.subject));
    line(out, "which are", &standing.join(", "));
    line(out, "said as", &shapes.join("; "));
    line(out, "where", mood);
    line(out, "by", speaker);
    line(out, "together with", &words(&when.with));
    line(out, "but not with", &words(&when.without));
}

const fn in_words(shape: Shape) -> &'static str {
    match shape {
        Shape::Acts => "it acts on the target",
        Shape::Compound => "a name of both, target first",
        Shape::Happens => "the target changes",
        Shape::Absence => "the target is gone",
        Shape::Suits => "it is for the target",
        Shape::Alone => "one word that says it all",
    }
}

/// The names of the vocabularies that terms take their words from.
fn names<'l>(terms: &Terms, lexicons: &'l [Lexicon]) -> Vec<&'l str> {
    let named = terms.lexicons.iter().filter_map(|id| lexicons.get(*id));
    named.map(|lexicon| lexicon.name.as_str()).collect()
}

fn ways(out: &mut String, key: &str, frames: &[Frame], lexicons: &[Lexicon]) {
    let mut ways: Vec<String> = Vec::new();
    for frame in frames {
        let way = way(frame, lexicons);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    for (at, way) in ways.iter().take(MOST).enumerate() {
        match at {
            0 => line(out, key, way),
            _ => line(out, "", &format!("{:16}or {way}", "")),
        }
    }
    if ways.len() > MOST {
        line(out, "", &format!("{:16}or {} more ways", "", ways.len() - MOST));
    }
}

/// "names what is sold (products) + claims a cure (cures, relief), in one clause".
fn way(frame: &Frame, lexicons: &[Lexicon]) -> String {
    let label = |role: &Role| match names(&role.terms, lexicons).join(", ") {
        words if words.is_empty() => role.label.clone(),
        words => format!("{} ({words})", role.label),
    };
    let labels: Vec<String> = frame.roles.iter().map(label).collect();
    let order = if frame.ordered && labels.len() > 1 {
        ", in this order"
    } else {
        ""
    };
    let within = if labels.len() > 1 {
        format!(", in {}", reach(frame.within))
    } else {
        String::new()
    };
    format!("{}{order}{within}", labels.join(" + "))
}

const fn reach(within: Within) -> &'static str {
    match within {
        Within::Clause => "one clause",
        Within::Sentence => "one sentence",
        Within::Adjacent => "a block and the ones beside it",
        Within::Paragraph => "one paragraph",
        Within::Section => "one section",
        Within::Document => "one document",
    }
}

fn quantity(number: &Number) -> String {
    let mut limits = Vec::new();
    limits.extend(number.over.map(|over| format!("of more than {over}")));
    limits.extend(number.at_most.map(|most| format!("of at most {most}")));
    limits.extend(
        number
            .rate
            .map(|rate| format!("of at least {rate} for each period")),
    );
    let limits = if limits.is_empty() {
        String::new()
    } else {
        format!(" {}", limits.join(" or "))
    };
    format!("an amount{limits}, beside words of its lexicons")
}
