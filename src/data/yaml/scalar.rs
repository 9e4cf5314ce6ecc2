//! Owns what a scalar is: its kind by YAML's core schema, and where it ends in the raw text.

use crate::data::Value;
use saphyr_parser::Tag;

/// Whether a tag is one of the core schema.
pub(super) fn is_core(tag: &Tag) -> bool {
    tag.is_yaml_core_schema()
        && matches!(
            tag.suffix.as_str(),
            "str" | "int" | "float" | "bool" | "null" | "seq" | "map"
        )
}

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned().into()),
        _ => Value::Text(text.to_owned().into()),
    }
}

fn is_number(text: &str) -> bool {
    let digits = |text: &str, of: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(of);
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, |byte| (b'0'..=b'7').contains(byte));
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return digits(hex, u8::is_ascii_hexdigit);
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(text, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    if let Some(exponent) = exponent
        && !digits(
            exponent.strip_prefix(['-', '+']).unwrap_or(exponent),
            u8::is_ascii_digit,
        )
    {
        return false;
    }
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    plain(whole) && plain(part) && !(whole.is_empty() && part.is_empty())
}

/// How long the quoted scalar at the start of `raw` is, with its quotes.
pub(super) fn quoted_len(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let Some(quote) = bytes.first() else {
        return 0;
    };
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        let doubled = *quote == b'\'' && bytes.get(at + 1) == Some(&b'\'');
        if byte == quote && !doubled {
            return at + 1;
        }
        let escape = *quote == b'"' && *byte == b'\\';
        at += if escape || (byte == quote && doubled) {
            2
        } else {
            1
        };
    }
    raw.len()
}

/// How long the content of a block scalar is, without the indentation of the line after it.
pub(super) fn block_len(raw: &str) -> usize {
    let text = raw.trim_end_matches(' ');
    if text.ends_with(['\n', '\r']) {
        text.len()
    } else {
        raw.len()
    }
}
