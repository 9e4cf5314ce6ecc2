//! Tests of taking template syntax out of pages, each with a literal.

mod places;
mod programs;

use crate::extract::testing::{read, shown};
use crate::text::Span;

/// The prose of every block, with its kind.
fn of(name: &str, text: &str) -> Vec<String> {
    shown(name, text)
}

#[test]
fn strings_that_tags_print_stay_where_they_stand() {
    for (name, tag) in [
        ("a.php", "<?php _e('Calm tea', 'theme'); ?>"),
        ("a.php", "<?php echo esc_html__( \"Calm tea\", 'theme' ); ?>"),
        ("a.php", "<?= __('Calm tea') ?>"),
        ("a.php", "<?php echo get_theme_mod('no_no', 'Calm tea'); ?>"),
        (
            "a.php",
            "<?php echo esc_html( get_option( 'no no', __( 'Calm tea', 'no no' ) ) ); ?>",
        ),
        ("a.php", "<?php echo 'Calm ' . 'tea'; ?>"),
        ("a.php", "<?php print \"Calm tea\" ?>"),
        (
            "a.php",
            "<?php /* no */ if ($a == 'no no') { esc_html_e('Calm tea'); } // no\n?>",
        ),
        ("a.blade.php", "{{ __('Calm tea') }}"),
        ("a.blade.php", "@lang('Calm tea')"),
        ("a.blade.php", "{!! \"Calm tea\" !!}"),
        ("a.liquid", "{{ \"Calm tea\" | t }}"),
        ("a.liquid", "{% echo \"Calm tea\" %}"),
        ("a.liquid", "{{- 'Calm tea' | upcase -}}"),
        ("a.twig", "{{ 'Calm tea'|trans({'%no%': 'no'}) }}"),
        ("a.njk", "{{ _(\"Calm tea\") }}"),
        ("a.jinja", "{% trans %}Calm tea{% endtrans %}"),
        ("a.j2", "{% trans \"Calm tea\" %}"),
        ("a.erb", "<%= \"Calm tea\" %>"),
        ("a.erb", "<%= t(\"Calm tea\") -%>"),
        ("a.erb", "<%= link_to \"Calm tea\", tea_path, class: \"no no\" %>"),
        ("a.ejs", "<%- 'Calm tea' %>"),
        ("a.hbs", "{{t \"Calm tea\"}}"),
        ("a.html", "{{ \"Calm tea\" | markdownify }}"),
    ] {
        let page = format!("<h1>{tag}</h1>");
        assert_eq!(of(name, &page), ["heading: Calm tea"], "{name}: {tag}");
        let page = format!("<p>Our {tag} helps.</p>");
        assert_eq!(
            of(name, &page),
            ["paragraph: Our Calm tea helps."],
            "{name}: {tag}"
        );
        let page = format!("<img alt=\"{}\">", tag.replace('"', "'"));
        assert_eq!(of(name, &page), ["alt: Calm tea"], "{name}: {tag}");
    }
}

#[test]
fn values_hold_their_place_and_conditions_none() {
    for (name, text) in [
        (
            "a.php",
            "<p>Our <?php echo $name; ?> helps<?php if ($a): ?> you<?php else: ?> you<?php endif; ?>.</p>",
        ),
        (
            "a.php",
            "<p>Our <?= $name ?> helps<?php /* no no */ ?> you you.</p>",
        ),
        (
            "a.php",
            "<p><?php echo \"Our {$tea->name} helps you you.\" ?></p>",
        ),
        (
            "a.php",
            "<p><?php printf(__('Our %1$s helps you you.'), $name); ?></p>",
        ),
        (
            "a.php",
            "<p><?php echo 'Our ' . get_name($a, 'no no') . ' helps you you.' ?></p>",
        ),
        (
            "a.blade.php",
            "<p>Our {{ $name ?? $b }} helps @if (count($a) > 1) you @endif you.</p>",
        ),
        (
            "a.liquid",
            "<p>Our {{ tea.name | upcase }} helps{% if a == 'no no' %} you{% endif %} you.</p>",
        ),
        (
            "a.hbs",
            "<p>Our {{{name}}} helps{{#if a}} you{{else}}{{/if}} you.</p>",
        ),
        (
            "a.erb",
            "<p>Our <%= @name %> helps <% if a %>you<% end %> you.</p>",
        ),
        (
            "a.html",
            "<p>Our {{ .Name }} helps{{ with .A }} you{{ end }} you.</p>",
        ),
    ] {
        assert_eq!(
            of(name, text),
            ["paragraph: Our \u{fffc} helps you you."],
            "{name}: {text}"
        );
    }
}

