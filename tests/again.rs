//! A text that is judged again after edits, with what is remembered of it, is judged as if it had never been seen before:
//! finding by finding, with their places and their order, over several edits in a row.

use crate::invariants::{again, packed};
use crate::unbreakable::config;
use caveat::extract;
use caveat::session::Memory;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Pieces that pages are thrown together from: what is carried from one block into another, what is counted over the whole
/// page, and what reaches over blocks in a file.
const PIECES: &[&str] = &[
    "# Our turmeric capsules\n\n",
    "## Ginger tea\n\n",
    "## What it helps with\n\n",
    "### FAQ\n\n",
    "Title of a page\n===\n\n",
    "It tastes of mint. Nothing here is in a hurry.\n\n",
    "It cures arthritis in 2 weeks. Does it cure gout? Yes.\n\n",
    "Our capsules lower blood pressure. It may help you sleep.\n\n",
    "Relieves headaches and treats eczema, **guaranteed**.\n\n",
    "Lose 20 pounds in 2 weeks without dieting!\n\n",
    "A serving is two capsules. Supplement facts are on the label.\n\n",
    "Book an appointment at our clinic. Our doctors treat migraines with botox.\n\n",
    "Dr. Lee says: “My acne was gone in days.”\n\n",
    "> I lost 30 pounds and my diabetes is gone. – Ann\n\n",
    "It is not meant to:\n\n- cure gout\n- treat cancer\n\n",
    "Our tea helps with:\n\n- eczema\n- sleep\n- **joint pain**\n\n",
    "1. Treats colds\n2. Heals wounds\n\n   and scars\n\n",
    "| Tea | Helps with |\n| --- | --- |\n| mint | migraines |\n| sage | fever |\n\n",
    "*These statements have not been evaluated by the Food and Drug Administration. This product is not intended to diagnose, treat, \
     cure, or prevent any disease.*\n\n",
    "These statements have not been evaluated by the Food and Drug Administration. It is not intended to treat any disease.\n\n",
    "Results may vary. Consult your doctor before use.\n\n",
    "In one trial of 80 adults it lowered blood sugar.[^1]\n\n",
    "[^1]: Lee et al., 2019, cures diabetes.\n\n",
    "It [prevents colds][study], they say.\n\n",
    "[study]: https://pubmed.ncbi.nlm.nih.gov/1\n\n",
    "It [prevents the flu](https://example.org/a \"Heals all\") and ![cures gout](/a.jpg).\n\n",
    "<!-- caveat-allow us-supplement/disease-claim reason=\"approved by A. Lee\" until=2027-01-01 -->\n",
    "<div class=\"quote\">\n\nIt cured my psoriasis.\n\n</div>\n\n",
    "<script>\nlet a = \"cures gout\";\n</script>\n\n",
    "<p>Heals <b>acne</b></p>\n\n",
    "```\nIt cures gout.\n",
    "```\n",
    "    It cures nothing.\n\n",
    "{% if a %}\nIt cures asthma.\n{% endif %}\n\n",
    "{{ page.title }} heals.\n\n",
    ":::tip\nIt treats anxiety.\n:::\n\n",
    "Term\n: It cures colds.\n\n",
    "Unser Tee heilt Gicht und hilft gegen Kopfschmerzen, und das ist nicht alles, was er für Sie tut.\n\n",
    "#weightloss #detox\n\n",
    "---\n\n",
    "***\n\n",
    "\n\n\n",
    "Our cream\r\nremoves wrinkles.\r\n\r\n",
];

const FRONT: &[&str] = &[
    "",
    "---\ntitle: Our supplement cures gout\n---\n\n",
    "---\nproduct: supplement\ncaveat: {product: supplement}\n---\n\n",
    "---\ncaveat: {product: food, page: article}\n---\n\n",
    "---\ncaveat: {page: legal}\n---\n\n",
    "---\ncaveat: {markets: [uk]}\ndescription: It treats eczema\n---\n\n",
    "+++\ntitle = \"Tea\"\n+++\n",
    "---\ntitle: [\n---\n\n",
];

/// What is typed.
const TYPED: &[&str] = &[
    "a",
    ".",
    " ",
    "\n",
    "\n\n",
    "#",
    "## ",
    "- ",
    "> ",
    "`",
    "```\n",
    "<",
    "</div>",
    "*",
    "[",
    "]",
    "]: ",
    ": ",
    "|",
    "{%",
    "%}",
    "{{",
    "\t",
    "    ",
    "gout",
    " cures gout ",
    "not ",
    "é",
    "🍵",
    "\r\n",
    "our capsules",
    "?",
    "&amp;",
    "===\n",
    "\\",
];

/// An edit of a text.
#[derive(Clone, Debug)]
enum Edit {
    /// So many letters from a place on are replaced.
    Replace(Index, usize, &'static str),
    /// A piece is put before a line.
    Put(Index, usize),
    /// So many lines go.
    Cut(Index, usize),
    /// Lines move elsewhere.
    Move(Index, usize, Index),
    /// The front matter is another.
    Front(usize),
    /// Nothing changes but the markets.
    Settings,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (any::<Index>(), 0..3_usize, select(TYPED)).prop_map(|(at, len, new)| Edit::Replace(at, len, new)),
        2 => (any::<Index>(), 0..40_usize, Just("")).prop_map(|(at, len, new)| Edit::Replace(at, len, new)),
        3 => (any::<Index>(), 0..PIECES.len()).prop_map(|(at, piece)| Edit::Put(at, piece)),
        2 => (any::<Index>(), 1..6_usize).prop_map(|(at, lines)| Edit::Cut(at, lines)),
        1 => (any::<Index>(), 1..6_usize, any::<Index>()).prop_map(|(at, lines, to)| Edit::Move(at, lines, to)),
        1 => (0..FRONT.len()).prop_map(Edit::Front),
        1 => Just(Edit::Settings),
    ]
}

