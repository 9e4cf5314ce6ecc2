//! Tests that every mistake is told, at its place, together with all others.

use super::{HEAD, RULE, mistakes, rule_with};

/// Every mistake in a rule: what is added to [`RULE`], and what is told.
const IN_RULES: &[(&str, &str)] = &[
    ("", "This rule has no check (Add one of `forbid`, `claim`"),
    (
        "forbid: {words: [x]}, number: {amount: {kg: 1}}",
        "number: The rule has the check `forbid` already",
    ),
    (
        "forbid: {words: [x]}, catgory: x",
        "catgory: The key `catgory` is not one of a rule (Did you mean `category`?)",
    ),
    ("forbid: [x]", "[x]: Here is a list; forbid is a mapping"),
    ("forbid: {}", "{}: `forbid` names no words"),
    ("forbid: {words: x}", "x: `words` is text; a list is expected"),
    (
        "forbid: {words: [[x]]}",
        "[x]: `words` is a list; text is expected",
    ),
    (
        "forbid: {words: [true]}",
        "true: `words` is a yes or no; text is expected (Put it in quotes",
    ),
    (
        "forbid: {words: [x]}, was: [disease]",
        "disease: `disease` is no full name of a rule (Write it as PACK/RULE.)",
    ),
    (
        "forbid: {words: [x]}, was: [us/No]",
        "us/No: The rule `No` is not lower case with hyphens",
    ),
    (
        "forbid: {words: [x]}, instead:",
        "`instead` is empty; a list is expected",
    ),
    ("forbid: {words: [\"é (x|y\"]}", "(: This `(` is never closed"),
    (
        "forbid: {words: [\"a\\tb!\"]}",
        "!: `!` has no meaning in a phrase",
    ),
    ("forbid: {words: [so-called '(']}", "(: This `(` is never closed"),
    (
        "forbid: {patterns: ['a\\b(b']}",
        "(: This is no pattern: unclosed group",
    ),
    ("forbid: {patterns: ['x*']}", "matches nothing at all"),
    (
        "forbid: {patterns: ['(?=x)']}",
        "(?=: This is no pattern: look-around",
    ),
    (
        "forbid: {lexicons: [nope]}",
        "nope: There is no lexicon `nope` (There are none here.)",
    ),
    (
        "forbid: {words: [x]}, products: [suplement]",
        "suplement: `suplement` is no product (Did you mean `supplement`?",
    ),
    (
        "forbid: {words: [x]}, pages: [blog]",
        "blog: `blog` is no page (There are `article`",
    ),
    (
        "forbid: {words: [x]}, guards: [negatd]",
        "negatd: `negatd` is no guard (Did you mean `negated`?",
    ),
    (
        "forbid: {words: [x]}, guards: [quoted, quoted]",
        "The guard `quoted` stands twice",
    ),
    (
        "forbid: {words: [x]}, guards: [other-meaning]",
        "can never apply: no lexicon of this rule has `except`",
    ),
    (
        "forbid: {words: [x]}, blocks: [headings]",
        "headings: `headings` is no scope (Did you mean `heading`?",
    ),
    (
        "forbid: {words: [x]}, blocks: [quote], not-blocks: [quote]",
        "not-blocks: `quote` stands in `blocks` too",
    ),
    (
        "forbid: {words: [x]}, products: [food], not-products: [food]",
        "not-products: `food` stands in `products` too",
    ),
    (
        "forbid: {words: [x]}, pages: [legal], not-pages: [legal]",
        "not-pages: `legal` stands in `pages` too",
    ),
    (
        "forbid: {words: [x]}, from: 2026-13-01",
        "2026-13-01: `from` is `2026-13-01`, which is no day",
    ),
    (
        "forbid: {words: [x]}, from: 2026-02-01, until: 2026-01-01",
        "from: `from` (2026-02-01) is after `until`",
    ),
    (
        "forbid: {words: [x]}, sources: [act]",
        "act: There is no source `act`",
    ),
    (
        "forbid: {words: [x]}, severity-for: [{severity: off}]",
        "{severity: off}: This row applies everywhere",
    ),
    (
        "forbid: {words: [x]}, severity-for: [{pages: [legal]}]",
        "The key `severity` is missing from a row of severity-for",
    ),
    (
        "forbid: {words: [x]}, instead-for: [{instead: [y]}]",
        "The key `products` is missing from a row of `instead-for`",
    ),
    (
        "forbid: {words: [x]}, instead-for: [{products: [tea], instead: [y]}]",
        "tea: `tea` is no product",
    ),
    (
        "forbid: {words: [x]}, beside: {words: [y], within: clauses}",
        "clauses: `clauses` is no reach",
    ),
    (
        "forbid: {words: [x]}, beside: {within: section}",
        "beside: `beside` names no words",
    ),
    (
        "forbid: {words: [x]}, beside: {words: [y]}",
        "The key `within` is missing from beside",
    ),
    (
        "forbid: {words: [x]}, beside: {words: [y], within: section, at-least: 1.5}",
        "1.5: `at-least` is 1.5; a whole number is expected",
    ),
    ("claim: []", "[]: `claim` has no frames"),
    ("claim: {order: any}", "The key `roles` is missing from a frame"),
    ("claim: {roles: {}}", "roles: This frame has no roles"),
    (
        "claim: {roles: {e: {words: [x]}}, order: fixed}",
        "fixed: `fixed` is no order",
    ),
    (
        "claim: {roles: {e: {words: [x]}}, within: section}",
        "section: `section` is no reach of a frame",
    ),
    ("claim: {roles: {e: {}}}", "{}: `e` names no words"),
    ("claim: {roles: {e: []}}", "[]: `e` names no words"),
    ("claim: {roles: {e: nope}}", "nope: There is no lexicon `nope`"),
    (
        "claim: {roles: {E x: {words: [x]}}}",
        "E x: The role `E x` is not lower case with hyphens",
    ),
    (
        "qualify: {when: {roles: {e: {words: [x]}}}, within: section}",
        "The key `needs` is missing from qualify",
    ),
    (
        "qualify: {when: {roles: {e: {words: [x]}}}, needs: {roles: {e: {words: [x]}}}}",
        "The key `within` is missing from qualify",
    ),
    (
        "require: {when: {roles: {e: {words: [x]}}}}",
        "This `require` asks for no statement",
    ),
    (
        "require: {when: {roles: {e: {words: [x]}}}, exact: [X.], place: top}",
        "top: `top` is no place",
    ),
    (
        "require: {when: {roles: {e: {words: [x]}}}, exact: [X.]}, guards: [quoted]",
        "quoted: The guard `quoted` can never apply: a `require`",
    ),
    ("number: {over: 1}", "The key `amount` is missing from number"),
    (
        "number: {amount: {kg: heavy}}",
        "heavy: `kg` is text; a number is expected",
    ),
    (
        "number: {amount: {kg: 0}}",
        "0: The factor of `kg` is not above 0",
    ),
    (
        "number: {amount: {'k!': 1}}",
        "'k!': `!` has no meaning in a phrase",
    ),
    ("number: {amount: {}}", "amount: `amount` has no units"),
    (
        "number: {amount: {kg: 1}, rate: 2}",
        "rate: `rate` can never apply: there is no `period`",
    ),
];

