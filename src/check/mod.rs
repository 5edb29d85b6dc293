//! Is the data fit to plan on? Takes a [`Production`], gives every [`Issue`] in it at once.
//!
//! Each rule is one short function with its own code (`V01` … `V35`), listed in [`catalogue`]; each
//! issue names its object in the user's words, the field and value, the cause with its numbers, and a
//! cure. Leaves to others: what never reaches the model (unknown columns, unreadable numbers,
//! references that do not resolve are raised by `read` under the same codes), and judging plans
//! (`verify`).
//!
//! # Errors and warnings
//!
//! An error stops planning until it is mended: the data contradicts itself, so any plan would be
//! about another show. Two rules are warnings although they are grave, because a plan is never
//! refused for being hard: a task that nobody can do (`V06`) is left without a place and named, and
//! a hard date before the earliest possible finish (`V11`) is relaxed at a price and named. The rest
//! of the show is planned all the same. A rule may also find a lesser case of its trouble and warn.
//!
//! References (`V02`) and numbers (`V04`) come first: where they are broken, most of the rules would only repeat
//! the same mistake in other words, and are left out until they are mended. What is wrong with the books is told
//! beside a broken number, so that a finance team has one list.

mod closed;
mod contracts;
mod dates;
mod facts;
mod money;
mod numbers;
mod order;
mod people;
mod promises;
mod references;
mod tasks;
mod words;

use crate::model::{Issue, Production, Severity};
use facts::Facts;

/// One rule of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code ("V11").
    pub code: &'static str,
    /// How bad it is, as a rule; single cases may be milder.
    pub severity: Severity,
    /// What is wrong when it speaks.
    pub what: &'static str,
    run: fn(&Facts, &mut Vec<Issue>),
}

macro_rules! rules {
    ($($code:literal $severity:ident $what:literal $run:path;)*) => {
        const RULES: &[Rule] =
            &[$(Rule { code: $code, severity: Severity::$severity, what: $what, run: $run }),*];
    };
}

rules! {
    "V01" Error "tasks wait for each other in a loop" order::loops;
    "V02" Error "something refers to what does not exist" references::unknown;
    "V03" Error "two things of one kind have the same id" references::duplicates;
    "V04" Error "a number is negative, not a number, or beyond reason" numbers::absurd;
    "V05" Error "something ends before it starts" dates::start_after_end;
    "V06" Warning "nobody can do a task, or nobody has the time before the horizon ends" people::nobody_can;
    "V07" Error "a locked assignment is outside contract, leave or skill" people::locked_in_vain;
    "V08" Error "a person is booked for more than all their time" contracts::overbooked;
    "V09" Error "a currency has no exchange rate" money::missing_rate;
    "V10" Error "payment steps do not add up to 100 %" money::payment_shares;
    "V11" Warning "a hard date is before the earliest possible finish" promises::hard_dates;
    "V12" Error "the day of the plan or a date lies outside the data" dates::outside;
    "V13" Error "somebody or something that costs money has no rate" contracts::no_rate;
    "V14" Error "an overtime cap is below the contracted hours" contracts::cap_below_hours;
    "V15" Warning "a task leads to no final or approval" order::dangling;
    "V16" Warning "a task has no bid" tasks::no_bid;
    "V17" Warning "a bid is far from the usual for its department and class" tasks::odd_bid;
    "V18" Warning "a task of more than 12 days is for one artist" tasks::long_task;
    "V19" Warning "a task is final while what it needed is not" order::final_too_soon;
    "V20" Warning "more than 120 % of the estimate is logged and the task is not final" tasks::overspent;
    "V21" Warning "a task in work saw no time or update for five working days" tasks::stale;
    "V22" Warning "time was logged by a person who was not booked" tasks::unbooked_time;
    "V23" Warning "an omitted shot or asset still has people on it" tasks::work_on_omitted;
    "V24" Warning "something is due before its work may start" dates::due_before_turnover;
    "V25" Warning "a shot is due before an asset it needs" dates::asset_after_shot;
    "V26" Warning "the same days are counted twice in the cost" money::counted_twice;
    "V27" Warning "work on a change order began before it was approved" money::unapproved_work;
    "V28" Warning "an incentive is not valid in the time of the work, or in a place where nobody works" money::incentive_outside;
    "V29" Warning "a notice deadline is near and nothing is decided" contracts::notice_deadline;
    "V30" Warning "an assigned person is away on all scheduled days" people::away_all_days;
    "V31" Warning "sites disagree about the length of a day" tasks::day_length;
    "V32" Warning "one person alone can do more than 10 days of work" people::single_point;
    "V33" Error "a closed period was booked into, or a rate in it changed" closed::changed;
    "V34" Warning "overtime leaves too little rest between days, or no day of rest" contracts::little_rest;
    "V35" Error "more is drawn of an order than it is worth, or it stands where money comes in" money::odd_orders;
}

