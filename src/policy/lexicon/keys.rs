//! Owns the keys of a lexicon.

use crate::data::Needed::Yes;
use crate::data::Shape::{AnyOf, List, Map, Object, OneOrMore, Text, Word};
use crate::data::{Shape, keys};
use crate::policy::terms::{LEXICONS, PHRASES};

pub(in crate::policy) const LEXICON_MAP: Shape = Map(&Object(KEYS));

keys! {
    pub(super) const KEYS {
        /// What these words do in a claim; shown under them in a finding.
        "label": Text;
        /// Base forms of verbs; the others are added. A form of its own is `{base: wed, forms: [weds, wedded]}`.
        "verbs": List(&AnyOf(&[Word, Object(VERB)]));
        /// Nouns in the singular; the plural of the last word is added.
        "nouns": PHRASES;
        /// Phrases, taken as written, in the language of patterns.
        "phrases": PHRASES;
        /// A word file or a list of them, by path from the pack: one phrase a line.
        "words-from": OneOrMore(&Text);
        /// Names of lexicons that are part of this one.
        "include": LEXICONS;
        /// Phrases in which a word of this lexicon means something else.
        "except": PHRASES;
        /// A word file of such phrases, or a list of them.
        "except-from": OneOrMore(&Text);
    }
}

keys! {
    pub(super) const VERB {
        /// The verb.
        "base": Word, Yes;
        /// Its other forms, all of them.
        "forms": PHRASES, Yes;
    }
}
