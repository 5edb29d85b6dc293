//! Work that goes on at another site: who begins it is chosen by when the others see it.

use crate::support::{self, LONDON_AND_MONTREAL, planning::planned};
use shotplan::model::*;
use shotplan::solve::engine::priorities;

/// A shot whose tracking takes a while and then waits for compositing, due on the first day.
fn two_sites(people: &str, [mm, cmp]: [&str; 2]) -> Production {
    support::show(&format!(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        slots_per_day = 4
        productive = 1
        review = 0
        mode = \"no-overtime\"
        {LONDON_AND_MONTREAL}
        --- people.csv
        name,department,site
        {people}
        --- shots.csv
        id,due
        010_0010,2027-01-04
        --- tasks.csv
        id,shot,department,days,after
        mm,010_0010,MM,{mm},
        cmp,010_0010,CMP,{cmp},mm"
    ))
}

/// Half a day of tracking, half a day of compositing in London: in London both are done on the first day, whoever
/// is named first; what Montreal tracks until its noon is seen in London on the second.
#[test]
fn who_begins_is_chosen_by_who_goes_on() {
    for [first, second] in
        [["Lou,MM,london", "Max,MM,montreal"], ["Max,MM,montreal", "Lou,MM,london"]]
    {
        let show = two_sites(&format!("{first}\n{second}\nAnn,CMP,london"), ["0.5", "0.5"]);
        let solved = planned(&show, 0);
        let last = solved.plan.assignments.iter().map(Assignment::end).max();
        assert_eq!(last, Some(Slot(4)), "{first} first");
    }
}

/// Three compositors in London, one in Montreal. An end after two slots in Montreal is seen two slots later in London,
/// one and a half on the mean; the end of a day in London two slots earlier in Montreal, half a slot.
#[test]
fn the_mean_of_a_crew_sees_it() {
    let people = "Lou,MM,london\nMax,MM,montreal\nAnn,CMP,london\nBob,CMP,london\nCai,CMP,london\nDee,CMP,montreal";
    let solved = planned(&two_sites(people, ["1", "1"]), 0);
    let problem = &solved.problem;
    let lengths = priorities::usual_lengths(problem);
    let urgency = priorities::urgency(problem, &lengths, false);
    let (mm, cmp) = (urgency.onward.of(0), urgency.onward.of(1));
    assert_eq!((mm.later(2, 1), mm.later(4, 0)), (24, -8));
    // Nobody waits for the last task.
    assert_eq!((cmp.later(2, 1), cmp.later(4, 0)), (0, 0));
}
