//! Tests of reading files of data.

use super::is_for_programs;
use crate::extract::testing::{read, shown};
use crate::extract::{Keys, format_of};
use crate::source::SourceFile;
use std::sync::Arc;

const JSON: &str = r##"{
  "slug": "calm-tea",
  "title": "Calm tea",
  "seo": {"description": "Tea that \u201ccalms\u201d you."},
  "faq": [
    {"question": "Does it help?", "answer": "It may.\nRest helps **more**."},
    {"question": "Is it safe?", "answer": "<p>Ask your <b>doctor</b>.</p><ul><li>One</li></ul>"}
  ],
  "benefits": ["Sleep", "Calm"],
  "team": [{"name": "Ann Lee", "bio": "She brews."}, {"name": "Bo Day", "bio": "He pours."}],
  "helps": {"heading": "We help with:", "list": [{"label": "Eczema", "icon": "leaf"}, {"label": "Acne"}]},
  "image": {"src": "/a.png", "alt": "A cup"},
  "cta": "Book"
}"##;

#[test]
fn of_settings_that_are_to_be_made_only_what_they_are_at_first_is_copy() {
    let text = "[{\"name\": \"No no\", \"settings\": [{\"id\": \"heading\", \"label\": \"No no\", \"default\": \"Calm tea\"}]}]";
    assert_eq!(shown("config/settings_schema.json", text), ["heading: Calm tea"]);
    let text = "{\"title\": \"No no\", \"attributes\": {\"a\": {\"default\": \"Rest well tonight\"}}}";
    assert_eq!(shown("block.json", text), ["paragraph: Rest well tonight"]);
    let text = "{\"key\": \"k\", \"location\": [], \"fields\": [{\"label\": \"No no\", \"name\": \"text\", \"default_value\": \"Rest well\"}]}";
    assert_eq!(shown("acf-json/group.json", text), ["paragraph: Rest well"]);
}

#[test]
fn settings_of_a_theme_are_named_in_every_language_and_said_in_one() {
    let text = "{\"sections\": {\"hero\": {\"name\": \"No no\", \"settings\": {\"text\": {\"label\": \"No no no.\", \"default\": \"Calm tea\"}}}}}";
    assert_eq!(
        shown("locales/en.default.schema.json", text),
        ["paragraph: Calm tea"]
    );
    assert_eq!(shown("tea.schema.json", text), [""; 0]);
    let theme = "{\"$schema\": \"a\", \"version\": 3, \"title\": \"No no\", \"settings\": {\"color\": [{\"name\": \"No no\"}]}}";
    assert_eq!(shown("theme.json", theme), [""; 0]);
    assert_eq!(
        shown(
            "site.webmanifest",
            "{\"name\": \"Tea\", \"description\": \"A calm tea\", \"_internal\": \"No no no.\"}"
        ),
        ["heading: Tea", "paragraph: A calm tea"]
    );
}

#[test]
fn templates_of_json_are_read_around_their_tags() {
    assert_eq!(
        shown(
            "layouts/index.json",
            "{ \"title\": {{ .Title | jsonify }}, {{ if .x }}\"lead\": \"Calm {{ x }} tea\",{{ end }} \"text\": \"Rest well.\" }"
        ),
        ["paragraph: Calm \u{fffc} tea", "paragraph: Rest well."]
    );
}

#[test]
fn strings_are_what_their_keys_say() {
    assert_eq!(
        shown("a.json", JSON),
        [
            "heading: Calm tea",
            "meta: Tea that “calms” you.",
            "heading: Does it help?",
            "paragraph: It may. Rest helps more.",
            "heading: Is it safe?",
            "paragraph: Ask your doctor.",
            "list: One",
            "list: Sleep",
            "list: Calm",
            "heading: Ann Lee",
            "paragraph: She brews.",
            "heading: Bo Day",
            "paragraph: He pours.",
            "heading: We help with:",
            "list: Eczema",
            "list: Acne",
            "alt: A cup",
            "button: Book",
        ]
    );
}

