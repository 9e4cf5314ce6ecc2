//! Owns what is known of the functions of template languages by their name: which print their arguments, which pass
//! them on, and which name them.

/// What a call does with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// Prints the arguments at these places, as bits; where they are all, the first says where the others go.
    Prints(u8),
    /// Gives the arguments at these places back, changed in no way that matters; the same where they are all.
    Passes(u8),
    /// Gives its second argument the name that is its first.
    Names,
    /// Gives every other argument the name that stands before it.
    Pairs,
    /// Anything else.
    Unknown,
}

const PRINTS: [&str; 13] = [
    "_e",
    "_ex",
    "esc_html_e",
    "esc_attr_e",
    "esc_html_ex",
    "print",
    "echo",
    "lang",
    "@lang",
    "trans",
    "translate",
    "blocktrans",
    "puts",
];

const PASSES: [&str; 53] = [
    "__",
    "_",
    "_x",
    "esc_html__",
    "esc_attr__",
    "esc_html_x",
    "esc_attr_x",
    "t",
    "_t",
    "T",
    "trans",
    "gettext",
    "translate",
    "wp_kses_post",
    "wp_kses",
    "wpautop",
    "nl2br",
    "html_entity_decode",
    "htmlspecialchars",
    "esc_html",
    "esc_attr",
    "ucfirst",
    "ucwords",
    "trim",
    "do_shortcode",
    "raw",
    "safe",
    "html",
    "markdownify",
    "safeHTML",
    "link_to",
    "button_to",
    "submit",
    "title",
    "label",
    "default",
    "append",
    "prepend",
    "escape",
    "SafeString",
    "format",
    "strtoupper",
    "e",
    "addslashes",
    "do_blocks",
    "esc_js",
    "esc_textarea",
    "esc_xml",
    "json_encode",
    "stripslashes",
    "wp_json_encode",
    "wp_kses_data",
    "wptexturize",
];

/// Those that take more than one text, or another than the first.
const PASSES_MORE: [(&str, u8); 14] = [
    ("_n", 0b11),
    ("_nx", 0b11),
    ("sprintf", u8::MAX),
    // in templates of Go, where spaces part the arguments
    ("cond", 1),
    ("or", 1),
    ("slice", 1),
    ("ngettext", 0b11),
    ("apply_filters", 0b10),
    ("content_tag", 0b10),
    ("mail_to", 0b10),
    ("cycle", 0b11),
    // what is shown until somebody sets it
    ("get_theme_mod", 0b10),
    ("get_option", 0b10),
    ("get_site_option", 0b10),
];

const NAMES: [&str; 8] = [
    "define",
    "@section",
    "section",
    "set",
    "with",
    "assign",
    "content_for",
    "provide",
];

/// What the function of this name does with its arguments.
pub(super) fn call(name: &str) -> Call {
    if name == "printf" {
        return Call::Prints(u8::MAX);
    }
    if PRINTS.contains(&name) {
        return Call::Prints(1);
    }
    if PASSES.contains(&name) {
        return Call::Passes(1);
    }
    if NAMES.contains(&name) {
        return Call::Names;
    }
    if name == "dict" {
        return Call::Pairs;
    }
    let more = PASSES_MORE.iter().find(|(known, _)| *known == name);
    more.map_or(Call::Unknown, |(_, places)| Call::Passes(*places))
}

/// Words that steer where they open a tag, so that it prints nothing.
const STEERING: [&str; 30] = [
    "if", "unless", "else", "elsif", "elseif", "elif", "end", "for", "foreach", "each", "while", "case",
    "when", "switch", "range", "with", "define", "block", "template", "partial", "include", "yield", "break",
    "continue", "layout", "extends", "import", "var", "let", "const",
];

/// Whether a tag that begins with this word steers and prints nothing.
pub(super) fn steers(word: &str) -> bool {
    STEERING.contains(&word)
}
