//! Owns the keys of a language pack's `language`, but for those of claims.

use super::ANSWERS;
use crate::data::Needed::{Any, Yes};
use crate::data::Shape::{Called, Count, Each, List, Map, Named, Number, Object, Text};
use crate::data::{Key, Shape, keys};
use crate::finding::Product;
use crate::policy::claims::CLASSES;
use crate::policy::model::{Guard, Measure};
use crate::policy::read::first_of;
use crate::policy::rule::PAGE;
use crate::policy::terms::{LEXICONS, PHRASES, TERMS_SHAPE};

keys! {
    pub(in crate::policy) const KEYS {
        /// Words whose full stop ends no sentence.
        "abbreviations": List(&Text);
        /// Phrases that part clauses: but, however.
        "clause-marks": PHRASES;
        /// Number words with their values.
        "numbers": Map(&Number);
        /// What each guard goes by.
        "guards": Each(guards);
        /// What tells that a page sells a kind of product.
        "products": Each(products);
        /// A table of what pages are for; the first row that fits says it.
        "pages": List(&Object(PAGE_ROW));
        /// How sentences are read into claims: which lexicons are what in one.
        "claims": Object(CLASSES);
    }
}

fn guards() -> Vec<(&'static str, Shape)> {
    let each = Guard::NAMED.iter();
    each.map(|(name, guard)| (*name, Object(guard_keys(*guard))))
        .collect()
}

fn products() -> Vec<(&'static str, Shape)> {
    let each = Product::names().into_iter();
    each.map(|name| (name, Called("cues", &Object(CUES)))).collect()
}

/// What a guard goes by. A key that it does not read would promise what never happens.
pub(super) const fn guard_keys(guard: Guard) -> &'static [Key] {
    match guard {
        Guard::Negated => NEGATED,
        Guard::Hedged => NEGATED.split_at(4).0,
        Guard::Legal => NEGATED.split_at(3).0,
        Guard::Cited => CITED,
        Guard::Quoted => QUOTED,
        Guard::Attributed | Guard::Warning | Guard::Question => NEGATED.split_at(2).0,
        Guard::OtherMeaning => &[],
    }
}

keys! {
    /// The keys of a guard that reaches over words; others have the first of them.
    const NEGATED {
        /// Words that make a candidate harmless.
        "cues": TERMS_SHAPE;
        /// Words that look like cues and are none: a cue inside one does not count.
        "traps": TERMS_SHAPE;
        /// Words that end a cue's reach.
        "stops": TERMS_SHAPE;
        /// How many words a cue reaches.
        "reach": Count;
        /// Words that join the members of a list, over whose commas a cue reaches.
        "joins": TERMS_SHAPE;
    }
}

keys! {
    const CITED {
        /// Words that tell of a source.
        "cues": TERMS_SHAPE;
        /// Words that look like cues and are none: a cue inside one does not count.
        "traps": TERMS_SHAPE;
        /// Parts of an address, in lower case, that make a link no source.
        "addresses": List(&Text);
        /// Words in brackets, in lower case, that keep the place of a source.
        "placeholders": List(&Text);
    }
}

keys! {
    const QUOTED {
        /// Words that call what stands in quotation marks an example of wording.
        "cues": TERMS_SHAPE;
        /// Words that look like cues and are none: a cue inside one does not count.
        "traps": TERMS_SHAPE;
        /// Words that do so without the marks, alone before a colon or over a list: Never.
        "openers": TERMS_SHAPE;
    }
}

keys! {
    pub(super) const CUES {
        /// Terms that hint at the kind: 1 point each, at most 12 in all.
        "weak": TERMS_SHAPE, Any;
        /// Terms that tell the kind: 2 points each, at most 6 of them, and 3 more for the first two in a heading.
        "strong": TERMS_SHAPE, Any;
        /// Terms that speak against the kind: minus 3 points each.
        "against": TERMS_SHAPE;
        /// What such copy names again and again: 2 points for each of a hundred words, up to 10.
        "subjects": TERMS_SHAPE;
        /// The mark: the kind that is furthest over its own wins.
        "at-least": Count, Yes;
    }
}

keys! {
    pub(super) const PAGE_ROW {
        /// The kind of page.
        "page": PAGE, Yes;
        /// What must hold of the page, all of it.
        "when": List(&Object(SIGN)), Yes;
        /// `yes` for a page that tells a sentence or two of each of many things.
        "blurbs": Named(|| first_of(&ANSWERS));
    }
}

keys! {
    pub(super) const SIGN {
        /// What is measured. Measures of words need `lexicons` or `words`; others have none.
        "of": Named(Measure::names), Yes;
        /// Names of lexicons whose words are measured.
        "lexicons": LEXICONS;
        /// Phrases that are measured.
        "words": PHRASES;
        /// From which value on it holds: 1 where it is left out, or 0 where `up-to` is given.
        "from": Count;
        /// Up to which value it holds.
        "up-to": Count;
    }
}
