//! What is not certain about a production: how far work may differ from its bids, and what may happen.

use super::{Cents, Class, DepartmentId, Entity, Production, Seniority};
use jiff::civil::Date;

/// How an uncertain quantity is spread.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Fixed(f64),
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// The logarithm is normal: half of all values lie below `median`.
    LogNormal {
        /// Median.
        median: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Gamma.
    Gamma {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Triangular.
    Triangular {
        /// Least value.
        least: f64,
        /// Likeliest value.
        likely: f64,
        /// Largest value.
        most: f64,
    },
    /// Beta between two ends, with mean (least + 4 likely + most) ÷ 6.
    Pert {
        /// Least value.
        least: f64,
        /// Likeliest value.
        likely: f64,
        /// Largest value.
        most: f64,
    },
    /// As it was: these values, in ascending order, are equally likely, and so is what lies between two.
    Empirical(Vec<f64>),
}

impl Distribution {
    /// Whether there is only one value.
    pub fn is_fixed(&self) -> bool {
        match self {
            Distribution::Fixed(_) => true,
            Distribution::Normal { sd, .. } | Distribution::Gamma { sd, .. } => *sd == 0.0,
            Distribution::LogNormal { sigma, .. } => *sigma == 0.0,
            Distribution::Triangular { least, most, .. }
            | Distribution::Pert { least, most, .. } => least == most,
            Distribution::Empirical(values) => values.first() == values.last(),
        }
    }
}

/// What work takes as a multiple of its bid, for the tasks it fits; of several the nearest counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Only work of this department.
    pub department: Option<DepartmentId>,
    /// Only work on shots and assets of this class.
    pub class: Option<Class>,
    /// Only work of artists of this seniority.
    pub seniority: Option<Seniority>,
    /// Actual ÷ bid.
    pub factor: Distribution,
}

/// Shares of the variance of the logarithm of a factor that tasks have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// Of all tasks of a show.
    pub show: f64,
    /// Of all tasks of a sequence.
    pub sequence: f64,
    /// Of all tasks of a department.
    pub department: f64,
}

/// Work that comes back: after each round it does so again with the same probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Retakes {
    /// Only tasks of this department.
    pub department: Option<DepartmentId>,
    /// Only tasks of this class.
    pub class: Option<Class>,
    /// That a round is followed by one more.
    pub probability: f64,
    /// Work of a round as a share of the bid.
    pub share: f64,
    /// Rounds at most.
    pub most: u32,
}

/// Rounds of client notes beyond those that the bid includes, on the last tasks of a shot or asset.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviews {
    /// Only shots and assets of this class.
    pub class: Option<Class>,
    /// Rounds on average (their number has a Poisson distribution).
    pub rounds: f64,
    /// Working days that a round takes to come back.
    pub days: f64,
    /// Work of a round as a share of the bid.
    pub share: f64,
}

/// Something that comes late with a probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Delay {
    /// That it is late at all.
    pub probability: f64,
    /// By how many working days then.
    pub days: Distribution,
}

/// Scope that is not in the show yet, or will not stay in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scope {
    /// Share of the open shots that get a twin (a split, a pick-up) whose work joins theirs.
    pub growth: f64,
    /// Work of a twin as a share of the shot's.
    pub size: f64,
    /// Share of the shots not yet begun that are cut.
    pub omits: f64,
}

/// People who leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attrition {
    /// Probability a month.
    pub monthly: f64,
    /// Working days until a replacement does the work as fast. They are paid: notice, overlap, a new start.
    pub days: u32,
}

/// A named risk.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskEvent {
    /// Its name.
    pub name: String,
    /// That it happens.
    pub probability: f64,
    /// Working days for which the work it touches stands still.
    pub days: Distribution,
    /// More work on the tasks it touches, as a share of theirs.
    pub work: f64,
    /// What it costs by itself, in minor units of the production's currency.
    pub money: Distribution,
    /// First day on which it may begin.
    pub from: Option<Date>,
    /// Last day on which it may begin.
    pub to: Option<Date>,
    /// Departments it touches; empty = all.
    pub departments: Vec<DepartmentId>,
    /// Shows, sequences, shots and assets it touches; empty = all.
    pub entities: Vec<Entity>,
}

