//! Owns discovery: the nearest `caveat.yaml` above each file, up to the root of the repository.

use super::{FILE, Overlay, Settings, read};
use crate::data::Mistake;
use crate::extract::format_of;
use crate::policy::PackRef;
use crate::register;
use crate::source::SourceFile;
use crate::text::Span;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most bytes that a file of settings may have.
const MOST: u64 = 4 << 20;

/// Where settings are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// The nearest `caveat.yaml` above each file.
    Nearest,
    /// This file, for all.
    File(PathBuf),
    /// Nowhere.
    Nowhere,
}

/// Finds settings, each file of them once.
#[derive(Clone, Debug)]
pub struct Finder {
    seek: Where,
    overlay: Overlay,
    here: PathBuf,
    folders: HashMap<PathBuf, Arc<Settings>>,
    files: HashMap<PathBuf, Arc<Settings>>,
}

impl Finder {
    /// A finder; `here` is the working folder.
    pub fn new(seek: Where, overlay: Overlay, here: PathBuf) -> Self {
        Self {
            seek,
            overlay,
            here,
            folders: HashMap::new(),
            files: HashMap::new(),
        }
    }

    /// What holds for files of `folder`.
    pub fn of_folder(&mut self, folder: &Path) -> Arc<Settings> {
        if let Some(settings) = self.folders.get(folder) {
            return Arc::clone(settings);
        }
        let settings = match self.seek.clone() {
            Where::Nowhere => self.without(folder, None),
            Where::File(file) => self.of_file(&file),
            Where::Nearest => match nearest(folder) {
                (Some(file), _) if file.ends_with(FILE) => self.of_file(&file),
                (Some(file), _) => self.misnamed(&file),
                (None, root) => self.without(folder, root),
            },
        };
        self.folders.insert(folder.to_owned(), Arc::clone(&settings));
        settings
    }

    /// Defaults with the command line over them. Globs of defaults are relative to the repository, or to the working
    /// folder, or to the file's own folder.
    fn without(&mut self, folder: &Path, root: Option<PathBuf>) -> Arc<Settings> {
        let root = root.unwrap_or_else(|| {
            if folder.starts_with(&self.here) {
                self.here.clone()
            } else {
                folder.to_owned()
            }
        });
        if let Some(settings) = self.files.get(&root) {
            return Arc::clone(settings);
        }
        let mut settings = Settings::defaults(root.clone());
        settings.overlay(&self.overlay);
        let settings = Arc::new(settings);
        self.files.insert(root, Arc::clone(&settings));
        settings
    }

    /// A file that was meant to be read, and is not for its name.
    fn misnamed(&mut self, file: &Path) -> Arc<Settings> {
        if let Some(settings) = self.files.get(file) {
            return Arc::clone(settings);
        }
        let name = crate::data::shown(file.strip_prefix(&self.here).unwrap_or(file));
        let root = file.parent().unwrap_or(file).to_owned();
        let why = format!("settings are not read from a file of this name; call it {FILE}");
        let settings = Arc::new(broken(name, root, &why));
        self.files.insert(file.to_owned(), Arc::clone(&settings));
        settings
    }

    fn of_file(&mut self, file: &Path) -> Arc<Settings> {
        if let Some(settings) = self.files.get(file) {
            return Arc::clone(settings);
        }
        let settings = self.completed(load(file, &self.here));
        let settings = Arc::new(settings);
        self.files.insert(file.to_owned(), Arc::clone(&settings));
        settings
    }

    /// What a file of settings would say if this were its text. Nothing of it holds for any file.
    pub fn given(&self, path: &Path, text: &str) -> Settings {
        let name = crate::data::shown(path.strip_prefix(&self.here).unwrap_or(path));
        let root = path.parent().unwrap_or(&self.here).to_owned();
        self.completed(read::settings(&Arc::new(SourceFile::new(name, text)), root))
    }

