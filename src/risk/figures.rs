//! Figures of draws, each with what the number of draws leaves open.

/// Standard errors that hold 95 of 100 normal values.
const NINETY_FIVE: f64 = 1.959_964;

/// A probability and how far off it may be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// Part of the draws.
    pub value: f64,
    /// Half of its 95 % interval.
    pub error: f64,
}

/// The part of `draws` in which something happened.
///
/// The error is that of Agresti and Coull (1998): two successes and two failures are added, so that it is
/// never nothing.
///
/// ```
/// let share = shotplan::risk::share(80, 100);
/// assert_eq!(share.value, 0.8);
/// assert!((share.error - 0.079).abs() < 0.001);
/// assert!(shotplan::risk::share(0, 100).error > 0.0);
/// ```
pub fn share(count: usize, draws: usize) -> Share {
    if draws == 0 {
        return Share { value: 0.0, error: 1.0 };
    }
    let middle = (count as f64 + 2.0) / (draws as f64 + 4.0);
    let error = NINETY_FIVE * (middle * (1.0 - middle) / (draws as f64 + 4.0)).sqrt();
    Share { value: count as f64 / draws as f64, error }
}

/// The least of sorted values that so many of them do not exceed, and half of its 95 % interval: the values
/// a few ranks lower and higher (binomial, whatever the distribution).
///
/// ```
/// let days: Vec<i64> = (1..=100).collect();
/// assert_eq!(shotplan::risk::quantile(&days, 0.8), (80, 7.5));
/// ```
pub fn quantile(sorted: &[i64], level: f64) -> (i64, f64) {
    let Some(last) = sorted.len().checked_sub(1) else { return (0, 0.0) };
    let count = sorted.len() as f64;
    let at = |rank: f64| sorted[((rank - 1e-9).ceil() as usize).saturating_sub(1).min(last)];
    let spread = NINETY_FIVE * (count * level * (1.0 - level)).sqrt();
    let (low, high) = (at((count * level - spread).max(1.0)), at(count * level + spread));
    (at(count * level), (high as f64 - low as f64) / 2.0)
}

/// The spread of a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantiles {
    /// Levels, values and half of their 95 % intervals: P10, P50, P80, P90, and the level asked for.
    pub levels: Vec<(f64, i64, f64)>,
    /// Mean.
    pub mean: f64,
    /// Half of its 95 % interval.
    pub mean_error: f64,
    /// Standard deviation.
    pub sd: f64,
}

impl Quantiles {
    /// Of values in any order; sorts them.
    pub fn of(values: &mut [i64], confidence: f64) -> Quantiles {
        values.sort_unstable();
        let mut levels = vec![0.1, 0.5, 0.8, 0.9];
        if !levels.contains(&confidence) {
            levels.push(confidence);
            levels.sort_by(f64::total_cmp);
        }
        let count = values.len().max(1) as f64;
        let mean = values.iter().map(|&value| value as f64).sum::<f64>() / count;
        let squares = values.iter().map(|&value| (value as f64 - mean).powi(2)).sum::<f64>();
        let sd = (squares / (count - 1.0).max(1.0)).sqrt();
        let levels = levels.into_iter().map(|level| {
            let (value, error) = quantile(values, level);
            (level, value, error)
        });
        Quantiles {
            levels: levels.collect(),
            mean,
            mean_error: NINETY_FIVE * sd / count.sqrt(),
            sd,
        }
    }

    /// The value at a level that was worked out.
    pub fn at(&self, level: f64) -> i64 {
        let known = self.levels.iter().find(|row| (row.0 - level).abs() < 1e-9);
        known.map_or(0, |row| row.1)
    }
}

/// How much of a figure's spread a cause explains.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Driver {
    /// Share of the variance.
    pub share: f64,
    /// Half of its 95 % interval.
    pub error: f64,
    /// How far the figure moves from the cause's P10 to its P90.
    pub swing: f64,
}

/// The part of the variance of `figure` that goes with `cause`, on a straight line.
///
/// Causes are independent of each other, so the squared correlations of all of them add to at most one, and
/// each is the share of variance that would go if the cause were certain (the first-order index of Sobol'
/// for a linear effect). What chance alone would give is taken off.
pub fn driver(cause: &[f64], figure: &[f64]) -> Driver {
    let count = cause.len() as f64;
    if cause.len() < 3 {
        return Driver::default();
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
    let (mx, my) = (mean(cause), mean(figure));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (&x, &y) in cause.iter().zip(figure) {
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
        xy += (x - mx) * (y - my);
    }
    if xx <= 0.0 || yy <= 0.0 {
        return Driver::default();
    }
    let squared = (xy * xy / (xx * yy)).min(1.0);
    let mut sorted = cause.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |level: f64| sorted[((count * level) as usize).min(sorted.len() - 1)];
    Driver {
        share: (squared - (1.0 - squared) / (count - 2.0)).max(0.0),
        error: NINETY_FIVE * 2.0 * squared.sqrt() * (1.0 - squared) / count.sqrt(),
        swing: xy / xx * (at(0.9) - at(0.1)),
    }
}