#[test]
fn every_mistake_in_a_rule_is_told_at_its_place() {
    assert_eq!(mistakes(&rule_with("forbid: {words: [x]}")), [""; 0]);
    for (more, expected) in IN_RULES {
        let found = mistakes(&rule_with(more));
        assert_eq!(found.len(), 1, "{more}: {found:#?}");
        assert!(
            found[0].starts_with("5: ") && found[0].contains(expected),
            "{more}: {found:#?}"
        );
    }
}

/// Whole packs without their head: what is told, in order.
const IN_PACKS: &[(&str, &[&str])] = &[
    (
        "rules:\n- {id: a}",
        &[
            "5: {id: a}: The key `category` is missing from a rule",
            "5: {id: a}: The key `severity` is missing",
            "5: {id: a}: The key `message` is missing",
            "5: {id: a}: The key `help` is missing",
            "5: {id: a}: This rule has no check",
            "5: {id: a}: This rule has no examples",
        ],
    ),
    (
        "rules:\n- id: A b\n  category: register\n  severity: fatal\n  message: [x]\n  help: '{x}'\n  forbid: {words: [x]}\n  examples: {flag: [], pass: [{text: y, page: recipee}]}",
        &[
            "5: A b: The id `A b` is not lower case",
            "6: register: `register` is no category",
            "7: fatal: `fatal` is no severity (There are `error`, `warning`, `advice`, `off`.)",
            "8: [x]: `message` is a list; text is expected",
            "11: flag: The rule has no example that it must speak to",
            "11: recipee: `recipee` is no page (Did you mean `recipe`",
        ],
    ),
    (
        "lexicons:\n  a:\n    verbs: []\n  b: {include: [c]}\n  c: {include: [b], nouns: [x]}\n  d: {nouns: ['']}",
        &[
            "5: a: The lexicon `a` has no entries",
            "8: b: The lexicon `b` includes itself by way of this",
            "9: '': `nouns` is blank",
        ],
    ),
    (
        "lexicons:\n  a: {verbs: [{base: x, form: [y]}], include: [aa], words-from: '../x.txt'}\n",
        &[
            "5: form: The key `form` is not one of a verb (Did you mean `forms`?",
            "5: aa: There is no lexicon `aa` (Did you mean `a`?",
            "5: '../x.txt': The word file `../x.txt` is not inside the pack's folder",
        ],
    ),
    (
        "lexicons:\n  a: {words-from: /etc/passwd}\n  b: {words-from: [gone.txt]}\n",
        &[
            "5: /etc/passwd: The word file `/etc/passwd` is not inside",
            "6: gone.txt: There is no word file",
        ],
    ),
    (
        "verison: 1\nlexicons:\n  a: {verb: [x]}\nrules:\n- {id: a, severty: error, category: terms, message: M, help: H, forbid: {lexicons: [a]}, examples: {flag: [x], pass: [y]}}",
        &[
            "4: verison: The key `verison` is not one of a pack (Did you mean `version`?)",
            "6: verb: The key `verb` is not one of the lexicon `a`",
            "8: severty: The key `severty` is not one of a rule",
        ],
    ),
    (
        "off: [x/y]",
        &["4: x/y: No extended pack has the rule `x/y` (This pack extends none"],
    ),
    (
        "extends: [nope]\noff: [x/y]\nsources: {a: {title: T, url: x, verified: yes}, b: {}}",
        &[
            "4: nope: There is no pack `nope`",
            "6: x: `url` is `x`, which is no address",
            "6: yes: `verified` is `yes`, which is no day",
            "6: {}: The key `title` is missing from the source `b`",
            "6: {}: The key `verified` is missing",
        ],
    ),
    (
        "langauge: {}\nversion: [1]\nlexicons: 3",
        &[
            "4: langauge: The key `langauge` is not one of a pack (Did you mean `language`?",
            "5: [1]: `version` is a list",
            "6: 3: `lexicons` is a number; a mapping is expected",
        ],
    ),
    (
        "language:\n  guards:\n    hedge: {}\n    hedged: {cue: [x]}\n    question: {reach: 8}\n  numbers: {two: zwei}\n  pages: {legal: {at-least: 2}}\n  products: {food: {weak: {words: [x]}}, device: {at-least: 2}}\n  clause: []",
        &[
            "6: hedge: `hedge` is no guard (Did you mean `hedged`?",
            "7: cue: The key `cue` is not one of the guard `hedged`",
            "8: reach: The key `reach` is not one of the guard `question`",
            "9: zwei: `two` is text; a number is expected",
            "10: {legal: {at-least: 2}}: `pages` is a mapping; a list is expected",
            "11: {weak: {words: [x]}}: The key `at-least` is missing from the product `food`",
            "11: device: the product `device` has no cues that speak for it",
            "12: clause: The key `clause` is not one of `language`",
        ],
    ),
    (
        "language:\n  pages:\n    - {page: blog, when: []}\n    - {page: legal}\n    - {page: legal, when: [{of: file}, {of: headings}]}\n    - {page: legal, when: [{of: running-words, words: [x]}, {of: titled, words: [x], from: 3, up-to: 2}]}\n    - {page: legal, blurbs: maybe, when: [{of: titled, words: [x]}]}",
        &[
            "6: blog: `blog` is no page",
            "7: {page: legal}: The key `when` is missing from a row of pages",
            "8: {of: file}: This condition and its words do not fit",
            "8: headings: `headings` is no measure",
            "9: {of: running-words, words: [x]}: This condition and its words do not fit",
            "9: {of: titled, words: [x], from: 3, up-to: 2}: Nothing is so much and so little",
            "10: maybe: `maybe` is no answer",
        ],
    ),
    (
        "title: U\nrules: [\n",
        &["4: title: The key `title` stands twice", "5: [: This is not YAML"],
    ),
];

