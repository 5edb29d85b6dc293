//! What waits for what: kinds of links, lags, reviews, overlaps and time zones.

use super::planned_text;
use insta::assert_snapshot;

/// Roto by Ben, then comp by Ann, with such a link between them.
fn roto_and_comp(roto_days: u32, comp_days: u32, link: &str) -> String {
    planned_text(&format!(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        --- tasks.csv
        id,shot,department,days,splittable,after
        roto,010_0010,ROTO,{roto_days},no,
        comp,010_0010,CMP,{comp_days},no,{link}
        "
    ))
}

#[test]
fn finish_to_start_waits_for_the_end() {
    assert_snapshot!(roto_and_comp(2, 1, "roto"), @r"
    roto: Ben, Mon 4 Jan .. Tue 5 Jan
    comp: Ann, Wed 6 Jan .. Wed 6 Jan
    ");
}

#[test]
fn a_lag_is_counted_in_working_days() {
    // Friday and one working day: Monday passes.
    assert_snapshot!(roto_and_comp(5, 1, "roto FS+1d"), @r"
    roto: Ben, Mon 4 Jan .. Fri 8 Jan
    comp: Ann, Tue 12 Jan .. Tue 12 Jan
    ");
}

#[test]
fn a_negative_lag_starts_before_the_end() {
    assert_snapshot!(roto_and_comp(3, 1, "roto FS-1d"), @r"
    roto: Ben, Mon 4 Jan .. Wed 6 Jan
    comp: Ann, Wed 6 Jan .. Wed 6 Jan
    ");
}

#[test]
fn start_to_start_waits_for_the_start() {
    assert_snapshot!(roto_and_comp(3, 1, "roto SS+1d"), @r"
    roto: Ben, Mon 4 Jan .. Wed 6 Jan
    comp: Ann, Tue 5 Jan .. Tue 5 Jan
    ");
}

#[test]
fn finish_to_finish_ends_no_earlier() {
    assert_snapshot!(roto_and_comp(3, 1, "roto FF+1d"), @r"
    roto: Ben, Mon 4 Jan .. Wed 6 Jan
    comp: Ann, Thu 7 Jan .. Thu 7 Jan
    ");
}

#[test]
fn start_to_finish_ends_no_earlier_than_the_start() {
    // Two days after Monday morning is Tuesday evening.
    assert_snapshot!(roto_and_comp(3, 1, "roto SF+2d"), @r"
    roto: Ben, Mon 4 Jan .. Wed 6 Jan
    comp: Ann, Tue 5 Jan .. Tue 5 Jan
    ");
}

#[test]
fn an_overlap_starts_on_what_is_published() {
    // 40 % of five days are done on Tuesday evening.
    assert_snapshot!(roto_and_comp(5, 3, "roto FS~60%"), @r"
    roto: Ben, Mon 4 Jan .. Fri 8 Jan
    comp: Ann, Wed 6 Jan .. Fri 8 Jan
    ");
}

#[test]
fn an_overlap_still_ends_with_the_earlier_task() {
    // Comp could start on Wednesday, but needs the last of the roto.
    assert_snapshot!(roto_and_comp(5, 1, "roto FS~60%"), @r"
    roto: Ben, Mon 4 Jan .. Fri 8 Jan
    comp: Ann, Fri 8 Jan .. Fri 8 Jan
    ");
}

#[test]
fn a_review_of_half_a_day_comes_between() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        --- tasks.csv
        id,shot,department,days,review,splittable,after
        roto,010_0010,ROTO,1,0.5d,no,
        comp,010_0010,CMP,1,,no,roto
        ",
    );
    assert_snapshot!(plan, @r"
    roto: Ben, Mon 4 Jan .. Mon 4 Jan
    comp: Ann, Tue 5 Jan ½ .. Wed 6 Jan ½
    ");
}

/// A day of roto at one site, then a day of comp at another.
fn handed_over(from: &str, to: &str) -> String {
    planned_text(&format!(
        "
        --- sites.csv
        id,time_zone
        london,Europe/London
        bangalore,Asia/Kolkata
        los_angeles,America/Los_Angeles
        --- people.csv
        name,department,site
        Ann,CMP,{to}
        Ben,ROTO,{from}
        --- tasks.csv
        id,shot,department,days,splittable,after
        roto,010_0010,ROTO,1,no,
        comp,010_0010,CMP,1,no,roto
        "
    ))
}

#[test]
fn bangalore_hands_over_to_london_on_the_same_day() {
    // Bangalore ends 150 minutes after London opened, inside the second quarter of its day.
    assert_snapshot!(handed_over("bangalore", "london"), @r"
    roto: Ben, Mon 4 Jan .. Mon 4 Jan
    comp: Ann, Mon 4 Jan ½ .. Tue 5 Jan ½
    ");
}

#[test]
fn los_angeles_opens_when_london_has_finished() {
    // Eight hours behind: the whole day at London comes before the same day at Vancouver.
    assert_snapshot!(handed_over("london", "los_angeles"), @r"
    roto: Ben, Mon 4 Jan .. Mon 4 Jan
    comp: Ann, Mon 4 Jan .. Mon 4 Jan
    ");
}

#[test]
fn london_hands_over_to_bangalore_on_the_next_day() {
    // London ends 13.5 hours after Bangalore opened.
    assert_snapshot!(handed_over("london", "bangalore"), @r"
    roto: Ben, Mon 4 Jan .. Mon 4 Jan
    comp: Ann, Tue 5 Jan .. Tue 5 Jan
    ");
}

#[test]
fn what_a_house_counts_more_decides_who_works() {
    // Four days of work in two days: two artists are one more than the sequence needs, one is late.
    let plan = |weights: &str| {
        planned_text(&format!(
            "
--- show.toml
[settings]
as_of = 2027-01-04
horizon_end = 2027-06-30
productive = 1
review = 0
mode = \"no-overtime\"
{weights}
--- people.csv
name,department
Ann,CMP
Ben,CMP
--- tasks.csv
id,shot,department,days,due
a,010_0010,CMP,2,2027-01-05
b,010_0020,CMP,1,2027-01-05
c,010_0030,CMP,1,2027-01-05
"
        ))
    };
    let usual = plan("");
    let with_continuity = plan("weights = \"continuity 20\"");
    assert!(usual.contains("Ann") && usual.contains("Ben"), "{usual}");
    assert!(
        !with_continuity.contains("Ann") || !with_continuity.contains("Ben"),
        "{with_continuity}"
    );
}
