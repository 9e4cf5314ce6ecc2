//! Owns the only use of a clock.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::time::SystemTime;

/// Today in UTC.
pub(super) fn today() -> Date {
    let seconds = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |time| time.as_secs());
    after_epoch(seconds / 86_400)
}

fn after_epoch(days: u64) -> Date {
    let epoch = date(1970, 1, 1);
    // No calendar goes further than a clock that is wrong.
    let days = i32::try_from(days).unwrap_or(0).min(2_900_000);
    epoch.checked_add(days.days()).unwrap_or(epoch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days() {
        assert_eq!(after_epoch(0), date(1970, 1, 1));
        assert_eq!(after_epoch(20_780), date(2026, 11, 23));
        assert_eq!(after_epoch(u64::MAX), date(1970, 1, 1));
    }
}
