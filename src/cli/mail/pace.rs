//! The time of a real run: the clock, waiting in small steps, a little chance, and Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::delivery::Time;
use crate::cli::clock;

/// How far the time between letters goes up and down.
const SPREAD: f64 = 0.2;

/// How soon Ctrl-C is noticed.
const STEP: Duration = Duration::from_millis(50);

/// Real time, until somebody presses Ctrl-C.
#[derive(Debug, Default)]
pub(super) struct Pace {
    is_over: Arc<AtomicBool>,
}

impl Pace {
    /// Time in which Ctrl-C ends the run after the letter in hand. Where the system takes no handler, it ends the process:
    /// the store stands that as well.
    pub(super) fn begin() -> Self {
        let pace = Self::default();
        let is_over = Arc::clone(&pace.is_over);
        let _ = ctrlc::set_handler(move || is_over.store(true, Ordering::SeqCst));
        pace
    }

    fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::SeqCst)
    }
}

impl Time for Pace {
    fn now(&self) -> Timestamp {
        clock::now()
    }

    fn wait(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        while self.goes_on() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(STEP));
        }
        false
    }

    fn jitter(&self) -> f64 {
        let mut byte = [128; 1];
        // Without a random source letters go at equal steps.
        let _ = getrandom::fill(&mut byte);
        1.0 - SPREAD + 2.0 * SPREAD * f64::from(byte[0]) / 255.0
    }
}
