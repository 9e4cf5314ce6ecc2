//! Owns the difference between a sentence and an approved wording, word by word.

use crate::text::{Folded, Span, words};

/// Longer texts are not compared.
pub(super) const MOST: usize = 128;
/// Fewer common words are no likeness.
const LEAST: usize = 3;

/// A word and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    span: Span<Folded>,
}

/// The words of a folded text.
pub(super) fn cut(folded: &str) -> Vec<Word> {
    let mut out = Vec::new();
    words(folded, |start, end, word| {
        out.push(Word {
            text: word.to_owned(),
            span: Span::of(start..end),
        });
    });
    out
}

/// What a sentence says besides an approved wording, and what it leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Runs of words of the sentence, each with its place in it.
    pub adds: Vec<(Span<Folded>, String)>,
    /// Runs of words of the wording.
    pub drops: Vec<String>,
}

impl Drift {
    /// The difference in a sentence: "the copy adds «clinically», drops «may»".
    pub fn told(&self) -> String {
        let list = |words: &mut dyn Iterator<Item = &String>| {
            let quoted: Vec<String> = words.map(|words| format!("«{words}»")).collect();
            quoted.join(" and ")
        };
        let adds = list(&mut self.adds.iter().map(|(_, words)| words));
        let drops = list(&mut self.drops.iter());
        match (adds.is_empty(), drops.is_empty()) {
            (true, true) => "the copy has the same words with other signs".to_owned(),
            (false, true) => format!("the copy adds {adds}"),
            (true, false) => format!("the copy drops {drops}"),
            (false, false) => format!("the copy adds {adds}, drops {drops}"),
        }
    }
}

/// How alike two texts of so many words are that have `common` ones in order: at least seven in ten of all words.
pub(super) const fn alike(common: usize, one: usize, other: usize) -> bool {
    common >= LEAST && 20 * common >= 7 * (one + other)
}

/// The table of longest common subsequences of the ends of two texts.
struct Table {
    width: usize,
    cells: Vec<u8>,
}

impl Table {
    fn new(copy: &[Word], approved: &[Word]) -> Self {
        let width = approved.len() + 1;
        let mut cells = vec![0; (copy.len() + 1) * width];
        for row in (0..copy.len()).rev() {
            for column in (0..approved.len()).rev() {
                cells[row * width + column] = if copy[row].text == approved[column].text {
                    cells[(row + 1) * width + column + 1] + 1
                } else {
                    cells[(row + 1) * width + column].max(cells[row * width + column + 1])
                };
            }
        }
        Self { width, cells }
    }

    fn at(&self, row: usize, column: usize) -> u8 {
        self.cells[row * self.width + column]
    }
}

/// How many words a sentence and a wording have in common, in order, and how they differ otherwise. Texts of more than
/// [`MOST`] words have none.
pub(super) fn compare(copy: &[Word], approved: &[Word]) -> (usize, Drift) {
    let mut drift = Drift::default();
    if copy.len() > MOST || approved.len() > MOST {
        return (0, drift);
    }
    let table = Table::new(copy, approved);
    let (mut row, mut column) = (0, 0);
    let (mut added, mut dropped) = (false, false);
    while row < copy.len() || column < approved.len() {
        if row < copy.len() && column < approved.len() && copy[row].text == approved[column].text {
            (row, column, added, dropped) = (row + 1, column + 1, false, false);
        } else if column == approved.len()
            || (row < copy.len() && table.at(row + 1, column) >= table.at(row, column + 1))
        {
            let word = &copy[row];
            match drift.adds.last_mut().filter(|_| added) {
                Some((span, words)) => {
                    span.end = word.span.end;
                    words.push(' ');
                    words.push_str(&word.text);
                }
                None => drift.adds.push((word.span, word.text.clone())),
            }
            (row, added) = (row + 1, true);
        } else {
            let word = &approved[column].text;
            match drift.drops.last_mut().filter(|_| dropped) {
                Some(words) => {
                    words.push(' ');
                    words.push_str(word);
                }
                None => drift.drops.push(word.clone()),
            }
            (column, dropped) = (column + 1, true);
        }
    }
    (usize::from(table.at(0, 0)), drift)
}
