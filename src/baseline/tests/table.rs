//! Tests of the table of keys.

use super::*;

/// What the file is read by and what its schema is drawn from name the same keys.
#[test]
fn the_table_names_what_is_written() {
    let mut text = Vec::new();
    let mut entries = all(&site(&[("a.md", &["tea cures gout."])]));
    entries[0].decided = Some(Arc::new(crate::finding::Decision {
        kind: crate::finding::DecisionKind::ALL[0],
        by: "A. Lee".to_owned(),
        day: jiff::civil::date(2026, 1, 2),
        reason: Some("r".to_owned()),
        wording: Some("w".to_owned()),
        to: Some("t".to_owned()),
        until: Some(jiff::civil::date(2026, 2, 3)),
    }));
    write(entries, &mut text).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let written =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let told = |keys: &[crate::data::Key]| {
        let mut names: Vec<String> = crate::data::names(keys).into_iter().map(str::to_owned).collect();
        names.sort();
        names
    };
    let mut file_keys = written(&file);
    file_keys.sort();
    assert_eq!(file_keys, told(KEYS));
    let mut entry_keys = written(&file["entries"][0]);
    entry_keys.sort();
    assert_eq!(entry_keys, told(file::ENTRY));
}
