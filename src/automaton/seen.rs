//! Owns how a word of a text looks to phrases.

use super::WordId;

/// How a word is parted from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Space, hyphen, slash, quotation mark, or the stop of an abbreviation.
    Soft,
    /// A comma, over which a phrase goes on where it has one.
    Comma,
    /// A mark that always parts clauses: `;`, `:`, brackets, a dash, an arrow. No phrase goes on over it.
    Hard,
}

/// How a word looks to phrases: which it is (29 bits), what parts it from the one before it (2), and whether it is a
/// number or number word (the highest). A long text has many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen(u32);

impl Seen {
    const NUMBER: u32 = 1 << 31;
    const HARD: u32 = 1 << 30;
    const COMMA: u32 = 1 << 29;

    /// A word as it stands in a text.
    pub const fn new(word: WordId, number: bool, gap: Gap) -> Self {
        let gap = match gap {
            Gap::Soft => 0,
            Gap::Comma => Self::COMMA,
            Gap::Hard => Self::HARD,
        };
        Self(word & (Self::COMMA - 1) | gap | if number { Self::NUMBER } else { 0 })
    }

    /// Which word.
    pub const fn word(self) -> WordId {
        self.0 & (Self::COMMA - 1)
    }

    /// Whether it is a number or number word.
    pub const fn is_number(self) -> bool {
        self.0 & Self::NUMBER != 0
    }

    /// Whether nothing but space or the like stands before it.
    pub const fn is_soft(self) -> bool {
        self.0 & (Self::HARD | Self::COMMA) == 0
    }

    /// What stands before it.
    pub const fn gap(self) -> Gap {
        match self.0 & (Self::HARD | Self::COMMA) {
            0 => Gap::Soft,
            Self::COMMA => Gap::Comma,
            _ => Gap::Hard,
        }
    }
}
