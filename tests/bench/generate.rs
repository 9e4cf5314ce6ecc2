//! Writes the copy that speed is measured on, and reads it the way the comparison needs as a floor.
//!
//! ```text
//! cargo run --release --example generate -- site FOLDER FILES
//! cargo run --release --example generate -- components FOLDER FILES
//! cargo run --release --example generate -- single FILE BYTES
//! cargo run --release --example generate -- offending FILE BYTES
//! cargo run --release --example generate -- hostile FOLDER BYTES
//! cargo run --release --example generate -- patterns FILE
//! cargo run --release --example generate -- parse FOLDER
//! cargo run --release --example generate -- sum FOLDER
//! ```
//!
//! `parse` runs pulldown-cmark over every Markdown file of a folder and does nothing with what it says; `sum` reads every
//! file and adds up its bytes, which nothing that looks at copy can be faster than.

#![allow(clippy::print_stdout)] // `parse` and `sum` tell what they counted.

mod site;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        [what @ ("site" | "components"), folder, files] => {
            let page = if *what == "site" {
                site::page
            } else {
                site::component_page
            };
            for number in 0..files.parse()? {
                let (name, text) = page(number);
                write(&Path::new(folder).join(name), &text)?;
            }
        }
        ["single", file, bytes] => {
            let ending = file.rsplit('.').next().unwrap_or("md");
            write(Path::new(file), &site::single(ending, bytes.parse()?))?;
        }
        ["offending", file, bytes] => write(Path::new(file), &site::offending(bytes.parse()?))?,
        ["hostile", folder, bytes] => {
            for (name, text) in site::hostile(bytes.parse()?) {
                write(&Path::new(folder).join(name), &text)?;
            }
        }
        ["patterns", file] => write(Path::new(file), &(site::patterns().join("\n") + "\n"))?,
        ["parse", folder] => println!("{} events", parse(Path::new(folder))?),
        ["sum", folder] => println!("{} is the sum of all bytes", sum(Path::new(folder))?),
        _ => return Err("see the head of tests/bench/generate.rs for what may be asked".into()),
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// How many events pulldown-cmark tells of the Markdown files below `folder`.
fn parse(folder: &Path) -> std::io::Result<usize> {
    let events = |path: &Path| {
        if path.extension().is_none_or(|ending| ending != "md") {
            return Ok(0);
        }
        let text = fs::read_to_string(path)?;
        Ok(pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()).count())
    };
    over_all(folder, &events)
}

/// The sum of the bytes of the files below `folder`.
fn sum(folder: &Path) -> std::io::Result<usize> {
    over_all(folder, &|path| {
        Ok(fs::read(path)?.iter().map(|byte| usize::from(*byte)).sum())
    })
}

/// The sum of what `count` says of the files below `folder`.
fn over_all(folder: &Path, count: &impl Fn(&Path) -> std::io::Result<usize>) -> std::io::Result<usize> {
    let mut all = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        all += if path.is_dir() {
            over_all(&path, count)?
        } else {
            count(&path)?
        };
    }
    Ok(all)
}