/// What a mitigation changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A named risk: what is `None` stays.
    Event {
        /// Index of the event.
        event: usize,
        /// Its new probability.
        probability: Option<f64>,
        /// Its new length.
        days: Option<Distribution>,
        /// Its new share of more work.
        work: Option<f64>,
        /// Its new cost.
        money: Option<Distribution>,
    },
    /// How work is spread.
    Work {
        /// Departments; empty = all.
        departments: Vec<DepartmentId>,
        /// Multiplies what work takes.
        median: f64,
        /// Multiplies the spread of its logarithm about the median.
        spread: f64,
    },
}

/// Something that can be done about a risk, at a price.
#[derive(Clone, Debug, PartialEq)]
pub struct Mitigation {
    /// Its name.
    pub name: String,
    /// Its price.
    pub cost: Cents,
    /// What it changes.
    pub change: Change,
}

/// All that is not certain.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    /// Actual against bid.
    pub spreads: Vec<Spread>,
    /// What tasks have in common.
    pub correlation: Correlation,
    /// Work that comes back.
    pub retakes: Vec<Retakes>,
    /// Rounds of client notes.
    pub reviews: Vec<Reviews>,
    /// Turnovers to come, sequence by sequence.
    pub turnover: Delay,
    /// Vendors' work, task by task. The probability holds where a vendor has none of its own.
    pub vendors: Delay,
    /// Growth and cuts.
    pub scope: Scope,
    /// Share of their days on which people are away sick. What the productive share of a day counts for it
    /// on average is given back to the other days, so that only the chance of it is added.
    pub sick: f64,
    /// People who leave.
    pub attrition: Attrition,
    /// Named risks.
    pub events: Vec<RiskEvent>,
    /// What can be done about them.
    pub mitigations: Vec<Mitigation>,
    /// What stands in no file and was assumed, in words.
    pub assumed: Vec<String>,
}

impl Uncertainty {
    /// Nothing is uncertain.
    pub fn none() -> Uncertainty {
        let never = || Delay { probability: 0.0, days: Distribution::Fixed(0.0) };
        Uncertainty {
            spreads: Vec::new(),
            correlation: Correlation { show: 0.0, sequence: 0.0, department: 0.0 },
            retakes: Vec::new(),
            reviews: Vec::new(),
            turnover: never(),
            vendors: never(),
            scope: Scope { growth: 0.0, size: 1.0, omits: 0.0 },
            sick: 0.0,
            attrition: Attrition { monthly: 0.0, days: 0 },
            events: Vec::new(),
            mitigations: Vec::new(),
            assumed: Vec::new(),
        }
    }
}

/// Usual spread of the logarithm of actual ÷ bid, by code of the department.
const USUAL_SIGMAS: [(&str, f64); 14] = [
    ("ROTO", 0.30),
    ("PREP", 0.30),
    ("MM", 0.30),
    ("LAY", 0.30),
    ("MOD", 0.40),
    ("TEX", 0.40),
    ("LDV", 0.45),
    ("LGT", 0.45),
    ("CMP", 0.45),
    ("ANI", 0.50),
    ("RIG", 0.55),
    ("CFX", 0.55),
    ("FX", 0.60),
    ("CRD", 0.50),
];
/// Of any other department.
const USUAL_SIGMA: f64 = 0.40;
/// Usual median of actual ÷ bid.
const USUAL_MEDIAN: f64 = 1.05;
/// Usual rounds of client notes beyond those in the bid, by class.
const USUAL_ROUNDS: [(Class, f64); 4] =
    [(Class::A, 0.6), (Class::B, 1.2), (Class::C, 1.8), (Class::D, 2.5)];

