//! What scenarios are ranked for: "cheapest that meets final by 2027-05-14".

use crate::model::Production;
use crate::read::{nearest, values};
use crate::result::{Measures, ScenarioOdds, ScenarioRow};
use jiff::civil::Date;
use std::cmp::Reverse;

/// An aim in the words of the call, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// As it was written.
    pub text: String,
    /// With how much confidence its conditions are to be met, in basis points; none = by the plan itself.
    pub confidence: Option<i64>,
    goal: Goal,
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Goal {
    Cheapest,
    /// Of a milestone, else of all work.
    Earliest(Option<String>),
    /// Fewest tasks that move or change hands.
    Calmest,
    LeastOvertime,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    /// A milestone is done by a day.
    By(String, Date),
    /// Every milestone is on time.
    AllOnTime,
    /// The final cost is at most so much.
    Under(i64),
}

impl Aim {
    /// Understands an aim: `cheapest`, `earliest` with a milestone or without, `calmest` or
    /// `least overtime`; then, if at all, `that meets` one or more of `MILESTONE by DATE`, `all dates` and
    /// `under AMOUNT`, with `and` between; then, if at all, `with 80 %` for the odds of that.
    ///
    /// # Errors
    /// In words, when it is none.
    pub fn new(text: &str, production: &Production) -> Result<Aim, String> {
        const FORM: &str = "write an aim such as \"cheapest that meets final by 2027-05-14\", \
            \"earliest final that meets under 1,200,000\", \"calmest that meets all dates with 80 %\"";
        let lower = text.trim().to_lowercase();
        let (lower, confidence) = match lower.rsplit_once(" with ") {
            Some((before, share)) if share.trim_end().ends_with('%') => {
                let number = share.trim_end().trim_end_matches('%').trim().parse::<f64>();
                let number = number.ok().filter(|share| (1.0..=99.0).contains(share));
                let number =
                    number.ok_or_else(|| format!("`{share}` is no share of 1 to 99 %; {FORM}"))?;
                (before.to_owned(), Some((number * 100.0).round() as i64))
            }
            _ => (lower, None),
        };
        let (goal, rest) = match lower.find(" that meet").or_else(|| lower.find(" which meet")) {
            Some(cut) => {
                let words = lower[cut + 1..].split_once(' ').map_or("", |(_, rest)| rest);
                (lower[..cut].trim().to_owned(), words.split_once(' ').map_or("", |(_, rest)| rest))
            }
            None => (lower.clone(), ""),
        };
        let goal = match goal.split_once(' ').map_or((goal.as_str(), ""), |(a, b)| (a, b.trim())) {
            ("cheapest", "") => Goal::Cheapest,
            ("calmest", "") => Goal::Calmest,
            ("least", "overtime") | ("least-overtime", "") => Goal::LeastOvertime,
            ("earliest", "") => Goal::Earliest(None),
            ("earliest", name) => Goal::Earliest(Some(milestone(name, production)?)),
            _ => return Err(format!("`{text}` is no aim; {FORM}")),
        };
        let mut conditions = Vec::new();
        for part in rest.split(" and ").map(str::trim).filter(|part| !part.is_empty()) {
            conditions.push(condition(part, production).map_err(|why| format!("{why}; {FORM}"))?);
        }
        if confidence.is_some() && conditions.is_empty() {
            return Err(format!("odds are of something to meet; {FORM}"));
        }
        Ok(Aim { text: text.trim().to_owned(), confidence, goal, conditions })
    }

    /// Whether a scenario does what is asked for.
    fn is_met(&self, measures: &Measures) -> bool {
        if let Some(confidence) = self.confidence {
            let odds = measures.odds.as_ref();
            return odds.is_some_and(|odds| self.holds(odds, confidence));
        }
        self.conditions.iter().all(|condition| match condition {
            Condition::By(id, date) => {
                let mut rows = measures.milestones.iter().filter(|row| row.id == *id);
                rows.all(|row| row.done || row.planned.is_some_and(|planned| planned <= *date))
            }
            Condition::AllOnTime => measures.milestones_late == 0 && measures.unplaced == 0,
            Condition::Under(amount) => measures.final_cost <= *amount,
        })
    }

