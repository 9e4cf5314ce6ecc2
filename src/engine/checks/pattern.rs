//! Owns patterns: regular expressions over sentences. One is compiled when copy first has what each of its matches has.

use super::Candidate;
use crate::engine::compile::{Kind, Rule, Ruleset};
use crate::engine::frame::MOST;
use crate::engine::scan::{Hit, Scan, Sentence};
use crate::policy::PATTERN_SIZE;
use crate::text::{Folded, Span};
use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};
use std::sync::OnceLock;

/// A pattern of a rule.
#[derive(Debug)]
pub(in crate::engine) struct Pattern {
    text: String,
    /// A byte that every match has, if there is such a one.
    needs: Option<u8>,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(in crate::engine) fn new(text: &str) -> Self {
        let hir = regex_syntax::parse(text).ok();
        Self {
            text: text.to_owned(),
            needs: hir.and_then(|hir| needed(&hir)),
            regex: OnceLock::new(),
        }
    }

    fn may_match(&self, text: &str) -> bool {
        self.needs
            .is_none_or(|byte| memchr::memchr(byte, text.as_bytes()).is_some())
    }

    /// The loader has shown that it compiles.
    fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let mut builder = regex::RegexBuilder::new(&self.text);
            builder.size_limit(PATTERN_SIZE).build().ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }
}

/// A byte that every match has: a mark before a letter, which most copy has.
fn needed(hir: &Hir) -> Option<u8> {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.first().copied(),
        HirKind::Capture(group) => needed(&group.sub),
        HirKind::Repetition(many) if many.min > 0 => needed(&many.sub),
        HirKind::Concat(parts) => {
            let all = parts.iter().filter_map(needed);
            all.min_by_key(|byte| byte.is_ascii_alphanumeric() || *byte == b' ')
        }
        _ => None,
    }
}

/// Candidates of patterns of rules that are `meant`.
pub(in crate::engine) fn patterns<'r>(
    rules: &'r Ruleset,
    scan: &Scan<'_>,
    meant: impl Fn(&Rule) -> bool,
) -> Vec<Candidate<'r>> {
    let mut out = Vec::new();
    for number in &rules.with_patterns {
        let rule = &rules.rules[*number as usize];
        let Kind::Claim { patterns, unless } = &rule.check else {
            continue;
        };
        if !meant(rule) {
            continue;
        }
        let whole = scan.folded.text();
        let patterns = patterns.iter().filter(|pattern| pattern.may_match(whole));
        let patterns: Vec<&Regex> = patterns.filter_map(Pattern::regex).collect();
        if patterns.is_empty() {
            continue;
        }
        for (at, sentence) in scan.sentences.iter().enumerate() {
            let excused = |hit: &Hit| !hit.masked() && unless.has(hit.lexicon());
            let text = scan.text_of(sentence);
            let found = patterns
                .iter()
                .flat_map(|pattern| pattern.find_iter(text).take(MOST));
            let tokens = found.filter_map(|found| tokens(scan, sentence, Span::of(found.range())));
            let mut tokens = tokens.peekable();
            if tokens.peek().is_none() || scan.hits_of(sentence).iter().any(excused) {
                continue;
            }
            out.extend(tokens.map(|(first, last)| Candidate {
                rule: *number,
                sentence: at as u32,
                first,
                last,
                labels: Vec::new(),
                masked: false,
                near: None,
                about: None,
            }));
        }
    }
    out
}

/// The first and last word that a span of the sentence's text touches.
fn tokens(scan: &Scan<'_>, sentence: &Sentence, span: Span<Folded>) -> Option<(u32, u32)> {
    let (start, end) = (span.start + sentence.span.start, span.end + sentence.span.start);
    let all = &scan.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
    let from = all.partition_point(|token| token.end() <= start) as u32;
    let to = all.partition_point(|token| token.start < end) as u32;
    (from < to).then(|| (sentence.tokens.start + from, sentence.tokens.start + to - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_match_has_is_looked_for_first() {
        for (pattern, needs) in [
            ("#(tea|mint)", Some(b'#')),
            ("(?:a{2})b?#", Some(b'#')),
            ("cures? all", Some(b'c')),
            ("tea|mint", None),
            ("[#@]tea", Some(b't')),
            ("(#tea)?", None),
            ("(?i)tea#", Some(b'#')),
            ("é", Some(0xc3)),
        ] {
            assert_eq!(Pattern::new(pattern).needs, needs, "{pattern}");
        }
        let pattern = Pattern::new("#tea");
        assert!(pattern.may_match("a #") && !pattern.may_match("tea"));
        assert!(pattern.regex().is_some_and(|regex| regex.is_match("#tea")));
    }
}
