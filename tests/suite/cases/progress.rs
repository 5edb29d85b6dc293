//! Where tasks stand: done, in work, sent to the client, on hold, omitted.

use super::planned_text;
use insta::assert_snapshot;

#[test]
fn a_done_task_is_not_planned_and_holds_nobody_up() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        --- tasks.csv
        id,shot,department,days,status,after
        roto,010_0010,ROTO,5,final,
        comp,010_0010,CMP,2,ready,roto
        ",
    );
    assert_snapshot!(plan, @"comp: Ann, Mon 4 Jan .. Tue 5 Jan");
}

#[test]
fn a_task_in_work_keeps_what_is_left_of_it() {
    // Five days less three logged; one day, as the artist says; half a day when all is logged.
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        Cy,LGT
        --- tasks.csv
        id,shot,department,days,status,logged,remaining,assigned
        comp,010_0010,CMP,5,wip,3,,Ann
        roto,010_0010,ROTO,5,wip,3,1,Ben
        light,010_0010,LGT,5,wip,6,,Cy
        ",
    );
    assert_snapshot!(plan, @r"
    comp: Ann, Mon 4 Jan .. Tue 5 Jan
    roto: Ben, Mon 4 Jan .. Mon 4 Jan
    light: Cy, Mon 4 Jan .. Mon 4 Jan ½
    ");
}

#[test]
fn a_task_with_the_client_needs_nobody() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,status,logged,after
        roto,010_0010,ROTO,2,client_review,2,
        comp,010_0010,CMP,2,ready,,roto
        ",
    );
    assert_snapshot!(plan, @r"
    roto: nothing left to do, Mon 4 Jan
    comp: Ann, Mon 4 Jan .. Tue 5 Jan
    ");
}

#[test]
fn a_task_on_hold_holds_up_what_waits_for_it() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        --- tasks.csv
        id,shot,department,days,status,after
        roto,010_0010,ROTO,2,hold,
        comp,010_0010,CMP,2,ready,roto
        slap,010_0020,CMP,1,ready,
        ",
    );
    assert_snapshot!(plan, @r"
    roto: not planned, on hold
    comp: not planned, waits for roto
    slap: Ann, Mon 4 Jan .. Mon 4 Jan
    ");
}

#[test]
fn an_omitted_shot_needs_no_work() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- shots.csv
        id,status
        010_0010,omit
        010_0020,
        --- tasks.csv
        id,shot,department,days
        a,010_0010,CMP,3
        b,010_0020,CMP,1
        ",
    );
    assert_snapshot!(plan, @"b: Ann, Mon 4 Jan .. Mon 4 Jan");
}
