//! Tests of telling languages.

use super::*;
use crate::extract::{Keys, format_of};
use crate::source::SourceFile;
use std::sync::Arc;

fn other(name: &str, text: &str) -> Option<Other> {
    let file = Arc::new(SourceFile::new(name, text));
    let format = format_of(name).unwrap();
    other_than_english(&(format.extract)(&file, &Keys::default()).document, None)
}

const ENGLISH_PART: &str = "Our cream cares for the skin and is made by our team from things that come from farms \
    nearby. Put a small amount on your clean face in the morning and in the evening.";

#[test]
fn a_few_words_tell_another_language() {
    for (text, language) in [
        (
            "Unsere Kapseln heilen Diabetes und Asthma, und das ist nicht alles: sie helfen auch bei Gicht.",
            "German",
        ),
        (
            "Unser Tee hilft dir jeden Abend beim Einschlafen und macht dich wieder ganz ruhig und froh.",
            "German",
        ),
        (
            "Nuestras cápsulas curan la diabetes y el asma en una semana, con una garantía de por vida.",
            "Spanish",
        ),
        (
            "Nos gélules guérissent le diabète et l'asthme dans la semaine, avec une garantie pour la vie.",
            "French",
        ),
        (
            "Наши капсулы лечат диабет и астму за одну неделю, и это ещё не всё.",
            "Russian",
        ),
        (
            "当社のカプセルは糖尿病と喘息を一週間で治します。効果は一生続きます。",
            "Japanese",
        ),
    ] {
        assert_eq!(other("a.md", text), Some(Other::Page(language)), "{text}");
    }
}

#[test]
fn english_without_small_words_is_english() {
    for text in [
        "Vitamin C 500 mg. Zinc 10 mg. Magnesium citrate 200 mg. Ashwagandha root extract 300 mg.",
        "Aqua, Glycerin, Butyrospermum Parkii Butter, Cetearyl Alcohol, Tocopherol, Citric Acid, Parfum, Limonene",
        "Crème de la Mer, La Roche-Posay, Dr. Hauschka, Acqua di Parma, Eau de Cologne, L'Occitane en Provence",
        "Call today. Book now. Free parking. Open daily. Se habla español.",
        "Kapseln.",
        "A simple dish, no frills, which I hope you enjoy as much as we do.",
        "Drink as much water as before, twice per day, as athletes do.",
        ENGLISH_PART,
    ] {
        assert_eq!(other("a.md", text), None, "{text}");
    }
}

#[test]
fn menus_and_names_are_no_other_language() {
    assert_eq!(
        other(
            "a.md",
            "Why Choose Quiet Lane Med Spa for Lip Fillers in Tampa Bay?"
        ),
        None
    );
    let menu = "<p>Acupuncture</p><p>Massage</p><p>Cupping</p><p>Facials</p><p>Nutrition</p><p>Contact</p>"
        .repeat(8);
    let page =
        format!("---\nconst a = 1;\n---\n<!doctype html>\n<html lang=\"EN-us\"><body>{menu}</body></html>");
    assert_eq!(other("a.astro", &page), None);
    assert_eq!(other("a.html", &page.replace("EN-us", "")), None);
}

#[test]
fn a_part_of_a_page_is_told() {
    let spanish = "Nuestra crema cuida la piel y es la mejor de la región para los que no tienen tiempo.";
    let page = format!("{ENGLISH_PART}\n\n{spanish}\n");
    let Some(Other::Part(language, words, of, line)) = other("a.md", &page) else {
        panic!("no part is told");
    };
    assert_eq!((language, words, line), ("Spanish", 18, 3));
    assert!(of > 40, "{of}");
}

#[test]
fn a_page_that_says_its_language_is_believed_where_the_copy_is_silent() {
    let page = |lang: &str, text: &str| {
        format!("<!doctype html><html lang=\"{lang}\"><body><p>{text}</p></body></html>")
    };
    assert_eq!(
        other("a.html", &page("es-MX", "Cura diabetes. Garantizado.")),
        Some(Other::Page("Spanish"))
    );
    assert_eq!(other("a.html", &page("es", ENGLISH_PART)), None);
    assert_eq!(other("a.html", &page("en", "Cures asthma.")), None);
    assert_eq!(other("a.html", &page("es", "")), None);
}
