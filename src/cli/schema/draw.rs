//! Owns drawing a JSON schema (draft 2020-12) from the tables of keys that the readers go by.

use crate::data::{Key, Needed, Shape};
use serde_json::{Map, Value, json};

/// The schema of a file, whose whole is of this shape.
pub(super) fn schema(title: &str, about: &str, whole: &Shape) -> Value {
    let mut parts = Map::new();
    let mut out = draw(whole, &mut parts);
    out["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    out["title"] = json!(title);
    out["description"] = json!(about);
    if !parts.is_empty() {
        out["$defs"] = Value::Object(parts);
    }
    out
}

/// A shape; what is called by a name is put into `parts`.
fn draw(shape: &Shape, parts: &mut Map<String, Value>) -> Value {
    match shape {
        Shape::Text => json!({"type": "string", "pattern": r"\S"}),
        Shape::Like(form) => json!({"type": "string", "pattern": form}),
        Shape::Word => json!({"type": ["string", "number"], "pattern": r"\S"}),
        Shape::Number => json!({"type": "number"}),
        Shape::Count => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        Shape::Day => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        Shape::YesOrNo => json!({"type": "boolean"}),
        Shape::No => json!({"const": false}),
        Shape::Exactly(number) => json!({"const": number}),
        Shape::Size => json!({"anyOf": [
            {"type": "integer", "minimum": 1},
            {"type": "string", "pattern": r"^\s*[0-9]+\s*[kKmMgG]?[bB]?\s*$"},
        ]}),
        Shape::Named(names) => json!({"enum": names()}),
        Shape::List(of) => json!({"type": "array", "items": draw(of, parts)}),
        Shape::OneOrMore(of) => {
            let one = draw(of, parts);
            json!({"anyOf": [one, {"type": "array", "items": one}]})
        }
        Shape::Map(of) => json!({"type": "object", "additionalProperties": draw(of, parts)}),
        Shape::Each(named) => {
            let properties = named().into_iter();
            let properties: Map<String, Value> = properties
                .map(|(name, of)| (name.to_owned(), draw(&of, parts)))
                .collect();
            json!({"type": "object", "additionalProperties": false, "properties": properties})
        }
        Shape::Object(keys) => object(keys, parts),
        Shape::AnyOf(shapes) => {
            let shapes: Vec<Value> = shapes.iter().map(|shape| draw(shape, parts)).collect();
            json!({"anyOf": shapes})
        }
        Shape::Called(name, of) => {
            if !parts.contains_key(*name) {
                let drawn = draw(of, parts);
                parts.insert((*name).to_owned(), drawn);
            }
            json!({"$ref": format!("#/$defs/{name}")})
        }
        Shape::Maybe(of) => or_nothing(draw(of, parts)),
    }
}

/// The same, or nothing.
fn or_nothing(mut drawn: Value) -> Value {
    if let Some(kind) = drawn.get("type").cloned().filter(Value::is_string) {
        drawn["type"] = json!([kind, "null"]);
    } else if let Some(names) = drawn.get_mut("enum").and_then(Value::as_array_mut) {
        names.push(Value::Null);
    } else if let Some(shapes) = drawn.get_mut("anyOf").and_then(Value::as_array_mut) {
        shapes.push(json!({"type": "null"}));
    }
    drawn
}

/// A mapping with these keys and no others.
fn object(keys: &[Key], parts: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut drawn = draw(&key.of, parts);
        drawn["description"] = json!(key.about);
        properties.insert(key.name.to_owned(), drawn);
    }
    let mut out = json!({"type": "object", "additionalProperties": false, "properties": properties});
    let marked = |needed: fn(&Needed) -> bool| -> Vec<&str> {
        let marked = keys.iter().filter(|key| needed(&key.needed));
        marked.map(|key| key.name).collect()
    };
    let each = |names: &[&str]| -> Vec<Value> {
        let required = names.iter().map(|name| json!({"required": [name]}));
        required.collect()
    };
    let (required, one) = (
        marked(|needed| matches!(needed, Needed::Yes)),
        marked(|needed| matches!(needed, Needed::One)),
    );
    let mut all = Vec::new();
    if !required.is_empty() {
        out["required"] = json!(required);
    }
    if !one.is_empty() {
        all.push(json!({"oneOf": each(&one)}));
    }
    let any = marked(|needed| matches!(needed, Needed::Any));
    if !any.is_empty() {
        all.push(json!({"anyOf": each(&any)}));
    }
    for key in keys {
        match key.needed {
            Needed::Unless(other) => all.push(json!({"anyOf": each(&[key.name, other])})),
            Needed::Beside(other) => out["dependentRequired"][key.name] = json!([other]),
            Needed::No | Needed::Yes | Needed::One | Needed::Any => {}
        }
    }
    if !all.is_empty() {
        out["allOf"] = json!(all);
    }
    out
}
