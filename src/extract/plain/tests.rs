//! Tests of reading plain text, each with a literal.

use crate::extract::testing::{read, shown};

#[test]
fn an_article_without_marks() {
    let text = "Cupping 101: What to Know\n\nCupping is an old practice. It uses\nsmall glass cups.\n\n\
                Understanding Cupping:\n\nCups draw up the skin.\n\nWhat can Cupping help with?\n\n\
                It is gentle and can ease several things, including:\n\nTight shoulders\n\nDull skin\n\nA busy mind\n\n\n\
                Is it safe?\n\nFor most of us, yes.\n\nOur Last Word\n\nCome and see.\n";
    assert_eq!(
        shown("a.txt", text),
        [
            "heading: Cupping 101: What to Know",
            "paragraph: Cupping is an old practice. It uses small glass cups.",
            "heading: Understanding Cupping:",
            "paragraph: Cups draw up the skin.",
            "heading: What can Cupping help with?",
            "paragraph: It is gentle and can ease several things, including:",
            "list: Tight shoulders",
            "list: Dull skin",
            "list: A busy mind",
            "heading: Is it safe?",
            "paragraph: For most of us, yes.",
            "heading: Our Last Word",
            "paragraph: Come and see."
        ]
    );
    let document = read("a.txt", text);
    assert_eq!(document.blocks[6].lead_in, Some(5));
    assert_eq!(document.blocks[9].section, 4);
}

#[test]
fn marked_lists() {
    let text = "It helps with\n- skin\n* hair\n• nails\n1. rest\n2) calm\n  and ease\n\nEnd here.";
    assert_eq!(
        shown("a.txt", text),
        [
            "paragraph: It helps with",
            "list: skin",
            "list: hair",
            "list: nails",
            "list: rest",
            "list: calm and ease",
            "paragraph: End here."
        ]
    );
}

#[test]
fn line_ends_do_not_matter() {
    let text = "Rest and calm are not the\nsame, we find.\n\nEnd here, all of it.";
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(shown("a.txt", text), shown("a.txt", &crlf));
}

#[test]
fn what_react_sends_to_browsers_is_no_copy() {
    let rows = "1:\"$Sreact.fragment\"\n2:I[53169,[\"/_next/a.js\"],\"Tea\"]\n0:{\"c\":[\"Our capsules cure asthma.\"]}\n";
    assert_eq!(shown("a.txt", rows), [] as [&str; 0]);
    let list = "1: Laser treats acne.\n2: Peels fade melasma.\n";
    assert_ne!(shown("a.txt", list), [] as [&str; 0]);
}
