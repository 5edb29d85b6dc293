//! How many hands there are: full crews, parallel parts, curves, vendors, several shows.

use super::planned_text;
use insta::assert_snapshot;

#[test]
fn a_full_crew_makes_the_next_task_wait() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,due
        a,010_0010,CMP,3,2027-01-06
        b,010_0020,CMP,2,2027-01-08
        ",
    );
    assert_snapshot!(plan, @r"
    a: Ann, Mon 4 Jan .. Wed 6 Jan
    b: Ann, Thu 7 Jan .. Fri 8 Jan
    ");
}

#[test]
fn two_artists_halve_the_time_where_the_task_allows_it() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        Ben,CMP
        --- tasks.csv
        id,shot,department,days,max_parallel,due
        a,010_0010,CMP,4,2,2027-01-05
        ",
    );
    assert_snapshot!(plan, @r"
    a: Ann, Mon 4 Jan .. Tue 5 Jan
    a: Ben, Mon 4 Jan .. Tue 5 Jan
    ");
}

#[test]
fn a_crew_cap_keeps_a_free_artist_waiting() {
    // Ben is free all week, but compositing may be one artist strong.
    let plan = planned_text(
        "
        --- departments.csv
        id,cap
        CMP,1
        --- people.csv
        name,department
        Ann,CMP
        Ben,CMP
        --- tasks.csv
        id,shot,department,days,assigned,locked,due
        a,010_0010,CMP,2,Ann,person,2027-01-05
        b,010_0020,CMP,2,Ben,person,2027-01-07
        ",
    );
    assert_snapshot!(plan, @r"
    a: Ann, Mon 4 Jan .. Tue 5 Jan
    b: Ben, Wed 6 Jan .. Thu 7 Jan
    ");
}

#[test]
fn half_of_an_artist_on_each_of_two_shows_runs_side_by_side() {
    // One day of work at half time is two days, on both shows at once.
    let plan = planned_text(
        "
        --- shows.csv
        id
        east
        west
        --- people.csv
        name,department
        Ann,CMP
        --- bookings.csv
        person,show,from,to,share
        Ann,east,2027-01-04,2027-03-31,50%
        Ann,west,2027-01-04,2027-03-31,50%
        --- tasks.csv
        id,show,shot,department,days,due
        a,east,010_0010,CMP,1,2027-01-05
        b,west,020_0010,CMP,1,2027-01-05
        ",
    );
    assert_snapshot!(plan, @r"
    a: Ann, Mon 4 Jan .. Tue 5 Jan
    b: Ann, Mon 4 Jan .. Tue 5 Jan
    ");
}

#[test]
fn a_vendor_takes_the_lead_time_of_the_class_once_cleared() {
    // Class B: five working days from Tuesday, when the client has cleared the vendor.
    let plan = planned_text(
        "
        --- vendors.csv
        id,departments,lead_days,cleared_from
        rotohouse,ROTO,3; 5; 10; 15,2027-01-05
        --- people.csv
        name,department
        Ann,CMP
        --- shots.csv
        id,class
        010_0010,B
        --- tasks.csv
        id,shot,department,days,vendor,after
        roto,010_0010,ROTO,9,rotohouse,
        comp,010_0010,CMP,1,,roto
        ",
    );
    assert_snapshot!(plan, @r"
    roto: rotohouse, Tue 5 Jan .. Mon 11 Jan
    comp: Ann, Tue 12 Jan .. Tue 12 Jan
    ");
}

#[test]
fn what_nobody_can_do_is_left_out_with_all_that_waits_for_it() {
    let plan = planned_text(
        "
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,after
        water,010_0010,FX,3,
        comp,010_0010,CMP,2,water
        slap,010_0020,CMP,1,
        ",
    );
    assert_snapshot!(plan, @r"
    water: not planned, nobody can do it
    comp: not planned, waits for water
    slap: Ann, Mon 4 Jan .. Mon 4 Jan
    ");
}
