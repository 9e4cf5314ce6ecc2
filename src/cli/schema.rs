//! Owns `caveat schema`: the JSON schema of the findings.

use super::{Result, Status, output};

/// JSON Schema of the `json` format, version 1.
const SCHEMA: &str = include_str!("schema.json");

pub(super) fn run() -> Result<Status> {
    output::stdout(SCHEMA.as_bytes())?;
    Ok(Status::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_json_and_names_every_category() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let names = schema["$defs"]["finding"]["properties"]["category"]["enum"]
            .as_array()
            .unwrap();
        let names: Vec<&str> = names.iter().filter_map(|name| name.as_str()).collect();
        let all: Vec<&str> = crate::finding::Category::ALL
            .iter()
            .map(|category| category.name())
            .collect();
        assert_eq!(names, all);
    }
}