    /// Whether each condition holds with so much confidence.
    fn holds(&self, odds: &ScenarioOdds, confidence: i64) -> bool {
        self.conditions.iter().all(|condition| match condition {
            // What is done already is not among the draws.
            Condition::By(id, date) => {
                let mut drawn = odds.milestones.iter().filter(|row| row.id == *id);
                drawn.all(|row| row.date.is_some_and(|last| last <= *date))
            }
            Condition::AllOnTime => odds.all_on_time >= confidence,
            Condition::Under(amount) => odds.final_cost <= *amount,
        })
    }

    /// What is better comes first.
    fn key(&self, measures: &Measures) -> (i64, i64, i64) {
        let late = (measures.milestone_days_late + measures.item_days_late) as i64;
        let cost = measures.final_cost;
        let day = |date: Option<Date>| {
            date.map_or(i64::MAX, |date| {
                crate::model::days_between(jiff::civil::date(1970, 1, 1), date)
            })
        };
        match &self.goal {
            Goal::Cheapest => (cost, late, 0),
            Goal::Earliest(None) => (day(measures.finish), cost, late),
            Goal::Earliest(Some(id)) => {
                let row = measures.milestones.iter().find(|row| row.id == *id);
                let date = match row {
                    Some(row) if row.done => i64::MIN,
                    row => day(row.and_then(|row| row.planned)),
                };
                (date, cost, late)
            }
            Goal::Calmest => {
                let churn = &measures.churn;
                let changed = churn.moved + churn.people_changed + churn.added + churn.gone;
                (i64::from(changed), cost, late)
            }
            Goal::LeastOvertime => (measures.overtime_minutes, cost, late),
        }
    }

    /// Ranks scenarios: those that do what is asked for, the best first; of equal ones that with the
    /// fewer edits, then the first by name, so that their order does not matter.
    pub fn rank(&self, rows: &mut [&mut ScenarioRow]) {
        let mut met: Vec<usize> = Vec::new();
        for (at, row) in rows.iter_mut().enumerate() {
            row.meets_aim = row.measures.as_ref().map(|measures| self.is_met(measures));
            if row.meets_aim == Some(true) {
                met.push(at);
            }
        }
        met.sort_by_cached_key(|&at| {
            let row = &rows[at];
            let key = row.measures.as_ref().map(|measures| self.key(measures));
            (key, row.edits.len(), row.name.clone())
        });
        for (place, at) in met.into_iter().enumerate() {
            rows[at].rank = Some(place as u32 + 1);
        }
    }
}

fn milestone(name: &str, production: &Production) -> Result<String, String> {
    let same = |known: &str| known.to_lowercase() == name;
    let found = production.milestones.iter().find(|row| same(&row.code) || same(&row.name));
    found.map(|row| row.code.clone()).ok_or_else(|| {
        let codes = production.milestones.iter().map(|row| row.code.as_str());
        match nearest(name, codes.clone()) {
            Some(near) => format!("the show has no milestone `{name}`; did you mean `{near}`?"),
            None => {
                let some: Vec<&str> = codes.take(12).collect();
                format!("the show has no milestone `{name}`; it has {}", some.join(", "))
            }
        }
    })
}

fn condition(part: &str, production: &Production) -> Result<Condition, String> {
    if matches!(part, "all" | "all dates" | "all milestones" | "every date") {
        return Ok(Condition::AllOnTime);
    }
    if let Some(amount) = part.strip_prefix("under ").or_else(|| part.strip_prefix("at most ")) {
        let home = production.settings.currency;
        return match values::money(&amount.to_uppercase(), home, false) {
            Ok((amount, None)) => Ok(Condition::Under(amount.0)),
            Ok((amount, Some(currency))) if currency == home => Ok(Condition::Under(amount.0)),
            _ => Err(format!("`{amount}` is no amount in {home}")),
        };
    }
    let Some((name, date)) = part.rsplit_once(" by ") else {
        return Err(format!("`{part}` is nothing to meet"));
    };
    let date = values::day(date).map_err(|_| format!("`{date}` is no date"))?;
    Ok(Condition::By(milestone(name.trim(), production)?, date))
}

