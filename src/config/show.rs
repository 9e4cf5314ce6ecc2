//! Owns `--show-config`: every value in force and where it came from.

use super::{ByPath, From, Satisfied, Settings};
use crate::policy::PackRef;
use crate::walk::{GENERATORS, ROWS};
use std::fmt::Display;

/// One line a value, with where it comes from.
pub fn show(settings: &Settings) -> String {
    let file = settings.file.as_ref().map_or("none", |file| file.name());
    let mut out = format!("# settings file: {file}\n");
    let mut line = |key: &str, value: &str, from: From| {
        let from = match from {
            From::Default => "default".to_owned(),
            From::CommandLine => "command line".to_owned(),
            From::File(line) => format!("{file}:{line}"),
        };
        out.push_str(&format!("{:<44} # {from}\n", format!("{key}: {value}")));
    };
    line("markets", &list(&settings.markets.value), settings.markets.from);
    line("site", &list(&settings.site.value), settings.site.from);
    for pack in &settings.policies {
        line("policy", &pack_name(&pack.value), pack.from);
    }
    let fail_on = settings.fail_on.value.map_or("never", |severity| severity.name());
    line("fail-on", fail_on, settings.fail_on.from);
    line(
        "min-severity",
        settings.min_severity.value.name(),
        settings.min_severity.from,
    );
    line(
        "max-file-size",
        &super::show_size(settings.max_file_size.value),
        settings.max_file_size.from,
    );
    line(
        "ignore",
        &list(settings.ignore.value.written()),
        settings.ignore.from,
    );
    line("read", &list(settings.read.value.written()), settings.read.from);
    line(
        "partials",
        &list(settings.partials.value.written()),
        settings.partials.from,
    );
    let trust = settings.trust_front_matter;
    line("trust-front-matter", &trust.value.to_string(), trust.from);
    let claims = settings.claims.value.as_deref();
    let claims = claims.map_or_else(|| "none".to_owned(), crate::data::shown);
    line("claims", &claims, settings.claims.from);
    for (key, value) in [
        ("product", settings.product.map(|product| product.name())),
        ("page", settings.page.map(|page| page.name())),
    ] {
        if let Some(value) = value {
            line(key, value, From::CommandLine);
        }
    }
    rows("product", &settings.products, ToString::to_string, &mut line);
    rows("page", &settings.pages, ToString::to_string, &mut line);
    rows("satisfied", &settings.satisfied, satisfied, &mut line);
    rows("copy-keys", &settings.copy_keys, |value| list(value), &mut line);
    rows(
        "not-copy-keys",
        &settings.not_copy_keys,
        |value| list(value),
        &mut line,
    );
    for row in &settings.severities {
        let severity = row.severity.map_or("off", |severity| severity.name());
        line(&row.rule, severity, From::File(row.line));
    }
    passed(&mut out);
    out
}

/// What walking passes over.
fn passed(out: &mut String) {
    out.push_str("# passed over in folders, unless `read` names it (`*` any characters, `?` one):\n");
    let mut line = |names: &str, what: &str, beside: &[&str]| {
        let beside = if beside.is_empty() {
            String::new()
        } else {
            format!(", beside {}", beside.join(", "))
        };
        out.push_str(&format!("# {what}{beside}: {names}\n"));
    };
    for row in ROWS {
        line(row.names, row.what, row.beside);
    }
    for generator in GENERATORS.iter().filter(|generator| !generator.built.is_empty()) {
        line(
            generator.built,
            &format!("built by {}", generator.name),
            generator.markers,
        );
    }
}

fn rows<T>(key: &str, rows: &[ByPath<T>], value: fn(&T) -> String, line: &mut dyn FnMut(&str, &str, From)) {
    for row in rows {
        let text = format!("{} for {}", value(&row.value), list(row.paths.written()));
        line(key, &text, From::File(row.line));
    }
}

fn satisfied(value: &Satisfied) -> String {
    let by = value.by.as_ref();
    let by = by.map_or_else(String::new, |by| format!(" by {}", by.shown));
    format!("{}{by}", list(&value.statements))
}

fn list(items: &[impl Display]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(", "))
}

fn pack_name(pack: &PackRef) -> String {
    match pack {
        PackRef::Name(name) => name.clone(),
        PackRef::File(path) => crate::data::shown(path),
    }
}
