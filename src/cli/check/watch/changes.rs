//! Owns hearing of changes on disk: which folders are listened to, and waiting until a burst of changes is over.

use crate::cli::{Failure, Result};
use crate::walk::shown;
use notify::event::{EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// So long after the last change a burst is over,
const PAUSE: Duration = Duration::from_millis(100);
/// and so long after the first one though changes go on.
const PATIENCE: Duration = Duration::from_secs(1);

/// What hears of changes. Folders are listened to one by one, without those below them: nobody pays for packages.
pub(super) struct Changes {
    watcher: RecommendedWatcher,
    folders: HashSet<PathBuf>,
    heard: Receiver<Event>,
}

impl Changes {
    pub(super) fn new() -> Result<Self> {
        let (tell, heard) = channel();
        let hear = move |event: notify::Result<Event>| {
            // Where something was missed, anything may have changed.
            let event = event.unwrap_or_else(|_| Event::new(EventKind::Any));
            if !event.kind.is_access() {
                // Nobody listens any more at the very end.
                let _ = tell.send(event);
            }
        };
        let watcher = notify::recommended_watcher(hear).map_err(|error| deaf(None, &error))?;
        Ok(Self {
            watcher,
            folders: HashSet::new(),
            heard,
        })
    }

    /// Listens to these folders besides; says whether any of them is new.
    pub(super) fn listen(&mut self, folders: impl IntoIterator<Item = PathBuf>) -> Result<bool> {
        let new = folders
            .into_iter()
            .filter(|folder| !self.folders.contains(folder));
        let new: HashSet<PathBuf> = new.collect();
        if new.is_empty() {
            return Ok(false);
        }
        let mut paths = self.watcher.paths_mut();
        let mut listens = false;
        for folder in new {
            match paths.add(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder);
                    listens = true;
                }
                // It went meanwhile, which the folder above tells.
                Err(_) if !folder.is_dir() => {}
                Err(error) => return Err(deaf(Some(&folder), &error)),
            }
        }
        paths.commit().map_err(|error| deaf(None, &error))?;
        Ok(listens)
    }

    /// Waits for changes, and until they pause; the files and folders that changed.
    pub(super) fn wait(&mut self) -> Result<HashSet<PathBuf>> {
        let lost = |_| Failure::said("changes are no longer heard of");
        let mut changed = HashSet::new();
        self.take(self.heard.recv().map_err(lost)?, &mut changed);
        let first = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(first.elapsed()).min(PAUSE);
            match self.heard.recv_timeout(left) {
                Ok(event) if !left.is_zero() => self.take(event, &mut changed),
                _ => return Ok(changed),
            }
        }
    }

    /// A folder that goes, or gets another name, is not listened to; another may come in its place.
    fn take(&mut self, event: Event, changed: &mut HashSet<PathBuf>) {
        if matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        ) {
            for path in &event.paths {
                let watcher = &mut self.watcher;
                self.folders.retain(|folder| {
                    let goes = folder.starts_with(path);
                    if goes {
                        // The system has forgotten it already, mostly.
                        let _ = watcher.unwatch(folder);
                    }
                    !goes
                });
            }
        }
        // Where something was missed, anything may be another: the name of no file stands for that.
        let missed = event.need_rescan() || event.paths.is_empty();
        changed.extend(missed.then(PathBuf::new));
        changed.extend(event.paths);
    }
}

/// Why changes are not heard of.
fn deaf(folder: Option<&Path>, error: &notify::Error) -> Failure {
    let folder = folder.map_or_else(|| "files".to_owned(), shown);
    let why = match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system listens to no more folders (fs.inotify.max_user_watches says how many)".to_owned()
        }
        ErrorKind::Io(error) => crate::walk::reason(error),
        _ => error.to_string(),
    };
    Failure::said(format!("{folder} cannot be watched: {why}"))
}