/// Edits that change what is to be done, not how: who does less is not better for it.
const SCOPE: &[&str] = &[
    "omit",
    "add_shots",
    "add_sequence",
    "add_show",
    "drop_show",
    "upgrade_class",
    "re_bid",
    "bid_overrun",
    "client_lag",
    "slip_turnover",
    "leave",
    "lose_artists",
    "change_rate",
    "set_fx",
    "change_incentive",
];

/// Marks scenarios that another beats: of the same work and the same luck, no worse in days late, final
/// cost and overtime, and better in one. Of several that beat it the cheapest is named.
pub fn mark_dominated(rows: &mut [&mut ScenarioRow]) {
    let worth: Vec<Option<[i64; 4]>> = rows
        .iter()
        .map(|row| {
            row.measures.as_ref().map(|measures| {
                [
                    measures.milestone_days_late as i64 + i64::from(measures.unplaced) * 1_000,
                    measures.item_days_late as i64,
                    measures.final_cost,
                    measures.overtime_minutes,
                ]
            })
        })
        .collect();
    let given = |row: &ScenarioRow| -> Vec<String> {
        let edits = row.edits.iter().filter(|edit| SCOPE.contains(&edit.op.as_str()));
        edits.map(|edit| edit.text.clone()).collect()
    };
    let given: Vec<Vec<String>> = rows.iter().map(|row| given(row)).collect();
    for (at, own) in worth.iter().enumerate() {
        let Some(own) = own else { continue };
        let beats = |other: &[i64; 4]| other != own && other.iter().zip(own).all(|(a, b)| a <= b);
        let best = worth
            .iter()
            .enumerate()
            .filter(|(other, _)| given[*other] == given[at])
            .filter_map(|(other, worth)| {
                Some((other, worth.as_ref().filter(|worth| beats(worth))?))
            })
            .min_by_key(|&(other, worth)| (worth[2], worth[0], Reverse(&rows[other].name)))
            .map(|(other, _)| rows[other].name.clone());
        rows[at].dominated_by = best;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;

    fn show() -> Production {
        let mut production =
            Production::new("spot", jiff::civil::date(2027, 1, 4), jiff::civil::date(2027, 6, 30));
        let show = production.shows.push(Show::new("spot", CalendarId::new(0)));
        production.milestones.push(Milestone {
            code: "final".to_owned(),
            name: "Final delivery".to_owned(),
            show,
            kind: MilestoneKind::Final,
            date: jiff::civil::date(2027, 5, 14),
            hard: false,
            penalty_per_day: None,
            contents: Vec::new(),
            source: Source::default(),
        });
        production
    }

    #[test]
    fn aims_are_understood() {
        let show = show();
        let aim = |text: &str| Aim::new(text, &show);
        let date = jiff::civil::date(2027, 5, 14);
        let by = Condition::By("final".to_owned(), date);
        let found = aim("cheapest that meets final by 2027-05-14").unwrap();
        assert_eq!((found.goal, found.conditions), (Goal::Cheapest, vec![by.clone()]));
        let found =
            aim("Cheapest that meets Final delivery by 14 May 2027 and under 1,200,000").unwrap();
        assert_eq!(found.conditions, [by.clone(), Condition::Under(120_000_000)]);
        let found = aim("earliest final").unwrap();
        assert_eq!(found.goal, Goal::Earliest(Some("final".to_owned())));
        assert_eq!(aim("calmest that meets all dates").unwrap().conditions, [Condition::AllOnTime]);
        for wrong in ["", "best", "cheapest that meets", "cheapest that meets fnal by 2027-05-14"] {
            let found = aim(wrong);
            assert!(found.is_err() || found.unwrap().conditions.is_empty(), "{wrong}");
        }
        let found = aim("cheapest that meets final by 2027-05-14 with 80 %").unwrap();
        assert_eq!((found.confidence, found.conditions), (Some(8_000), vec![by.clone()]));
        assert!(aim("cheapest with 80%").unwrap_err().contains("to meet"));
        assert!(aim("cheapest that meets all dates with 101 %").unwrap_err().contains("99"));
    }
}
