//! Owns how two pieces of evidence differ, in the words of a reviewer.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What differs of one kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) lines: Vec<String>,
}

/// How `now` differs from `then`; nothing where it does not.
pub(super) fn compare(then: &Value, now: &Value) -> Vec<Section> {
    let sections = [
        ("How it was checked", terms(then, now)),
        ("Pages", files(then, now, "inputs")),
        ("Found", findings(then, now)),
        ("Approved claims", claims(then, now)),
        ("Exceptions", rows(then, now, "exceptions", exception)),
        ("Milder than the packs", rows(then, now, "softened", softening)),
        ("Outcome", outcome(then, now)),
    ];
    let told = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
    told.map(|(title, lines)| Section { title, lines }).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// A value without quotes, brackets and the like.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn terms(then: &Value, now: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let mut changed = |what: &str, then: &Value, now: &Value| {
        if then != now {
            out.push(format!("{what}: {}, then {}", plain(then), plain(now)));
        }
    };
    changed("judged as of", &then["as_of"], &now["as_of"]);
    changed("by version", &then["tool"]["version"], &now["tool"]["version"]);
    let names = |value: &Value| -> BTreeSet<String> {
        let map = value["arguments"].as_object();
        map.into_iter().flat_map(|map| map.keys().cloned()).collect()
    };
    for name in names(then).union(&names(now)) {
        let (then, now) = (&then["arguments"][name], &now["arguments"][name]);
        changed(&format!("option {}", name.replace('_', "-")), then, now);
    }
    out.extend(settings(then, now));
    out.extend(files(then, now, "policies"));
    out
}

fn settings(then: &Value, now: &Value) -> Vec<String> {
    let of = |value: &Value| -> BTreeMap<String, Value> {
        let rows = list(value, "settings").iter();
        rows.map(|row| (plain(&row["path"]), row.clone())).collect()
    };
    let (then, now) = (of(then), of(now));
    let mut out = Vec::new();
    for path in then.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
        match (then.get(path), now.get(path)) {
            (Some(a), Some(b)) if a != b => {
                let keys = ["markets", "fail_on", "max_file_size"].into_iter();
                let of_key = |key: &str| format!("{key} {}, then {}", plain(&a[key]), plain(&b[key]));
                let told: Vec<String> = keys.filter(|key| a[*key] != b[*key]).map(of_key).collect();
                let told = if told.is_empty() {
                    "changed".to_owned()
                } else {
                    told.join("; ")
                };
                out.push(format!("settings {path}: {told}"));
            }
            (Some(_), None) => out.push(format!("settings {path}: no longer there")),
            (None, Some(_)) => out.push(format!("settings {path}: new")),
            _ => {}
        }
    }
    out
}

/// Files that came, went or changed, by their hashes.
fn files(then: &Value, now: &Value, key: &str) -> Vec<String> {
    let of = |value: &Value| -> BTreeMap<String, String> {
        let rows = list(value, key).iter();
        rows.map(|row| (text(row, "path").to_owned(), hashes(row)))
            .collect()
    };
    let (then, now) = (of(then), of(now));
    let mut out = Vec::new();
    for path in then.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
        match (then.get(path), now.get(path)) {
            (Some(a), Some(b)) if a != b => out.push(format!("{path}: changed")),
            (Some(_), None) => out.push(format!("{path}: no longer there")),
            (None, Some(_)) => out.push(format!("{path}: new")),
            _ => {}
        }
    }
    out
}

/// All hashes of a row: of its file, and of the word files that it names.
fn hashes(row: &Value) -> String {
    let words = list(row, "word_files").iter();
    let words: Vec<&str> = words.map(|file| text(file, "sha256")).collect();
    format!("{} {}", text(row, "sha256"), words.join(" "))
}

/// What a finding says, and how it stands.
struct Stands {
    told: String,
    state: String,
}

fn findings(then: &Value, now: &Value) -> Vec<String> {
    let (then, now) = (stand(then), stand(now));
    let mut out = Vec::new();
    for (key, after) in &now {
        let before = then.get(key).map_or(&[][..], Vec::as_slice);
        for (at, finding) in after.iter().enumerate() {
            match before.get(at) {
                None => out.push(format!("new: {}, {}", finding.told, finding.state)),
                Some(known) if known.state != finding.state => out.push(format!(
                    "was {}, is {}: {}",
                    known.state, finding.state, finding.told
                )),
                Some(_) => {}
            }
        }
    }
    for (key, before) in &then {
        let after = now.get(key).map_or(0, Vec::len);
        let gone = before.iter().skip(after);
        out.extend(gone.map(|finding| format!("gone: {}, {}", finding.told, finding.state)));
    }
    out
}

/// Findings by what makes them the same in both: file, rule and words.
fn stand(value: &Value) -> BTreeMap<[String; 3], Vec<Stands>> {
    let mut out: BTreeMap<[String; 3], Vec<Stands>> = BTreeMap::new();
    for row in list(value, "findings") {
        let (path, rule) = (plain(&row["path"]), text(row, "rule").to_owned());
        let state = match &row["silenced"] {
            Value::Null => text(row, "severity").to_owned(),
            by => format!("let pass ({})", text(by, "kind")),
        };
        let place = match &row["line"] {
            Value::Number(line) => format!("{path}:{line}"),
            _ => path.clone(),
        };
        let words = match text(row, "excerpt") {
            "" => String::new(),
            words => format!(" “{words}”"),
        };
        let told = format!("{place}{words} ({rule})");
        let key = [path, rule, text(row, "fingerprint").to_owned()];
        out.entry(key).or_default().push(Stands { told, state });
    }
    out
}

