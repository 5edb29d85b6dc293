//! When artists are there and how fast they are.

use super::planned_text;
use insta::assert_snapshot;

#[test]
fn a_task_stretches_over_a_weekend() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,earliest,splittable
        a,010_0010,CMP,4,2027-01-07,no
        ",
    );
    assert_snapshot!(plan, @"a: Ann, Thu 7 Jan .. Tue 12 Jan");
}

#[test]
fn leave_interrupts_a_task_that_may_be_split_and_pushes_one_that_may_not() {
    // Ann and Ben are both away on Wednesday and Thursday.
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,LGT
        --- leave.csv
        person,from,to
        Ann,2027-01-06,2027-01-07
        Ben,2027-01-06,2027-01-07
        --- tasks.csv
        id,shot,department,days,splittable
        split,010_0010,CMP,4,yes
        whole,010_0020,LGT,4,no
        ",
    );
    assert_snapshot!(plan, @r"
    split: Ann, Mon 4 Jan .. Mon 11 Jan
    whole: Ben, Fri 8 Jan .. Wed 13 Jan
    ");
}

#[test]
fn leave_that_is_only_asked_for_changes_nothing() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- leave.csv
        person,from,to,status
        Ann,2027-01-05,2027-01-05,requested
        --- tasks.csv
        id,shot,department,days
        a,010_0010,CMP,2
        ",
    );
    assert_snapshot!(plan, @"a: Ann, Mon 4 Jan .. Tue 5 Jan");
}

#[test]
fn a_public_holiday_is_a_day_off_inside_any_task() {
    let plan = planned_text(
        "
        --- sites.csv
        id,holidays
        london,2027-01-06
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,splittable
        a,010_0010,CMP,3,no
        ",
    );
    assert_snapshot!(plan, @"a: Ann, Mon 4 Jan .. Thu 7 Jan");
}

#[test]
fn a_part_timer_takes_longer() {
    // Three days at 60 % are five.
    let plan = planned_text(
        "
        --- people.csv
        name,department,capacity
        Ann,CMP,60%
        --- tasks.csv
        id,shot,department,days
        a,010_0010,CMP,3
        ",
    );
    assert_snapshot!(plan, @"a: Ann, Mon 4 Jan .. Fri 8 Jan");
}

#[test]
fn slower_artists_take_longer() {
    // Three days each at level 0.7 and 85 % productive: 5.04 days, rounded up to quarters 5.25.
    let plan = planned_text(
        "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        productive = \"85%\"
        mode = \"no-overtime\"
        --- people.csv
        name,skills
        Ann,CMP:0.7
        Ben,CMP:0.7
        --- tasks.csv
        id,shot,department,days,max_parallel,due
        a,010_0010,CMP,6,2,2027-01-11
        ",
    );
    assert_snapshot!(plan, @r"
    a: Ann, Mon 4 Jan .. Mon 11 Jan ¼
    a: Ben, Mon 4 Jan .. Mon 11 Jan ¼
    ");
}

#[test]
fn leading_a_team_takes_time_from_tasks() {
    let plan = planned_text(
        "
        --- people.csv
        name,department,lead
        Ann,CMP,50%
        --- tasks.csv
        id,shot,department,days
        a,010_0010,CMP,2
        ",
    );
    assert_snapshot!(plan, @"a: Ann, Mon 4 Jan .. Thu 7 Jan");
}

#[test]
fn work_needs_a_contract_and_the_longest_task_goes_into_a_short_one() {
    // Ann is there for three days: leaving the day out costs less than leaving the three out.
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- contracts.csv
        person,kind,start,end
        Ann,fixed,2027-01-06,2027-01-08
        --- tasks.csv
        id,shot,department,days
        a,010_0010,CMP,1
        b,010_0020,CMP,3
        ",
    );
    assert_snapshot!(plan, @r"
    a: not planned, nobody has the time
    b: Ann, Wed 6 Jan .. Fri 8 Jan
    ");
}

#[test]
fn a_hard_shot_waits_for_an_artist_of_its_class_and_level() {
    // Ben is free, but not for class D; Cy is, but below the level. Ann comes back on Thursday.
    let plan = planned_text(
        "
        --- people.csv
        name,skills
        Ann,CMP:1
        Ben,CMP:1@B
        Cy,CMP:0.8
        --- leave.csv
        person,from,to
        Ann,2027-01-04,2027-01-06
        --- shots.csv
        id,class
        010_0010,D
        --- tasks.csv
        id,shot,department,days,min_level,due
        a,010_0010,CMP,2,1,2027-01-05
        ",
    );
    assert_snapshot!(plan, @"a: Ann, Thu 7 Jan .. Fri 8 Jan");
}

#[test]
fn a_person_lock_waits_for_that_person() {
    // Ann could finish in time; the task is Ben's, who is back on Thursday.
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,CMP
        --- leave.csv
        person,from,to
        Ben,2027-01-04,2027-01-06
        --- tasks.csv
        id,shot,department,days,assigned,locked,due
        a,010_0010,CMP,2,Ben,person,2027-01-05
        ",
    );
    assert_snapshot!(plan, @"a: Ben, Thu 7 Jan .. Fri 8 Jan");
}

#[test]
fn who_leaves_early_gets_the_work_that_nobody_else_can_do_in_time() {
    // Bo has work for the whole of the year with a date each, and an animation without one that Ann has
    // to light before she goes.
    let others: String = (1..=60_i64)
        .map(|shot| {
            let due = jiff::civil::date(2027, 1, 4) + jiff::Span::new().days(shot * 6);
            format!("o{shot},010_{shot:04},ANI,3,{due},,\n")
        })
        .collect();
    let plan = planned_text(&format!(
        "
--- show.toml
[settings]
as_of = 2027-01-04
horizon_end = 2029-06-29
--- people.csv
name,department
Ann,LGT
Bo,ANI
Cy,LGT
--- contracts.csv
person,kind,start,end,rate,basis
Ann,fixed,2026-01-05,2027-02-12,300,day
--- dependencies.csv
from,to
ani,lgt
--- tasks.csv
id,shot,department,days,due,assigned,locked
ani,020_0010,ANI,5,,,
lgt,020_0010,LGT,5,,Ann,person
{others}"
    ));
    assert!(plan.contains("lgt: Ann"), "{plan}");
}
