//! Whole files and folders: encodings, studios, sizes, templates, and writing what was read.

use crate::support::{files, listed, read, show};
use jiff::civil::date;
use shotplan::model::*;
use shotplan::read::{self, Error};
use shotplan::write::show_folder;
use std::fs;
use std::path::{Path, PathBuf};

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

/// A production without where it was read and what was assumed: the part that a file says.
fn said(production: &Production) -> Production {
    let mut said = production.clone();
    said.files = Keyed::new();
    said.assumed.clear();
    let none = Source::default();
    said.calendars.iter_mut().for_each(|row| row.source = none);
    said.sites.iter_mut().for_each(|row| row.source = none);
    said.departments.iter_mut().for_each(|row| row.source = none);
    said.accounts.iter_mut().for_each(|row| row.source = none);
    for person in said.people.iter_mut() {
        person.source = none;
        person.contracts.iter_mut().for_each(|row| row.source = none);
        person.leave.iter_mut().for_each(|row| row.source = none);
        person.bookings.iter_mut().for_each(|row| row.source = none);
    }
    for terms in &mut said.hiring {
        terms.source = none;
        terms.contract.source = none;
    }
    said.moves.iter_mut().for_each(|row| row.source = none);
    said.vendors.iter_mut().for_each(|row| row.source = none);
    said.shows.iter_mut().for_each(|row| row.source = none);
    said.sequences.iter_mut().for_each(|row| row.source = none);
    said.shots.iter_mut().for_each(|row| row.source = none);
    said.assets.iter_mut().for_each(|row| row.source = none);
    said.tasks.iter_mut().for_each(|row| row.source = none);
    said.dependencies.iter_mut().for_each(|row| row.source = none);
    said.milestones.iter_mut().for_each(|row| row.source = none);
    said.budget.iter_mut().for_each(|row| row.source = none);
    said.actuals.iter_mut().for_each(|row| row.source = none);
    said.commitments.iter_mut().for_each(|row| row.source = none);
    said.change_orders.iter_mut().for_each(|row| row.source = none);
    said.payments.iter_mut().for_each(|row| row.source = none);
    said.incentives.iter_mut().for_each(|row| row.source = none);
    said.time_logs.iter_mut().for_each(|row| row.source = none);
    said
}

/// Writes a production, reads it back, and compares.
fn round_trip(production: &Production) {
    let folder = tempfile::tempdir().unwrap();
    show_folder::write(production, folder.path()).unwrap();
    let reading = read::load(folder.path()).unwrap();
    assert!(!reading.has_errors(), "{}", listed(&reading));
    let again = reading.production.unwrap();
    let (before, after) = (said(production), said(&again));
    // Table by table, so that a difference can be seen.
    assert_eq!(before.settings, after.settings);
    assert_eq!(before.sites, after.sites);
    assert_eq!(before.departments, after.departments);
    assert_eq!(before.people, after.people);
    assert_eq!(before.hiring, after.hiring);
    assert_eq!(before.moves, after.moves);
    assert_eq!(before.tasks, after.tasks);
    assert_eq!(before.milestones, after.milestones);
    assert_eq!(before, after);
}

#[test]
fn the_handmade_show_is_read_without_an_issue() {
    let reading = read::load(&data("productions/handmade")).unwrap();
    assert_eq!(listed(&reading), "");
    let show = reading.production.unwrap();
    assert_eq!((show.sequences.len(), show.shots.len(), show.tasks.len()), (3, 12, 45));
    assert_eq!((show.people.len(), show.sites.len(), show.milestones.len()), (10, 2, 4));
    assert_eq!(show.settings.name, "Handmade");
    let offsets: Vec<i32> = show.sites.iter().map(|site| site.utc_offset_minutes).collect();
    assert_eq!(offsets, [0, 330]); // London in January, Kolkata
    // Good Friday is a holiday in London, and the studio closes a week later.
    assert!(show.sites[SiteId::new(0)].holidays.contains(&date(2027, 3, 26)));
    assert!(!show.calendars[CalendarId::new(0)].is_worked(date(2027, 4, 2)));
    let task = show.tasks.iter().find(|task| task.code == "010_0010_cmp").unwrap();
    assert_eq!(task.lock, Lock::Both);
    assert_eq!(task.source.line, 7);
    // Every rate is in pounds or converted to them: nobody costs less than 30 pounds a day.
    let as_of = show.settings.as_of;
    for (person, row) in show.people.enumerate() {
        assert!(show.day_cost(person, as_of) > Cents(3_000), "{} is too cheap", row.code);
    }
    round_trip(&show);
}

