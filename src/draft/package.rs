//! Owns the zip that a draft is: its parts as text, and how much they may unpack to.

use super::Broken;
use super::relations::{self, Relations};
use memchr::memmem;
use rustc_hash::FxHashMap;
use std::io::{Cursor, Read, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// What old Word files, and the wrapping of encrypted ones, begin with.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// In the wrapping of an encrypted draft: the name of the stream that holds it.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
/// Most entries of a package: Word writes some dozens, and one for each picture.
const ENTRIES: usize = 20_000;
/// Bytes of a zip's last record, without its comment; of which two from this one on count entries.
const END: (usize, usize) = (22, 10);

/// A draft's package.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked, and what might be at first.
    room: u64,
    most: u64,
    /// Parts that are read otherwise than they stand.
    put: FxHashMap<String, String>,
}

impl<'a> Package<'a> {
    /// Opens a package whose parts may unpack to at most `most` bytes.
    pub(super) fn open(bytes: &'a [u8], most: u64) -> Result<Self, Broken> {
        if bytes.starts_with(OLE) {
            return Err(Broken(if memmem::find(bytes, ENCRYPTED).is_some() {
                PROTECTED.into()
            } else {
                "this is a Word file of the old kind (.doc); save it as .docx in Word or LibreOffice and send that".into()
            }));
        }
        if !super::is_zip(bytes) {
            return Err(Broken(
                "this is no Word draft, whatever its name says; open it and save it as .docx".into(),
            ));
        }
        if entries(bytes) > ENTRIES {
            return Err(Broken(format!(
                "this package holds more than {ENTRIES} files, as no draft does"
            )));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() > ENTRIES {
            return Err(Broken(format!(
                "this package holds more than {ENTRIES} files, as no draft does"
            )));
        }
        Ok(Self {
            zip,
            room: most,
            most,
            put: FxHashMap::default(),
        })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Lets a part be read as `text` from now on.
    pub(super) fn put(&mut self, name: &str, text: String) {
        self.put.insert(name.to_owned(), text);
    }

    /// The text of a part; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Broken> {
        if let Some(text) = self.put.get(name) {
            return Ok(Some(text.clone()));
        }
        let Some(index) = self.zip.index_for_name(name) else {
            return Ok(None);
        };
        let file = self.zip.by_index(index).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        file.take(self.room + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Broken(format!("`{name}` in this draft cannot be unpacked; {ANEW}")))?;
        let most = self.most >> 20;
        self.room = self.room.checked_sub(bytes.len() as u64).ok_or_else(|| {
            Broken(format!(
                "what this draft holds unpacks to more than {most} MB; `--max-file-size` allows more"
            ))
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Broken(format!("`{name}` in this draft is no UTF-8 text; {ANEW}")))?;
        Ok(Some(text))
    }

    /// The package with these parts in the place of those of their names, or beside them; all others stay as they are.
    pub(super) fn with(mut self, parts: &[(String, String)]) -> Result<Vec<u8>, Broken> {
        let failed = |error: ZipError| damaged(&error);
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let mut new: Vec<&(String, String)> = parts.iter().collect();
        for index in 0..self.zip.len() {
            let file = self.zip.by_index_raw(index).map_err(failed)?;
            let known = new
                .iter()
                .position(|(name, _)| file.name_raw() == name.as_bytes());
            match known.map(|at| new.remove(at)) {
                None => out.raw_copy_file(file).map_err(failed)?,
                Some(part) => {
                    let options = file
                        .last_modified()
                        .map_or_else(options, |at| options().last_modified_time(at));
                    add(&mut out, part, options)?;
                }
            }
        }
        for part in new {
            add(&mut out, part, options())?;
        }
        Ok(out.finish().map_err(failed)?.into_inner())
    }

    /// What a part is related to.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, Broken> {
        let name = relations::of(part);
        match self.part(&name)? {
            Some(text) => relations::read(&text, part, &name),
            None => Ok(Relations::default()),
        }
    }
}

/// What to do with a damaged draft.
pub(super) const ANEW: &str = "open it in Word or LibreOffice and save it anew";
const PROTECTED: &str = "this draft is protected by a password; save a copy without one and send that";

/// How parts are packed: without a clock, so that the same parts make the same bytes.
fn options() -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    options.last_modified_time(DateTime::default())
}

fn add(
    out: &mut ZipWriter<Cursor<Vec<u8>>>,
    (name, text): &(String, String),
    options: SimpleFileOptions,
) -> Result<(), Broken> {
    out.start_file(name.as_str(), options)
        .map_err(|error| damaged(&error))?;
    out.write_all(text.as_bytes())
        .map_err(|error| Broken(format!("`{name}` cannot be packed: {error}")))
}

fn damaged(error: &ZipError) -> Broken {
    Broken(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => PROTECTED.into(),
        _ => format!("this draft's zip is damaged ({error}); {ANEW}"),
    })
}

/// How many entries the last record of a zip tells of; 65535 where it tells of more.
fn entries(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(END.0 + usize::from(u16::MAX));
    let record = bytes
        .get(tail..)
        .and_then(|tail| Some(memmem::rfind(tail, b"PK\x05\x06")? + END.1))
        .and_then(|at| bytes.get(tail + at..tail + at + 2));
    record.map_or(0, |count| usize::from(u16::from_le_bytes([count[0], count[1]])))
}
