//! The reference, policies/README.md, beside what the readers know.

use super::super::KEYS;
use crate::data::Shape;
use std::fs;
use std::path::Path;

/// The keys of a shape, and of all that it holds.
fn keys_in(shape: &Shape, out: &mut Vec<&'static str>) {
    match shape {
        Shape::Object(keys) => {
            for key in *keys {
                out.push(key.name);
                keys_in(&key.of, out);
            }
        }
        Shape::List(of) | Shape::OneOrMore(of) | Shape::Map(of) | Shape::Called(_, of) => keys_in(of, out),
        Shape::AnyOf(shapes) => shapes.iter().for_each(|shape| keys_in(shape, out)),
        Shape::Each(named) => named().iter().for_each(|(_, shape)| keys_in(shape, out)),
        _ => {}
    }
}

#[test]
fn the_reference_names_every_key() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/README.md");
    let text = fs::read_to_string(path).unwrap();
    let mut keys = Vec::new();
    keys_in(&Shape::Object(KEYS), &mut keys);
    assert!(keys.len() > 100);
    for key in keys {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        assert!(words.into_iter().any(|word| word == key), "{key}");
    }
}