#[test]
fn mistakes_in_packs_are_all_told() {
    for (body, expected) in IN_PACKS {
        let found = mistakes(&format!("{HEAD}{body}\n"));
        let same =
            found.len() == expected.len() && found.iter().zip(*expected).all(|(a, b)| a.starts_with(b));
        assert!(same, "{body}\n{found:#?}\n{expected:#?}");
    }
}

#[test]
fn rules_of_a_pack_are_seen_together() {
    let rule =
        |id: &str, more: &str| format!("- {{{}, {more}}}\n", RULE.replace("id: a", &format!("id: {id}")));
    let text = format!(
        "{HEAD}lexicons:\n  used: {{label: l, nouns: [x]}}\n  idle: {{nouns: [y]}}\nrules:\n{}{}{}",
        rule("a", "claim: {roles: {effect: [used]}}"),
        rule("a", "forbid: {words: [x]}"),
        rule("b", "claim: {roles: {effect: used}}").replace("M.", "'A {effect} and {efect}.'"),
    );
    let found = mistakes(&text);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(
        found[0].starts_with("6: idle: No rule uses the lexicon `idle`"),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with("9: a: The rule id `a` stands twice"),
        "{found:#?}"
    );
    assert!(
        found[2]
            .starts_with("10: {efect}: The message names `efect`, which is no role (Did you mean `effect`?")
    );
}
