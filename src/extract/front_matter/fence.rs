//! Owns finding where front matter begins and ends.

use std::ops::Range;

/// What front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Toml,
    Json,
}

/// What stands at a file's start.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Copy.
    None,
    /// An opening line without a closing one.
    Unclosed {
        opening: Range<usize>,
        fence: &'static str,
    },
    /// Front matter.
    Whole {
        language: Language,
        content: Range<usize>,
        body: usize,
        /// Whether it can be nothing else; otherwise it is only if it reads as a mapping.
        sure: bool,
    },
}

/// Looks for front matter at byte `start`.
pub(super) fn find(text: &str, start: usize) -> Found {
    let rest = text.get(start..).unwrap_or_default();
    let first = rest.lines().next().unwrap_or_default().trim_end();
    let (language, fence) = match first {
        "---" | "---yaml" | "--- yaml" => (Language::Yaml, "---"),
        "---json" | "--- json" => (Language::Json, "---"),
        "---toml" | "--- toml" => (Language::Toml, "---"),
        "+++" => (Language::Toml, "+++"),
        ";;;" => (Language::Json, ";;;"),
        _ if first == "{" || first.starts_with("{ \"") || first.starts_with("{\"") => {
            return json(text, start);
        }
        _ => return Found::None,
    };
    let content = start + rest.find('\n').map_or(rest.len(), |n| n + 1);
    let after = text.get(content..).unwrap_or_default();
    let sure = fence == "+++" || looks_like_keys(after);
    let mut at = content;
    for line in after.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (bare == "..." && fence == "---") {
            return Found::Whole {
                language,
                content: content..at,
                body: at + line.len(),
                sure,
            };
        }
        at += line.len();
    }
    if sure {
        let opening = start..start + first.len();
        Found::Unclosed { opening, fence }
    } else {
        // a rule across the page
        Found::None
    }
}

/// Whether the first line that says something looks like `key: …` or `key = …`, so that a `---` above it is no
/// rule across the page.
fn looks_like_keys(after: &str) -> bool {
    let line = after
        .lines()
        .take(20)
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(line) = line else { return false };
    let key = line.find([':', '=']).and_then(|at| line.get(..at));
    key.is_some_and(|key| !key.trim().is_empty() && !key.trim().contains(' ')) || line.starts_with(['{', '"'])
}

/// Front matter that is a JSON object: up to the line that is its closing brace, or the whole first line.
fn json(text: &str, start: usize) -> Found {
    let rest = text.get(start..).unwrap_or_default();
    let opened = rest.trim_start_matches('{').trim_start();
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_end();
        let closes = bare == "}" || (at == start && bare.ends_with('}'));
        at += line.len();
        if closes {
            return Found::Whole {
                language: Language::Json,
                content: start..at,
                body: at,
                sure: opened.starts_with('"'),
            };
        }
    }
    Found::None
}
