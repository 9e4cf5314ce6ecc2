//! Owns the keys of the register.

use crate::data::Needed::{Beside, One, Yes};
use crate::data::Shape::{AnyOf, Called, Day, Like, List, Maybe, Named, Object, OneOrMore, Text, YesOrNo};
use crate::data::keys;
use crate::finding::{MARKETS, Product};

/// Letters and digits of any script, `-`, `_` and `.`, as engines of regular expressions agree on it: of ASCII no other.
const ID: &str = r"^[^\x00-,/:-@\[-^`{-\x7f]+$";

keys! {
    /// The keys of the file.
    pub const KEYS {
        /// The claims that were approved.
        "claims": Maybe(&List(&Called("claim", &Object(CLAIM))));
    }
}

keys! {
    /// The keys of a claim.
    pub(super) const CLAIM {
        /// The claim's name, which no other claim has.
        "id": Like(ID), Yes;
        /// The claim as it was approved.
        "text": Text, Yes;
        /// Other wordings that were approved with it.
        "variations": List(&Text);
        /// What it is approved for; every product where the key is left out.
        "product": OneOrMore(&Called("product", &Named(Product::names)));
        /// Where it is approved; every market where the key is left out.
        "markets": OneOrMore(&Called("market", &Named(|| MARKETS.to_vec())));
        /// What stands behind it.
        "evidence": List(&Called("evidence", &Object(EVIDENCE)));
        /// Who approved it.
        "approver": Text, Yes;
        /// The first day on which it holds.
        "approved": Day, Yes;
        /// The last day on which it holds; afterwards its use is an error.
        "review-by": Day, Yes;
        /// That it holds no longer, or the day from which on it does not.
        "withdrawn": AnyOf(&[YesOrNo, Day]);
        /// Why it is withdrawn.
        "reason": Text, Beside("withdrawn");
    }
}

keys! {
    /// The keys of a piece of evidence.
    pub(super) const EVIDENCE {
        /// A file, by its path from the folder of the register. It must be there.
        "file": Text, One;
        /// An address.
        "url": Like("^https?://"), One;
        /// What it shows.
        "note": Text;
    }
}