#[test]
fn objects_are_sections_and_headings_lead_into_lists() {
    let document = read("a.json", JSON);
    let block = |text: &str| {
        let found = document.blocks.iter().find(|block| block.prose.text() == text);
        found.expect(text)
    };
    let section = |text: &str| block(text).section;
    assert_eq!(section("Does it help?"), section("It may. Rest helps more."));
    assert!(section("Does it help?") < section("Is it safe?"));
    assert!(section("Is it safe?") < section("Sleep"));
    assert_eq!(section("We help with:"), section("Acne"));
    let lead = |text: &str| {
        let lead = block(text).lead_in?;
        Some(document.blocks[lead as usize].prose.text())
    };
    assert_eq!(lead("Sleep"), Some("Calm tea"));
    assert_eq!(lead("Acne"), Some("We help with:"));
    assert_eq!(block("Acne").key.as_deref(), Some("helps.list.1.label"));
}

#[test]
fn yaml_and_toml_read_alike() {
    let yaml = "title: Calm tea\nslug: a\nfaq:\n  - question: Why?\n    answer: |\n      It *calms*.\n\n      It warms.\n";
    let toml = "title = \"Calm tea\"\nslug = \"a\"\n[[faq]]\nquestion = \"Why?\"\nanswer = \"\"\"\nIt *calms*.\n\nIt warms.\n\"\"\"\n";
    let wanted = [
        "heading: Calm tea",
        "heading: Why?",
        "paragraph: It calms.",
        "paragraph: It warms.",
    ];
    assert_eq!(shown("a.yaml", yaml), wanted);
    assert_eq!(shown("a.toml", toml), wanted);
}

#[test]
fn json_with_comments_commas_and_loose_quotes_is_read() {
    let text =
        "\u{feff}// no copy here\n{title: 'Calm tea', /* nor here */ \"text\": \"It calms \\\n you\",}";
    let mistakes = |name: &str, text: &str| {
        let file = Arc::new(SourceFile::new(name, text));
        let read = (format_of(name).unwrap().extract)(&file, &Keys::default());
        read.mistakes.len()
    };
    assert_eq!(mistakes("a.json5", text), 0);
    assert_eq!(
        shown("a.json5", text),
        ["heading: Calm tea", "paragraph: It calms you"]
    );
    // several documents, anchors and tags are YAML like any other
    let yaml = "title: &t Calm tea\nagain: *t\nx: !ref a\n---\ntitle: Warm tea\ntext: Sip\n";
    assert_eq!(mistakes("a.yaml", yaml), 0);
    assert_eq!(
        shown("a.yaml", yaml),
        ["list: Calm tea", "heading: Warm tea", "paragraph: Sip"]
    );
}

#[test]
fn columns_are_named_by_the_first_row() {
    let shop = "\u{feff}Handle,Title,Body (HTML),Vendor,Tags,Image Src,Image Alt Text,SEO Description\r\n\
        calm-tea,Calm tea,\"<p>It \"\"calms\"\" you.</p>\r\n<p>It warms.</p>\",Tea House,sleep aid,https://a.example/b.png,A cup,\"Tea, warm\"\r\n\
        \r\n\
        night-tea,Night tea,<b>Sip</b> slowly at night,,,,,\r\n";
    assert_eq!(
        shown("a.csv", shop),
        [
            "heading: Calm tea",
            "paragraph: It \"calms\" you.",
            "paragraph: It warms.",
            "alt: A cup",
            "meta: Tea, warm",
            "heading: Night tea",
            "paragraph: Sip slowly at night",
        ]
    );
    let woo = "ID;Name;Short description;Sale price\n7;Calm tea;It calms you.\\nIt warms you.;9\n";
    assert_eq!(
        shown("a.csv", woo),
        ["heading: Calm tea", "paragraph: It calms you. It warms you."]
    );
    assert_eq!(
        shown("a.tsv", "name\tanswer\nAnn\tIt may, she says\n"),
        ["heading: Ann", "paragraph: It may, she says"]
    );
    // no names at the top
    let rows = "It calms you. It warms you.,9\nIt lets you sleep.,8\n";
    assert_eq!(shown("a.csv", rows).len(), 2);
    let document = read("a.csv", shop);
    assert_eq!(document.blocks[0].key.as_deref(), Some("0.Title"));
    assert!(document.blocks[4].section < document.blocks[5].section);
}