    /// The settings of a file with what is known besides.
    fn completed(&self, mut settings: Settings) -> Settings {
        for pack in &mut settings.policies {
            if let PackRef::File(path) = &mut pack.value {
                // Reports name files as they are seen from the working folder.
                *path = path.strip_prefix(&self.here).unwrap_or(path).to_owned();
            }
        }
        look_for_statements(&mut settings, &self.here);
        let beside = settings.root.join(register::FILE);
        if settings.claims.value.is_none() && beside.is_file() {
            settings.claims.value = Some(beside);
        }
        if let Some(path) = &mut settings.claims.value {
            // One name for one register, whatever the way to it.
            let real = crate::data::real(path).unwrap_or_else(|_| path.clone());
            *path = real.strip_prefix(&self.here).unwrap_or(&real).to_owned();
        }
        settings.overlay(&self.overlay);
        settings
    }
}

/// Names that are near the right one; a folder with such a file and without the right one is a mistake.
const NEAR: [&str; 3] = ["caveat.yml", ".caveat.yaml", ".caveat.yml"];

/// The nearest `caveat.yaml` at or above `folder`, or a file that was meant to be one, and the repository's root if
/// there is one.
fn nearest(folder: &Path) -> (Option<PathBuf>, Option<PathBuf>) {
    for above in folder.ancestors() {
        let mut files = [FILE].iter().chain(&NEAR).map(|name| above.join(name));
        if let Some(file) = files.find(|file| file.is_file()) {
            return (Some(file), None);
        }
        if above.join(".git").exists() {
            return (None, Some(above.to_owned()));
        }
    }
    (None, None)
}

/// Finds the files that are said to make statements.
fn look_for_statements(settings: &mut Settings, here: &Path) {
    for by in settings
        .satisfied
        .iter_mut()
        .filter_map(|row| row.value.by.as_mut())
    {
        let known = format_of(&by.shown).is_some();
        match crate::data::real(&by.path) {
            Ok(real) if real.is_file() && known => {
                by.shown = crate::data::shown(real.strip_prefix(here).unwrap_or(&real));
                by.path = real;
            }
            found => {
                let why = match found {
                    Ok(real) if real.is_file() => "caveat does not read files of this kind".to_owned(),
                    _ => format!("there is no file `{}`", by.shown),
                };
                let mistake = Mistake::new(by.span, why);
                settings
                    .mistakes
                    .push(mistake.help("the path counts from the folder of this file"));
            }
        }
    }
}

/// Reads a file of settings; what is wrong with it is among its mistakes.
fn load(file: &Path, here: &Path) -> Settings {
    let real = crate::data::real(file).unwrap_or_else(|_| file.to_owned());
    let root = real.parent().map_or_else(|| here.to_owned(), Path::to_owned);
    let name = real.strip_prefix(here).unwrap_or(&real);
    let name = crate::data::shown(name);
    let about = fs::metadata(&real);
    let why = match about {
        // Mistakes show lines of the file, so a link does not make settings of whatever it leads to.
        _ if real.extension() != file.extension() => Some("this is a link to a file of another kind"),
        Ok(about) if !about.is_file() => Some("this is no regular file"),
        Ok(about) if about.len() > MOST => Some("this file is larger than 4M"),
        _ => None,
    };
    if let Some(why) = why {
        return broken(name, root, why);
    }
    match fs::read(&real).map(String::from_utf8) {
        Ok(Ok(text)) => read::settings(&Arc::new(SourceFile::new(name, text)), root),
        Ok(Err(error)) => broken(
            name,
            root,
            &format!(
                "this file is not UTF-8 text: byte {} is not",
                error.utf8_error().valid_up_to()
            ),
        ),
        Err(error) => broken(
            name,
            root,
            &format!("this file cannot be read: {}", crate::data::reason(&error)),
        ),
    }
}

fn broken(name: String, root: PathBuf, message: &str) -> Settings {
    let mut settings = Settings::defaults(root);
    settings.file = Some(Arc::new(SourceFile::new(name, "")));
    settings.mistakes.push(Mistake::new(Span::empty(0), message));
    settings
}
