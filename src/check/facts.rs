//! What several rules need to know, worked out once.

use crate::graph::{self, Network, Times, unlimited::Crew};
use crate::model::{
    DateRule, Issue, Keyed, Lane, Mode, PersonId, Production, ShowId, Source, TaskId, Timeline,
    availability,
};
use jiff::civil::Date;

/// Longest horizon that is planned, in days: ten years.
pub(super) const LONGEST_HORIZON: i64 = 3_660;

/// The production with what follows from it.
pub(super) struct Facts<'a> {
    pub production: &'a Production,
    /// `None` where the calendar is broken (`V12`), and in the first look at the data.
    pub time: Option<Time<'a>>,
}

/// What follows from calendars.
pub(super) struct Time<'a> {
    pub timeline: &'a Timeline,
    pub network: &'a Network,
    pub lanes: &'a [Lane],
    pub rules: &'a Keyed<TaskId, Vec<DateRule>>,
    /// Who could do each task.
    pub crew: &'a Crew<'a>,
    /// Earliest times with unlimited crew.
    pub times: &'a Times,
}

/// Works the facts out and hands them to `use_them`.
pub(super) fn with(production: &Production, use_them: impl FnOnce(&Facts)) {
    let horizon =
        crate::model::days_between(production.settings.as_of, production.settings.horizon_end);
    if horizon > LONGEST_HORIZON {
        return use_them(&Facts::bare(production));
    }
    let timeline = production.timeline();
    let network = Network::over(production, timeline.clone());
    let lanes = availability::lanes(production, &timeline);
    let rules = production.date_rules();
    let overtime = production.settings.mode != Mode::NoOvertime;
    let mut crew = Crew::new(production, &network, &timeline, &lanes, overtime);
    let times = graph::earliest(&network, &mut crew);
    use_them(&Facts {
        production,
        time: Some(Time {
            timeline: &timeline,
            network: &network,
            lanes: &lanes,
            rules: &rules,
            crew: &crew,
            times: &times,
        }),
    });
}

impl<'a> Facts<'a> {
    /// The production alone.
    pub fn bare(production: &'a Production) -> Facts<'a> {
        Facts { production, time: None }
    }

    /// The issue with its place in the files.
    pub fn at(&self, issue: Issue, source: Source) -> Issue {
        issue.at(&self.production.files, source)
    }
}

impl Time<'_> {
    /// The lane in which a person would work on a show.
    pub fn lane(&self, person: PersonId, show: ShowId) -> Option<&Lane> {
        let first = self.lanes.partition_point(|lane| lane.person < person);
        self.lanes[first..]
            .iter()
            .take_while(|lane| lane.person == person)
            .find(|lane| lane.show.is_none_or(|booked| booked == show))
    }

    /// Whether a person has any working time for a show from `from` to `to`, both in; only days of
    /// the timeline count.
    pub fn works(&self, person: PersonId, show: ShowId, from: Date, to: Date) -> bool {
        let first = self.timeline.start_of(from).0 / self.timeline.slots_per_day();
        let last = self.timeline.end_of(to).0 / self.timeline.slots_per_day();
        let Some(lane) = self.lane(person, show) else { return false };
        let days = lane.share.get(first as usize..last as usize).unwrap_or_default();
        days.iter().any(|share| *share > 0)
            || lane.days_off.iter().any(|off| (first..last).contains(&off.day))
    }
}
