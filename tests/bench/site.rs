//! Owns the copy that speed is measured on: sites, single large files and hostile files, the same for the same seed.
//! Every sentence is made up here.

#![allow(dead_code)] // Each target that includes this file uses a part of it.

use std::f64::consts::TAU;
use std::fmt::Write as _;

/// A generator of numbers (SplitMix64), the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    /// A size in bytes: log-normal with the mean near `mean`.
    fn size(&mut self, mean: f64) -> usize {
        const SPREAD: f64 = 0.6;
        let unit = |dice: &mut Self| (dice.next() >> 11) as f64 / (1u64 << 53) as f64;
        let (a, b) = (unit(self).max(1e-12), unit(self));
        let normal = (-2.0 * a.ln()).sqrt() * (TAU * b).cos();
        let median = mean / (SPREAD * SPREAD / 2.0).exp();
        (median * (SPREAD * normal).exp()).clamp(600.0, 60_000.0) as usize
    }
}

/// Words that fill the slots of sentences: `{t}` a thing, `{a}` how it is, `{p}` a place, `{n}` a number, `{v}` what
/// people do, `{w}` who.
const THINGS: &[&str] = &[
    "tea", "balm", "oil", "cream", "serum", "powder", "lamp", "cushion", "blanket", "mask", "brush", "jar",
    "bottle", "blend", "soap", "candle", "towel", "bowl", "filter", "tray", "lotion", "bar", "sachet",
    "drink", "broth", "robe",
];
const LOOKS: &[&str] = &[
    "quiet", "warm", "light", "small", "sturdy", "smooth", "plain", "golden", "fresh", "cool", "soft",
    "simple", "heavy", "slow", "green", "pale", "early", "narrow", "bright", "dry", "careful", "old",
    "local", "generous",
];
const PLACES: &[&str] = &[
    "kitchen",
    "garden",
    "workshop",
    "studio",
    "valley",
    "harbour",
    "market",
    "library",
    "orchard",
    "courtyard",
    "bathroom",
    "village",
    "warehouse",
    "laboratory",
    "shop",
    "meadow",
    "terrace",
    "station",
    "bakery",
    "mill",
];
const VERBS: &[&str] = &[
    "stir", "pack", "wash", "weigh", "label", "fold", "store", "open", "taste", "carry", "measure", "rinse",
    "press", "dry", "pour", "warm", "count", "mix", "seal", "ship",
];
const PEOPLE: &[&str] = &[
    "our team",
    "the founders",
    "two sisters",
    "the growers",
    "our neighbours",
    "the bakers",
    "most guests",
    "the teachers",
    "our driver",
    "a retired carpenter",
    "the editors",
    "many readers",
    "our customers",
    "the staff",
];
const SUBJECTS: &[&str] = &[
    "morning",
    "skin",
    "evening",
    "sleep",
    "week",
    "winter",
    "hair",
    "breakfast",
    "walk",
    "posture",
];

const HARMLESS: &[&str] = &[
    "Every {t} is filled by hand in our {a} {p} near the {p}.",
    "{W} {v} the {a} {t} before it leaves the {p}.",
    "The lid is made of {a} tin, and the label can be peeled off in one piece.",
    "You can {v} it with {n} spoons of water, or with {a} milk if you prefer.",
    "We opened the {p} {n} years ago, when {w} asked for a {a} {t}.",
    "It comes in {n} sizes; the {a} one fits a coat pocket.",
    "Delivery takes {n} to {n} working days, and parcels leave the {p} at noon.",
    "Some people like a {a} scent, others none at all, so we sell both.",
    "Store the {t} in a {a} {p}, away from the sun.",
    "{W} wrote to us about the {a} {t}: \"I keep one in the {p} and one at work.\"",
    "The recipe calls for {n} grams of oats, a {a} apple, and the zest of one lemon.",
    "In the {p} it is {a} by four o'clock, which is when {w} {v} the last {t}.",
    "Nothing here is in a hurry – the {p} is {a}, and the kettle takes its time.",
    "What should a {a} {t} cost? We think that {n} dollars is fair.",
    "If you {v} it twice a week, one {t} lasts about {n} months.",
    "It’s a {a} walk from the {p} to the {p}, and there are {n} benches on the way.",
    "Members of the {p} get {n}% off the {t} until the end of the month.",
    "We don't test on animals, and we say so on every {t}.",
    "Ingredients: water, glycerin, shea butter, jojoba oil, vitamin E, citric acid.",
    "Part of a {s} routine, with a {a} texture that sits well under make-up.",
    "The class starts with {n} minutes of stretching, then {w} {v} the mats.",
    "Dr. Lee and {w} visit the {p} every spring, e.g. to {v} the {t}.",
    "This {t} is a food supplement and no substitute for a varied diet.",
    "Please return the empty {t} to any {p}; we {v} it and fill it again.",
    "A {a} breakfast, a {a} {p}, and a {t} that nobody has to {v}.",
    "The notes that {w} keep on {s} lie in the {p}.",
    "The colour comes from beetroot, so it may vary a little from {t} to {t}.",
    "Our {p} is open from {n} to {n}, except on Sundays and public holidays.",
    "Each {t} has magnesium and zinc in it, and a {a} label says how much.",
    "Ginger and turmeric give it a {a} taste, and honey makes it {a}.",
    "Talk to {w} if the {t} arrives broken, and we will send another one.",
    "Try the {t} on your arm before it goes on your face.",
];

