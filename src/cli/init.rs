//! Owns `caveat init`: writes a commented `caveat.yaml` with what the folder suggests, and never over another one.

use super::choose::{self, Choice};
use super::{Failure, Result, Status, inputs, note, progress, today};
use crate::config::{FILE, Overlay, Site, starter};
use crate::data::some;
use crate::report::unread_in_words;
use crate::session::{self, Job, Library};
use crate::walk;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Papers that are named.
const PAPERS: usize = 3;

pub(super) fn run() -> Result<Status> {
    if fs::symlink_metadata(FILE).is_ok() {
        return Err(taken());
    }
    let site = look()?;
    let file = OpenOptions::new().write(true).create_new(true).open(FILE);
    let written = file.and_then(|mut file| file.write_all(starter(&site).as_bytes()));
    match written {
        Ok(()) => {
            let here = site.generators().find(|(folder, ..)| folder.is_empty());
            let like = here.map_or_else(String::new, |(_, like, _)| format!(", as for {like}"));
            note(&format!("wrote {FILE}{like}"));
            for (folder, like, how) in site.generators() {
                if !folder.is_empty() {
                    note(&format!("{folder} looks like {like}"));
                }
                if let Some(how) = how {
                    note(&format!("to check the whole site, {how}"));
                }
            }
            if !site.papers().is_empty() {
                note(&format!(
                    "papers of the repository, by the code and commands in them, which {FILE} proposes to ignore: {}",
                    some(site.papers().iter(), PAPERS)
                ));
            }
            note("next: `caveat check`, and `caveat help` for what else there is");
            Ok(Status::Clean)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(taken()),
        Err(error) => Err(Failure::said(format!(
            "{FILE} cannot be written: {}",
            crate::walk::reason(&error)
        ))),
    }
}

fn taken() -> Failure {
    Failure::said(format!("there is a {FILE} here already; it is left as it is"))
}

/// Judges what is here, and says first what is not read.
fn look() -> Result<Site> {
    let mut finder = Choice::default().finder(Overlay::default())?;
    let (walked, jobs) = inputs::find(&[PathBuf::from(".")], &mut finder, true)?;
    for line in unread_in_words(&walk::estimate(&walked.unread)) {
        note(&line);
    }
    let library = Library::new(today::today());
    let outcome = progress::run(&jobs, &library, None, false);
    let layouts = session::layouts(&jobs, &library);
    let files: Vec<&Path> = jobs.iter().map(Job::path).collect();
    Ok(Site::look(&choose::here()?, &files, &outcome.files, layouts))
}
