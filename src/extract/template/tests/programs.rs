//! Tests of what programs keep, give back and hand on, and of shortcodes.

use super::of;

#[test]
fn short_strings_of_a_program_are_copy_where_their_key_says_so() {
    let text = "<?php\nfunction setup() {\n\t$t['title'] = 'Calm tea';\n\tregister_post_type('a', array('labels' => array('name' => 'Teas'), \
                'description' => 'calm teas', 'rewrite' => array('slug' => 'no no'), 'capability' => 'no no'));\n}\n\
                function tea_title() { return 'Rest well'; }\nfunction tea_kind() { return 'no no'; }\n\
                add_filter('single_cart_text', function () { return 'Buy tea'; });\nadd_filter('x_title', fn() => 'Tea');\n\
                add_filter('no_no', function () { return 'no no'; });\n";
    assert_eq!(
        of("functions.php", text),
        [
            "heading: Calm tea",
            "paragraph: Teas",
            "paragraph: calm teas",
            "heading: Rest well",
            "paragraph: Buy tea",
            "heading: Tea"
        ]
    );
}

#[test]
fn scripts_that_a_program_puts_into_the_page_are_scripts() {
    let text = "<?php\nfunction a() {\n\twp_add_inline_script('no no', 'var a = { lead: \"Calm tea\", kind: \"' . $kind . '\" }; // no no');\n\
                \twc_enqueue_js('alert(\"It\\'s calm.\");');\n\twp_add_inline_style('a', '.no { content: \"no no\"; }');\n}\n";
    assert_eq!(
        of("functions.php", text),
        ["paragraph: Calm tea", "paragraph: It's calm."]
    );
}

#[test]
fn letters_and_notices_are_copy() {
    let text = "<?php\nfunction a() {\n\twp_mail($to, 'Calm tea', 'Rest well.');\n\twc_add_notice('Rest', 'no no');\n\
                \tupdate_option('no_no', 'no no');\n\tupdate_option('motto', 'Rest well with tea.');\n}\n";
    assert_eq!(
        of("functions.php", text),
        [
            "paragraph: Calm tea",
            "paragraph: Rest well.",
            "paragraph: Rest",
            "paragraph: Rest well with tea."
        ]
    );
}

#[test]
fn shortcodes_say_something_under_the_names_of_their_attributes() {
    let text = "<p>[cta title=\"Calm tea\" text='Rest well.' class=\"no no\" id=a]</p>[vc_row]<p>One [sic] two</p>[/vc_row]\
                <p>a[0] [b c] [d e=f]</p><script>x('[a b=\"no no no\"]');</script>";
    assert_eq!(
        of("a.html", text),
        [
            "paragraph: One [sic] two",
            "paragraph: a[0] [b c] [d e=f]",
            "heading: Calm tea",
            "paragraph: Rest well."
        ]
    );
    assert_eq!(
        of(
            "a.php",
            "<?php echo do_shortcode('[cta title=\"Calm tea\"]Rest[/cta]'); ?>"
        ),
        ["paragraph: Rest[/cta]", "heading: Calm tea"]
    );
}

#[test]
fn texts_of_which_one_is_shown_do_not_touch() {
    for (name, text) in [
        ("a.liquid", "<p>{% if a %}Calm.{% else %}Rest.{% endif %}</p>"),
        ("a.html", "<p>{{ if .a }}Calm.{{- else -}}Rest.{{ end }}</p>"),
        (
            "a.php",
            "<p><?php if ($a) { ?>Calm.<?php } else { ?>Rest.<?php } ?></p>",
        ),
        ("a.blade.php", "<p>@if($a) Calm.{{-- a --}}@else Rest. @endif</p>"),
    ] {
        assert_eq!(of(name, text), ["paragraph: Calm. Rest."], "{name}");
    }
    assert_eq!(
        of("a.php", "<p><?php echo _n('Calm.', 'Rest.', $n); ?></p>"),
        ["paragraph: Calm. Rest."]
    );
}

#[test]
fn scripts_that_a_template_makes_are_scripts() {
    let text = "window.texts = { lead: {{ 'a.b' | t | json }}, note: \"Calm tea\" }; // no no\n{% if x %}alert('Rest well.');{% endif %}";
    assert_eq!(
        of("theme.js.liquid", text),
        ["paragraph: Calm tea", "paragraph: Rest well."]
    );
}