#[test]
fn the_minimal_show_is_read_without_an_issue() {
    let reading = read::load(&data("productions/minimal")).unwrap();
    assert_eq!(listed(&reading), "");
    let show = reading.production.unwrap();
    assert_eq!((show.shots.len(), show.tasks.len(), show.people.len()), (4, 8, 4));
    assert_eq!(show.settings.name, "minimal");
    assert_eq!(show.assumed["task.bid"], 1);
    round_trip(&show);
}

#[test]
fn everything_a_show_can_say_is_written_and_read_again() {
    round_trip(&show(
        r#"
        --- show.toml
        [settings]
        name = "All, of \"it\""
        as_of = 2027-01-11
        horizon_end = 2027-12-31
        currency = "GBP"
        slots_per_day = 7
        productive = "87.5%"
        mode = "no-overtime"
        charge_basis = "worked"
        idle_to = "bench"
        seed = 42
        default_day_rate = "200.05; 300; 400; 500"
        [[calendars]]
        id = "six"
        workdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]
        off = "2027-02-01..2027-02-03"
        worked = "2027-02-06"
        [[sites]]
        id = "mumbai"
        time_zone = "Asia/Kolkata"
        hours_per_day = 7.5
        holidays = ["2027-01-26"]
        overtime_daily = "9h 1.5; 11h 2.25"
        overtime_weekly = "none"
        overtime_exempt = true
        [[departments]]
        id = "CMP"
        cap = 4
        floor = 1
        ramp_from = 1
        ramp_in_start = 2027-01-11
        peak_start = 2027-02-01
        peak_end = 2027-03-01
        ramp_out_end = 2027-04-01
        [[departments]]
        id = "Hair & Make-up"
        kind = "asset"
        order = 3
        [[shows]]
        id = "a"
        award = 1000.5
        charge_basis = "booked"
        priority = 3
        probability = "50%"
        rule = "FNLT 2027-06-01"
        [[shows]]
        id = "b"
        kind = "feature"
        start = 2027-01-01
        end = 2027-12-31
        --- fx.csv
        currency,rate,from
        EUR,0.853217,
        EUR,0.9,2027-06-01
        --- vendors.csv
        id,departments,cleared_from,capacity_days_per_week,lead_days,day_price,minimum_order,payments,currency
        v1,CMP,2027-02-01,12,2; 4; 6; 9,EUR 99.90,500,100% delivery,EUR
        --- sequences.csv
        id,show,turnover,rule
        s1,a,2027-01-05,SNET 2027-01-12
        s2,b,,
        --- shots.csv
        id,sequence,frames,class,priority,turnover,due,award,status,rule
        x,s1,100,D,emergency,2027-01-20,2027-05-01,99.99,wip,ALAP
        y,s2,,,,,,,omit,
        --- assets.csv
        id,show,kind,class,priority,used_by,due,status
        r,a,prop,B,high,x; y,2027-03-01,wip
        --- people.csv
        id,name,skills,seniority,capacity,lead,max_concurrent,overtime,opted_out,shows,prefers
        p1,"Lee, Ann",CMP/water:1.234@B; CMP:0.9; Hair & Make-up,lead,62.5%,12.34%,3,no,yes,a; b,CMP; sequence:s2; show:b; class:D
        p2,Ben,CMP,,,,,,,,
        --- contracts.csv
        person,kind,start,end,min_end,notice,rate,basis,burden,currency,overtime_weekly,guaranteed_day,guaranteed_week,minimum_booking,cancellation,option_weeks,option_by
        p1,fixed,2027-01-04,2027-06-30,2027-03-01,15,12.50; 2027-04-01 13.75,hour,21.7%,EUR,36h 1.25,4h,35.5h,3d,25%; 72h 50%; 24h 100%,6,2027-05-31
        p2,freelance,,,,,,month,,,,,,,,,
        --- rates.csv
        department,position,seniority,site,rate,basis,burden,currency
        CMP,Artist,junior,mumbai,EUR 1200.50; 2027-05-01 1300,month,18.5%,EUR
        ,,,,10,hour,,
        --- leave.csv
        person,from,to,share,status
        p1,2027-02-08,2027-02-09,50%,requested
        --- bookings.csv
        person,show,department,from,to,share,state,cancelled
        p1,a,,2027-04-05,2027-04-09,,cancelled,2027-01-09
        p1,b,CMP,2027-01-11,2027-03-31,33.33%,hold1,
        p1,a,,2027-01-11,2027-03-31,50%,tentative(70%),
        --- placeholders.csv
        department,count,from,position
        CMP,2,2027-02-01,generalist
        --- tasks.csv
        id,shot,asset,sequence,show,department,tag,bid,estimate,logged,remaining,status,priority,earliest,due,rule,assigned,vendor,locked,start,end,max_parallel,min_chunk,splittable,min_level,review,vendor_allowed,account,updated
        t1,x,,,,CMP,water,2.5,3,1h,2d,wip,high,2027-01-12,2027-05-01,MSO 2027-01-12; MFO 2027-02-12,p1; p2,,both,2027-01-12,2027-02-12,2,3h,no,0.75,3,no,20-18,2027-01-08
        t2,,r,,,Hair & Make-up,,1?,,,,,,,,,,v1,,,,,,,,,,,
        t3,,,s2,,CMP,,1,,,,hold,,,,,,,,,,,,,,,,,
        t4,,,,b,CMP,,,,,,,,,,,,,,,,,,,,,,,
        --- dependencies.csv
        from,to,link,lag,overlap
        t2,t1,FS,0.43d,33%
        t1,t3,SF,-2d,
        --- milestones.csv
        id,name,show,kind,date,hard,penalty_per_day,contents
        m1,First,a,temp,2027-05-03,yes,12.34,x; asset:r; sequence:s1
        m2,,b,internal,2027-06-01,,,
        --- budget.csv
        account,show,original,approved_changes,last_period
        20-18,a,"1,000.01",-5,7
        20-18,,10,,
        --- actuals.csv
        date,account,show,amount,currency,state,person,vendor,task
        2027-01-04,20-18,a,-1.01,EUR,accrued,p1,v1,t1
        2027-01-04,20-18,,5,,,,,
        --- commitments.csv
        id,account,show,vendor,amount,drawn,currency,expected,cancellable_from
        ,30-04,a,v1,10,5,EUR,2027-02-01,2027-01-20
        --- change_orders.csv
        id,show,state,amount,tasks,date
        c1,a,sent,-12,t1; t2,2027-01-02
        --- payments.csv
        show,share,tied_to,date,terms_days
        a,12.5%,award,2027-01-04,0
        --- incentives.csv
        id,place,rate,valid_from,valid_to
        i,UK,29.25%,2025-01-01,2027-12-31
        --- time_logs.csv
        task,person,date,hours
        t1,p2,2027-01-06,1
        t3,p2,2027-01-07,2.5
        "#,
    ));
}

