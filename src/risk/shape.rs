//! The shape of a distribution as its quantiles: what comes out where a standard normal value is drawn.

use crate::model::Distribution;
use statrs::distribution::{Beta, ContinuousCDF, Gamma, Normal, Triangular};

/// Normal values up to which quantiles are tabulated.
const REACH: f64 = 5.0;
/// Steps of the table.
const STEPS: usize = 400;

/// A distribution as a function of a standard normal value `z`: the result is below `at(z)` with the
/// probability that a normal value is below `z`. Several quantities then have any shape and still
/// correlate through their normal values.
///
/// ```
/// use shotplan::model::Distribution;
/// use shotplan::risk::Shape;
/// let factor = Shape::new(&Distribution::LogNormal { median: 1.05, sigma: 0.45 });
/// assert_eq!(factor.at(0.0), 1.05);
/// let days = Shape::new(&Distribution::Triangular { least: 2.0, likely: 2.0, most: 10.0 });
/// assert!((days.at(0.0) - (10.0 - 32.0_f64.sqrt())).abs() < 1e-9); // half lies below 4.34 days
/// ```
#[derive(Clone, Debug)]
pub enum Shape {
    /// Always the same.
    Same(f64),
    /// `mean + sd z`.
    Line {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// `median × exp(sigma z)`.
    Exponential {
        /// Median.
        median: f64,
        /// Factor of `z`.
        sigma: f64,
    },
    /// Quantiles at even steps of `z` from −5 to 5, straight lines between.
    Table(Vec<f64>),
}

impl Shape {
    /// The quantiles of a distribution. Parameters that make no distribution give their middle value.
    pub fn new(distribution: &Distribution) -> Shape {
        match *distribution {
            Distribution::Fixed(value) => Shape::Same(value),
            Distribution::Normal { mean, sd } => Shape::Line { mean, sd },
            Distribution::LogNormal { median, sigma } => Shape::Exponential { median, sigma },
            Distribution::Gamma { mean, sd } => {
                let (shape, rate) = ((mean / sd).powi(2), mean / (sd * sd));
                table(Gamma::new(shape, rate).ok(), mean)
            }
            Distribution::Triangular { least, likely, most } => {
                table(Triangular::new(least, most, likely).ok(), likely)
            }
            Distribution::Pert { least, likely, most } => {
                let width = most - least;
                let (a, b) =
                    (1.0 + 4.0 * (likely - least) / width, 1.0 + 4.0 * (most - likely) / width);
                match table(Beta::new(a, b).ok(), f64::NAN) {
                    Shape::Table(quantiles) => {
                        Shape::Table(quantiles.iter().map(|part| least + width * part).collect())
                    }
                    _ => Shape::Same(likely),
                }
            }
            Distribution::Empirical(ref values) => match values.as_slice() {
                [] => Shape::Same(1.0),
                [only] => Shape::Same(*only),
                values => tabulated(|share| {
                    let place = share * values.len() as f64 - 0.5;
                    let place = place.clamp(0.0, values.len() as f64 - 1.0);
                    let (low, part) = (place.floor() as usize, place.fract());
                    let high = (low + 1).min(values.len() - 1);
                    values[low] + part * (values[high] - values[low])
                }),
            },
        }
    }

    /// The value at a normal value.
    #[inline]
    pub fn at(&self, z: f64) -> f64 {
        match self {
            Shape::Same(value) => *value,
            Shape::Line { mean, sd } => mean + sd * z,
            Shape::Exponential { median, sigma } => median * (sigma * z).exp(),
            Shape::Table(quantiles) => {
                let place = (z.clamp(-REACH, REACH) + REACH) * (STEPS as f64 / (2.0 * REACH));
                let low = (place as usize).min(STEPS - 1);
                let part = place - low as f64;
                quantiles[low] + part * (quantiles[low + 1] - quantiles[low])
            }
        }
    }

    /// Whether there is only one value.
    pub fn is_fixed(&self) -> bool {
        match self {
            Shape::Same(_) => true,
            Shape::Line { sd, .. } => *sd == 0.0,
            Shape::Exponential { sigma, .. } => *sigma == 0.0,
            Shape::Table(quantiles) => quantiles.first() == quantiles.last(),
        }
    }

    /// About how far one step of `z` moves the value near its middle.
    pub fn slope(&self) -> f64 {
        (self.at(0.5) - self.at(-0.5)).abs()
    }
}

fn table(distribution: Option<impl ContinuousCDF<f64, f64>>, otherwise: f64) -> Shape {
    match distribution {
        Some(distribution) => tabulated(|share| distribution.inverse_cdf(share)),
        None => Shape::Same(otherwise),
    }
}

fn tabulated(quantile: impl Fn(f64) -> f64) -> Shape {
    let normal = Normal::standard();
    let z = |step: usize| step as f64 * (2.0 * REACH / STEPS as f64) - REACH;
    Shape::Table((0..=STEPS).map(|step| quantile(normal.cdf(z(step)))).collect())
}
