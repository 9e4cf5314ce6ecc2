//! Owns the fingerprint by which other tools know a finding again. It is fixed: the same finding has the same
//! fingerprint in every version of caveat.
//!
//! It is the 128-bit FNV-1a hash, as 32 lower-case hexadecimal digits, of these bytes in UTF-8: the full name of the
//! rule, a zero byte, the folded sentence, a zero byte, the ordinal in decimal. The path is no part of it, so a moved
//! file keeps its fingerprints; nor are line numbers. A missing statement has no sentence: its sentence is empty.

use super::{Finding, Verdict};

const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

fn fnv(pieces: &[&[u8]]) -> u128 {
    pieces
        .iter()
        .flat_map(|piece| piece.iter())
        .fold(BASIS, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

/// The fingerprint of a finding.
pub fn fingerprint(finding: &Finding) -> String {
    fingerprint_of(finding)
}

/// The fingerprint of a finding that speaks with this verdict.
pub fn fingerprint_of(verdict: &Verdict) -> String {
    let rule = &verdict.rule;
    let sentence = if rule.category.is_duty() {
        ""
    } else {
        &verdict.folded
    };
    let ordinal = verdict.ordinal.to_string();
    let hash = fnv(&[
        rule.name.as_bytes(),
        b"\0",
        sentence.as_bytes(),
        b"\0",
        ordinal.as_bytes(),
    ]);
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::finding;
    use crate::finding::{Category, Severity};
    use crate::text::Span;

    fn told(sentence: &str) -> Finding {
        let mut finding = finding("us-x/cure", Category::Disease, Severity::Error, Span::empty(0));
        finding.folded = sentence.into();
        finding
    }

    #[test]
    fn hash_is_the_published_one() {
        assert_eq!(fnv(&[]), BASIS);
        assert_eq!(fnv(&[b"a"]), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(fnv(&[b"foo", b"bar"]), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }

    #[test]
    fn depends_on_rule_sentence_and_ordinal_only() {
        let one = told("cures eczema.");
        let mut moved = told("cures eczema.");
        moved.span = Span::empty(9);
        assert_eq!(fingerprint(&one), fingerprint(&moved));
        moved.ordinal = 1;
        assert_ne!(fingerprint(&one), fingerprint(&moved));
        moved.ordinal = 0;
        moved.folded = "other".into();
        assert_ne!(fingerprint(&one), fingerprint(&moved));
    }
}
