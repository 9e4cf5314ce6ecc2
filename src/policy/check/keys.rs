//! Owns the keys of the checks: `forbid`, `claim`, `qualify`, `require` and `number`, and of the frames in them.

use super::{ORDERS, PLACES, REACHES, SPANS};
use crate::data::Needed::{Any, One, Yes};
use crate::data::Shape::{AnyOf, Called, Count, List, Map, Named, Number, Object, OneOrMore, Text};
use crate::data::{Key, Shape, joined, keys};
use crate::finding::Category;
use crate::policy::read::first_of;
use crate::policy::terms::{LEXICONS, PHRASES, TERMS, TERMS_SHAPE};

/// How near words stand to each other.
pub(in crate::policy) const REACH: Shape = Called("reach", &Named(|| first_of(&REACHES)));
/// A frame, or several of which any will do.
pub(in crate::policy) const FRAMES: Shape = Called("frames", &OneOrMore(&Called("frame", &Object(FRAME))));
const CATEGORIES: Shape = List(&Called("category", &Named(Category::names)));
const UNITS: Shape = Map(&Number);

keys! {
    /// The checks of a rule by itself, in the order of the reference.
    pub(in crate::policy) const CHECKS {
        /// Words that may not stand in copy.
        "forbid": Object(FORBID), One;
        /// Words that make a claim where they meet: a frame, or a list of frames, any of which makes it.
        "claim": FRAMES, One;
        /// Words that need others near them.
        "qualify": Object(QUALIFY), One;
        /// A statement that a page owes.
        "require": Object(REQUIRE), One;
        /// An amount, and perhaps the time it takes, beyond what may be said.
        "number": Object(NUMBER), One;
    }
}

keys! {
    pub(super) const FORBID {
        /// Phrases that may not stand there.
        "words": PHRASES, Any;
        /// Names of lexicons whose words may not stand there.
        "lexicons": LEXICONS, Any;
        /// Regular expressions over folded text (lower case, plain quotes), without look-around.
        "patterns": List(&Text), Any;
        /// Words that silence a hit in whose clause they stand.
        "unless": TERMS_SHAPE;
    }
}

keys! {
    pub(super) const FRAME {
        /// The words that meet, by the name of what they do in the claim. A message may name a role in braces.
        "roles": Map(&ROLE_TERMS), Yes;
        /// Whether they stand in the order `given` here, or in `any` (the default).
        "order": Named(|| first_of(&ORDERS));
        /// Whether they meet in one `clause` (the default; of a statement, `sentence`) or `sentence`.
        "within": Named(|| first_of(&SPANS));
        /// How many words may stand between one and the next; 8 where it is left out.
        "apart": Count;
        /// Words that silence the frame where they stand in the same reach.
        "unless": TERMS_SHAPE;
    }
}

keys! {
    /// The key of a role besides those of terms.
    const LABEL {
        /// What these words do in the claim; shown under them in a finding.
        "label": Text;
    }
}

pub(super) const ROLE: &[Key] = &joined::<{ TERMS.len() + LABEL.len() }>(&[TERMS, LABEL]);
const ROLE_TERMS: Shape = Called("role", &AnyOf(&[Text, LEXICONS, Object(ROLE)]));

keys! {
    pub(super) const QUALIFY {
        /// What needs a qualifier.
        "when": FRAMES, Yes;
        /// The qualifier.
        "needs": FRAMES, Yes;
        /// How near it must stand.
        "within": REACH, Yes;
    }
}

keys! {
    pub(super) const REQUIRE {
        /// Sentences that create the duty.
        "when": FRAMES, One;
        /// Findings that create the duty, in the place of `when`.
        "found": Object(FOUND), One;
        /// How many such sentences a page may not hold without owing the statement; 1 where it is left out.
        "at-least": Count;
        /// The same on a page of blurbs.
        "at-least-of-blurbs": Count;
        /// How many of them for each thousand words in sentences of five words and more, where that is more.
        "per-thousand": Count;
        /// Pages of fewer words owe nothing.
        "min-words": Count;
        /// Pages with fewer words in sentences of five words and more owe nothing.
        "running-words": Count;
        /// What meets the duty: the name of a statement, names, or frames of which a sentence must make one.
        "statement": AnyOf(&[OneOrMore(&Text), FRAMES]), Any;
        /// Texts that meet the duty word for word. One that is nearly right is shown with the smallest edit.
        "exact": List(&Text), Any;
        /// Where the statement must stand; `anywhere` where it is left out.
        "place": Named(|| first_of(&PLACES));
    }
}

keys! {
    pub(super) const FOUND {
        /// Categories of which an error or warning comes to 2.
        "loud": CATEGORIES, Any;
        /// Categories of which advice comes to 1.
        "advised": CATEGORIES, Any;
    }
}

keys! {
    pub(super) const NUMBER {
        /// Words beside which an amount counts.
        "with": TERMS_SHAPE;
        /// The units of amounts, as phrases, each with how many of the counted unit it is.
        "amount": UNITS, Yes;
        /// The units of time, each with how many of the counted unit it is.
        "period": UNITS;
        /// Reported is an amount above this.
        "over": Number;
        /// Reported is an amount up to this.
        "at-most": Number;
        /// Reported is an amount that comes to this or more in one unit of time.
        "rate": Number;
        /// Only where the time is this or longer.
        "for-at-least": Number;
        /// Words that silence a hit in whose clause they stand.
        "unless": TERMS_SHAPE;
    }
}
