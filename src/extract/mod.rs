//! Owns turning files into documents: one file per format, and the list of formats.

mod data;
mod element;
mod flow;
mod front_matter;
mod html;
mod keys;
mod markdown;
mod mask;
mod memory;
mod plain;
mod script;
mod strings;
mod template;
mod tree;
mod word;
mod writer;

#[cfg(test)]
mod testing;

use crate::data::Mistake;
use crate::document::{Block, Directive, Document};
use crate::source::SourceFile;
use std::sync::Arc;

pub use data::{holds_translations, is_for_programs, translation};
pub use front_matter::within_fences;
pub use keys::Keys;
pub use memory::Memory;
pub use plain::is_stream;
pub use script::is_aside;

/// A format that copy is written in.
pub struct Format {
    /// Its name: `markdown`.
    pub name: &'static str,
    /// Endings of file names, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// Reads a file of this format; what a project says of keys decides which strings of data are copy.
    pub extract: fn(&Arc<SourceFile>, &Keys) -> Extracted,
}

impl Format {
    /// Whether it is one of data, most of which is no copy.
    pub fn is_data(&self) -> bool {
        data::NAMES.contains(&self.name)
    }

    /// Reads a file as [`Self::extract`](field@Self::extract) does. Of a Markdown file whose blocks stand by themselves (no
    /// footnotes, no links whose addresses stand elsewhere, no HTML near what has changed) only that is read which has changed
    /// since the file was read with this memory, and the document given back to it.
    ///
    /// ```
    /// use caveat::extract::{Keys, Memory, format_of};
    /// use caveat::source::SourceFile;
    /// use std::sync::Arc;
    ///
    /// let format = format_of("tea.md").unwrap();
    /// let mut memory = Memory::default();
    /// for text in ["Mint.\n\nSage.\n\nOur tea", "Mint.\n\nSage.\n\nOur tea cures gout."] {
    ///     let file = Arc::new(SourceFile::new("tea.md", text));
    ///     let again = format.extract_again(&file, &Keys::default(), &mut memory).document;
    ///     let anew = (format.extract)(&file, &Keys::default()).document;
    ///     assert_eq!(format!("{:?}", again.blocks), format!("{:?}", anew.blocks));
    ///     memory.keep(again);
    /// }
    /// ```
    pub fn extract_again(&self, file: &Arc<SourceFile>, keys: &Keys, memory: &mut Memory) -> Extracted {
        if self.name == markdown::NAME {
            markdown::extract_again(file, keys, &mut memory.0)
        } else {
            (self.extract)(file, keys)
        }
    }

    /// Whether its files are packages, which are read as drafts before anything is extracted.
    pub fn is_draft(&self) -> bool {
        self.name == word::NAME
    }
}

/// A document, and what could not be read in it (broken front matter, say); the rest is read all the same.
pub struct Extracted {
    /// The document.
    pub document: Document,
    /// What could not be read, with its place.
    pub mistakes: Vec<Mistake>,
    /// What is wrong in the file, and was read all the same.
    pub tolerated: Vec<Mistake>,
}

impl Extracted {
    /// A file that has no front matter, with its blocks and directives; nothing in it is wrong.
    fn new(file: &Arc<SourceFile>, (blocks, directives): (Vec<Block>, Vec<Directive>)) -> Self {
        Self {
            document: Document {
                file: Arc::clone(file),
                blocks,
                directives,
                settings: None,
                address: None,
            },
            mistakes: Vec::new(),
            tolerated: Vec::new(),
        }
    }
}

/// Every format.
pub const FORMATS: &[Format] = &[
    Format {
        name: markdown::NAME,
        endings: &["md", "markdown", "mdx", "svx", "mdoc", "markdoc"],
        extract: markdown::extract,
    },
    Format {
        name: "html",
        endings: &["html", "htm", "xhtml"],
        extract: html::extract,
    },
    Format {
        name: "template",
        endings: &[
            "njk",
            "php",
            "phtml",
            "liquid",
            "twig",
            "erb",
            "ejs",
            "hbs",
            "handlebars",
            "mustache",
            "jinja",
            "jinja2",
            "j2",
            "gohtml",
            "tmpl",
        ],
        extract: html::extract,
    },
    Format {
        name: "script",
        endings: &[
            "jsx", "tsx", "js", "ts", "mjs", "mts", "cjs", "cts", "vue", "svelte", "astro",
        ],
        extract: script::extract,
    },
    Format {
        name: "text",
        endings: &["txt", "text"],
        extract: plain::extract,
    },
    Format {
        name: word::NAME,
        endings: &["docx", "docm"],
        extract: word::extract,
    },
    Format {
        name: "json",
        endings: &["json", "jsonc", "json5", "webmanifest"],
        extract: data::json,
    },
    Format {
        name: "yaml",
        endings: &["yaml", "yml"],
        extract: data::yaml,
    },
    Format {
        name: "toml",
        endings: &["toml"],
        extract: data::toml,
    },
    Format {
        name: "csv",
        endings: &["csv", "tsv"],
        extract: data::csv,
    },
    Format {
        name: "xml",
        endings: &["xml"],
        extract: data::xml,
    },
    Format {
        name: "gettext",
        endings: &["po", "pot"],
        extract: data::gettext,
    },
];

/// What a template may make, by the ending before its own, that is no page.
const MADE: &[&str] = &[
    "cfg", "conf", "css", "env", "go", "ini", "json", "less", "mjs", "py", "rb", "scss", "sh", "sql", "svg",
    "toml", "ts", "xml", "yaml", "yml",
];

/// The format of a file name, by its ending. What a template makes is told by the ending before its own:
/// `letter.md.erb` is read as Markdown, `site.conf.j2` is no copy.
pub fn format_of(name: &str) -> Option<&'static Format> {
    let (stem, ending) = name.rsplit_once('.')?;
    let of = |ending: &str| {
        let ending = ending.to_ascii_lowercase();
        let known = |format: &&Format| format.endings.contains(&ending.as_str());
        FORMATS.iter().find(known)
    };
    let format = of(ending)?;
    let made = stem.rsplit_once('.').map(|(_, made)| made.to_ascii_lowercase());
    match made {
        Some(made) if format.name == "template" => {
            if MADE.contains(&made.as_str()) {
                return None;
            }
            let own = of(&made).filter(|own| matches!(own.name, "markdown" | "text"));
            Some(own.unwrap_or(format))
        }
        _ => Some(format),
    }
}
