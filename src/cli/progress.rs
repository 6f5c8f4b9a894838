//! Progress of long steps, as a bar on a terminal and as nothing elsewhere.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::school::{Progress, Step};

/// A bar per step on standard error; hidden where that is no terminal.
#[derive(Debug, Default)]
pub(crate) struct Bars {
    current: Mutex<Option<ProgressBar>>,
}

impl Bars {
    fn replace(&self, bar: Option<ProgressBar>) {
        let mut current = self.current.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(old) = std::mem::replace(&mut *current, bar) {
            old.finish_and_clear();
        }
    }
}

impl Progress for Bars {
    fn begin(&self, step: Step, total: usize) {
        let words = match step {
            Step::Papers => "Бумаги классов",
        };
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        // The template is a constant that indicatif takes; the plain bar is the fallback all the same.
        let style = ProgressStyle::with_template("{msg:16} [{bar:40}] {pos} из {len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("=> ");
        bar.set_style(style);
        bar.set_message(words);
        self.replace(Some(bar));
    }

    fn advance(&self) {
        let current = self.current.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        current.iter().for_each(|bar| bar.inc(1));
    }

    fn end(&self) {
        self.replace(None);
    }
}