/// A folder of tables as one JSON document: each table a list of objects, each cell as it is written.
fn as_json(folder: &Path) -> serde_json::Value {
    fn plain(value: toml::Value) -> serde_json::Value {
        match value {
            toml::Value::Array(items) => items.into_iter().map(plain).collect(),
            toml::Value::Table(fields) => {
                fields.into_iter().map(|(name, value)| (name, plain(value))).collect()
            }
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(whether) => whether.into(),
        }
    }
    let settings = fs::read_to_string(folder.join("show.toml")).unwrap_or_default();
    let mut document = plain(toml::Value::Table(settings.parse().unwrap()));
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let mut table = csv::Reader::from_path(&path).unwrap();
        let header = table.headers().unwrap().clone();
        let rows = table.records().map(|row| {
            let row = row.unwrap();
            let cells = header.iter().zip(&row).filter(|(_, cell)| !cell.is_empty());
            let cells = cells.map(|(name, cell)| (name.to_owned(), cell.into()));
            serde_json::Value::Object(cells.collect())
        });
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        document[name] = rows.collect();
    }
    document
}

#[test]
fn one_json_file_says_the_same_as_a_folder_and_becomes_it_again() {
    for name in ["minimal", "handmade", "commercial", "episodic"] {
        let folder = data("productions").join(name);
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join(format!("{name}.json"));
        fs::write(&file, as_json(&folder).to_string()).unwrap();
        let (of_folder, of_file) = (read::load(&folder).unwrap(), read::load(&file).unwrap());
        assert_eq!(of_file.issues.len(), of_folder.issues.len(), "{}", listed(&of_file));
        assert_eq!(of_file.rows, of_folder.rows, "{name}");
        let (folder, file) = (of_folder.production.unwrap(), of_file.production.unwrap());
        assert_eq!(folder.assumed, file.assumed, "{name}");
        assert!(said(&folder) == said(&file), "{name} says something else as JSON");
        round_trip(&file);
    }
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r\n"] {
        let rows = ["id,shot,department,bid", "a,s,CMP,1", "", "\"b\",s,CMP,2", "c,s,CMP,-1"];
        let text = rows.join(end) + end;
        let people: &[u8] = b"name,department\nAnn,CMP\n";
        let reading = read::from_texts(&[("people.csv", people), ("tasks.csv", text.as_bytes())]);
        assert_eq!(listed(&reading).lines().count(), 1, "{}", listed(&reading));
        assert_eq!(reading.issues[0].line, Some(5), "{end:?}");
        let production = reading.production.unwrap();
        let lines: Vec<u32> = production.tasks.iter().map(|task| task.source.line).collect();
        assert_eq!(lines, [2, 4, 5], "{end:?}");
    }
}

