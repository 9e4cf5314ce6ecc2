//! Tests of where tags stand: in other tags, among attributes, in scripts, in the settings of a section.

use super::of;

#[test]
fn tags_may_stand_in_tags_and_among_attributes() {
    assert_eq!(
        of(
            "a.liquid",
            "<a {% if x %}title=\"A tip\"{% endif %}>One</a>{{ block.settings.a | default: \"Two\" }}"
        ),
        ["paragraph: One\u{fffc}Two", "tooltip: A tip"]
    );
    assert_eq!(
        of(
            "a.html",
            "{{ $a := dict \"title\" \"Calm tea\" \"text\" \"Rest well\" }}<p>{{ cond .x \"Four\" \"Five\" }}</p>"
        ),
        [
            "paragraph: \u{fffc}Four Five",
            "heading: Calm tea",
            "paragraph: Rest well"
        ]
    );
    assert_eq!(
        of("a.php", "<p><?php echo $a ? 'One.' : 'Two.'; ?></p>"),
        ["paragraph: \u{fffc}One. Two."]
    );
    assert_eq!(
        of("a.md", "One\n\n{% comment %} no {% /comment %}\n\nTwo\n"),
        ["paragraph: One", "paragraph: Two"]
    );
}

#[test]
fn words_of_a_section_are_copy_in_english() {
    let text = "{% schema %}{\"settings\": [{\"id\": \"a\", \"placeholder\": \"No no\"}], \"locales\": {\"en\": {\"buy\": {\"now\": \
                \"Buy now\"}}, \"fr\": {\"buy\": \"Non non\"}}}{% endschema %}";
    assert_eq!(of("a.liquid", text), ["paragraph: Buy now"]);
}

#[test]
fn templates_of_go_choose_among_strings_and_list_them() {
    let text = "<img alt=\"{{ or .Params.alt \"Calm tea\" }}\">{{ range slice \"Rest well\" \"Sleep in\" }}<li>{{ . }}</li>{{ end }}\
                {{ if in (slice \"No no\" \"no\") .Type }}<p>One</p>{{ end }}{{ slice.a \"No no\" }}";
    assert_eq!(
        of("a.html", text),
        [
            "alt: \u{fffc}Calm tea",
            "paragraph: One",
            "paragraph: Rest well",
            "paragraph: Sleep in"
        ]
    );
}

#[test]
fn strings_in_the_code_of_a_script_keep_their_quotes() {
    let text = "<p>One</p><script>var lead = {{ .Lead | default \"Calm tea here.\" }}; var more = \"<?= __('Rest well at night.') ?>\";</script>\
                <i>{{ \"Two\" }}</i>";
    assert_eq!(
        of("a.html", text),
        [
            "paragraph: One",
            "paragraph: Calm tea here.",
            "paragraph: Rest well at night.",
            "paragraph: Two"
        ]
    );
    let text = "<?php printf('<b>%s</b> now', esc_html('Calm tea')); ?>";
    assert_eq!(of("a.php", text), ["paragraph: \u{fffc} now Calm tea"]);
}

#[test]
fn sentences_that_a_program_gives_back_are_copy() {
    let text = "<?php\nfunction a() { return 'It is a calm tea.'; }\nadd_filter('b', function () { return 'It rests you at \
                night.'; });\nfunction c() { return 'no no'; throw new E('It is no calm tea.'); }\n";
    assert_eq!(
        of("a.php", text),
        [
            "paragraph: It is a calm tea.",
            "paragraph: It rests you at night."
        ]
    );
}
