//! Owns `caveat init`: writes a commented `caveat.yaml` with what the folder suggests, and never over another one.

use super::choose::{self, Choice};
use super::{Failure, Result, Status, inputs, note};
use crate::config::{FILE, Overlay, Site, starter};
use crate::report::unread_in_words;
use crate::walk;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

pub(super) fn run() -> Result<Status> {
    let mut finder = Choice::default().finder(Overlay::default())?;
    let (walked, _) = inputs::find(&[PathBuf::from(".")], &mut finder, true)?;
    let site = Site::look(&choose::here()?, &walked.files);
    let file = OpenOptions::new().write(true).create_new(true).open(FILE);
    let written = file.and_then(|mut file| file.write_all(starter(&site).as_bytes()));
    match written {
        Ok(()) => {
            for line in unread_in_words(&walk::estimate(&walked.unread)) {
                note(&line);
            }
            let like = site
                .generator()
                .map(|generator| format!(", as for {} site", generator.with_article()));
            note(&format!("wrote {FILE}{}", like.unwrap_or_default()));
            if let Some(how) = site.generator().and_then(|generator| generator.how_to_check("")) {
                note(&format!("to check the whole site, {how}"));
            }
            note("next: `caveat check`, and `caveat help` for what else there is");
            Ok(Status::Clean)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::said(format!(
            "there is a {FILE} here already; it is left as it is"
        ))),
        Err(error) => Err(Failure::said(format!(
            "{FILE} cannot be written: {}",
            crate::walk::reason(&error)
        ))),
    }
}
