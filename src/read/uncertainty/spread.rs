//! Spreads: which numbers each shape needs, and what is wrong with those that are given.

use super::Judge;
use super::place::Step;
use super::wire::{Shape, Spread as Written};
use crate::model::Distribution;
use crate::read::intake::clipped;

impl Judge<'_> {
    /// A spread with values of at least `least`; times `scale`.
    pub(super) fn spread(
        &mut self,
        written: &Written,
        least: f64,
        scale: f64,
        path: &[Step],
    ) -> Distribution {
        let shape = match written {
            Written::Number(value) => {
                return Distribution::Fixed(self.within(*value, (least, 1e12), path) * scale);
            }
            Written::Shape(shape) => shape,
        };
        let found = self.shape(shape, least, path).unwrap_or(Distribution::Fixed(least));
        scaled(found, scale)
    }

    fn shape(&mut self, shape: &Shape, least: f64, path: &[Step]) -> Option<Distribution> {
        let word = match &shape.shape {
            Some(word) => word.trim().to_lowercase(),
            None if shape.median.is_some() || shape.sigma.is_some() => "lognormal".to_owned(),
            None if shape.mean.is_some() || shape.sd.is_some() => "gamma".to_owned(),
            None if shape.values.is_some() => "empirical".to_owned(),
            None if shape.value.is_some() => "fixed".to_owned(),
            None => "pert".to_owned(),
        };
        let needs: &[&str] = match word.as_str() {
            "lognormal" => &["median", "sigma"],
            "gamma" | "normal" => &["mean", "sd"],
            "triangular" | "pert" => &["least", "likely", "most"],
            "empirical" => &["values"],
            "fixed" => &["value"],
            _ => {
                let mut path = path.to_vec();
                path.push(Step::Name("shape"));
                self.wrong(
                    "R09",
                    &path,
                    format!("`{}` is no shape", clipped(&word)),
                    "write lognormal, gamma, normal, triangular, pert, empirical or fixed",
                );
                return None;
            }
        };
        let given = [
            ("median", shape.median.is_some()),
            ("sigma", shape.sigma.is_some()),
            ("mean", shape.mean.is_some()),
            ("sd", shape.sd.is_some()),
            ("least", shape.least.is_some()),
            ("likely", shape.likely.is_some()),
            ("most", shape.most.is_some()),
            ("values", shape.values.is_some()),
            ("value", shape.value.is_some()),
        ];
        let mut sound = true;
        for (name, is_given) in given {
            let is_needed = needs.contains(&name);
            if is_needed == is_given {
                continue;
            }
            sound = false;
            let mut at = path.to_vec();
            if is_given {
                at.push(Step::Name(name));
            }
            let what = if is_needed { "needs" } else { "has no" };
            let message = format!("a {word} spread {what} `{name}`");
            self.wrong("U02", &at, message, format!("give {}", needs.join(", ")));
        }
        if !sound {
            return None;
        }
        let mut number = |value: Option<f64>, name: &'static str, low: f64| {
            let mut at = path.to_vec();
            at.push(Step::Name(name));
            let before = self.issues.len();
            let value = self.within(value.unwrap_or(low), (low, 1e12), &at);
            (self.issues.len() == before).then_some(value)
        };
        // What may be nothing is fixed, not spread.
        let above = least.max(1e-9);
        let found = match word.as_str() {
            "lognormal" => Distribution::LogNormal {
                median: number(shape.median, "median", above)?,
                sigma: number(shape.sigma, "sigma", 0.0)?,
            },
            "gamma" => Distribution::Gamma {
                mean: number(shape.mean, "mean", above)?,
                sd: number(shape.sd, "sd", 0.0)?,
            },
            "normal" => Distribution::Normal {
                mean: number(shape.mean, "mean", least)?,
                sd: number(shape.sd, "sd", 0.0)?,
            },
            "fixed" => Distribution::Fixed(number(shape.value, "value", least)?),
            "empirical" => {
                let mut values = shape.values.clone().unwrap_or_default();
                for (place, value) in values.iter().enumerate() {
                    let at = [path, &[Step::Name("values"), Step::Item(place)]].concat();
                    self.within(*value, (least, 1e12), &at);
                }
                values.sort_by(f64::total_cmp);
                if values.is_empty() {
                    let at = [path, &[Step::Name("values")]].concat();
                    self.wrong("U02", &at, "there is no value in it", "list values as they were");
                }
                Distribution::Empirical(values)
            }
            _ => {
                let low = number(shape.least, "least", least)?;
                let likely = number(shape.likely, "likely", least)?;
                let most = number(shape.most, "most", least)?;
                if low > likely || likely > most {
                    let message = "least, likely and most are not in order";
                    self.wrong("U02", path, message, "let least ≤ likely ≤ most");
                    return None;
                }
                match (word.as_str(), low == most) {
                    (_, true) => Distribution::Fixed(low),
                    ("pert", _) => Distribution::Pert { least: low, likely, most },
                    _ => Distribution::Triangular { least: low, likely, most },
                }
            }
        };
        // Spread by nothing is no spread; quantiles of it would divide by nothing.
        Some(match found {
            Distribution::Gamma { mean, sd } if sd <= mean * 1e-6 => Distribution::Fixed(mean),
            other => other,
        })
    }
}

fn scaled(distribution: Distribution, scale: f64) -> Distribution {
    if scale == 1.0 {
        return distribution;
    }
    match distribution {
        Distribution::Fixed(value) => Distribution::Fixed(value * scale),
        Distribution::Normal { mean, sd } => {
            Distribution::Normal { mean: mean * scale, sd: sd * scale }
        }
        Distribution::LogNormal { median, sigma } => {
            Distribution::LogNormal { median: median * scale, sigma }
        }
        Distribution::Gamma { mean, sd } => {
            Distribution::Gamma { mean: mean * scale, sd: sd * scale }
        }
        Distribution::Triangular { least, likely, most } => Distribution::Triangular {
            least: least * scale,
            likely: likely * scale,
            most: most * scale,
        },
        Distribution::Pert { least, likely, most } => {
            Distribution::Pert { least: least * scale, likely: likely * scale, most: most * scale }
        }
        Distribution::Empirical(values) => {
            Distribution::Empirical(values.into_iter().map(|value| value * scale).collect())
        }
    }
}
