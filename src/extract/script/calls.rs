//! Owns the table of functions: whether a string that is handed to one is shown, and under which key. What a project says
//! of keys holds for the names of functions too.

use super::frame::Call;
use crate::extract::html::attributes;
use crate::extract::keys::Keys;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Functions by the last part of their name, in small letters (`window.alert` is `alert`).
const TABLE: &[(Call, &str)] = &[
    // for programs, or for those who write them
    (
        Call::Silent,
        "assert classnames cn clsx css cva cx debug describe error expect fetch getelementbyid getitem \
         gql graphql groq import invariant it keyframes log queryselector queryselectorall require \
         setheader setitem setproperty setrequestheader sql test trace tv twjoin twmerge warn warning",
    ),
    // translations
    (
        Call::Shown,
        "$t _ __ _e _x esc_html__ formatmessage gettext i18n msg ngettext t tc te trans translate",
    ),
    // messages
    (
        Call::Shows,
        "addnotification addtoast alert announce confirm enqueuesnackbar flash notify openmodal opensnackbar prompt showalert \
         showbanner showmessage shownotification showsnackbar showtoast",
    ),
    // what a component holds and shows
    (
        Call::Shows,
        "$derived $state atom createsignal observable readable ref shallowref signal usesignal usestate writable",
    ),
    // elements, and what is put into them
    (
        Call::Shows,
        "_jsx _jsxs append createelement createelementvnode createtextnode createtextvnode createvnode h html insertadjacenthtml \
         insertadjacenttext jsx jsxdev jsxs prepend replacewith text",
    ),
    (
        Call::Page,
        "createmetadata definepagemeta generatemetadata head metainfo usehead usemeta useseo useseometa useserverhead \
         useserverseometa",
    ),
];

/// Things whose functions are for programs: `console.info`.
const SILENT: &[&str] = &["assert", "chai", "console", "log", "logger", "yup", "z"];

/// Things whose functions show what they are handed: `toast.success`.
const SHOWN: &[&str] = &[
    "$notify",
    "$toast",
    "alertify",
    "notification",
    "noty",
    "swal",
    "toast",
    "toastr",
];

/// Functions that give their second argument the name that is their first: `setAttribute("title", "…")`.
const NAMING: &[&str] = &["attr", "prop", "setattribute"];

static ROWS: LazyLock<FxHashMap<&str, Call>> = LazyLock::new(|| {
    let rows = TABLE.iter();
    rows.flat_map(|(call, names)| names.split_ascii_whitespace().map(|name| (name, *call)))
        .collect()
});

/// What the arguments of a call are, by what is called (`console.log`) and what stands after its bracket; and their key,
/// where the call gives them one.
pub(super) fn call<'a>(callee: &'a str, arguments: &'a str, keys: &Keys) -> (Call, Option<&'a str>) {
    let mut parts = callee.split(['.', '?', '!']).filter(|part| !part.is_empty());
    let is_one = |things: &[&str], part: &str| things.iter().any(|thing| part.eq_ignore_ascii_case(thing));
    let first = parts.clone().next().unwrap_or_default();
    let name = parts.clone().next_back().unwrap_or(first);
    if let Some(copy) = keys.told(name) {
        return (if copy { Call::Shows } else { Call::Silent }, None);
    }
    let last = name.to_ascii_lowercase();
    if is_one(SILENT, first) {
        return (Call::Silent, None);
    }
    if parts.any(|part| is_one(SHOWN, part)) || first == "document" && last.starts_with("write") {
        return (Call::Shows, None);
    }
    if last.ends_with("error") {
        return (Call::Silent, None);
    }
    if NAMING.contains(&&*last) {
        let key = quoted(arguments).and_then(|name| attributes::key("", name, keys));
        return (key.map_or(Call::Other, |_| Call::Named), key);
    }
    if let Some(call) = ROWS.get(&*last) {
        return (*call, None);
    }
    // `setMessage("…")`
    let set = name
        .strip_prefix("set")
        .filter(|key| key.starts_with(|c: char| c.is_ascii_uppercase()));
    (set.map_or(Call::Other, |_| Call::Named), set)
}

/// Whether a string that is handed to the function of this name, in small letters, is shown.
pub(super) fn is_shown(name: &str) -> bool {
    ROWS.get(name) == Some(&Call::Shown)
}

/// The string in quotes that code begins with.
fn quoted(code: &str) -> Option<&str> {
    let code = code.trim_start();
    let quote = code.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    code.get(1..)?.split(quote).next()
}