impl Uncertainty {
    /// What is usual in the trade where nothing is known of a studio: every value is an assumption, and
    /// [`assumed`](Uncertainty::assumed) says so.
    ///
    /// Growth and cuts are those of a whole show, 15 % and 8 %, in proportion to the time of the show that is
    /// still ahead. Rounds of client notes take time; their work is in actual ÷ bid already.
    pub fn usual(production: &Production) -> Uncertainty {
        let sigma = |code: &str| {
            let known = USUAL_SIGMAS.iter().find(|(own, _)| own.eq_ignore_ascii_case(code));
            known.map_or(USUAL_SIGMA, |(_, sigma)| *sigma)
        };
        let spread = |department: Option<DepartmentId>, sigma: f64| Spread {
            department,
            class: None,
            seniority: None,
            factor: Distribution::LogNormal { median: USUAL_MEDIAN, sigma },
        };
        let own = production.departments.enumerate();
        let spreads = own.map(|(id, row)| spread(Some(id), sigma(&row.code))).collect();
        let ahead = share_ahead(production);
        let reviews = USUAL_ROUNDS.iter().map(|&(class, rounds)| Reviews {
            class: Some(class),
            rounds,
            days: 2.0,
            share: 0.0,
        });
        // Median 3 and P80 10 days: sigma = ln(10 ÷ 3) ÷ 0.8416.
        let slip = Distribution::LogNormal { median: 3.0, sigma: 1.43 };
        let mut usual = Uncertainty {
            spreads,
            correlation: Correlation { show: 0.10, sequence: 0.10, department: 0.05 },
            retakes: Vec::new(),
            reviews: reviews.collect(),
            turnover: Delay { probability: 0.3, days: slip },
            vendors: Delay {
                probability: 0.15,
                days: Distribution::LogNormal { median: 4.0, sigma: 0.8 },
            },
            scope: Scope { growth: 0.15 * ahead, size: 1.0, omits: 0.08 * ahead },
            sick: 0.025,
            attrition: Attrition { monthly: 0.01, days: 15 },
            events: Vec::new(),
            mitigations: Vec::new(),
            assumed: Vec::new(),
        };
        usual.assumed = PARTS.iter().map(|part| usual.words_of(part)).collect();
        usual
    }

    /// A part of the assumptions in words, by its name in a file.
    pub fn words_of(&self, part: &str) -> String {
        let percent = |share: f64| format!("{} %", (share * 1_000.0).round() / 10.0);
        match part {
            "durations" => {
                "work takes 1.05 times its bid in half of the tasks, with the spread usual in each \
                 department (rotoscoping 0.30 to effects 0.60)"
                    .to_owned()
            }
            "correlation" => format!(
                "of the variance of what work takes, {} is common to the show, {} to a sequence and {} to a \
                 department",
                percent(self.correlation.show),
                percent(self.correlation.sequence),
                percent(self.correlation.department)
            ),
            "retakes" => "the work of retakes is part of what work takes".to_owned(),
            "reviews" => "client notes beyond the bid: 0.6 rounds on class A shots to 2.5 on class D, 2 days \
                          each"
                .to_owned(),
            "turnover" => format!(
                "{} of the turnovers to come slip, half of these by more than 3 days, a fifth by more than 10",
                percent(self.turnover.probability)
            ),
            "vendors" => format!(
                "vendors are late with {} of their tasks where they say nothing else, half of these by more \
                 than 4 days",
                percent(self.vendors.probability)
            ),
            "scope" => format!(
                "{} of the open shots grow by as much again, {} of those not begun are cut (15 and 8 % of a \
                 whole show)",
                percent(self.scope.growth),
                percent(self.scope.omits)
            ),
            "sick" => format!("people are sick on {} of their days", percent(self.sick)),
            "attrition" => format!(
                "{} of the people leave in a month; it takes {} paid days until somebody else is as fast",
                percent(self.attrition.monthly),
                self.attrition.days
            ),
            _ => String::new(),
        }
    }
}

/// The parts of an uncertainty that are assumed where a file leaves them out, by their names in it.
pub const PARTS: [&str; 9] = [
    "durations",
    "correlation",
    "retakes",
    "reviews",
    "turnover",
    "vendors",
    "scope",
    "sick",
    "attrition",
];

/// Share of the shows' time that is still ahead on the day of the plan; all of it where no dates are known.
fn share_ahead(production: &Production) -> f64 {
    let as_of = production.settings.as_of;
    let start = production.shows.iter().filter_map(|show| show.start).min();
    let ends = production.shows.iter().filter_map(|show| show.end);
    let dates = production.milestones.iter().map(|milestone| milestone.date);
    let (Some(start), Some(end)) = (start, ends.chain(dates).max()) else { return 1.0 };
    let whole = super::days_between(start, end);
    if whole <= 0 || as_of <= start {
        return 1.0;
    }
    (super::days_between(as_of, end) as f64 / whole as f64).clamp(0.0, 1.0)
}