/// A text as it is written, with its front matter.
#[derive(Clone, Debug)]
struct Page {
    front: usize,
    body: String,
    /// Whether it is judged for other markets.
    abroad: bool,
}

impl Page {
    fn text(&self) -> String {
        format!("{}{}", FRONT[self.front], self.body)
    }

    fn make(&mut self, edit: &Edit) {
        let lines: Vec<&str> = self.body.split_inclusive('\n').collect();
        match edit {
            Edit::Replace(at, len, new) => {
                let places: Vec<usize> = self
                    .body
                    .char_indices()
                    .map(|(at, _)| at)
                    .chain([self.body.len()])
                    .collect();
                let start = at.index(places.len());
                let end = (start + len).min(places.len() - 1);
                self.body.replace_range(places[start]..places[end], new);
            }
            Edit::Put(at, piece) => {
                let at = at.index(lines.len() + 1);
                self.body = [&lines[..at], &[PIECES[*piece]], &lines[at..]].concat().concat();
            }
            Edit::Cut(at, count) => {
                let at = at.index(lines.len() + 1);
                self.body = [&lines[..at], &lines[(at + count).min(lines.len())..]]
                    .concat()
                    .concat();
            }
            Edit::Move(at, count, to) => {
                let at = at.index(lines.len() + 1);
                let mut rest = lines;
                let some: Vec<&str> = rest.drain(at..(at + count).min(rest.len())).collect();
                let to = to.index(rest.len() + 1);
                rest.splice(to..to, some);
                self.body = rest.concat();
            }
            Edit::Front(front) => self.front = *front,
            Edit::Settings => self.abroad = !self.abroad,
        }
    }
}

/// A page of pieces of which each is `wanted`.
fn page(wanted: fn(&str) -> bool) -> impl Strategy<Value = Page> {
    let pieces: Vec<&'static str> = PIECES.iter().copied().filter(|piece| wanted(piece)).collect();
    (0..FRONT.len(), vec(select(pieces), 1..24)).prop_map(|(front, pieces)| Page {
        front,
        body: pieces.concat(),
        abroad: false,
    })
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn markdown_is_judged_again_as_from_scratch(page in page(|_| true), edits in vec(edit(), 1..8)) {
        rounds("page.md", page, &edits);
    }

    /// Most pages have nothing in them that reaches over blocks; of these only what has changed is read.
    #[test]
    fn plain_markdown_is_judged_again_as_from_scratch(
        page in page(|piece| !piece.contains("]:") && !piece.contains("[^") && !piece.starts_with('<')),
        edits in vec(edit(), 1..8),
    ) {
        rounds("page.md", page, &edits);
    }

    #[test]
    fn other_formats_are_judged_again_as_from_scratch(
        name in select(&["page.mdx", "page.html", "page.txt", "page.njk", "page.vue", "page.json", "page.docx"][..]),
        page in page(|_| true),
        edits in vec(edit(), 1..5),
    ) {
        rounds(name, page, &edits);
    }
}

#[test]
fn what_follows_a_block_may_make_another_of_it() {
    let (mut copy, mut memory) = (extract::Memory::default(), Memory::default());
    for text in [
        "Mint.\n\nSage.\n\nTerm\n: It cures colds.\n\nTea.\n\nOil.\n",
        "Mint.\n\nSage.\n\n: It cures colds.\n\nTea.\n\nOil.\n",
        "Mint.\n\nSage.\n\n```\n: It cures colds.\n\nTea.\n\nOil.\n",
        "Mint.\n\nSage.\n---\n\nIt cures colds.\n\nTea.\n\nOil.\n",
    ] {
        again("page.md", text.as_bytes(), false, (&mut copy, &mut memory));
    }
}

/// A text as a file of this name holds it.
fn written(name: &str, text: &str) -> Vec<u8> {
    let parts = text.split("\n\n");
    match name.rsplit_once('.') {
        Some((_, "json")) => {
            let parts = parts.map(|text| serde_json::json!({"heading": text.lines().next(), "text": text}));
            serde_json::json!({"sections": parts.collect::<Vec<_>>()})
                .to_string()
                .into_bytes()
        }
        Some((_, "docx")) => {
            let plain = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
            let parts = parts.map(|text| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", plain(text)));
            packed(parts.collect::<String>().as_bytes())
        }
        _ => text.as_bytes().to_vec(),
    }
}

fn rounds(name: &str, mut page: Page, edits: &[Edit]) {
    let (mut copy, mut memory) = (extract::Memory::default(), Memory::default());
    let mut judge = |page: &Page| {
        let bytes = written(name, &page.text());
        again(name, &bytes, page.abroad, (&mut copy, &mut memory));
    };
    judge(&page);
    for edit in edits {
        page.make(edit);
        judge(&page);
    }
}