const OFFENDING: &[&str] = &[
    "This {t} cures eczema in {n} weeks.",
    "Our {t} treats arthritis and reverses diabetes.",
    "It prevents cancer, and doctors know it.",
    "Clinically proven to eliminate wrinkles.",
    "You will lose {n} pounds in {n} days, guaranteed.",
    "The {a} {t} is 100% safe and has no side effects.",
    "Stop taking your medication and drink the {t} instead.",
    "Heals psoriasis naturally without any drugs.",
    "The best treatment for asthma that money can buy.",
    "Guaranteed results for everyone who uses the {t}.",
    "It relieves anxiety and depression within {n} minutes.",
    "A miracle {t} that detoxifies your liver.",
    "FDA approved {t} for chronic pain.",
    "Boosts your immune system and fights infections.",
];

/// A sentence; about three in a hundred offend.
fn sentence(dice: &mut Dice, out: &mut String) {
    let template = if dice.chance(3) {
        dice.pick(OFFENDING)
    } else {
        dice.pick(HARMLESS)
    };
    fill(dice, template, out);
}

fn fill(dice: &mut Dice, template: &str, out: &mut String) {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (slot, after) = after.split_at(1);
        match slot {
            "t" => out.push_str(dice.pick(THINGS)),
            "a" => out.push_str(dice.pick(LOOKS)),
            "p" => out.push_str(dice.pick(PLACES)),
            "v" => out.push_str(dice.pick(VERBS)),
            "w" => out.push_str(dice.pick(PEOPLE)),
            "s" => out.push_str(dice.pick(SUBJECTS)),
            "W" => {
                let who = dice.pick(PEOPLE);
                out.push_str(&who[..1].to_uppercase());
                out.push_str(&who[1..]);
            }
            _ => {
                let number = 2 + dice.below(38);
                let _ = write!(out, "{number}");
            }
        }
        rest = &after[1..];
    }
    out.push_str(rest);
}

fn paragraph(dice: &mut Dice, html: bool) -> String {
    let mut text = String::new();
    for at in 0..2 + dice.below(4) {
        if at > 0 {
            // A line break inside a paragraph is a space.
            text.push(if dice.chance(15) { '\n' } else { ' ' });
        }
        let mut one = String::new();
        sentence(dice, &mut one);
        if dice.chance(20) {
            one = stressed(dice, &one, html);
        }
        text.push_str(&one);
    }
    text
}

/// The sentence with two words inside it emphasised, or linked.
fn stressed(dice: &mut Dice, sentence: &str, html: bool) -> String {
    let words: Vec<&str> = sentence.split(' ').collect();
    let at = dice.below(words.len().saturating_sub(2).max(1));
    let (open, close) = match (dice.below(4), html) {
        (0, false) => ("[", "](/notes/more.html \"More notes\")"),
        (1 | 2, false) => ("**", "**"),
        (_, false) => ("*", "*"),
        (0, true) => ("<a href=\"/notes/more.html\" title=\"More notes\">", "</a>"),
        (1, true) => ("<em>", "</em>"),
        (_, true) => ("<strong class=\"mark\">", "</strong>"),
    };
    let last = (at + 1).min(words.len() - 1);
    let before = words[..at].join(" ");
    let inside = words[at..=last].join(" ");
    let after = words[last + 1..].join(" ");
    format!("{before} {open}{inside}{close} {after}")
        .trim()
        .to_owned()
}

fn title(dice: &mut Dice) -> String {
    let template = dice.pick(&[
        "A {a} {t} for the {p}",
        "{n} ways to {v} a {t}",
        "Notes from the {a} {p}",
        "The {s} {t}",
        "How {w} {v} the {t}",
    ]);
    let mut out = String::new();
    fill(dice, template, &mut out);
    out
}

