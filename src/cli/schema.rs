//! Owns `caveat schema`: the JSON schemas of the files that caveat reads and of the findings that it writes. Those of
//! what it reads are drawn from the readers' own tables.

mod draw;

use super::{Result, Status, output};
use crate::data::Shape::{Maybe, Object};
use crate::{baseline, config, policy, register, session};
use clap::ValueEnum;

/// What there is a schema of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Of {
    /// The json format of `caveat check`
    Findings,
    /// A policy file
    Policy,
    /// The settings, caveat.yaml
    Settings,
    /// The claims register, claims.yaml
    Claims,
    /// The baseline, .caveat-baseline.json
    Baseline,
    /// The front matter of a draft, of which caveat reads the key `caveat`
    FrontMatter,
}

/// JSON Schema of the `json` format, version 1.
const FINDINGS: &str = include_str!("schema/findings.json");

pub(super) fn run(of: Of) -> Result<Status> {
    output::stdout(text(of).as_bytes())?;
    Ok(Status::Clean)
}

fn text(of: Of) -> String {
    let drawn = match of {
        Of::Findings => return FINDINGS.to_owned(),
        Of::Policy => draw::schema(
            "caveat policy",
            "A pack: its head, its vocabularies and its rules. policies/README.md tells more.",
            &Object(policy::KEYS),
        ),
        Of::Settings => draw::schema(
            "caveat settings",
            "caveat.yaml: what holds for this folder and those below it. Paths are relative to the file.",
            &Maybe(&Object(config::KEYS)),
        ),
        Of::Claims => draw::schema(
            "caveat claims register",
            "claims.yaml: claims that were approved, each with who approved it, until when, and on what evidence.",
            &Maybe(&Object(register::KEYS)),
        ),
        Of::Baseline => draw::schema(
            "caveat baseline",
            "Findings that were there when the baseline was written. `caveat baseline` writes it.",
            &Object(baseline::KEYS),
        ),
        Of::FrontMatter => front_matter(),
    };
    format!("{drawn:#}\n")
}

/// Front matter belongs to whoever builds the site; one key of it is caveat's.
fn front_matter() -> serde_json::Value {
    let mut caveat = draw::schema(
        "caveat front matter",
        "What the page is, and what it lets pass.",
        &Object(session::MATTER),
    );
    let mut out = serde_json::json!({"type": "object"});
    for key in ["$schema", "title", "$defs"] {
        if let Some(value) = caveat.as_object_mut().and_then(|whole| whole.remove(key)) {
            out[key] = value;
        }
    }
    out["properties"]["caveat"] = caveat;
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Category, ExceptionKind, Origin, Page, Product};
    use serde_json::{Value, json};

    #[test]
    fn the_schema_of_findings_names_every_name() {
        let schema: Value = serde_json::from_str(FINDINGS).unwrap();
        let defs = &schema["$defs"];
        let file = &defs["file"]["properties"];
        for (named, names) in [
            (&defs["finding"]["properties"]["category"], Category::names()),
            (&defs["exception"]["properties"]["kind"], ExceptionKind::names()),
            (&file["product"]["properties"]["kind"], Product::names()),
            (&file["product"]["properties"]["from"], Origin::names()),
            (&file["page"]["properties"]["kind"], Page::names()),
        ] {
            assert_eq!(named["enum"], json!(names));
        }
    }

    /// A part that another of the same name would hide was drawn from another table.
    #[test]
    fn every_part_is_referred_to_and_there() {
        for of in Of::value_variants() {
            let text = text(*of);
            let schema: Value = serde_json::from_str(&text).unwrap();
            for name in schema["$defs"]
                .as_object()
                .into_iter()
                .flat_map(|defs| defs.keys())
            {
                assert!(text.contains(&format!("\"#/$defs/{name}\"")), "{of:?}: {name}");
            }
            let named = text
                .split("\"#/$defs/")
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            for name in named {
                assert!(schema["$defs"][name].is_object(), "{of:?}: {name}");
            }
        }
    }
}
