//! Owns what the phrases of a policy mean: for each place where phrases end the lexicons that they are entries of. Those
//! of the word files of the program are not gone through one by one: many end where the same files have theirs.

use crate::automaton::{EndId, HomeId, Homes};
use crate::policy::model::{Lexicon, LexiconId};
use rustc_hash::FxHashMap;

/// That phrases are entries of a lexicon, or exceptions of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Mark {
    /// The lexicon.
    pub(super) lexicon: LexiconId,
    /// Whether they are exceptions.
    pub(super) except: bool,
}

/// What it means that a phrase ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal<'v> {
    lexicons: &'v [u32],
    except: &'v [u32],
}

impl Terminal<'_> {
    /// Lexicons of which the phrase is an entry (includers among them).
    pub(super) fn lexicons(&self) -> impl Iterator<Item = Listed> {
        self.lexicons.iter().map(|listed| Listed(*listed))
    }

    /// Lexicons whose entries mean something else inside the phrase.
    pub(super) fn except(&self) -> impl Iterator<Item = Listed> {
        self.except.iter().map(|listed| Listed(*listed))
    }
}

/// A lexicon (20 bits), whether its phrases are counted over a whole document (1), whether its words begin claims (1), and
/// whether they lead to frames (1): many hits are asked for nothing of it, and are passed over without a look into sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed(pub(super) u32);

impl Listed {
    /// Its phrases are counted over a whole document.
    pub(super) const COUNTED: u32 = 1;
    /// A sentence with a word of it may hold a claim or name a subject.
    pub(super) const CLAIMS: u32 = 2;
    /// Its words lead to frames.
    pub(super) const LEADS: u32 = 4;
    /// All of these.
    pub(super) const MARKS: u32 = 7;

    pub(super) fn new(lexicon: LexiconId, counted: bool, claims: bool) -> Self {
        let counted = if counted { Self::COUNTED } else { 0 };
        let claims = if claims { Self::CLAIMS } else { 0 };
        Self((lexicon as u32) << 3 | counted | claims)
    }

    /// The same, and its words lead to frames.
    pub(super) const fn leading(self) -> Self {
        Self(self.0 | Self::LEADS)
    }

    /// The lexicon.
    pub(super) const fn lexicon(self) -> u32 {
        self.0 >> 3
    }

    /// Whether it is marked so.
    pub(super) const fn is(self, mark: u32) -> bool {
        self.0 & mark != 0
    }
}

/// What ends mean.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    homes: Homes,
    /// For each end where its part of `terminals` begins; 0 where it means what its word files say.
    ends: Vec<u32>,
    /// For each set of word files where its part begins; 0 for one that nobody asks for.
    of_homes: Vec<u32>,
    terminals: Terminals,
}

/// How many lexicons there are, with how many exceptions above [`EXCEPT`], and these, for each meaning from the second
/// place on. They stand together, for nearly every word of a text leads here.
#[derive(Debug)]
struct Terminals(Vec<u32>);

/// Where the number of exceptions begins; there are fewer of either than there are lexicons.
const EXCEPT: u32 = 16;

impl Meanings {
    /// What `count` ends mean: `files` are the word files asked for, by number, and `told` the ends of phrases that are
    /// listed one by one; `includers[l]` are the lexicons asked for of which `l` is a part.
    pub(super) fn new(
        homes: Homes,
        count: u32,
        includers: &[Vec<Listed>],
        mut files: Vec<(u32, Mark)>,
        mut told: Vec<(EndId, Mark)>,
    ) -> Self {
        files.sort_unstable();
        told.sort_unstable();
        let mut terminals = Terminals::default();
        let of_file = by_number(&files);
        let of_home = |home: HomeId| {
            let files = homes.files(home);
            let marks = files.filter_map(|file| of_file.get(file as usize));
            marks.copied().flatten().map(|(_, mark)| *mark)
        };
        let of_homes = (0..homes.count()).map(|home| terminals.add(of_home(home), includers));
        let of_homes = of_homes.collect();
        let mut ends = vec![0; count as usize];
        let mut known: FxHashMap<(HomeId, Mark), u32> = FxHashMap::default();
        for group in told.chunk_by(|(a, _), (b, _)| a == b) {
            let end = group[0].0;
            let home = homes.of(end);
            let marks = of_home(home).chain(group.iter().map(|(_, mark)| *mark));
            ends[end as usize] = match group {
                [(_, only)] => *known
                    .entry((home, *only))
                    .or_insert_with(|| terminals.add(marks, includers)),
                _ => terminals.add(marks, includers),
            };
        }
        Self {
            homes,
            ends,
            of_homes,
            terminals,
        }
    }