/// All rules, by code.
///
/// ```
/// let rules = shotplan::check::catalogue();
/// assert_eq!(rules.len(), 35);
/// assert!(rules.iter().any(|rule| rule.code == "V11" && rule.what.contains("hard date")));
/// ```
pub fn catalogue() -> &'static [Rule] {
    RULES
}

/// Everything that is wrong with a production: errors first, then by rule and object.
pub fn production(production: &Production) -> Vec<Issue> {
    let mut issues = Vec::new();
    let bare = Facts::bare(production);
    references::unknown(&bare, &mut issues);
    if issues.is_empty() {
        numbers::absurd(&bare, &mut issues);
        references::duplicates(&bare, &mut issues);
        dates::start_after_end(&bare, &mut issues);
        dates::outside(&bare, &mut issues);
        money::missing_rate(&bare, &mut issues);
        money::payment_shares(&bare, &mut issues);
        money::counted_twice(&bare, &mut issues);
        money::odd_orders(&bare, &mut issues);
        closed::changed(&bare, &mut issues);
    }
    if !issues.iter().any(|issue| ["V02", "V04"].contains(&issue.code.as_str())) {
        issues.clear();
        facts::with(production, |facts| {
            for rule in RULES {
                (rule.run)(facts, &mut issues);
            }
        });
    }
    issues.sort();
    issues.dedup();
    issues
}

/// What an issue takes off the score, in points of one object.
fn weight(severity: Severity) -> usize {
    match severity {
        Severity::Error => 5,
        Severity::Warning => 1,
    }
}

/// Data quality from 0 to 100: 100 less the weight of the issues (error 5, warning 1) for each
/// hundred objects (shows, sequences, shots, assets, tasks, people, vendors, milestones). Only data
/// without issues has 100.
///
/// ```
/// use shotplan::{check, model::*};
/// # let mut show = Production::new("one", jiff::civil::date(2027, 1, 4), jiff::civil::date(2027, 3, 1));
/// # show.shows.push(Show::new("ALPHA", CalendarId::new(0)));
/// # for name in 0..19 { show.people.push(Person::new(&name.to_string(), SiteId::new(0), DepartmentId::new(0))); }
/// // One show and nineteen people: twenty objects.
/// assert_eq!(check::score(&show, &[]), 100);
/// assert_eq!(check::score(&show, &[Issue::warning("V32", "person 3", "alone")]), 95);
/// assert_eq!(check::score(&show, &[Issue::error("V08", "person 3", "booked twice")]), 75);
/// ```
pub fn score(production: &Production, issues: &[Issue]) -> u32 {
    if issues.is_empty() {
        return 100;
    }
    let objects = production.shows.len()
        + production.sequences.len()
        + production.shots.len()
        + production.assets.len()
        + production.tasks.len()
        + production.people.len()
        + production.vendors.len()
        + production.milestones.len();
    let lost: usize = issues.iter().map(|issue| weight(issue.severity)).sum();
    let lost = (100 * lost).div_ceil(objects.max(1)).clamp(1, 100);
    100 - lost as u32
}