#[test]
fn a_table_that_is_not_text_is_not_called_missing() {
    let people: &[u8] = b"name,department\nAnn,CMP\n";
    let reading = read::from_texts(&[("people.csv", people), ("tasks.csv", &[0, 1, 2, 3])]);
    assert!(reading.production.is_none());
    let codes: Vec<&str> = reading.issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["R04"], "{}", listed(&reading));
}

#[test]
fn other_encodings_are_read_and_a_guess_is_said() {
    let tasks: &[u8] = b"shot,department\na,CMP\n";
    let names = |bytes: &[u8]| {
        let reading = read::from_texts(&[("people.csv", bytes), ("tasks.csv", tasks)]);
        let name = reading.production.as_ref().map(|p| p.people[PersonId::new(0)].name.clone());
        (name.unwrap(), listed(&reading))
    };
    let text = "name,department\nBjörn,CMP\n";
    assert_eq!(names(text.as_bytes()), ("Björn".to_owned(), String::new()));
    assert_eq!(names(format!("\u{feff}{text}").as_bytes()).0, "Björn");
    let utf_16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        [mark, &text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()].concat()
    };
    let little = utf_16(&[0xff, 0xfe], u16::to_le_bytes);
    let big = utf_16(&[0xfe, 0xff], u16::to_be_bytes);
    assert_eq!(names(&little), ("Björn".to_owned(), String::new()));
    assert_eq!(names(&big), ("Björn".to_owned(), String::new()));
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let (name, issues) = names(&latin);
    assert_eq!(name, "Björn");
    assert!(issues.starts_with("R04 people.csv:2:"), "{issues}");
    let reading = read::from_texts(&[("tasks.csv", &[0x50, 0x4b, 3, 4, 0, 0, 0, 8])]);
    assert!(listed(&reading).contains("R04 tasks.csv:1:"), "{}", listed(&reading));
}

#[test]
fn a_path_that_is_not_there_is_an_error_and_an_empty_folder_an_issue() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(read::load(&folder.path().join("nowhere")), Err(Error::Missing(_))));
    let reading = read::load(folder.path()).unwrap();
    assert!(reading.production.is_none());
    assert_eq!(reading.issues[0].code, "R01");
    fs::write(folder.path().join("taks.csv"), "shot,department\n").unwrap();
    let reading = read::load(folder.path()).unwrap();
    let unused = reading.issues.iter().find(|issue| issue.code == "R15").unwrap();
    assert!(unused.help.contains("tasks.csv"), "{}", unused.help);
}

#[test]
fn a_file_of_more_than_a_gibibyte_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.csv");
    // A hole of that size: no disk is used.
    fs::File::create(&path).unwrap().set_len((1 << 30) + 1).unwrap();
    let reading = read::load(folder.path()).unwrap();
    let codes: Vec<&str> = reading.issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["R01", "R12"]);
    assert!(reading.production.is_none());
}

