//! Tests of the table of keys, in both directions.

use super::*;
use BlockKind::{Alt, Button, Heading, ListItem, Meta, Paragraph, Title, Tooltip};

fn judge(path: &str, text: &str) -> Option<BlockKind> {
    Keys::default().judge(path, text)
}

#[test]
fn what_a_reader_sees_is_copy() {
    for (path, text, kind) in [
        ("title", "Microneedling", Heading(1)),
        ("hero.heading", "Calm", Heading(2)),
        ("faq.0.question", "Does it help?", Heading(2)),
        ("faq.0.answer", "It helps you rest.", Paragraph),
        ("subtitle", "rest", Paragraph),
        ("name", "Serum", Paragraph),
        ("cta", "Book", Button),
        ("hero.buttonText", "Book now", Button),
        ("image_alt", "A calm face", Alt),
        ("image.alt", "A calm face", Alt),
        ("aria-label", "Open the menu", Tooltip),
        ("seo.title", "Calm tea", Title),
        ("metaTitle", "Calm tea", Title),
        ("products.0.seo.title", "Calm tea", Title),
        ("0.SEO Description", "Tea that calms.", Meta),
        ("0.Image Alt Text", "A cup", Alt),
        ("msgid", "Rest", Paragraph),
        ("seo.description", "Tea that calms.", Meta),
        ("meta_description", "Tea that calms.", Meta),
        ("description", "Tea that calms.", Paragraph),
        ("author.bio", "She has been at it for years", Paragraph),
        (
            "categories.0.title",
            "Our tea cures the eczema of your child.",
            Heading(2),
        ),
        ("benefits.0", "Sleep", ListItem),
        ("conditions.2", "eczema", ListItem),
        ("points.0.text", "Sleep well", Paragraph),
        ("paragraphs.1", "Sleep well at last.", Paragraph),
        ("Body (HTML)", "<p>Calm</p>", Paragraph),
        ("content:encoded", "<p>Calm</p>", Paragraph),
        ("heading2", "Calm", Heading(1)),
        // under keys that nobody knows
        ("rows.0.left", "Warm stones rest on the back", Paragraph),
        ("x", "<p class=\"lead\">Warm stones</p>", Paragraph),
        ("x", "**Warm** _stones_, 40 minutes", Paragraph),
        ("x.0", "Microneedling", ListItem),
        ("x", "Anti-aging serum", Paragraph),
        ("x", "sleep aid", Paragraph),
        ("x", "Sensitivity/rosacea-prone skin", Paragraph),
        // the last word says less than a whole sentence
        (
            "textNextToImage",
            "It is a calm tea that is made of five herbs.",
            Paragraph,
        ),
    ] {
        assert_eq!(judge(path, text), Some(kind), "{path}: {text}");
    }
}

#[test]
fn what_programs_read_is_none() {
    for (path, text) in [
        ("slug", "calm tea"),
        ("heroImageUrl", "a b"),
        ("tags.0", "Sleep aid"),
        ("image", "It is a calm tea that is made of five herbs."),
        ("heroImage", "A calm tea"),
        ("author.name", "Jo Doe"),
        ("body", "/img/a.png"),
        ("kind", "page"),
        ("when", "2026-01-01 10:00:00"),
        ("cta", "https://a.example"),
        ("address", "1 Main Street"),
        ("className", "container text centre"),
        ("fileName", "Plan for the spring"),
        ("wrapper", "flex items-center px-4 py-2 mt-1 w-full"),
        ("wrapper", "btn btn-primary"),
        ("wrapper", "container mx-auto text-center"),
        ("title", "nav.home_title"),
        ("label", "common.buttons.book"),
        ("label", "hero_title"),
        ("x", "Microneedling"),
        ("x.0", "primary"),
        ("x", "#ff00aa"),
        ("x", "0 4px 6px rgba(0, 0, 0, 0.1)"),
        ("x", "cubic-bezier(0.4, 0, 0.2, 1)"),
        ("x", "(min-width: 768px) 100vw"),
        ("x", "display: flex; margin: 0;"),
        ("x", "(value) => value.length > 0"),
        ("x", "M12 2L2 7l10 5 10-5-10-5z"),
        ("x", "GET /api/users"),
        ("x", "sum by (job)(rate(total))"),
        ("x", "image/png, image/webp"),
        ("name", "orderId"),
        ("name", "orders"),
        ("query", "UPDATE teas SET name"),
        ("text", "42"),
        ("text", "   "),
    ] {
        assert_eq!(judge(path, text), None, "{path}: {text}");
    }
}

#[test]
fn a_project_has_the_last_word_on_its_keys() {
    let strings = |keys: &[&str]| -> Vec<String> { keys.iter().map(|key| (*key).to_owned()).collect() };
    let keys = Keys::new(
        &strings(&["sku", "internal.note", "hero"]),
        &strings(&["internal", "heroLead"]),
    );
    let copy = |path| keys.judge(path, "calm").is_some();
    assert!(copy("sku") && copy("products.3.SKU"));
    assert!(copy("internal.note") && copy("internal.note.2") && !copy("internal.text"));
    assert!(copy("hero.x") && copy("hero.slug") && !copy("hero.hero_lead"));
    assert!(copy("text") && !copy("x"));
    assert!(keys.judge("sku", "12").is_none());
}

#[test]
fn no_key_stands_in_the_table_twice() {
    table::check();
}
