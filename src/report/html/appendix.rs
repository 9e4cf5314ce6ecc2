//! Owns what follows the pages of the report: the exceptions, the rules with their sources, and what was not checked.

use super::Item;
use super::copy::visible;
use super::page::linked;
use crate::finding::{Citation, RuleInfo, Standing};
use crate::report::{Run, plain, unread_in_words, words};
use maud::{Markup, html};
use std::collections::BTreeMap;

pub(super) fn markup(run: &Run, items: &[Item<'_>]) -> Markup {
    let mut rules: BTreeMap<&str, (&RuleInfo, usize)> = BTreeMap::new();
    for verdict in items.iter().flat_map(|item| &item.finding.verdicts) {
        rules.entry(&verdict.rule.name).or_insert((&verdict.rule, 0)).1 += 1;
    }
    html! {
        @if !run.exceptions.is_empty() { (exceptions(&run.exceptions)) }
        @if !rules.is_empty() {
            section class="block" aria-labelledby="rules" {
                h2 id="rules" { "Rules and sources" }
                @for (rule, count) in rules.values() { (told(rule, *count)) }
            }
        }
        @if !run.unchecked.is_empty() {
            section class="block" aria-labelledby="unchecked" {
                h2 id="unchecked" { "Not checked" }
                ul { @for file in &run.unchecked { li { (plain(&file.path)) ": " (plain(&file.because)) } } }
            }
        }
        @if !(run.unread.is_empty() && run.passed_over.is_empty()) {
            section class="block" aria-labelledby="unread" {
                h2 id="unread" { "Not read" }
                @for line in unread_in_words(&run.unread) { p { (plain(&words::sentence(&line))) "." } }
                ul { @for left in &run.passed_over { li { (plain(&left.path)) ": " (plain(&left.because)) } } }
            }
        }
    }
}

fn exceptions(standing: &[Standing]) -> Markup {
    html! {
        section class="block" aria-labelledby="exceptions" {
            h2 id="exceptions" { "Exceptions" }
            div class="wide" role="region" aria-labelledby="exceptions" tabindex="0" {
                table {
                    thead { tr {
                        @for head in ["rule", "covers", "reason", "by", "until", "ticket", "written in", "used"] {
                            th scope="col" { (head) }
                        }
                    } }
                    tbody {
                        @for Standing { exception, used } in standing {
                            @let at = exception.file.position(exception.span.start);
                            tr {
                                td {
                                    @if exception.rule.is_empty() { "any claim" } @else { code { (exception.rule) } }
                                }
                                td { (plain(&exception.covers)) }
                                td { (visible(&exception.reason)) }
                                @for value in [&exception.by, &exception.until, &exception.ticket] {
                                    td { @if let Some(value) = value { (plain(value)) } }
                                }
                                td { (exception.kind) ", " (plain(exception.file.name())) ":" (at.line) }
                                td class="count" { (used) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn told(rule: &RuleInfo, count: usize) -> Markup {
    html! {
        div class="rule" {
            h3 id={ "rule-" (rule.name) } { code { (rule.name) } }
            p { (visible(&rule.message)) " " (visible(&rule.help)) }
            p class="quiet" {
                "market " (rule.market) " · " (rule.category) " · "
                @if count == 1 { "1 finding" } @else { (count) " findings" }
            }
            @if !rule.sources.is_empty() {
                ul { @for source in &rule.sources { li { (cited(source)) } } }
            }
        }
    }
}

fn cited(source: &Citation) -> Markup {
    html! {
        (linked(source))
        span class="quiet" {
            @match &source.verified {
                Some(day) => { ", compared with the rule on " (day) },
                None => ", not yet compared with the rule",
            }
        }
    }
}