    /// What it means that a phrase ends at `end`; nothing where nobody asks for it.
    #[inline]
    pub(super) fn of(&self, end: EndId) -> Option<Terminal<'_>> {
        let at = match self.ends[end as usize] {
            0 => self.of_homes[self.homes.of(end) as usize],
            own => own,
        };
        (at != 0).then(|| self.terminals.at(at))
    }
}

/// For each lexicon the lexicons asked for, as `listed` tells, of which it is a part, perhaps itself among them. Inclusion
/// has no cycles: the loader refuses them.
pub(super) fn includers(
    lexicons: &[Lexicon],
    count: usize,
    listed: impl Fn(LexiconId) -> Option<Listed>,
) -> Vec<Vec<Listed>> {
    let mut direct = vec![Vec::new(); count];
    for (at, lexicon) in lexicons.iter().enumerate() {
        lexicon.include.iter().for_each(|part| direct[*part].push(at));
    }
    let all = |start: LexiconId| {
        let mut out = vec![start];
        let mut at = 0;
        while let Some(lexicon) = out.get(at).copied() {
            let new: Vec<_> = direct[lexicon]
                .iter()
                .filter(|of| !out.contains(of))
                .copied()
                .collect();
            out.extend(new);
            at += 1;
        }
        out.into_iter().filter_map(&listed).collect()
    };
    (0..count).map(all).collect()
}

/// The marks under each number, which they stand in order of.
fn by_number(marks: &[(u32, Mark)]) -> Vec<&[(u32, Mark)]> {
    let mut out: Vec<&[(u32, Mark)]> = Vec::new();
    for same in marks.chunk_by(|(a, _), (b, _)| a == b) {
        out.resize(same[0].0 as usize, &[]);
        out.push(same);
    }
    out
}

impl Default for Terminals {
    fn default() -> Self {
        Self(vec![0])
    }
}

impl Terminals {
    /// Adds a meaning; returns where it begins, 0 where there is none.
    fn add(&mut self, marks: impl Iterator<Item = Mark>, includers: &[Vec<Listed>]) -> u32 {
        let mut marks: Vec<Mark> = marks.collect();
        if marks.is_empty() {
            return 0;
        }
        marks.sort_unstable();
        let Self(out) = self;
        let at = out.len();
        out.push(0);
        for (place, except) in [(0, false), (EXCEPT, true)] {
            let begin = out.len();
            let marks = marks.iter().filter(|mark| mark.except == except);
            for of in marks.flat_map(|mark| &includers[mark.lexicon]) {
                let Listed(of) = *of;
                if !out[begin..].contains(&of) {
                    out.push(of);
                }
            }
            out[at] |= ((out.len() - begin) as u32) << place;
        }
        at as u32
    }

    #[inline]
    fn at(&self, at: u32) -> Terminal<'_> {
        let head = self.0[at as usize];
        let (lexicons, except) = (head & ((1 << EXCEPT) - 1), head >> EXCEPT);
        let begin = at as usize + 1;
        let middle = begin + lexicons as usize;
        Terminal {
            lexicons: &self.0[begin..middle],
            except: match except {
                0 => &[],
                count => &self.0[middle..middle + count as usize],
            },
        }
    }
}