/// The body of a Markdown page of about `size` bytes.
fn markdown_body(dice: &mut Dice, size: usize, out: &mut String) {
    let end = out.len() + size;
    while out.len() < end {
        match dice.below(12) {
            0 => {
                let _ = write!(out, "## {}\n\n", title(dice));
            }
            1 => {
                for _ in 0..3 + dice.below(4) {
                    out.push_str("- ");
                    sentence(dice, out);
                    out.push('\n');
                }
                out.push('\n');
            }
            2 => {
                out.push_str("| Product | Size | Notes |\n| --- | ---: | --- |\n");
                for _ in 0..2 + dice.below(5) {
                    let _ = write!(out, "| {} | {} ml | ", dice.pick(THINGS), 10 + dice.below(490));
                    sentence(dice, out);
                    out.push_str(" |\n");
                }
                out.push('\n');
            }
            3 => {
                let _ = write!(out, "> {}\n\n", paragraph(dice, false).replace('\n', "\n> "));
            }
            4 => {
                let _ = write!(out, "![{}](/images/{}.jpg)\n\n", title(dice), dice.below(1000));
            }
            _ => {
                let _ = write!(out, "{}\n\n", paragraph(dice, false));
            }
        }
    }
}

fn markdown(dice: &mut Dice, size: usize) -> String {
    let mut out = String::with_capacity(size + 1024);
    let _ = write!(
        out,
        "---\ntitle: {}\ndescription: \"{}\"\ndate: 2026-0{}-1{}\ntags: [{}, {}]\ndraft: false\n---\n\n# {}\n\n",
        title(dice),
        title(dice),
        1 + dice.below(9),
        dice.below(10),
        dice.pick(THINGS),
        dice.pick(PLACES),
        title(dice),
    );
    markdown_body(dice, size, &mut out);
    out
}

fn html(dice: &mut Dice, size: usize) -> String {
    let mut out = String::with_capacity(size + 1024);
    let name = title(dice);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{name}</title>\n<meta \
         name=\"description\" content=\"{}\">\n<style>body {{ margin: 0 auto; max-width: 40em; }}</style>\n</head>\n\
         <body>\n<nav><a href=\"/\">Home</a> <a href=\"/shop.html\">Shop</a></nav>\n<main>\n<h1>{name}</h1>\n",
        title(dice)
    );
    while out.len() < size {
        match dice.below(10) {
            0 => {
                let _ = writeln!(out, "<h2>{}</h2>", title(dice));
            }
            1 => {
                out.push_str("<ul>\n");
                for _ in 0..3 + dice.below(4) {
                    let _ = writeln!(out, "  <li>{}</li>", paragraph(dice, true));
                }
                out.push_str("</ul>\n");
            }
            2 => {
                out.push_str("<table><tr><th>Product</th><th>Notes</th></tr>\n");
                for _ in 0..2 + dice.below(4) {
                    let _ = write!(
                        out,
                        "<tr><td>{} &amp; {}</td><td>",
                        dice.pick(THINGS),
                        dice.pick(THINGS)
                    );
                    sentence(dice, &mut out);
                    out.push_str("</td></tr>\n");
                }
                out.push_str("</table>\n");
            }
            3 => {
                let _ = writeln!(
                    out,
                    "<div class=\"card wide\"><img src=\"/i/{}.jpg\" alt=\"{}\"><p>{}</p></div>",
                    dice.below(1000),
                    title(dice),
                    paragraph(dice, true)
                );
            }
            _ => {
                let _ = writeln!(out, "<p>{}</p>", paragraph(dice, true));
            }
        }
    }
    out.push_str("</main>\n<script>var page = { cures: true };</script>\n</body>\n</html>\n");
    out
}

fn plain(dice: &mut Dice, size: usize) -> String {
    let mut out = String::with_capacity(size + 1024);
    while out.len() < size {
        let _ = write!(out, "{}\n\n", paragraph(dice, false));
    }
    out
}

/// A component of React or Vue, or a page in PHP, whose copy stands in markup and in strings.
fn component(dice: &mut Dice, ending: &str, size: usize) -> String {
    let (head, foot) = match ending {
        "vue" => (
            "<template>\n<main>\n",
            "</main>\n</template>\n\n<script setup>\nconst open = ref(false);\n</script>\n",
        ),
        "php" => (
            "<?php get_header(); ?>\n<main>\n",
            "</main>\n<?php get_footer(); ?>\n",
        ),
        _ => (
            "import { Card } from \"./card\";\n\nexport default function Page({ items }) {\n  return (\n<main>\n",
            "</main>\n  );\n}\n",
        ),
    };
    let mut out = String::with_capacity(size + 1024);
    out.push_str(head);
    while out.len() < size {
        let name = title(dice);
        let _ = match (dice.below(8), ending) {
            (0, _) => writeln!(out, "<h2>{name}</h2>"),
            (1, "php") => writeln!(out, "<h3><?php echo esc_html__( '{name}', 'theme' ); ?></h3>"),
            (1, "vue") => writeln!(
                out,
                "<li v-for=\"item in items\" :key=\"item.id\">{{{{ item.text }}}}</li>"
            ),
            (1, _) => writeln!(
                out,
                "{{items.map((item) => <li key={{item.id}}>{{item.text}}</li>)}}"
            ),
            (2, "php") => writeln!(out, "<img src=\"<?php echo $image; ?>\" alt=\"{name}\">"),
            (2, _) => writeln!(out, "<Card title=\"{name}\" size=\"wide\" />"),
            _ => writeln!(out, "<p>{}</p>", paragraph(dice, true)),
        };
    }
    out.push_str(foot);
    out
}