#[test]
fn elements_are_keys_and_their_text_is_read_as_html() {
    let feed = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x \"Calm tea\">]>\n<rss><channel><title>Tea &amp; rest</title>\
        <link>https://a.example</link><description>All &#39;about&#39; tea</description>\n\
        <item><title>Calm &x; tea</title><dc:creator>Ann Lee</dc:creator>\
        <content:encoded><![CDATA[<p>It <b>calms</b> &amp; warms.</p><ul><li>One</li></ul>]]></content:encoded>\
        <wp:comment><wp:comment_content>It cured me at once</wp:comment_content></wp:comment></item>\
        <item><title>Night</title><description>&lt;p&gt;Sip &lt;em&gt;slowly&lt;/em&gt;.&lt;/p&gt;</description></item>\
        <!-- no copy at all --></channel></rss>";
    assert_eq!(
        shown("a.xml", feed),
        [
            "heading: Tea & rest",
            "paragraph: All 'about' tea",
            "heading: Calm &x; tea",
            "paragraph: It calms & warms.",
            "list: One",
            "heading: Night",
            "paragraph: Sip slowly.",
        ]
    );
    let document = read("a.xml", feed);
    assert_eq!(
        document.blocks[3].key.as_deref(),
        Some("rss.channel.item.0.content:encoded")
    );
    // text with elements in it
    assert_eq!(
        shown(
            "a.xml",
            "<a><body>Our <i>calm</i> tea &amp; <b>rest</b></body><x>Tea</x></a>"
        ),
        ["paragraph: Our calm tea & rest"]
    );
    assert_eq!(shown("sitemap.xml", feed), [""; 0]);
    assert_eq!(
        shown("a.xml", "<urlset><url><loc>a b c</loc></url></urlset>"),
        [""; 0]
    );
}

#[test]
fn an_export_names_groups_and_fields() {
    let export = "<rss><channel><wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>calm-tea</wp:category_nicename>\
        <wp:cat_name><![CDATA[Calm tea]]></wp:cat_name><wp:category_description>For the night</wp:category_description></wp:category>\
        <wp:tag><wp:tag_slug>a b</wp:tag_slug><wp:tag_name>Good sleep</wp:tag_name></wp:tag>\
        <item><title>Tea</title>\
        <wp:postmeta><wp:meta_key>_yoast_wpseo_metadesc</wp:meta_key><wp:meta_value><![CDATA[A calm tea]]></wp:meta_value></wp:postmeta>\
        <wp:postmeta><wp:meta_key>hero_text</wp:meta_key><wp:meta_value>Rest well</wp:meta_value></wp:postmeta>\
        <wp:postmeta><wp:meta_key>_hero_text</wp:meta_key><wp:meta_value>field_5f3a</wp:meta_value></wp:postmeta>\
        <wp:postmeta><wp:meta_key>_elementor_data</wp:meta_key><wp:meta_value>no no no</wp:meta_value></wp:postmeta>\
        <wp:postmeta><wp:meta_key>_wp_page_template</wp:meta_key><wp:meta_value>no no no</wp:meta_value></wp:postmeta>\
        </item></channel></rss>";
    assert_eq!(
        shown("a.xml", export),
        [
            "paragraph: Calm tea",
            "paragraph: For the night",
            "paragraph: Good sleep",
            "heading: Tea",
            "meta: A calm tea",
            "list: Rest well",
        ]
    );
}

#[test]
fn of_a_catalogue_the_side_that_is_shown_is_read() {
    let text = "# Ann\nmsgid \"\"\nmsgstr \"\"\n\"Language: en_GB\\n\"\n\n\
        #: a.php:3\nmsgctxt \"Home page\"\nmsgid \"Calm tee\"\nmsgstr \"Calm tea\"\n\n\
        msgid \"\"\n\"It \\\"calms\\\" \"\n\"you.\\n\"\nmsgstr \"\"\n\n\
        #, fuzzy\nmsgid \"Rest well\"\nmsgstr \"A guess\"\n\
        msgid \"%d cup\"\nmsgid_plural \"%d cups\"\nmsgstr[0] \"%d warm cup\"\nmsgstr[1] \"%d warm cups\"\n\n\
        #~ msgid \"Gone\"\n#~ msgstr \"Gone\"\n\nmsgid \"nav.home\"\nmsgstr \"\"\n";
    let wanted = [
        "paragraph: Calm tea",
        "paragraph: It \"calms\" you.",
        "paragraph: Rest well",
        "paragraph: %d warm cup",
        "paragraph: %d warm cups",
    ];
    assert_eq!(shown("a.po", text), wanted);
    let document = read("a.po", text);
    let block = &document.blocks[1];
    let you = block.prose.text().find("you").unwrap();
    let place = block.prose.origin(crate::text::Span::of(you - 2..you + 3));
    assert_eq!(document.file.slice(place), "\\\" \"\n\"you");
}

