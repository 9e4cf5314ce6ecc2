//! Owns the names that a rule answers to: the one it has, and those it had.

use super::RuleInfo;

/// What a name is to some rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// A rule has it.
    Now,
    /// Rules had it; the names that they have now, in their order. It stands for each of them.
    Was(Vec<String>),
    /// No rule has it or had it.
    Nothing,
}

impl RuleInfo {
    /// Whether it has this name or had it.
    pub fn answers_to(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// The name it has, and then those it had.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.was.iter().map(String::as_str))
    }
}

/// What `name` is to rules, of each of which the name it has and those it had are given.
pub fn called<'r, N: AsRef<str>>(rules: impl Iterator<Item = (N, &'r [String])>, name: &str) -> Called {
    let mut now = Vec::new();
    for (known, was) in rules {
        if known.as_ref() == name {
            return Called::Now;
        }
        if was.iter().any(|was| was == name) {
            now.push(known.as_ref().to_owned());
        }
    }
    if now.is_empty() {
        Called::Nothing
    } else {
        Called::Was(now)
    }
}

/// "`us/old` is now `us/new` and `us/newer`".
pub fn renamed(was: &str, now: &[String]) -> String {
    let now: Vec<String> = now.iter().map(|name| format!("`{name}`")).collect();
    let now = match now.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => now.concat(),
    };
    format!("`{was}` is now {now}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Category, testing};

    fn rules() -> [RuleInfo; 3] {
        let rule = |name, was: &[&str]| RuleInfo {
            was: was.iter().map(|name| (*name).to_owned()).collect(),
            ..testing::rule(name, Category::Disease)
        };
        [
            rule("us/a", &["old/x"]),
            rule("us/b", &["old/x", "old/y"]),
            rule("us/c", &[]),
        ]
    }

    fn ask(name: &str) -> Called {
        let rules = rules();
        called(rules.iter().map(|rule| (&rule.name, rule.was.as_slice())), name)
    }

    #[test]
    fn a_rule_answers_to_what_it_is_called_and_was() {
        let answering = |name: &str| -> Vec<String> {
            let rules = rules().into_iter().filter(|rule| rule.answers_to(name));
            rules.map(|rule| rule.name).collect()
        };
        assert_eq!(answering("us/c"), ["us/c"]);
        assert_eq!(answering("old/x"), ["us/a", "us/b"]);
        assert_eq!(answering("old/y"), ["us/b"]);
        assert!(answering("old/z").is_empty());
        assert!(answering("old").is_empty());
    }

    #[test]
    fn a_name_is_one_of_today_or_of_before_or_none() {
        assert_eq!(ask("us/b"), Called::Now);
        assert_eq!(ask("old/x"), Called::Was(vec!["us/a".into(), "us/b".into()]));
        assert_eq!(ask("old/z"), Called::Nothing);
    }

    #[test]
    fn advice_names_what_it_is_called_now() {
        let told = |now: &[&str]| {
            let now: Vec<String> = now.iter().map(|name| (*name).to_owned()).collect();
            renamed("old/x", &now)
        };
        assert_eq!(told(&["us/a"]), "`old/x` is now `us/a`");
        assert_eq!(
            told(&["us/a", "us/b", "us/c"]),
            "`old/x` is now `us/a`, `us/b` and `us/c`"
        );
    }
}