#[test]
fn shows_of_a_studio_share_people_and_keep_their_own_ids() {
    let studio = "
        --- studio.toml
        [settings]
        as_of = 2027-01-04
        [[departments]]
        id = \"CMP\"
        --- people.csv
        name,department
        Ann,CMP
        --- alpha/tasks.csv
        id,shot,department,bid,after,assigned
        t1,010_0010,CMP,1,,Ann
        t2,010_0020,CMP,2,t1,
        --- beta/tasks.csv
        id,shot,department,bid,after,assigned
        t1,010_0010,CMP,3,,Ann
        t2,010_0020,CMP,4,t1,
        --- beta/milestones.csv
        id,date,contents
        final,2027-03-01,010_0020
        ";
    let production = show(studio);
    let shows: Vec<&str> = production.shows.iter().map(|show| show.code.as_str()).collect();
    assert_eq!(shows, ["alpha", "beta"]);
    let tasks: Vec<&str> = production.tasks.iter().map(|task| task.code.as_str()).collect();
    assert_eq!(tasks, ["t1", "t2", "beta/t1", "beta/t2"]);
    // Each waits for the task of its own show.
    let edges: Vec<(usize, usize)> =
        production.dependencies.iter().map(|d| (d.from.index(), d.to.index())).collect();
    assert_eq!(edges, [(0, 1), (2, 3)]);
    assert_eq!(production.people.len(), 1);
    let milestone = &production.milestones[MilestoneId::new(0)];
    assert_eq!(milestone.contents, [Entity::Shot(ShotId::new(3))]);
    // The same from a folder.
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files(studio) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let again = read::load(folder.path()).unwrap();
    assert_eq!(again.input_hash, read(studio).input_hash);
    assert_eq!(again.production.unwrap().tasks.len(), 4);
    round_trip(&production);
}

#[test]
fn a_huge_table_is_read_whole() {
    let rows = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 4_500_000 } else { 200_000 };
    let mut tasks = String::from("id,shot,department,bid\n");
    for number in 0..rows {
        tasks.push_str(&format!("task-{number:08},010_{:07},CMP,1.25,,\n", number / 4));
    }
    tasks.push_str("last,010_0000000,CMP,-1\n");
    let files = [("tasks.csv", tasks.as_bytes()), ("people.csv", b"name,department\nAnn,CMP\n")];
    let reading = read::from_texts(&files);
    assert_eq!(reading.rows, rows + 2);
    assert_eq!(reading.issues.len(), 1, "{}", listed(&reading));
    assert_eq!(reading.issues[0].line, Some(rows as u32 + 2));
    assert_eq!(reading.production.unwrap().tasks.len(), rows + 1);
}

#[test]
fn templates_are_what_the_reader_follows() {
    use read::templates;
    let mut expected = vec![
        ("README.md".to_owned(), templates::readme()),
        ("show.toml".to_owned(), templates::show_toml()),
    ];
    let tables = read::wire::TABLES.iter().filter(|about| about.name != "settings");
    expected
        .extend(tables.map(|table| (format!("{}.csv", table.name), templates::template(table))));
    let update = std::env::var_os("SHOTPLAN_UPDATE").is_some();
    for (name, content) in expected {
        let path = data("templates").join(&name);
        if update {
            fs::write(&path, &content).unwrap();
        }
        let saved = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(saved, content, "{name} is old: run the tests once with SHOTPLAN_UPDATE=1");
    }
    // The examples are values that can be written, and refer to each other where they can.
    let reading = read::load(&data("templates")).unwrap();
    for issue in &reading.issues {
        assert!(!issue.code.starts_with('R') && issue.code != "V04", "{issue:?}");
    }
}

#[test]
fn holidays_are_working_days_that_are_off() {
    for (name, list) in read::holidays::NAMES {
        let days = read::holidays::named(name).unwrap();
        assert_eq!(days.len(), list.lines().count() - 1, "{name}: a line is not a day");
        assert!(days.is_sorted(), "{name}");
        for year in [2026, 2027, 2028] {
            assert!(days.iter().filter(|day| day.year() == year).count() >= 7, "{name} {year}");
        }
    }
    let uk = read::holidays::named("UK").unwrap();
    // Easter Sunday is 5 April 2026, 28 March 2027, 16 April 2028.
    for monday in [date(2026, 4, 6), date(2027, 3, 29), date(2028, 4, 17)] {
        assert!(uk.contains(&monday));
    }
    let us = read::holidays::named("US").unwrap();
    assert!(us.contains(&date(2027, 11, 25))); // Thanksgiving: the fourth Thursday
    assert!(us.contains(&date(2026, 7, 3))); // the fourth is a Saturday
    let canada = read::holidays::named("BC").unwrap();
    assert!(canada.contains(&date(2027, 5, 24))); // Victoria Day: the Monday before the 25th
}