#[test]
fn comments_to_caveat_are_met_in_every_format_that_has_some() {
    for (name, text) in [
        (
            "a.yaml",
            "title: Tea\n# caveat-x y\ntext: |\n  Calm\n  # caveat-x z\n",
        ),
        ("a.toml", "title = \"Tea\"\n# caveat-x y\ntext = \"Calm\"\n"),
        (
            "a.jsonc",
            "{\"title\": \"Tea\",\n  // caveat-x y\n  \"text\": \"Calm\"}\n",
        ),
        (
            "a.json5",
            "{title: \"Tea\",\n  /* caveat-x y */\n  text: \"Calm\"}\n",
        ),
        (
            "a.xml",
            "<a><title>Tea</title>\n<!-- caveat-x y -->\n<text>Calm</text></a>\n",
        ),
        (
            "a.po",
            "msgid \"Tea\"\nmsgstr \"\"\n\n# caveat-x y\nmsgid \"Calm\"\nmsgstr \"\"\n",
        ),
    ] {
        let document = read(name, text);
        let found: Vec<_> = document
            .directives
            .iter()
            .map(|directive| (directive.text.as_str(), directive.before))
            .collect();
        assert_eq!(found, [("caveat-x y", 1)], "{name}");
        let written = document.file.slice(document.directives[0].span);
        assert!(
            written.contains("caveat-x y") && !written.contains('\n'),
            "{name}"
        );
    }
}

#[test]
fn of_a_broken_file_what_can_be_read_is_read() {
    for (name, text, wanted) in [
        (
            "a.json",
            "{\"title\": \"Calm tea\", \"text\": \"Warm\" \"x\": , \"cta\": \"Book\"",
            3,
        ),
        ("a.json", "{\"title\": \"Calm tea\", \"text\": \"never closed", 1),
        (
            "a.json",
            "[{\"title\": \"Calm tea\"}, {\"title\": \"Warm tea\" ",
            2,
        ),
        ("a.yaml", "title: Calm tea\nlist: [a\ntext: Warm rest\n", 2),
        ("a.toml", "title = \"Calm tea\"\nlist = [a\n", 0),
        ("a.json", "{\"title\": \"Calm tea\"}{\"title\": \"Warm tea\"}", 2),
        ("a.csv", "title,text\nCalm tea,\"never closed\n", 2),
        ("a.xml", "<a><title>Calm tea</title><b c=\"", 1),
    ] {
        let file = Arc::new(SourceFile::new(name, text));
        let read = (format_of(name).unwrap().extract)(&file, &Keys::default());
        assert_eq!(read.mistakes.len(), 1, "{text}");
        assert_eq!(read.document.blocks.len(), wanted, "{text}");
    }
}

#[test]
fn what_only_programs_read_holds_no_copy() {
    for name in [
        "package.json",
        "site/package-lock.json",
        "tsconfig.build.json",
        ".eslintrc.json",
        ".github/workflows/ci.yml",
        "docker-compose.override.yml",
        "api/openapi.yaml",
        "tea.schema.json",
        "caveat.yaml",
        "jest.config.json",
    ] {
        assert!(is_for_programs(name), "{name}");
        let text = "{\"title\": \"Calm tea\", \"description\": \"Tea that calms you\"}";
        assert_eq!(shown(name, text), [""; 0], "{name}");
    }
    for name in [
        "content/tea.json",
        "data/packages.json",
        "_config.yml",
        "lock.json",
        "en.json",
        "./faq.yaml",
        "../faq.yaml",
    ] {
        assert!(!is_for_programs(name), "{name}");
    }
    for text in [
        "pack: a\nrules:\n  - message: Copy never says so\n",
        "claims:\n  - {id: a, text: Calm in a cup, approver: Ann Lee, approved: 2026-01-01}\n",
        "openapi: 3.0.0\npaths:\n  /tea: {description: Returns every tea}\n",
        "{\"version\": 1, \"tool\": {}, \"findings\": [{\"message\": \"Say what was found\"}]}",
        "[{\"check_name\": \"a\", \"fingerprint\": \"b\", \"description\": \"Say what was found\"}]",
    ] {
        assert_eq!(shown("a.yaml", text), [""; 0], "{text}");
    }
    for text in [
        "<checkstyle version=\"1\"><file><error><message>Say what was found</message></error></file></checkstyle>",
        "<testsuites><testcase><failure>Say what was found</failure></testcase></testsuites>",
    ] {
        assert_eq!(shown("a.xml", text), [""; 0], "{text}");
    }
}
