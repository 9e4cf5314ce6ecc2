//! Owns ignore files: what `.gitignore`, `.ignore` and `.caveatignore` leave out, with a repository and without. No such
//! file above the top of the project counts, and none of one machine or person.

use crate::data::shown;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Files that say what to ignore, the stronger ones first.
const NAMES: [&str; 4] = [OURS, ".ignore", ".gitignore", ".git/info/exclude"];
/// The one that is for caveat alone.
const OURS: &str = ".caveatignore";
/// The most bytes that such a file may have.
const MOST: u64 = 1 << 20;

/// Why a file that says what to ignore is not read.
pub(super) const ODD: &str =
    "this is no regular file of at most 1M, so what to ignore is not known and the folder is left out";

/// The ignore files of a walk, each read once.
pub(super) struct Ignored {
    folders: HashMap<PathBuf, Rc<Folder>>,
    here: PathBuf,
}

/// The ignore files of a folder.
struct Folder {
    /// One a name, where there is such a file.
    files: [Option<Gitignore>; NAMES.len()],
    /// Whether a repository begins here.
    is_top: bool,
}

impl Ignored {
    /// None yet; `here` is the working folder, without symbolic links.
    pub(super) fn new(here: &Path) -> Self {
        Self {
            folders: HashMap::new(),
            here: here.to_owned(),
        }
    }

    /// The line that leaves `path` out, for people: "old/.gitignore:3"; `top` is the highest folder that counts.
    pub(super) fn by(&mut self, path: &Path, is_folder: bool, top: &Path) -> Option<String> {
        let decided = self.decided(path, is_folder, top);
        decided.into_iter().flatten().next().flatten()
    }

    /// The line of a `.caveatignore` that leaves out `path`, or a folder above it.
    pub(super) fn by_ours(&mut self, path: &Path, top: &Path) -> Option<String> {
        let inside = |path: &&Path| *path != top && path.starts_with(top);
        let mut out = None;
        for (above, path) in path.ancestors().take_while(inside).enumerate() {
            // What a folder is left out for holds for all in it, whatever is said further down.
            let [ours, ..] = self.decided(path, above > 0, top);
            out = ours.flatten().or(out);
        }
        out
    }

    /// What the ignore files of each name say of `path`: nothing, that it stays, or the line that leaves it out. The
    /// nearest that says anything decides.
    fn decided(&mut self, path: &Path, is_folder: bool, top: &Path) -> [Option<Option<String>>; NAMES.len()] {
        let mut decided = [const { None }; NAMES.len()];
        for above in path.ancestors().skip(1) {
            let folder = self.folder(above);
            for ((name, file), decided) in NAMES.iter().zip(&folder.files).zip(&mut decided) {
                let Some(file) = file.as_ref().filter(|_| decided.is_none()) else {
                    continue;
                };
                *decided = match file.matched(path, is_folder) {
                    Match::Ignore(glob) => Some(Some(self.place(&above.join(name), glob.original()))),
                    Match::Whitelist(_) => Some(None),
                    Match::None => None,
                };
            }
            if above == top || folder.is_top {
                break;
            }
        }
        decided
    }

    fn folder(&mut self, folder: &Path) -> Rc<Folder> {
        if let Some(known) = self.folders.get(folder) {
            return Rc::clone(known);
        }
        let read = Rc::new(Folder {
            files: NAMES.map(|name| read(folder, name)),
            is_top: folder.join(".git").exists(),
        });
        self.folders.insert(folder.to_owned(), Rc::clone(&read));
        read
    }

    /// "old/.gitignore:3": where a line stands in a file, which is named as seen from the working folder.
    fn place(&self, file: &Path, line: &str) -> String {
        let text = fs::read_to_string(file).unwrap_or_default();
        let at = text.lines().position(|other| other.trim() == line.trim());
        let name = shown(file.strip_prefix(&self.here).unwrap_or(file));
        at.map_or_else(|| name.clone(), |at| format!("{name}:{}", at + 1))
    }
}

fn read(folder: &Path, name: &str) -> Option<Gitignore> {
    let file = folder.join(name);
    if !fs::metadata(&file).is_ok_and(|about| about.is_file() && about.len() <= MOST) {
        return None;
    }
    let mut builder = GitignoreBuilder::new(folder);
    // A line that is no glob is passed over, as git does.
    let _ = builder.add(&file);
    builder.build().ok().filter(|read| !read.is_empty())
}

/// A file in `folder` that says what to ignore and would be read for ever, or for very long: a pipe, a device, a huge
/// file.
pub(super) fn odd(folder: &Path) -> Option<PathBuf> {
    let odd = |file: &PathBuf| {
        let about = fs::metadata(file);
        about.is_ok_and(|about| !(about.is_dir() || (about.is_file() && about.len() <= MOST)))
    };
    NAMES.iter().map(|name| folder.join(name)).find(odd)
}

/// The top of the project that `folder` is in: its repository, else the folder of its settings, else the working folder
/// `here` if that is above it, else itself.
pub(super) fn top(folder: &Path, here: &Path, settings: &str) -> PathBuf {
    let has = |name: &str| folder.ancestors().find(|above| above.join(name).exists());
    let top = has(".git").or_else(|| has(settings));
    let top = top.or_else(|| Some(here).filter(|here| folder.starts_with(here)));
    top.unwrap_or(folder).to_owned()
}