/// The endings of component files.
pub(crate) const COMPONENTS: [&str; 3] = ["tsx", "vue", "php"];

/// The name and text of component file `number` of a site.
pub(crate) fn component_page(number: usize) -> (String, String) {
    let mut dice = Dice::new(number as u64);
    let size = dice.size(6.0 * 1024.0);
    let ending = COMPONENTS[number % COMPONENTS.len()];
    let text = component(&mut dice, ending, size);
    (format!("pages/page-{number:05}.{ending}"), text)
}

/// The name and text of page `number` of a site: eight Markdown pages to one of HTML, and some plain text.
pub(crate) fn page(number: usize) -> (String, String) {
    let mut dice = Dice::new(number as u64);
    let size = dice.size(6.0 * 1024.0);
    let section = dice.pick(PLACES);
    let (ending, text) = match number % 20 {
        3 | 12 => ("html", html(&mut dice, size)),
        7 => ("txt", plain(&mut dice, size)),
        _ => ("md", markdown(&mut dice, size)),
    };
    (format!("{section}/page-{number:05}.{ending}"), text)
}

/// One file of at least `size` bytes, read as `ending` says.
pub(crate) fn single(ending: &str, size: usize) -> String {
    let mut dice = Dice::new(size as u64);
    match ending {
        "html" => html(&mut dice, size),
        "txt" => plain(&mut dice, size),
        _ if COMPONENTS.contains(&ending) => component(&mut dice, ending, size),
        _ => markdown(&mut dice, size),
    }
}

/// One Markdown file of about `size` bytes in which every sentence offends.
pub(crate) fn offending(size: usize) -> String {
    let mut dice = Dice::new(7);
    let mut out = String::with_capacity(size + 128);
    while out.len() < size {
        let template = dice.pick(OFFENDING);
        fill(&mut dice, template, &mut out);
        out.push_str("\n\n");
    }
    out
}

/// Files of about `size` bytes that tempt a reader into more work than their size is worth: name and text.
pub(crate) fn hostile(size: usize) -> Vec<(&'static str, String)> {
    let times = |piece: &str| piece.repeat(size / piece.len() + 1);
    vec![
        ("one-word.md", times("cure")),
        ("one-sentence.md", times("cures eczema and treats asthma, ")),
        ("one-line.txt", times("This tea cures eczema. ")),
        ("spaces.md", times(" \u{a0}\t ")),
        ("stops.md", times("a.b.! ?. ")),
        ("stars.md", times("*a **b ")),
        ("brackets.md", times("[a](b \"c\") ![[[[ ")),
        ("quotes.md", times("> ")),
        ("lists.md", times("- our tea cures:\n  - eczema\n")),
        ("headings.md", times("# tea\n\ncures eczema\n\n")),
        (
            "table.md",
            format!("| a | b |\n| - | - |\n{}", times("| cures | eczema |\n")),
        ),
        ("templates.md", times("{{ a {% b <% ")),
        ("entities.html", times("cures &amp; &eczema; &#8217; ")),
        ("open-tags.html", times("<p><b>cures <i>eczema ")),
        ("deep.html", times("<div>")),
        ("attributes.html", format!("<p {}>tea</p>", times("a=\"cures\" "))),
        ("commas.txt", times("cures, not, eczema; ")),
        ("duties.md", times("Take it daily for eczema. Results may vary. ")),
        ("alike.txt", times("may help may help may ")),
    ]
}

/// A hundred and fifty plain phrases, for tools that look for phrases.
pub(crate) fn patterns() -> Vec<String> {
    let verbs = [
        "cures",
        "treats",
        "heals",
        "prevents",
        "reverses",
        "relieves",
        "eliminates",
        "fights",
        "stops",
        "ends",
    ];
    let things = [
        "eczema",
        "arthritis",
        "diabetes",
        "cancer",
        "asthma",
        "psoriasis",
        "anxiety",
        "depression",
        "acne",
        "migraine",
        "insomnia",
        "infections",
        "wrinkles",
        "pain",
        "allergies",
    ];
    let pair = |verb: &&str| things.map(|thing| format!("{verb} {thing}"));
    verbs.iter().flat_map(pair).collect()
}
