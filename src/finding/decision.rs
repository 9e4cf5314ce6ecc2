//! Owns the decision: what a reviewer says is to become of a finding, and what a decision must say to count as one.

use super::kinds::named;
use jiff::civil::Date;

named! {
    /// What is to become of a finding.
    DecisionKind {
        /// The copy is to be changed.
        Change = "change",
        /// The copy may stand until a day.
        Accept = "accept",
        /// Somebody else is to decide.
        Escalate = "escalate",
        /// There is nothing to find.
        FalseAlarm = "false-alarm",
    }
}

/// What a reviewer says of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is to become of it.
    pub kind: DecisionKind,
    /// Who decided.
    pub by: String,
    /// On which day.
    pub day: Date,
    /// Why.
    pub reason: Option<String>,
    /// What to write instead, of a change.
    pub wording: Option<String>,
    /// Who is asked, where others are to decide.
    pub to: Option<String>,
    /// The last day on which the copy may stand.
    pub until: Option<Date>,
}

/// What a decision lacks or has too much of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsound {
    /// The key.
    pub key: &'static str,
    /// What is wrong with it.
    pub message: String,
    /// What would be right.
    pub help: &'static str,
}

impl Decision {
    /// What keeps it from being one, if anything does.
    pub fn unsound(&self) -> Option<Unsound> {
        use DecisionKind::{Accept, Change, Escalate, FalseAlarm};
        let (reason, kind) = (self.reason.is_some(), self.kind);
        let missing = match kind {
            Change if self.wording.is_none() && !reason => Some((
                "wording",
                "say what to write instead, or under `reason` what is to change",
            )),
            Accept if !reason => Some(("reason", "say why the copy may stand")),
            Accept if self.until.is_none() => {
                Some(("until", "write the last day on which the copy may stand"))
            }
            Escalate if self.to.is_none() => Some(("to", "say who is to decide")),
            FalseAlarm if !reason => Some(("reason", "say why there is nothing to find")),
            _ => None,
        };
        if let Some((key, help)) = missing {
            let message = format!("`{key}` is missing here");
            return Some(Unsound { key, message, help });
        }
        let beside = [
            ("wording", self.wording.is_some(), kind == Change),
            ("to", self.to.is_some(), kind == Escalate),
            ("until", self.until.is_some(), kind == Accept),
        ];
        let beside = beside.into_iter().find(|(_, said, fits)| *said && !fits);
        if let Some((key, ..)) = beside {
            let message = format!("`{key}` says nothing of the decision `{kind}`");
            let help = "take it out, or decide otherwise";
            return Some(Unsound { key, message, help });
        }
        let over = self.until.is_some_and(|until| until < self.day);
        over.then(|| Unsound {
            key: "until",
            message: format!(
                "the copy may stand until a day before {}, the day of the decision",
                self.day
            ),
            help: "write the last day on which the copy may stand",
        })
    }

    /// Whether the finding passes with it, as long as it holds.
    pub const fn lets_pass(&self) -> bool {
        matches!(self.kind, DecisionKind::Accept | DecisionKind::FalseAlarm)
    }

    /// Whether it holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }

    /// Whether another says the same, whoever says it and when.
    pub fn agrees(&self, other: &Self) -> bool {
        let said = |one: &Self| Self {
            by: String::new(),
            day: Date::ZERO,
            ..one.clone()
        };
        said(self) == said(other)
    }

    /// What is said, in words for people, by nobody yet: `change to “may help you rest”`.
    pub fn told(&self) -> String {
        let part =
            |before: &str, said: Option<&str>| said.map(|said| format!("{before}{said}")).unwrap_or_default();
        let reason = self.reason.as_deref();
        match self.kind {
            DecisionKind::Change => match &self.wording {
                Some(wording) => format!("change to “{wording}”{}", part("; ", reason)),
                None => format!("change{}", part(": ", reason)),
            },
            DecisionKind::Accept => {
                let until = self.until.map(|until| until.to_string());
                format!(
                    "accepted{}{}",
                    part(" until ", until.as_deref()),
                    part(": ", reason)
                )
            }
            DecisionKind::Escalate => {
                let to = self.to.as_deref();
                format!("for{} to decide{}", part(" ", to), part(": ", reason))
            }
            DecisionKind::FalseAlarm => format!("false alarm{}", part(": ", reason)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(kind: DecisionKind) -> Decision {
        Decision {
            kind,
            by: "Ann Lee".into(),
            day: jiff::civil::date(2026, 11, 30),
            reason: None,
            wording: None,
            to: None,
            until: None,
        }
    }

    #[test]
    fn each_kind_asks_for_its_own() {
        let lacks = |decision: &Decision| decision.unsound().map(|unsound| unsound.key);
        for (kind, key) in [
            (DecisionKind::Change, "wording"),
            (DecisionKind::Accept, "reason"),
            (DecisionKind::Escalate, "to"),
            (DecisionKind::FalseAlarm, "reason"),
        ] {
            let mut bare = decision(kind);
            assert_eq!(lacks(&bare), Some(key), "{kind}");
            bare.reason = Some("why".into());
            let then = match kind {
                DecisionKind::Accept => Some("until"),
                DecisionKind::Escalate => Some("to"),
                _ => None,
            };
            assert_eq!(lacks(&bare), then, "{kind}");
        }
    }

    #[test]
    fn no_kind_takes_what_is_another_s() {
        let mut change = decision(DecisionKind::Change);
        change.wording = Some("may help".into());
        assert_eq!(change.unsound(), None);
        change.until = Some(change.day);
        assert_eq!(change.unsound().map(|unsound| unsound.key), Some("until"));
        let mut accept = decision(DecisionKind::Accept);
        (accept.reason, accept.until) = (Some("agreed".into()), Some(accept.day));
        assert_eq!(accept.unsound(), None);
        accept.until = accept.day.yesterday().ok();
        assert!(
            accept
                .unsound()
                .unwrap()
                .message
                .contains("a day before 2026-11-30")
        );
    }

    #[test]
    fn two_agree_whoever_speaks() {
        let mut one = decision(DecisionKind::Escalate);
        one.to = Some("Legal".into());
        let other = Decision {
            by: "Bo".into(),
            day: Date::MAX,
            ..one.clone()
        };
        assert!(one.agrees(&other) && one != other);
        assert!(!one.agrees(&Decision {
            to: Some("Ann".into()),
            ..one.clone()
        }));
        assert_eq!(one.told(), "for Legal to decide");
    }
}