#[test]
fn comments_are_no_copy() {
    for (name, comment) in [
        ("a.twig", "{# no\n\nno #}"),
        ("a.liquid", "{% comment %} <p>no</p> {{ x }} {% endcomment %}"),
        ("a.liquid", "{%- comment -%}\n\nno\n\n{%- endcomment -%}"),
        ("a.liquid", "{% doc %}no{% enddoc %}"),
        ("a.hbs", "{{!-- no }} no --}}"),
        ("a.hbs", "{{! no }}"),
        ("a.html", "{{/* no */}}"),
        ("a.html", "{{- /* no\n\nno */ -}}"),
        ("a.blade.php", "{{-- no {{ 'no no' }} --}}"),
        ("a.erb", "<%# no %>"),
        ("a.erb", "<%-- no no --%>"),
        ("a.php", "<?php /* echo 'no no'; */ ?>"),
        ("a.php", "<?php // echo 'no no'; ?>"),
        ("a.php", "<?php # echo 'no no';\n ?>"),
        ("a.liquid", "{% highlight css %}no{% endhighlight %}"),
        ("a.liquid", "{% stylesheet %} .no { } {% endstylesheet %}"),
        ("a.html", "{{< highlight go >}}no{{< /highlight >}}"),
        ("a.md", "{::comment}no{:/comment}"),
        ("a.md", "%% no no %%"),
        ("a.md", "%%\nno\n\nno\n%%"),
    ] {
        let page = format!("Calm\n{comment}\ntea");
        let said = of(name, &page).join(" ").replace("paragraph: ", "");
        assert_eq!(said, "Calm tea", "{name}: {comment}");
    }
    assert_eq!(
        of("a.md", "5%% off and 10%% more"),
        ["paragraph: 5%% off and 10%% more"]
    );
}

#[test]
fn raw_text_is_text() {
    assert_eq!(
        of("a.liquid", "<p>{% raw %}Calm {{ tea }}{% endraw %}</p>"),
        ["paragraph: Calm {{ tea }}"]
    );
    assert_eq!(
        of(
            "a.blade.php",
            "@verbatim <p>Calm</p> @endverbatim <p>@somebody writes to me@calm.example</p>"
        ),
        [
            "paragraph: Calm",
            "paragraph: @somebody writes to me@calm.example"
        ]
    );
}

#[test]
fn strings_with_escapes_are_read_without_them_and_keep_their_places() {
    let text =
        "<?php echo \"<p class=\\\"a b\\\" title=\\\"More tea\\\">It\\'s calm\\n tea</p>\"; ?><p>More</p>";
    let document = read("a.php", text);
    assert_eq!(of("a.php", text)[0], "paragraph: It's calm tea");
    let prose = &document.blocks[0].prose;
    assert_eq!(prose.origin(Span::new(0, 4)).slice(text), "It\\'s");
    assert_eq!(prose.origin(Span::new(5, 9)).slice(text), "calm");
    assert_eq!(of("a.php", text)[1..], ["tooltip: More tea", "paragraph: More"]);
}

#[test]
fn markup_in_code_is_read_where_it_stands() {
    let text = "<?php\nfunction show($a) {\n  $out = '<div class=\"x\">';\n  $out .= '<h2>Calm</h2><p>Our ' . $a . ' helps.</p>';\n  \
                return $out . '</div>';\n}\necho <<<HTML\n<p>It's $a tea</p>\nHTML;\n";
    assert_eq!(
        of("a.php", text),
        [
            "heading: Calm",
            "paragraph: Our \u{fffc} helps.",
            "paragraph: It's \u{fffc} tea"
        ]
    );
}

#[test]
fn strings_kept_under_a_name_are_copy_by_their_name() {
    for (name, tag) in [
        ("a.php", "<?php $heading = 'Calm tea'; $class = 'no no'; ?>"),
        ("a.php", "<?php $page['heading'] = \"Calm tea\"; ?>"),
        ("a.php", "<?php $this->heading = __( 'Calm tea', 'no no' ); ?>"),
        (
            "a.php",
            "<?php return ['a' => ['heading' => 'Calm tea', 'id' => 'no no', 'src' => a('no no')]];",
        ),
        ("a.php", "<?php $heading = 'Calm' . \" tea\";"),
        ("a.php", "<?php define('HEADING', 'Calm tea');"),
        (
            "a.php",
            "<?php get_part('no no', array('heading' => 'Calm tea')) ?>",
        ),
        ("a.blade.php", "@include('no', ['heading' => 'Calm tea'])"),
        ("a.blade.php", "@section('heading', 'Calm tea')"),
        ("a.blade.php", "@php $heading = 'Calm tea'; @endphp"),
        ("a.liquid", "{% assign heading = 'Calm tea' %}"),
        ("a.liquid", "{% render 'no no', heading: 'Calm tea' %}"),
        ("a.twig", "{% set heading = \"Calm tea\" %}"),
        ("a.twig", "{% include 'no no' with {heading: 'Calm tea'} %}"),
        ("a.hbs", "{{> card class=\"no no\" heading=\"Calm tea\"}}"),
        ("a.erb", "<%= render 'no', heading: \"Calm tea\", id: 'no no' %>"),
        ("a.erb", "<% content_for :heading, \"Calm tea\" %>"),
        ("a.ejs", "<%- include('no', {heading: 'Calm tea'}) %>"),
        ("a.html", "{{ $heading := \"Calm tea\" }}"),
        ("a.html", "{{< card heading=\"Calm tea\" >}}"),
        (
            "a.html",
            "{{ partial \"no no\" (dict \"id\" \"no no\" \"heading\" \"Calm tea\" \"a\" .B) }}",
        ),
        ("a.html", "{{< heading no \"Calm tea\" >}}"),
    ] {
        let text = format!("<p>One</p>{tag}");
        assert_eq!(
            of(name, &text),
            ["paragraph: One", "heading: Calm tea"],
            "{name}: {tag}"
        );
    }
    let text = "<?php $heading = 'Our ' . $brand->name . ' cures'; $text = 'Calm ' . $x . 'tea';";
    assert_eq!(
        of("a.php", text),
        ["heading: Our \u{fffc} cures", "paragraph: Calm \u{fffc}tea"]
    );
    let text =
        "<?php $rows = [['question' => 'Is it\\'s own?', 'answer' => \"Yes, {$a} is:\\n<b>calm</b> tea\"]];";
    assert_eq!(
        of("a.php", text),
        ["heading: Is it's own?", "paragraph: Yes, \u{fffc} is: calm tea"]
    );
    let document = read("a.php", text);
    let answer = &document.blocks[1].prose;
    assert_eq!(
        answer.origin(answer.span()).slice(text),
        "Yes, {$a} is:\\n<b>calm</b> tea"
    );
    assert_eq!(
        document.blocks[0].prose.origin(Span::new(3, 7)).slice(text),
        "it\\'s"
    );
}

