//! Owns the form in which a reader holds the keys of a mapping: their names, what each says, and the shape of its value.
//! Each table stands in the module that reads the mapping, which takes from it the names that it accepts; schemas are
//! drawn from the same tables, so that no second list of keys can differ.

/// A key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// What it says, in a sentence or two.
    pub about: &'static str,
    /// What its value may be.
    pub of: Shape,
    /// Whether it may be left out.
    pub needed: Needed,
}

/// Whether a key may be left out.
#[derive(Clone, Copy, Debug)]
pub enum Needed {
    /// It may.
    No,
    /// It may not.
    Yes,
    /// Of the keys marked so exactly one stands in the mapping.
    One,
    /// Of the keys marked so at least one stands in the mapping.
    Any,
    /// Only where this other key is there.
    Unless(&'static str),
    /// It may, and may stand only where this other key is there.
    Beside(&'static str),
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text that is not blank.
    Text,
    /// Text of a form, which the regular expression tells. The reader says by itself what is wrong with another.
    Like(&'static str),
    /// Text, or a number taken as written.
    Word,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// A day, as in 2026-03-31.
    Day,
    /// `true` or `false`.
    YesOrNo,
    /// `false`, as some readers of YAML take a bare `off`.
    No,
    /// This number.
    Exactly(u32),
    /// A number of bytes: 500, 64k, 16M, 1G.
    Size,
    /// One of these names.
    Named(fn() -> Vec<&'static str>),
    /// A list.
    List(&'static Shape),
    /// A value, or a list of such.
    OneOrMore(&'static Shape),
    /// A mapping whose keys are free.
    Map(&'static Shape),
    /// A mapping whose keys are these names, each with a shape of its own.
    Each(fn() -> Vec<(&'static str, Shape)>),
    /// A mapping with these keys and no others.
    Object(&'static [Key]),
    /// Any of these shapes.
    AnyOf(&'static [Shape]),
    /// A shape that stands in several places, under the name that it has in a schema.
    Called(&'static str, &'static Shape),
    /// The same, or nothing behind the key.
    Maybe(&'static Shape),
}

/// A lower-case name with hyphens.
pub const SLUG: Shape = Shape::Like("^[a-z0-9-]+$");

/// The names of keys.
pub fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

/// Whether `name` is one of the keys.
pub fn knows(keys: &[Key], name: &str) -> bool {
    keys.iter().any(|key| key.name == name)
}

/// What the first key of this name says: of these keys, or of those of the mappings below them.
pub fn about(keys: &'static [Key], name: &str) -> Option<&'static str> {
    let here = keys.iter().find(|key| key.name == name).map(|key| key.about);
    here.or_else(|| keys.iter().find_map(|key| below(key.of, name)))
}

fn below(shape: Shape, name: &str) -> Option<&'static str> {
    match shape {
        Shape::List(of) | Shape::OneOrMore(of) | Shape::Map(of) | Shape::Called(_, of) | Shape::Maybe(of) => {
            below(*of, name)
        }
        Shape::Each(of) => of().into_iter().find_map(|(_, of)| below(of, name)),
        Shape::AnyOf(of) => of.iter().find_map(|of| below(*of, name)),
        Shape::Object(keys) => about(keys, name),
        _ => None,
    }
}

/// Tables one behind the other. The number of keys is told by the caller; another than it stops the build.
pub const fn joined<const N: usize>(tables: &[&[Key]]) -> [Key; N] {
    let mut out = [tables[0][0]; N];
    let (mut table, mut count) = (0, 0);
    while table < tables.len() {
        let mut at = 0;
        while at < tables[table].len() {
            out[count] = tables[table][at];
            (at, count) = (at + 1, count + 1);
        }
        table += 1;
    }
    assert!(count == N, "the tables hold another number of keys");
    out
}

/// Declares a table of keys. What a key says is its comment; behind the shape of its value stands how it is needed.
macro_rules! keys {
    ($(#[$doc:meta])* $vis:vis const $name:ident {
        $($(#[doc = $about:literal])+ $key:literal: $of:expr $(, $needed:expr)?;)+
    }) => {
        $(#[$doc])*
        $vis const $name: &[$crate::data::Key] = &[$($crate::data::Key {
            name: $key,
            about: concat!($($about),+).trim_ascii(),
            of: $of,
            needed: $crate::data::keys!(@ $($needed)?),
        }),+];
    };
    (@) => { $crate::data::Needed::No };
    (@ $needed:expr) => { $needed };
}
pub(crate) use keys;
