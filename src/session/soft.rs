//! Owns comparing what softens two runs: what a change adds to the ledger.

use crate::finding::{ExceptionKind, Softening, SofteningKind, Standing};
use std::collections::BTreeMap;

/// What softens a run, with how often: told in words that name no line, so that what has only moved is the same.
pub type Soft = BTreeMap<String, usize>;

/// What softens a run, by the paths that both runs share.
pub fn soft(rows: &[Softening], exceptions: &[Standing], path: &dyn Fn(&str) -> String) -> Soft {
    let mut out = Soft::new();
    for row in rows.iter().filter(|row| is_written(row.kind)) {
        let Some((file, _)) = &row.place else { continue };
        let covers = if row.covers == *file {
            path(file)
        } else {
            row.covers.clone()
        };
        let told = format!("{}: {} for {covers}: {}", path(file), row.what, row.reason);
        *out.entry(told).or_default() += 1;
    }
    for Standing { exception, .. } in exceptions {
        let file = path(exception.file.name());
        let rule = match exception.rule.as_str() {
            "" => "any claim",
            rule => rule,
        };
        let told = match exception.kind {
            // Blocks and lines move.
            ExceptionKind::Comment | ExceptionKind::FrontMatter => {
                format!("{file}: {rule} passes: {}", exception.reason)
            }
            ExceptionKind::Baseline => format!("{file}: old copy passes: {rule}"),
            ExceptionKind::Decision | ExceptionKind::Register | ExceptionKind::Settings => {
                format!("{file}: {rule} for {}: {}", exception.covers, exception.reason)
            }
        };
        *out.entry(told).or_default() += 1;
    }
    out
}

/// Whether somebody wrote it, as against what caveat meets in the files.
const fn is_written(kind: SofteningKind) -> bool {
    !matches!(
        kind,
        SofteningKind::PassedOver | SofteningKind::OtherLanguage | SofteningKind::Argument
    )
}

/// What softens the run that `is` tells of and not, or less often, the one that `was` tells of.
pub fn softer_now(is: Soft, was: Soft) -> Vec<String> {
    let more = |(told, count): (String, usize)| {
        let more = count.saturating_sub(was.get(&told).copied().unwrap_or(0));
        match more {
            0 => None,
            1 => Some(told),
            more => Some(format!("{told} ({more} times)")),
        }
    };
    is.into_iter().filter_map(more).collect()
}
