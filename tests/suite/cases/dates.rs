//! Earliest dates, turnovers, date rules and where they are inherited from, locked dates.

use super::planned_text;
use insta::assert_snapshot;

#[test]
fn nothing_starts_before_its_turnover_or_earliest_date() {
    // The sequence is turned over on Tuesday, one shot of it on Wednesday; one task is later still.
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        Cy,LGT
        --- sequences.csv
        id,turnover
        010,2027-01-05
        --- shots.csv
        id,sequence,turnover
        010_0010,010,
        010_0020,010,2027-01-06
        --- tasks.csv
        id,shot,department,days,earliest
        roto,010_0010,ROTO,1,
        comp,010_0020,CMP,1,
        light,010_0020,LGT,1,2027-01-07
        ",
    );
    assert_snapshot!(plan, @r"
    roto: Ben, Tue 5 Jan .. Tue 5 Jan
    comp: Ann, Wed 6 Jan .. Wed 6 Jan
    light: Cy, Thu 7 Jan .. Thu 7 Jan
    ");
}

/// A task of two days with a date rule, and another of two days for the same artist without one.
fn with_rule(rule: &str) -> String {
    planned_text(&format!(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,splittable,due,rule
        other,010_0010,CMP,2,no,2027-01-05,
        ruled,010_0020,CMP,2,no,2027-01-08,{rule}
        "
    ))
}

#[test]
fn as_soon_as_possible() {
    assert_snapshot!(with_rule("ASAP"), @r"
    other: Ann, Mon 4 Jan .. Tue 5 Jan
    ruled: Ann, Wed 6 Jan .. Thu 7 Jan
    ");
}

#[test]
fn as_late_as_possible_is_just_in_time_for_the_due_date() {
    assert_snapshot!(with_rule("ALAP"), @r"
    other: Ann, Mon 4 Jan .. Tue 5 Jan
    ruled: Ann, Thu 7 Jan .. Fri 8 Jan
    ");
}

#[test]
fn must_start_on() {
    // The rule is hard: the other task is late for it.
    assert_snapshot!(with_rule("MSO 2027-01-05"), @r"
    other: Ann, Thu 7 Jan .. Fri 8 Jan
    ruled: Ann, Tue 5 Jan .. Wed 6 Jan
    ");
}

#[test]
fn must_finish_on() {
    // Friday is the day, not the hour: the last quarter of the work is done on it.
    assert_snapshot!(with_rule("MFO 2027-01-08"), @r"
    other: Ann, Mon 4 Jan .. Tue 5 Jan
    ruled: Ann, Wed 6 Jan ¼ .. Fri 8 Jan ¼
    ");
}

#[test]
fn start_no_earlier_than() {
    assert_snapshot!(with_rule("SNET 2027-01-07"), @r"
    other: Ann, Mon 4 Jan .. Tue 5 Jan
    ruled: Ann, Thu 7 Jan .. Fri 8 Jan
    ");
}

#[test]
fn start_no_later_than() {
    assert_snapshot!(with_rule("SNLT 2027-01-04"), @r"
    other: Ann, Wed 6 Jan .. Thu 7 Jan
    ruled: Ann, Mon 4 Jan .. Tue 5 Jan
    ");
}

#[test]
fn finish_no_earlier_than() {
    // As soon as the rule allows: the last quarter of the work is done on Friday.
    assert_snapshot!(with_rule("FNET 2027-01-08"), @r"
    other: Ann, Mon 4 Jan .. Tue 5 Jan
    ruled: Ann, Wed 6 Jan ¼ .. Fri 8 Jan ¼
    ");
}

#[test]
fn finish_no_later_than() {
    assert_snapshot!(with_rule("FNLT 2027-01-05"), @r"
    other: Ann, Wed 6 Jan .. Thu 7 Jan
    ruled: Ann, Mon 4 Jan .. Tue 5 Jan
    ");
}

/// Rules of a show, a sequence and a shot, for roto and then comp of one shot.
fn inherited(show: &str, sequence: &str, shot: &str) -> String {
    planned_text(&format!(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        --- shows.csv
        id,rule
        east,{show}
        --- sequences.csv
        id,show,rule
        010,east,{sequence}
        --- shots.csv
        id,sequence,rule
        010_0010,010,{shot}
        --- tasks.csv
        id,shot,department,days,splittable,after
        roto,010_0010,ROTO,1,no,
        comp,010_0010,CMP,1,no,roto
        "
    ))
}

#[test]
fn a_rule_of_the_show_sequence_or_shot_holds_for_their_tasks() {
    let expected = "roto: Ben, Tue 5 Jan .. Tue 5 Jan\ncomp: Ann, Wed 6 Jan .. Wed 6 Jan\n";
    assert_eq!(inherited("SNET 2027-01-05", "", ""), expected);
    assert_eq!(inherited("", "SNET 2027-01-05", ""), expected);
    assert_eq!(inherited("", "", "SNET 2027-01-05"), expected);
}

#[test]
fn the_nearest_rule_of_a_kind_counts() {
    let plan = inherited("SNET 2027-01-11", "SNET 2027-01-08", "SNET 2027-01-05");
    assert_snapshot!(plan, @r"
    roto: Ben, Tue 5 Jan .. Tue 5 Jan
    comp: Ann, Wed 6 Jan .. Wed 6 Jan
    ");
}

#[test]
fn a_start_on_a_day_is_for_the_first_task_and_a_finish_on_a_day_for_the_last() {
    assert_snapshot!(inherited("", "MSO 2027-01-06", ""), @r"
    roto: Ben, Wed 6 Jan .. Wed 6 Jan
    comp: Ann, Thu 7 Jan .. Thu 7 Jan
    ");
    assert_snapshot!(inherited("", "", "MSO 2027-01-05; MFO 2027-01-08"), @r"
    roto: Ben, Tue 5 Jan .. Tue 5 Jan
    comp: Ann, Thu 7 Jan ¼ .. Fri 8 Jan ¼
    ");
}

#[test]
fn locked_dates_stay() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,assigned,locked,start,end,splittable,due
        a,010_0010,CMP,2,Ann,both,2027-01-05,2027-01-06,no,
        b,010_0020,CMP,2,,none,,,no,2027-01-05
        ",
    );
    assert_snapshot!(plan, @r"
    a: Ann, Tue 5 Jan .. Wed 6 Jan
    b: Ann, Thu 7 Jan .. Fri 8 Jan
    ");
}
