//! Owns the annotated copy of a draft: the file that was judged, with comments laid over it.

use super::read::{self, Refused};
use super::{Input, Job};
use crate::draft::{self, Note};
use crate::source::sha256;

/// The draft of a job with these comments; what is wrong, where there can be none. `known` is the hash of the bytes that
/// were judged.
pub fn annotated(job: &Job, notes: &[Note], known: Option<&str>) -> Result<Vec<u8>, String> {
    let max = job.settings.max_file_size.value;
    let bytes = match &job.input {
        Input::Path(path) => read::bytes(path, max).map_err(|refused: Refused| refused.to_string())?,
        Input::Bytes { bytes, .. } => bytes.clone(),
    };
    if known.is_some_and(|known| known != sha256(&bytes)) {
        return Err("this draft changed while it was checked; check it again".to_owned());
    }
    draft::annotate(&bytes, notes, read::unpacked(max)).map_err(|broken| broken.to_string())
}

/// Whether a file of this name is read as a Word draft.
pub fn is_draft(name: &str) -> bool {
    crate::extract::format_of(name).is_some_and(crate::extract::Format::is_draft)
}