#[test]
fn settings_of_a_section_are_copy_where_they_are_prose() {
    let text = "---\na: b\n---\n<p>One</p>{% schema %}{\"name\": \"no no\", \"settings\": [{\"id\": \"heading\", \"label\": \"no no\", \
                \"default\": \"Calm \\\"tea\\\"\"}, {\"id\": \"tint\", \"default\": \"#fff\"}], \"presets\": [{\"name\": \"no no\", \
                \"blocks\": [{\"settings\": {\"text\": \"<p>It helps.</p>\", \"link\": \"/no\"}}]}]}{% endschema %}";
    assert_eq!(
        of("a.liquid", text),
        ["paragraph: One", "heading: Calm \"tea\"", "paragraph: It helps."]
    );
    let document = read("a.liquid", text);
    let prose = &document.blocks[2].prose;
    assert_eq!(prose.origin(prose.span()).slice(text), "It helps.");
}

#[test]
fn a_style_sheet_without_tags_is_no_copy() {
    let text = "@keyframes calm{0%{opacity:0;top:2px}to{opacity:1}}.tea{color:red;background:{{ tint }}}";
    assert!(of("critical.liquid", text).is_empty());
    assert_eq!(
        of("note.liquid", "Our {{ tea }} helps: rest well."),
        ["paragraph: Our \u{fffc} helps: rest well."]
    );
}

#[test]
fn long_texts_of_a_program_are_copy_and_its_own_names_are_none() {
    let text = "<?php\nfunction a() {\n  return [\n    'capability' => 'No no',\n    'text' => 'Our tea is made of five herbs that grow in the hills near by.',\n  \
                ];\n}\n";
    assert_eq!(
        of("a.php", text),
        ["paragraph: Our tea is made of five herbs that grow in the hills near by."]
    );
}

#[test]
fn program_code_is_no_copy() {
    let text = "<?php\nnamespace A\\B;\nclass C {\n  const D = 'e_f';\n  public function g($h) {\n    if ($h === 'no no no') {\n      \
                throw new Error('The thing went wrong here');\n    }\n    $this->log(\"Could not do it for $h\");\n    \
                add_action('init', 'no no');\n    return $h['no no'] ?? null;\n  }\n}\n";
    assert!(of("a.php", text).is_empty());
}

#[test]
fn tags_without_an_end_are_text_or_the_rest_of_the_file() {
    assert_eq!(of("a.liquid", "<p>Calm {{ tea</p>"), ["paragraph: Calm {{ tea"]);
    assert_eq!(
        of("a.liquid", "<p>Calm</p>{% comment %}<p>tea</p>"),
        ["paragraph: Calm", "paragraph: tea"]
    );
    assert_eq!(of("a.php", "<p>Calm</p><?php echo 'tea"), ["paragraph: Calm"]);
    assert_eq!(
        of("a.php", "<p>Calm</p><?php echo 'tea'"),
        ["paragraph: Calm", "paragraph: tea"]
    );
}

#[test]
fn tags_without_end_cost_no_more_than_their_length() {
    let many = 20_000;
    for unit in [
        "{{ ",
        "{% ",
        "{# ",
        "<% ",
        "<?php ",
        "<?= '",
        "{!! ",
        "{% comment %}",
        "{{< highlight >}}",
        "{{!--",
        "{{/*",
        "@if (",
        "@php ",
        "@verbatim",
        "%%",
        "{::comment}",
        "<?php echo <<<A\n",
        "<?php [",
        "<?php {\"${",
        "<?php 'a' => [",
        "{{ \"",
        "<?php a(",
        "<?php //",
        "<?php ? ",
        "@section('a', ",
    ] {
        for name in ["a.blade.php", "a.liquid", "a.md"] {
            read(name, &unit.repeat(many));
        }
    }
}
