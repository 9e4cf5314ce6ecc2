//! What reviewers decided, as the baseline keeps it.

use super::*;
use crate::finding::DecisionKind;

/// An entry of the copy `two.` that somebody decided on.
fn decided(kind: DecisionKind, until: Option<Date>) -> Entry {
    let mut entry = all(&site(&[("a.md", &["two."])])).remove(0);
    let [reason, to] = ["why", "Legal"].map(|text| Some(text.to_owned()));
    entry.decided = Some(Arc::new(Decision {
        kind,
        by: "Ann".into(),
        day: DAY,
        reason,
        wording: None,
        to: to.filter(|_| kind == DecisionKind::Escalate),
        until,
    }));
    entry
}

#[test]
fn what_was_decided_is_written_and_read_again() {
    for (kind, until) in [
        (DecisionKind::Accept, Some(TODAY)),
        (DecisionKind::Change, None),
        (DecisionKind::Escalate, None),
        (DecisionKind::FalseAlarm, None),
    ] {
        let entry = decided(kind, until);
        let read = baseline_in(&nowhere(), vec![entry.clone()]);
        assert_eq!(read.entries[0].decided, entry.decided);
        let mut text = Vec::new();
        write(read.entries.clone(), &mut text).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), read.file.text());
        let (said, known) = left(&read, &[("a.md", &["one.", "two."])]);
        let passes = entry.passes(DAY) && entry.is_exception();
        assert_eq!(
            (said.len(), known),
            (2 - usize::from(passes), vec![met("a.md")]),
            "{kind}"
        );
        let over = !entry.passes(date(2027, 1, 1));
        assert_eq!(over, !matches!(kind, DecisionKind::FalseAlarm), "{kind}");
    }
}

#[test]
fn half_a_decision_is_none() {
    let entry = baseline_in(&nowhere(), vec![decided(DecisionKind::Accept, Some(TODAY))]);
    let whole = entry.file.text();
    for (from, to, message) in [
        (
            "accept\"",
            "acept\"",
            "`acept` is no decision; there are change, accept, escalate, false-alarm",
        ),
        ("\"by\": \"Ann\"", "\"by\": \" \"", "`by` is missing here"),
        (
            ",\n      \"until\": \"2026-11-24\"",
            "",
            "`until` is missing here",
        ),
        (
            "2026-11-24",
            "24.11.2026",
            "`24.11.2026` is no day; write it as 2026-12-31",
        ),
        (
            "\"decision\": \"accept\",\n      ",
            "",
            "an entry without `decision` says nothing of who decided what",
        ),
    ] {
        assert!(whole.contains(from), "{from}: {whole}");
        let file = Arc::new(SourceFile::new(FILE, whole.replace(from, to)));
        let mistake = Baseline::read(file, nowhere()).unwrap_err();
        assert_eq!(mistake.message, message);
    }
}

#[test]
fn a_decision_outlives_a_baseline_that_is_made_anew() {
    let milder = decided(DecisionKind::FalseAlarm, None);
    let mut entries = all(&site(&[("a.md", &["one."])]));
    entries.push(milder.clone());
    let old = baseline_in(&nowhere(), entries);
    let said = [met("a.md"), met("a.md")];
    let fresh = all(&site(&[("a.md", &["one.", "two."])]));
    for fresh in [fresh.clone(), fresh[..1].to_vec()] {
        let renewed = renew(&old, &said, fresh, |_| false);
        let kept: Vec<bool> = renewed.iter().map(|entry| entry.decided.is_some()).collect();
        assert_eq!(kept, [false, true]);
        assert_eq!(renewed[1].decided, milder.decided);
    }
    // What was decided on the second of two stays with the second.
    let mut second = milder;
    second.ordinal = 1;
    let (stay, over) = prune(&baseline_in(&nowhere(), vec![second]), &[met("a.md")], |_| false);
    assert_eq!((stay[0].ordinal, over.len()), (1, 0));
}
