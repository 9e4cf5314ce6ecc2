//! Owns how texts are known that caveat itself writes or reads: its reports and its policies.

/// What caveat's own reports and policies begin with and hold soon after. A walk that read them would find what they speak
/// of.
const OWN_TEXTS: &[(&str, &str)] = &[
    ("## caveat\n", ""),
    ("<!DOCTYPE html>", "<meta name=\"generator\" content=\"caveat"),
    ("{", "\"name\": \"caveat\""),
    ("{\"version\":1,\"tool\":{\"name\":\"caveat\"", ""),
    ("{\"rule\":\"", "\"excerpt\":"),
    ("{\"arguments\":{", "\"as_of\":"),
    ("[", "\"check_name\": \""),
    ("<?xml", "<testsuites name=\"caveat\""),
    ("<?xml", "<checkstyle "),
    ("| where | rule | covers |", ""),
    ("page,line,copy,claim,state,", ""),
    ("pack: ", "\nmarket: "),
];
/// Bytes that tell such a text.
const HEAD: usize = 1024;

/// Whether a text is a report or a policy of caveat itself.
pub fn is_own(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let is = |(start, within): &(&str, &str)| head.starts_with(start) && head.contains(within);
    OWN_TEXTS.iter().any(is) || is_told(head.lines().next().unwrap_or_default())
}

/// What a finding begins with in the reports for people, and in commands to GitHub.
const TOLD: &[&str] = &["error", "warning", "advice", "silenced", "let pass"];
const COMMANDS: &[&str] = &["::error ", "::warning ", "::notice "];

/// Whether a line is the first of a finding, as the formats `pretty`, `short` and `github` write it: each names the rule.
fn is_told(line: &str) -> bool {
    let is_rule = |name: &str| {
        let part = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        name.split_once('/')
            .is_some_and(|(pack, id)| part(pack) && part(id))
    };
    let pretty = TOLD.iter().any(|word| {
        let rest = line.strip_prefix(word).and_then(|rest| rest.strip_prefix('['));
        let rule = rest.and_then(|rest| rest.split_once("]:"));
        rule.is_some_and(|(rule, _)| is_rule(rule))
    });
    let github = || {
        let rest = COMMANDS.iter().find_map(|command| line.strip_prefix(command));
        let title = rest.and_then(|rest| rest.split_once("title="));
        let rule = title.and_then(|(_, title)| title.split_once("::"));
        rule.is_some_and(|(rule, _)| is_rule(rule))
    };
    let short = || {
        // A finding in a draft names its place after the rule.
        let line = line.split_once("] (").map_or(line, |(line, _)| line);
        let rule = line.trim_end_matches(']').rsplit_once('[');
        rule.is_some_and(|(told, rule)| is_rule(rule) && is_placed(told))
    };
    pretty || github() || short()
}

/// Whether a line begins with a place and how bad what stands there is: "tea.md:3:9: error: ".
fn is_placed(line: &str) -> bool {
    TOLD.iter().any(|word| {
        let place = line.split_once(&format!(": {word}")).map(|(place, _)| place);
        let mut parts = place.into_iter().flat_map(|place| place.rsplitn(3, ':'));
        let mut number = || parts.next().is_some_and(|part| part.parse::<u32>().is_ok());
        number() && number() && parts.next().is_some_and(|name| !name.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_speaks_of_caveat_is_copy() {
        for (text, own) in [
            ("## caveat\n\nNothing found.\n", true),
            ("## caveat emptor\n\nOur shop.\n", false),
            ("pack: house\nmarket: none\n", true),
            ("pack: 60 capsules\nprice: 20\n", false),
            ("[Our tea](tea.md) has a \"check_name\": none", false),
            ("a b.md:3:9: error: The copy says so. [us-ftc/guarantee]\n", true),
            (
                "a.docx:3:9: warning: The copy says so. [us-ftc/guarantee] (footnote 1)\n",
                true,
            ),
            (
                "a.md:3:9: let pass by Ann (a.md:1): The copy says so. [us-ftc/guarantee]\n",
                true,
            ),
            ("Read this: warning: it is hot [tea/pot]\n", false),
            (
                "error[us-ftc/guarantee]: The copy says so.\n   ,-[a.md:1:1]\n",
                true,
            ),
            ("error[E0308]: mismatched types\n", false),
            (
                "::error file=a.md,line=1,endLine=1,col=1,endColumn=4,title=us-ftc/guarantee::The copy\n",
                true,
            ),
            ("::notice title=us-ftc/guarantee::The copy\n", true),
            ("::notice file=a.md::The tea\n", false),
        ] {
            assert_eq!(is_own(text), own, "{text}");
        }
    }
}
