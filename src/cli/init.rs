//! Owns `caveat init`: writes a commented `caveat.yaml` that changes nothing, and never over another one.

use super::{Failure, Result, Status, note};
use crate::config::{FILE, STARTER};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

pub(super) fn run() -> Result<Status> {
    let file = OpenOptions::new().write(true).create_new(true).open(FILE);
    let written = file.and_then(|mut file| file.write_all(STARTER.as_bytes()));
    match written {
        Ok(()) => {
            note(&format!("wrote {FILE}"));
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
