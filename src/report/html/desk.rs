//! Owns the desk of the review page: the form in which a reviewer decides, and the bar that exports decisions and takes
//! them in. Its script lays the form below the finding that is looked at.

use crate::finding::{DecisionKind, ExceptionKind, Finding, fingerprint};
use maud::{Markup, html};

pub(super) const STYLE: &str = include_str!("review.css");
pub(super) const SCRIPT: &str = include_str!("review.js");
/// As that of the report, with the style and the script of the desk.
pub(super) const POLICY: &str = "default-src 'none'; \
    style-src 'sha256-HKMUWqqEfMcrfnWcdtocRoGMaWiUDzY7eURegpEmBXg=' 'sha256-5K+D4UvAs6Y2w9CJZ8ynOO5cfycPTmRN7qQaFcCwX5w='; \
    script-src 'sha256-+acevpOuBisQzOHEU19SdlaHrshvYnxcc3GNF2VMBTc=' 'sha256-9N+50hMLm2E9MO1AxseRX3SOfwpeQYsKQ2T9g2s9xlI='; \
    base-uri 'none'; form-action 'none'";

/// Whether a reviewer decides on a finding: not where caveat speaks of its own work, nor where what lets it pass is
/// written elsewhere.
pub fn is_decidable(finding: &Finding) -> bool {
    let here = |kind| matches!(kind, ExceptionKind::Baseline | ExceptionKind::Decision);
    let silenced = finding.silenced.as_ref();
    let passes = silenced
        .and_then(|silence| silence.exception.as_ref())
        .map(|exception| exception.kind);
    let open = silenced.is_none() || passes.is_some_and(here);
    open && finding.file.is_some() && finding.rule().category.is_of_copy()
}

/// What a decision names a finding by.
pub(super) fn print(finding: &Finding) -> Option<String> {
    is_decidable(finding).then(|| fingerprint(finding))
}

/// Whether a reviewer decided on a finding already.
pub fn is_decided(finding: &Finding) -> bool {
    let passes = finding
        .silenced
        .as_ref()
        .and_then(|silence| silence.exception.as_ref());
    finding.decision().is_some() || passes.is_some_and(|exception| exception.kind == ExceptionKind::Decision)
}

/// The value by which the filter knows a finding before anything is decided here.
pub(super) fn state(finding: &Finding) -> &'static str {
    match finding {
        finding if !is_decidable(finding) => "none",
        finding if is_decided(finding) => "before",
        _ => "undecided",
    }
}

/// A filter by what is decided.
pub(super) fn filter() -> Markup {
    html! {
        label {
            "Decision"
            select name="decision" {
                option value="" { "all" }
                option value="undecided" { "undecided" }
                option value="before" { "decided before" }
                @for kind in DecisionKind::ALL { option value=(kind) { (words(*kind)) } }
            }
        }
    }
}

const fn words(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Change => "change",
        DecisionKind::Accept => "accept",
        DecisionKind::Escalate => "escalate",
        DecisionKind::FalseAlarm => "false alarm",
    }
}

/// The bar and the form, which the script shows.
pub(super) fn markup() -> Markup {
    html! {
        noscript { p { "The copy and its findings can be read here; to decide on them the page's script must run." } }
        section id="desk" class="desk" aria-label="Decisions" hidden {
            div {
                label { "Your name" input id="by" name="by" autocomplete="name" maxlength="200"; }
                p { strong id="done" {} }
                button id="take" type="button" { "Import…" }
                input id="import" type="file" accept=".yaml,.yml" aria-label="Decisions to take in" tabindex="-1";
                button id="export" class="main" type="button" { "Export decisions.yaml" }
                p id="said" class="quiet" role="status" aria-live="polite" {}
                p class="keys quiet" {
                    kbd { "n" } " next, " kbd { "p" } " previous; on a finding " kbd { "c" } " change, " kbd { "a" }
                    " accept, " kbd { "e" } " escalate, " kbd { "f" } " false alarm; " kbd { "Ctrl Enter" } " keep, "
                    kbd { "Esc" } " leave"
                }
            }
            (form())
        }
    }
}

fn form() -> Markup {
    html! {
        form id="decide" autocomplete="off" novalidate hidden {
            fieldset {
                legend { "Decision" }
                @for (value, told) in [
                    ("change", "Change the copy"), ("accept", "Accept for a time"),
                    ("escalate", "Escalate"), ("false-alarm", "False alarm"),
                ] {
                    label { input type="radio" name="decision" value=(value); (told) }
                }
            }
            label { "New wording" textarea name="wording" rows="2" {} }
            div class="row" { button id="from-copy" type="button" { "Start from the copy" } }
            label { "To whom" input name="to"; }
            label { "Reason" textarea name="reason" rows="2" {} }
            label { "Last day" input name="until" type="date"; }
            label id="alike" { input type="checkbox" name="alike"; span {} }
            p id="missing" role="alert" {}
            div class="row" {
                button name="keep" class="main" type="submit" { "Keep, and go on" }
                button id="undo" type="button" { "Take back" }
                button id="cancel" type="button" { "Leave" }
            }
        }
    }
}
