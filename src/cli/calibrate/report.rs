//! What `calibrate` has to say, to editors and as JSON.

use std::fmt;

use serde::Serialize;

use crate::{
    answer::calibration::{Bin, Calibration, Choice, Sample, calibration_error, choices, reliability, threshold_for},
    cli::{Context, calibrate::level_name},
};

/// A bar of the plot is so wide when all were right.
const WIDTH: f32 = 40.0;

/// Fewer labelled questions say little.
const FEW_LABELS: usize = 50;

/// Everything that `calibrate` found.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    level: &'static str,
    #[serde(skip)]
    level_name: &'static str,
    samples: usize,
    has_labels: bool,
    calibration: Calibration,
    error_before: f32,
    error: f32,
    pub(super) bins: Vec<Bin>,
    pub(super) choices: Vec<Choice>,
    target_precision: Option<f32>,
    /// What answering at the lowest threshold with that precision would lead to.
    target: Option<Choice>,
}

impl Report {
    pub(super) fn new(
        samples: &[Sample],
        corrected: &[Sample],
        calibration: Calibration,
        context: &Context,
        has_labels: bool,
    ) -> Self {
        let bins = reliability(corrected);
        let target = Some(context.settings.answers.target_precision as f32).filter(|target| *target > 0.0);
        Self {
            level: context.level.as_str(),
            level_name: level_name(context.level),
            samples: samples.len(),
            has_labels,
            calibration,
            error_before: calibration_error(&reliability(samples)),
            error: calibration_error(&bins),
            bins,
            choices: choices(corrected),
            target_precision: target,
            target: target.and_then(|target| threshold_for(corrected, target)),
        }
    }

    fn basis(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Questions are compared by {}.", self.level_name)?;
        if self.has_labels {
            writeln!(
                f,
                "From {} labelled questions. Mean distance of confidence and truth: {:.3} before, {:.3} after.",
                self.samples, self.error_before, self.error
            )?;
            let Calibration { below, above, offset } = self.calibration;
            writeln!(f, "Kept: log odds × {below:.2} below one half and × {above:.2} above it, {offset:+.2}.")?;
            if self.samples < FEW_LABELS {
                writeln!(f, "{} questions are few: with 100 the figures become reliable.", self.samples)?;
            }
            return Ok(());
        }
        if self.samples == 0 {
            return writeln!(
                f,
                "No article has questions beside its title, so nothing can be asked. Label some questions: --labels FILE."
            );
        }
        writeln!(
            f,
            "From the articles' own questions, {} in all, each hidden from its article and asked once with the article and\n\
             once without it. Mean distance of confidence and truth: {:.3}.\n\n\
             What this cannot know: how many of your visitors' questions no article answers (here it is taken that 4 in 10\n\
             do), and how far their words are from the articles'. Only labelled questions tell: `calibrate --labels FILE`.",
            self.samples / 2,
            self.error
        )
    }

    fn plot(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n confidence  questions  right   (# right, | what the confidence says)")?;
        let all: f32 = self.bins.iter().map(|bin| bin.weight).sum();
        for bin in &self.bins {
            write!(f, "{:>5.1}–{:.1}  ", bin.from, bin.from + 0.1)?;
            if bin.weight <= 0.0 {
                writeln!(f, "         –      –")?;
                continue;
            }
            let share = bin.weight / all.max(f32::MIN_POSITIVE);
            writeln!(f, "{:>8.1} %  {:>3.0} %   {}", share * 100.0, bin.right * 100.0, bar(bin))?;
        }
        Ok(())
    }

    fn table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n answer_at  answered  of these right")?;
        for choice in self.choices.iter().filter(|choice| choice.answered > 0.0) {
            writeln!(
                f,
                "{:>10.2}  {:>6.1} %  {:>12.1} %",
                choice.threshold,
                choice.answered * 100.0,
                choice.precision * 100.0
            )?;
        }
        match (self.target_precision, self.target) {
            (None, _) => write!(f, "\nSet answers.target_precision to have answer_at follow from this table."),
            (Some(target), Some(choice)) => write!(
                f,
                "\nFor a precision of {:.0} %: answer_at {:.2}, which answers {:.0} % of the questions.",
                target * 100.0,
                choice.threshold,
                choice.answered * 100.0
            ),
            (Some(target), None) => {
                write!(
                    f,
                    "\nNo threshold reaches a precision of {:.0} %: with this target nothing is answered.",
                    target * 100.0
                )
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.basis(f)?;
        if self.samples == 0 {
            return Ok(());
        }
        self.plot(f)?;
        self.table(f)
    }
}

fn bar(bin: &Bin) -> String {
    let (right, mark) = ((bin.right * WIDTH) as usize, (bin.confidence * WIDTH) as usize);
    let cell = |place| match (place == mark, place < right) {
        (true, _) => '|',
        (false, true) => '#',
        (false, false) => ' ',
    };
    (0..=WIDTH as usize).map(cell).collect::<String>().trim_end().to_owned()
}
