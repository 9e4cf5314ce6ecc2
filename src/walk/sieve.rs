//! Owns deciding on what a walk meets: hidden files, what the table passes over, and what ignore files leave out.

use super::ignored::{self, Ignored};
use super::table::{self, Beside};
use super::{Found, How, LeftOut, Walked, real, shown, tidy};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use walkdir::DirEntry;

/// What a walk of the folder `root` would come to that met these files alone, which have no symbolic links above them and
/// need not be there. What the table passes over stays if it is `wanted`.
pub fn sift(
    root: &Path,
    files: impl IntoIterator<Item = PathBuf>,
    how: How<'_>,
    mut wanted: impl FnMut(&Path) -> bool,
) -> Walked {
    let mut walked = Walked::default();
    let Ok(real) = real(root) else {
        return walked;
    };
    let top = ignored::top(&real, how.here, super::SETTINGS);
    let mut sieve = Sieve::new(&top, how);
    let mut known: HashMap<(PathBuf, bool), bool> = HashMap::new();
    for file in files {
        let by_table = !wanted(&file);
        let above = file.ancestors().skip(1).take_while(|above| *above != real);
        let mut above: Vec<&Path> = above.filter(|above| above.starts_with(&real)).collect();
        above.reverse();
        let mut goes_in = |folder: &Path| {
            let key = (folder.to_owned(), by_table);
            *known
                .entry(key)
                .or_insert_with(|| sieve.takes(folder, true, by_table))
        };
        let reached = above.into_iter().all(&mut goes_in);
        if !(reached && sieve.takes(&file, false, by_table)) {
            continue;
        }
        let inside = file.strip_prefix(&real).unwrap_or(&file);
        let name = shown(&match root.to_str() {
            Some(".") => inside.to_owned(),
            _ => root.join(inside),
        });
        let of = if (how.known)(&name) {
            &mut walked.files
        } else {
            &mut walked.unread
        };
        of.push(Found {
            path: file,
            shown: name,
            named: false,
        });
    }
    tidy(&mut walked);
    walked
}

/// Decides on what a walk meets.
pub(super) struct Sieve<'a> {
    top: &'a Path,
    ignores: bool,
    ignored: Ignored,
    beside: Beside,
    pub(super) passed: Vec<LeftOut>,
    /// The first thing that an ignore file leaves out.
    pub(super) first: Option<LeftOut>,
    pub(super) odd: Vec<PathBuf>,
}

impl<'a> Sieve<'a> {
    /// One that has met nothing yet; `top` is the top of the project.
    pub(super) fn new(top: &'a Path, how: How<'_>) -> Self {
        Self {
            top,
            ignores: how.ignore,
            ignored: Ignored::new(how.here),
            beside: Beside::default(),
            passed: Vec::new(),
            first: None,
            odd: Vec::new(),
        }
    }

    /// Whether the walk takes a file, or goes into a folder. It always goes into the one that was named.
    pub(super) fn keeps(&mut self, entry: &DirEntry) -> bool {
        let (path, is_folder) = (entry.path(), entry.file_type().is_dir());
        if entry.depth() == 0 {
            return self.is_sound(path, is_folder);
        }
        self.takes(path, is_folder, true)
    }

    /// Whether the walk takes what stands below the folder that was named; `by_table` whether the table counts.
    fn takes(&mut self, path: &Path, is_folder: bool, by_table: bool) -> bool {
        let name = path.file_name().unwrap_or_default();
        let hidden = name.as_encoded_bytes().starts_with(b".");
        if hidden && !(is_folder && table::DOTTED.iter().any(|site| name == *site)) {
            return false;
        }
        let left_out = |because| LeftOut {
            shown: String::new(),
            because,
            path: path.to_owned(),
        };
        let passes = self.beside.passes(path, is_folder, self.top);
        if let Some(because) = passes.filter(|_| by_table) {
            // What caveat itself reads goes without saying.
            if because != table::OURS {
                self.passed.push(left_out(because));
            }
            return false;
        }
        let by = if self.ignores {
            self.ignored.by(path, is_folder, self.top)
        } else {
            None
        };
        if let Some(because) = by {
            self.first.get_or_insert_with(|| left_out(because));
            return false;
        }
        self.is_sound(path, is_folder)
    }

    /// Whether what to ignore in a folder can be known.
    fn is_sound(&mut self, path: &Path, is_folder: bool) -> bool {
        let odd = if is_folder && self.ignores {
            ignored::odd(path)
        } else {
            None
        };
        let stays = odd.is_none();
        self.odd.extend(odd);
        stays
    }
}
