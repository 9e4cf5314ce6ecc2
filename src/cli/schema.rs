//! Owns `caveat schema`: the JSON schemas of the findings and of the claims register.

use super::{Result, Status, output};
use crate::register;
use clap::ValueEnum;

/// What there is a schema of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Of {
    /// The json format of `caveat check`
    Findings,
    /// The claims register, claims.yaml
    Claims,
}

/// JSON Schema of the `json` format, version 1.
const SCHEMA: &str = include_str!("schema.json");

pub(super) fn run(of: Of) -> Result<Status> {
    let text = match of {
        Of::Findings => SCHEMA,
        Of::Claims => register::SCHEMA,
    };
    output::stdout(text.as_bytes())?;
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
