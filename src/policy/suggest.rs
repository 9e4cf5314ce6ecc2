//! Owns saying which name may be meant, and which there are.

use crate::data::near;

/// What may be meant by a name that is none of `names`: the nearest few, or those that there are.
pub(super) fn suggest(name: &str, names: &[&str]) -> String {
    match near(name, names.iter().copied(), 3).as_slice() {
        [] if names.is_empty() => "There are none here.".to_owned(),
        [] => format!("There are {}.", list(names)),
        [one] => format!("Did you mean `{one}`?"),
        [first, second] => format!("Did you mean `{first}` or `{second}`?"),
        [first, second, third, ..] => format!("Did you mean `{first}`, `{second}` or `{third}`?"),
    }
}

/// Names for a sentence; a long list is cut.
pub(super) fn list(names: &[&str]) -> String {
    const MOST: usize = 12;
    let mut out = names
        .iter()
        .take(MOST)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > MOST {
        out.push_str(&format!(" and {} more", names.len() - MOST));
    }
    out
}
