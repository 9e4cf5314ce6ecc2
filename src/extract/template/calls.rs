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
    /// Gives what a function that is its second argument gives back the name that is its first.
    Hooks,
    /// Puts the arguments at these places into the scripts of the page.
    Scripts(u8),
    /// Shows the arguments at these places, but somewhere else: in a letter, in a notice.
    Says(u8),
    /// Anything else.
    Unknown,
}

impl Call {
    /// Whether it shows its arguments, but not where it stands.
    pub(super) const fn is_elsewhere(self) -> bool {
        matches!(self, Self::Scripts(_) | Self::Says(_))
    }
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
const PASSES_MORE: [(&str, u8); 16] = [
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
    ("implode", 0b10),
    ("join", 0b10),
    ("mail_to", 0b10),
    ("cycle", 0b11),
    // what is shown until somebody sets it
    ("get_theme_mod", 0b10),
    ("get_option", 0b10),
    ("get_site_option", 0b10),
];

const NAMES: [&str; 11] = [
    "define",
    "@section",
    "section",
    "set",
    "with",
    "assign",
    "content_for",
    "provide",
    "update_option",
    "add_option",
    "set_theme_mod",
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
    match name {
        "dict" => return Call::Pairs,
        "add_filter" => return Call::Hooks,
        "wp_add_inline_script" => return Call::Scripts(0b10),
        "wc_enqueue_js" => return Call::Scripts(1),
        "wc_add_notice" | "wc_print_notice" | "next_posts_link" | "previous_posts_link" => {
            return Call::Says(1);
        }
        "next_post_link" | "previous_post_link" => return Call::Says(0b10),
        "wp_mail" => return Call::Says(0b110),
        "comments_number" | "comments_popup_link" => return Call::Says(0b111),
        _ => {}
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

/// Whether a tag that begins with this word ends one of several texts of which one is shown, or one that is kept.
pub(super) fn parts(word: &str) -> bool {
    matches!(
        word,
        "else" | "elsif" | "elseif" | "elif" | "when" | "endcapture" | "endset"
    )
}

/// Whether a tag that begins with this word steers and prints nothing.
pub(super) fn steers(word: &str) -> bool {
    STEERING.contains(&word)
}
