//! Owns what a person at a terminal sees of a run that takes long.

use crate::session::{self, Job, Library, Outcome};
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Runs, and on a terminal says how far it is when it takes more than a second.
pub(super) fn run(jobs: &[Job], library: &Library, threads: Option<usize>, quiet: bool) -> Outcome {
    let done = AtomicUsize::new(0);
    if quiet || !std::io::stderr().is_terminal() {
        return session::run(jobs, library, threads, &done);
    }
    let (finished, waiting) = std::sync::mpsc::channel::<()>();
    let done = &done;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut said = false;
            while waiting
                .recv_timeout(Duration::from_secs(1))
                .is_err_and(|error| error == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                said = true;
                let count = done.load(Ordering::Relaxed);
                let _ = write!(
                    std::io::stderr().lock(),
                    "\rchecked {count} of {} files",
                    jobs.len()
                );
            }
            if said {
                let _ = write!(std::io::stderr().lock(), "\r{:40}\r", "");
            }
        });
        let outcome = session::run(jobs, library, threads, done);
        drop(finished);
        outcome
    })
}
