//! Plans made by hand: what dates mean in slots.

use crate::support::show;
use shotplan::model::*;
use shotplan::read::plan_from_text;

/// Ann alone at full productivity, so that a bid day is a day; Monday 4 January is slot 0.
fn small() -> Production {
    show(
        "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        productive = \"100%\"
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        --- tasks.csv
        id,shot,department,bid,after,status,remaining,review
        r,a,ROTO,0.5,,,,0
        c,a,CMP,2,r,,,0
        d,b,CMP,0.5,,,,0
        q,a,CMP,1,c,internal_review,0,0
        h,b,CMP,1,,hold,,0
        ",
    )
}

/// The plan as `task part worker start-end …`.
fn read(production: &Production, text: &str) -> (Vec<String>, Plan, Vec<String>) {
    let (plan, issues) = plan_from_text("plan.csv", text.as_bytes(), production);
    let rows = plan.assignments.iter().map(|row| {
        let Worker::Person(person) = row.worker else { return "vendor".to_owned() };
        let runs: Vec<String> =
            row.segments.iter().map(|run| format!("{}-{}", run.start.0, run.end.0)).collect();
        let task = &production.tasks[row.task].code;
        format!("{task} {} {} {}", row.part, production.people[person].code, runs.join(" "))
    });
    let rows = rows.collect();
    let said = issues.iter().map(|issue| {
        let number = |part: Option<u32>| part.map_or("-".to_owned(), |part| part.to_string());
        format!("{} {}:{}", issue.code, number(issue.line), number(issue.column))
    });
    let said = said.collect();
    (rows, plan, said)
}

#[test]
fn whole_days_become_the_slots_that_the_work_takes() {
    let production = small();
    // Half a day of roto on Monday morning; compositing begins after it the same day, takes two
    // days, and is done on Wednesday at noon; the half day of `d` follows in the afternoon.
    let text = "task,artist,start,end\nc,Ann,2027-01-04,2027-01-06\nr,Ben,2027-01-04,2027-01-04\n\
                d,Ann,2027-01-06,2027-01-06\n";
    let (rows, plan, said) = read(&production, text);
    assert_eq!(rows, ["r 0 Ben 0-2", "c 0 Ann 2-10", "d 0 Ann 10-12"]);
    assert_eq!(said, Vec::<String>::new());
    // `q` only waits for approval: it happens when `c` is done. `h` is on hold.
    assert_eq!(plan.instants, [(TaskId::new(3), Slot(10))]);
    assert_eq!(plan.unplaced, [(TaskId::new(4), Unplaced::OnHold)]);
}

#[test]
fn dates_that_do_not_fit_the_work_are_kept() {
    // One day for two days of work, and four: both stay as they are, for `verify` to see.
    let production = small();
    let (rows, ..) = read(&production, "task,artist,start,end\nc,Ann,2027-01-05,2027-01-05\n");
    assert_eq!(rows, ["c 0 Ann 4-8"]);
    let (rows, ..) = read(&production, "task,artist,start,end\nc,Ann,2027-01-05,2027-01-08\n");
    assert_eq!(rows, ["c 0 Ann 4-20"]);
}

#[test]
fn slots_are_taken_as_they_are_and_runs_of_one_part_belong_together() {
    let production = small();
    let text = "task,artist,part,start,end,start_slot,end_slot\n\
                c,Ann,0,,,0,4\nc,Ann,0,,,8,12\nd,Ann,0,,,4,6\n";
    let (rows, ..) = read(&production, text);
    assert_eq!(rows, ["c 0 Ann 0-4 8-12", "d 0 Ann 4-6"]);
}

#[test]
fn overtime_is_a_row_without_a_task() {
    let production = small();
    let text = "task,artist,start,end,overtime\n,Ann,2027-01-05,,3\nc,Ann,2027-01-04,2027-01-05,\n";
    let (rows, plan, _) = read(&production, text);
    let ann = PersonId::new(0);
    assert_eq!(plan.overtime, [Overtime { person: ann, day: Day(1), minutes: 180, worth: 180 }]);
    // Three hours more on Tuesday make each of its slots 1.375 long: 4 + 3 × 1.375 = 8.125 slots of
    // work are done a slot earlier than the 8 that two plain days have.
    assert_eq!(rows, ["c 0 Ann 0-7"]);
}

#[test]
fn wrong_rows_of_a_plan_are_named() {
    let production = small();
    let text = "task,artist,start,end,colour\nz,Ann,2027-01-04,2027-01-04,\nc,Zoe,2027-01-04,2027-01-04,\n\
                c,Ann,2027-01-06,2027-01-05,\nc,Ann,2027-01-06,2127-01-05,\nc,Ann,2027-13-06,2027-01-05,\n";
    let (rows, _, said) = read(&production, text);
    assert_eq!(rows, Vec::<String>::new());
    assert_eq!(said, ["R05 1:5", "V02 2:1", "V02 3:2", "V05 4:4", "V04 5:4", "R08 6:3"]);
    let (_, issues) = plan_from_text("result.json", b"{\"format\": 1}", &production);
    assert_eq!((issues[0].code.as_str(), issues[0].line), ("R13", Some(1)));
}
