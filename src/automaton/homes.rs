//! Owns which word files of the program the phrases stand in that end at a place. Far fewer sets of files are met than
//! there are places, so that what phrases mean is worked out for each set and not for each phrase.

use super::table::{Parts, Table};
use super::{Automaton, EndId};
use rustc_hash::FxHashMap;

/// The number of a set of word files; 0 is that of none.
pub type HomeId = u32;

/// The sets of word files that ends have.
#[derive(Debug, Default)]
pub struct Homes {
    /// The set of each end, two to a number: of sets there are far fewer than 16 bits count.
    of: Table,
    /// Where the files of each set begin, and the last ones end.
    begins: Table,
    files: Table,
}

impl Homes {
    /// The sets that come of `files`, the numbers of the phrases of each, in an automaton of these phrases.
    pub(super) fn new(automaton: &Automaton, files: &[Vec<u32>]) -> Self {
        let mut of = vec![Vec::new(); automaton.count() as usize];
        for (file, phrases) in (0..).zip(files) {
            for end in phrases.iter().flat_map(|phrase| automaton.ends_of(*phrase)) {
                let set: &mut Vec<u32> = &mut of[end as usize];
                if set.last() != Some(&file) {
                    set.push(file);
                }
            }
        }
        let mut known = FxHashMap::from_iter([(Vec::new(), 0)]);
        let (mut begins, mut all) = (vec![0, 0], Vec::new());
        let numbers = of.into_iter().map(|set| {
            let next = known.len() as HomeId;
            *known.entry(set).or_insert_with_key(|set| {
                all.extend_from_slice(set);
                begins.push(all.len() as u32);
                next
            })
        });
        Self {
            of: Table::of_halves(numbers.map(|home| home as u16)),
            begins: begins.into_iter().collect(),
            files: all.into_iter().collect(),
        }
    }

    /// The set of the phrases that end at a place.
    #[inline]
    pub fn of(&self, end: EndId) -> HomeId {
        self.of.half(end as usize)
    }

    /// How many sets there are.
    pub fn count(&self) -> u32 {
        self.begins.len().saturating_sub(1) as u32
    }

    /// The numbers of the files of a set.
    pub fn files(&self, home: HomeId) -> impl Iterator<Item = u32> {
        let at = home as usize;
        self.files.range(self.begins.get(at), self.begins.get(at + 1))
    }

    pub(super) fn write(&self, parts: &mut Parts<'_>) {
        [&self.of, &self.begins, &self.files]
            .into_iter()
            .for_each(|table| parts.add(table));
    }

    pub(super) fn read(parts: &mut Parts<'static>) -> Self {
        Self {
            of: parts.next(),
            begins: parts.next(),
            files: parts.next(),
        }
    }
}
