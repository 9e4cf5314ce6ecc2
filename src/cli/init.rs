//! Owns `caveat init`: writes a commented `caveat.yaml` with what the folder suggests, and never over another one.

use super::{Failure, Result, Status, choose, note};
use crate::config::{FILE, Site, starter};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

pub(super) fn run() -> Result<Status> {
    let file = OpenOptions::new().write(true).create_new(true).open(FILE);
    let site = Site::look(&choose::here()?);
    let written = file.and_then(|mut file| file.write_all(starter(&site).as_bytes()));
    match written {
        Ok(()) => {
            let like = site.generator().map(|name| format!(", as for a {name} site"));
            note(&format!("wrote {FILE}{}", like.unwrap_or_default()));
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
