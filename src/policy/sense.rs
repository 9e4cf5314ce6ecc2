//! Owns what a rule's parts say to each other: guards that its check gives no occasion, names in its message
//! that its check does not have.

use super::lexicon::parts;
use super::model::{Check, Frame, Guard, LexiconId};
use super::read::{Fields, Reader};

/// The rule's guards; those that can never apply are noted.
pub(super) fn guards(reader: &mut Reader<'_>, fields: &Fields<'_>, check: Option<&Check>) -> Vec<Guard> {
    let mut out = Vec::new();
    for item in reader.items_of(fields, "guards") {
        let Some(guard) = reader.choice("guard", item, Guard::NAMED) else {
            continue;
        };
        let idle = match check {
            Some(Check::Require(_)) => {
                Some("a `require` rule speaks of what is missing, and no words can excuse that")
            }
            Some(check)
                if guard == Guard::OtherMeaning
                    && !(reader.blind || reader.book.is_ready())
                    && !has_exceptions(reader, check) =>
            {
                Some("no lexicon of this rule has `except`")
            }
            _ => None,
        };
        if let Some(why) = idle {
            let message = format!("The guard `{}` can never apply: {why}", guard.name());
            reader.wrong(item.span, message, "Remove it from `guards`.");
        } else if out.contains(&guard) {
            let message = format!("The guard `{}` stands twice", guard.name());
            reader.wrong(item.span, message, "Keep one of the two.");
        }
        out.push(guard);
    }
    out
}

fn has_exceptions(reader: &Reader<'_>, check: &Check) -> bool {
    let of_frames = |frames: &[Frame]| -> Vec<LexiconId> {
        let roles = frames.iter().flat_map(|frame| &frame.roles);
        roles.flat_map(|role| role.terms.lexicons.clone()).collect()
    };
    let ids = match check {
        Check::Forbid(forbid) => forbid.terms.lexicons.clone(),
        Check::Claim(frames) => of_frames(frames),
        Check::Qualify(qualify) => of_frames(&qualify.when),
        Check::Require(require) => of_frames(&require.when),
        Check::Number(number) => number.with.lexicons.clone(),
        Check::When(when) => [when.effect.lexicons.clone(), when.target.lexicons.clone()].concat(),
    };
    ids.into_iter()
        .flat_map(|id| parts(&reader.lexicons, id))
        .any(|id| !reader.lexicons[id].except.is_empty())
}

/// Notes `{names}` in the message that are no roles of what the rule looks for.
pub(super) fn placeholders(reader: &mut Reader<'_>, fields: &Fields<'_>, message: &str, check: &Check) {
    if !message.contains('{') {
        return;
    }
    let frames: &[Frame] = match check {
        Check::Claim(frames) => frames,
        Check::Qualify(qualify) => &qualify.when,
        Check::Require(require) => &require.when,
        Check::Forbid(_) | Check::Number(_) | Check::When(_) => &[],
    };
    let mut roles: Vec<&str> = Vec::new();
    for role in frames.iter().flat_map(|frame| &frame.roles) {
        if !roles.contains(&role.name.as_str()) {
            roles.push(&role.name);
        }
    }
    let Some(entry) = fields.entry("message") else {
        return;
    };
    // The message was trimmed; places count in the whole text.
    let trimmed = entry.node.text().and_then(|text| text.find(message)).unwrap_or(0);
    let mut at = 0;
    while let Some(open) = message[at..].find('{').map(|open| at + open) {
        let Some(close) = message[open..].find('}').map(|close| open + close) else {
            return;
        };
        let name = &message[open + 1..close];
        if !roles.contains(&name) {
            let span = reader.inside(&entry.node, trimmed + open..trimmed + close + 1);
            reader.unknown(
                span,
                format!("The message names `{name}`, which is no role"),
                name,
                &roles,
            );
        }
        at = close + 1;
    }
}
