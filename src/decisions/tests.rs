//! Files of decisions that are made up.

use super::*;
use proptest::prelude::*;

const ROW: &str = "- finding: eb72b512000000000000000000000000
  path: drafts/tea.md
  line: 8
  rule: us-effects/swallowed-disease
  copy: \"cures: eczema\"
  decision: accept
  reason: The label is old stock.
  until: 2027-06-30
  by: Ann Lee
  day: 2026-11-30
";

fn sheet(rows: &str) -> Sheet {
    let text = format!("{HEAD}.\nversion: 1\ndecisions:\n{rows}");
    Sheet::read(Arc::new(SourceFile::new("a.yaml", text)))
}

/// Each mistake with the words at its place.
fn mistakes(rows: &str) -> Vec<(String, String)> {
    let sheet = sheet(rows);
    let told = sheet.mistakes.iter();
    told.map(|mistake| (sheet.file.slice(mistake.span).to_owned(), mistake.message.clone()))
        .collect()
}

#[test]
fn a_file_is_read_whole() {
    let read = sheet(ROW);
    assert_eq!(read.mistakes, []);
    let [row] = read.rows.as_slice() else {
        panic!("one row")
    };
    assert_eq!(
        (row.path.as_str(), &row.finding[..8], row.decision.told().as_str()),
        (
            "drafts/tea.md",
            "eb72b512",
            "accepted until 2027-06-30: The label is old stock."
        )
    );
    assert_eq!(read.file.position(row.span.start).line, 9);
    assert_eq!(sheet("").rows, []);
    assert_eq!(sheet("").mistakes, []);
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    for (from, to, place, message) in [
        ("until: 2027", "untl: 2027", "untl", "unknown key `untl`"),
        ("  path: drafts/tea.md\n", "", "finding", "`path` is missing here"),
        (
            "decision: accept",
            "decision: acept",
            "acept",
            "unknown decision `acept`",
        ),
        ("  until: 2027-06-30\n", "", "accept", "`until` is missing here"),
        ("2027-06-30", "30.06.2027", "30.06.2027", "`until` is no day"),
        (
            "2027-06-30",
            "2026-06-30",
            "2026-06-30",
            "the copy may stand until a day before 2026-11-30, the day of the decision",
        ),
        ("by: Ann Lee", "by: ''", "''", "`by` is empty"),
        (
            "by: Ann Lee",
            "by: [Ann]",
            "[Ann]",
            "`by` must be text, but this is a list",
        ),
        (
            "eb72b512",
            "eb72b51x",
            "eb72b51x000000000000000000000000",
            "`eb72b51x000000000000000000000000` is no fingerprint",
        ),
        (
            "accept\n",
            "accept\n  to: Legal\n",
            "Legal",
            "`to` says nothing of the decision `accept`",
        ),
        ("reason: The", "reason: 7\n  decision: The", "decision", ""),
    ] {
        let told = mistakes(&ROW.replacen(from, to, 1));
        assert_eq!(told.len(), 1, "{to}: {told:?}");
        assert_eq!(told[0].0, place, "{to}");
        assert!(told[0].1.starts_with(message), "{to}: {told:?}");
    }
    let whole = |text: &str| Sheet::read(Arc::new(SourceFile::new("a.yaml", text))).mistakes;
    for text in [
        "",
        "[]",
        "version: 2",
        "decisions: []",
        "version: 1\ndecisions: {}",
        "version: 1\ndecisions: [x]",
        "a: [",
    ] {
        assert_eq!(whole(text).len(), 1, "{text}");
    }
}

#[test]
fn rows_that_agree_are_one_and_others_are_told_with_both_places() {
    let one = sheet(ROW);
    let same = sheet(
        &ROW.replace("Ann Lee", "Bo Ek")
            .replace("2026-11-30", "2026-12-01"),
    );
    let later = sheet(&ROW.replace("2027-06-30", "2027-07-31"));
    let sheets = [one, same, later];
    let (rows, conflicts) = merge(&sheets);
    assert_eq!((rows.len(), rows[0].row.decision.by.as_str()), (1, "Ann Lee"));
    let [conflict] = conflicts.as_slice() else {
        panic!("{conflicts:?}")
    };
    assert_eq!(
        (&conflict.first.row, &conflict.other.row),
        (&&sheets[0].rows[0], &&sheets[2].rows[0])
    );
    let twice = [sheet(&format!("{ROW}{}", ROW.replace("tea.md", "oil.md")))];
    assert_eq!((merge(&twice).0.len(), merge(&twice).1.len()), (2, 0));
}

proptest! {
    #[test]
    fn any_text_is_read_or_told_of(text in "[-a-z:#'\"\\[\\]{}\n ,|>&*!é\u{85}\u{2028}0-9]{0,80}") {
        let whole = Sheet::read(Arc::new(SourceFile::new("a.yaml", text.as_str())));
        for mistake in &whole.mistakes {
            prop_assert!(mistake.span.end as usize <= text.len() && text.is_char_boundary(mistake.span.start as usize));
        }
        let within = sheet(&format!("{ROW}  {text}"));
        prop_assert!(within.rows.len() == 1 || !within.mistakes.is_empty());
    }
}