fn claims(then: &Value, now: &Value) -> Vec<String> {
    let of = |value: &Value| -> BTreeMap<String, Value> {
        let claims = list(value, "registers").iter();
        let claims = claims.flat_map(|register| list(register, "claims"));
        claims
            .map(|claim| (text(claim, "id").to_owned(), claim.clone()))
            .collect()
    };
    let (then, now) = (of(then), of(now));
    let mut out = Vec::new();
    for id in then.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
        match (then.get(id), now.get(id)) {
            (Some(a), Some(b)) => {
                let parts = [
                    ("text", "its text"),
                    ("evidence", "its evidence"),
                    ("review_by", "its review date"),
                    ("approver", "its approver"),
                ];
                let changed = parts.into_iter().filter(|(key, _)| a[*key] != b[*key]);
                let changed: Vec<&str> = changed.map(|(_, what)| what).collect();
                if !changed.is_empty() {
                    out.push(format!("{id}: {} changed", changed.join(", ")));
                }
            }
            (Some(_), None) => out.push(format!("{id}: lets nothing pass any more")),
            (None, Some(b)) => out.push(format!("{id}: lets copy pass now: “{}”", text(b, "text"))),
            (None, None) => {}
        }
    }
    out
}

/// Rows that came and went, by what they say.
fn rows(then: &Value, now: &Value, key: &str, say: fn(&Value) -> String) -> Vec<String> {
    let of = |value: &Value| -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        for row in list(value, key) {
            *out.entry(say(row)).or_default() += 1;
        }
        out
    };
    let (then, now) = (of(then), of(now));
    let more = |these: &BTreeMap<String, usize>, than: &BTreeMap<String, usize>, word: &str| {
        let rows = these.iter().filter_map(|(row, count)| {
            match count.saturating_sub(than.get(row).copied().unwrap_or(0)) {
                0 => None,
                1 => Some(format!("{word}: {row}")),
                more => Some(format!("{word}, {more} times: {row}")),
            }
        });
        rows.collect::<Vec<_>>()
    };
    let mut out = more(&now, &then, "new");
    out.extend(more(&then, &now, "gone"));
    out
}

fn exception(row: &Value) -> String {
    let rule = match text(row, "rule") {
        "" => "any claim",
        rule => rule,
    };
    let by = match text(row, "by") {
        "" => String::new(),
        by => format!(", by {by}"),
    };
    let until = match text(row, "until") {
        "" => String::new(),
        until => format!(", until {until}"),
    };
    let (kind, path, reason) = (text(row, "kind"), text(row, "path"), text(row, "reason"));
    format!("{rule} ({kind}, {path}{by}{until}): {reason}")
}

fn softening(row: &Value) -> String {
    let path = match text(row, "path") {
        "" => String::new(),
        path => format!("{path}: "),
    };
    let (what, covers, reason) = (text(row, "what"), text(row, "covers"), text(row, "reason"));
    let what = if what.is_empty() { text(row, "kind") } else { what };
    format!("{path}{what} for {covers}: {reason}")
}

fn outcome(then: &Value, now: &Value) -> Vec<String> {
    let word = |value: &Value| match value["status"].as_u64() {
        Some(0) => "passes",
        Some(1) => "fails",
        _ => "could not be checked whole",
    };
    let mut out = Vec::new();
    if then["status"] != now["status"] {
        out.push(format!("{}, then {}", word(then), word(now)));
    }
    let (a, b) = (plain(&then["unchecked"]), plain(&now["unchecked"]));
    if a != b {
        out.push(format!("not checked: {a}, then {b}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn evidence(findings: &Value) -> Value {
        json!({
            "as_of": "2026-11-23", "tool": {"version": "1"}, "arguments": {"paths": ["."]}, "inputs": [{"path": "a.md", "sha256": "1"}],
            "findings": findings, "status": 1,
        })
    }

    #[test]
    fn what_came_went_and_got_milder_is_told() {
        let finding = |line: usize, print: &str, silenced: Value| {
            json!({"path": "a.md", "line": line, "rule": "us-x/cure",
            "severity": "error", "excerpt": "cures", "fingerprint": print, "silenced": silenced})
        };
        let then = evidence(&json!([
            finding(1, "a", Value::Null),
            finding(2, "b", Value::Null)
        ]));
        assert!(compare(&then, &then).is_empty());
        let by = json!({"kind": "comment", "path": "a.md"});
        let mut now = evidence(&json!([finding(4, "a", by), finding(5, "c", Value::Null)]));
        now["inputs"] = json!([{"path": "a.md", "sha256": "2"}, {"path": "b.md", "sha256": "3"}]);
        now["status"] = json!(0);
        now["arguments"] = json!({"paths": ["."], "fail_on": ["never"]});
        let told: Vec<String> = compare(&then, &now)
            .into_iter()
            .flat_map(|section| section.lines)
            .collect();
        assert_eq!(
            told,
            [
                "option fail-on: none, then never",
                "a.md: changed",
                "b.md: new",
                "was error, is let pass (comment): a.md:4 “cures” (us-x/cure)",
                "new: a.md:5 “cures” (us-x/cure), error",
                "gone: a.md:2 “cures” (us-x/cure), error",
                "fails, then passes",
            ]
        );
    }
}
