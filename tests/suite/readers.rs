//! Reading shows: what the words mean, what stands for missing ones, and what is said about wrong ones.

use crate::support::{self, listed, show};
use jiff::civil::date;
use shotplan::model::*;
use shotplan::read::{self, LoadOptions};

mod files;
mod plans;

#[test]
fn a_minimal_show_is_two_tables() {
    let show = show(
        "
        --- tasks.csv
        shot,department,days,after
        010_0010,ROTO,0.5,
        010_0010,CMP,2.5,ROTO
        010_0020,CMP,,
        --- people.csv
        name,department
        Ann,CMP
        Ben,ROTO
        ",
    );
    let tasks: Vec<(&str, i64)> = show.tasks.iter().map(|t| (t.code.as_str(), t.bid)).collect();
    // The third has no bid: three days are usual for compositing of class B.
    assert_eq!(tasks, [("010_0010_roto", 240), ("010_0010_cmp", 1200), ("010_0020_cmp", 3 * 480)]);
    assert_eq!(show.dependencies.len(), 1);
    assert_eq!(show.dependencies[0].from, TaskId::new(0));
    assert_eq!(show.assumed["task.bid"], 1);
    assert_eq!(show.settings.as_of, date(2027, 1, 4)); // no date anywhere
    assert_eq!(show.sequences.iter().map(|s| s.code.as_str()).collect::<Vec<_>>(), ["010"]);
    assert_eq!(show.shots.len(), 2);
    // Made from use, in the order of the pipeline.
    let departments: Vec<&str> = show.departments.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(departments, ["ROTO", "CMP"]);
    assert_eq!(show.home_department(PersonId::new(0)), Some(DepartmentId::new(1)));
    assert_eq!(show.shows.iter().next().map(|s| s.code.as_str()), Some("show"));
}

/// The issues of a show as `code line:column field value`, in the order they are given.
fn said(text: &str) -> Vec<String> {
    let reading = support::read(text);
    println!("{}", listed(&reading));
    reading
        .issues
        .iter()
        .map(|issue| {
            let number = |part: Option<u32>| part.map_or("-".to_owned(), |part| part.to_string());
            format!(
                "{} {}:{} {} {}",
                issue.code,
                number(issue.line),
                number(issue.column),
                issue.field.as_deref().unwrap_or("-"),
                issue.value.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

/// A table of tasks beside one person in CMP.
fn tasks(rows: &str) -> String {
    format!("--- people.csv\nname,department\nAnn,CMP\n--- tasks.csv\n{rows}")
}

#[test]
fn an_unknown_column_is_named_with_the_nearest_known_one() {
    let text = tasks("shot,departmnet,department,colour\n010_0010,CMP,CMP,red\n");
    assert_eq!(said(&text), ["R05 1:2 - departmnet", "R05 1:4 - colour"]);
    let help = &support::read(&text).issues[0].help;
    assert!(help.starts_with("perhaps `department`"), "{help}");
}

#[test]
fn an_unknown_reference_names_its_place_and_the_nearest_known_name() {
    let text = tasks("id,shot,department,assigned,after\nt1,a,CMP,Anne,\nt2,a,CMP,Ann,t9\n");
    assert_eq!(said(&text), ["V02 2:4 assigned Anne", "V02 3:5 after t9"]);
    assert!(support::read(&text).issues[0].help.contains("perhaps `Ann`"));
}

#[test]
fn a_duplicate_id_names_both_places() {
    let text = tasks("id,shot,department\nt1,a,CMP\nt1,b,CMP\n");
    assert_eq!(said(&text), ["V03 3:1 id t1"]);
    assert!(support::read(&text).issues[0].message.contains("tasks.csv line 2"));
}

#[test]
fn impossible_numbers_are_v04_and_unreadable_ones_r09() {
    let text = tasks(
        "id,shot,department,bid\n1,a,CMP,-2\n2,a,CMP,NaN\n3,a,CMP,1e300\n4,a,CMP,two\n5,a,CMP,9999999999\n",
    );
    assert_eq!(
        said(&text),
        [
            "V04 2:4 bid -2",
            "V04 3:4 bid NaN",
            "V04 4:4 bid 1e300",
            "R09 5:4 bid two",
            "V04 6:4 bid 9999999999"
        ]
    );
}

#[test]
fn wrong_dates_are_named_and_ambiguous_ones_not_guessed() {
    let text = tasks(
        "id,shot,department,due\n1,a,CMP,2027-02-30\n2,a,CMP,05/01/2027\n3,a,CMP,soon\n4,a,CMP,31.01.2027\n",
    );
    assert_eq!(
        said(&text),
        ["R08 2:4 due 2027-02-30", "R08 3:4 due 05/01/2027", "R08 4:4 due soon"]
    );
}

#[test]
fn the_headers_of_a_tracker_are_understood() {
    let show = show(
        "
        --- people.csv
        Name,Department,Email,% Capacity
        Bo,Animation,bo@x,100
        Dee,Compositing,dee@x,80
        --- show.toml
        [columns.people]
        Email = \"-\"
        --- tasks.csv
        Id;Task Name;Link;Pipeline Step;Bid (hrs);Due Date;Status;Assigned To;Upstream Tasks
        101;Animation;010_0010;Animation;32;;Ready to Start;Bo;
        102;Comp;010_0010;Comp;24;2027-02-26;Waiting to Start;Dee;101
        ",
    );
    let bids: Vec<i64> = show.tasks.iter().map(|task| task.bid).collect();
    assert_eq!(bids, [32 * 60, 24 * 60]);
    assert_eq!(show.dependencies.len(), 1);
    assert_eq!(show.people[PersonId::new(1)].capacity, 8_000);
    let status: Vec<Status> = show.tasks.iter().map(|task| task.status).collect();
    assert_eq!(status, [Status::Ready, Status::NotReady]);
}

#[test]
fn sequences_are_made_as_they_come_where_none_are_listed() {
    let rows = "id,sequence,shot,department,bid\n1,010,010_0010,CMP,1\n2,020,,CMP,1\n";
    let reading = support::read(&tasks(rows));
    assert_eq!(listed(&reading), "");
    let show = reading.production.unwrap();
    let codes: Vec<&str> = show.sequences.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["010", "020"]);
    assert_eq!(show.tasks[TaskId::new(1)].entity, Entity::Sequence(SequenceId::new(1)));
    // A list that is given is a list: a name that is not in it is a mistake.
    let listed = format!("{}--- sequences.csv\nid\n010\n", tasks(rows));
    assert_eq!(said(&listed), ["V02 3:2 sequence 020"]);
}

#[test]
fn a_start_after_its_end_is_v05() {
    let text = tasks("id,shot,department,start,end\n1,a,CMP,2027-02-02,2027-02-01\n");
    assert_eq!(said(&text), ["V05 2:5 end 2027-02-01"]);
}

#[test]
fn a_ragged_row_names_the_first_cell_that_has_no_column_or_is_missing() {
    let text = tasks("id,shot,department\n1,a,CMP,more\n2,a\n3,a,CMP,,\n");
    // The second row has no department either.
    assert_eq!(said(&text), ["R11 2:4 - more", "R11 3:3 department -", "R07 3:3 department -"]);
}

#[test]
fn empty_tables_and_missing_columns() {
    assert_eq!(said(&tasks("")), ["R02 1:- - -"]);
    assert_eq!(said(&tasks("shot,department\n")), ["R02 1:- - -"]);
    assert_eq!(said(&tasks("shot,days\na,1\n")), ["R06 1:1 - -"]);
    assert_eq!(said("--- people.csv\nname,department\nAnn,CMP\n"), ["R01 -:- - -"]);
    assert!(support::read("--- people.csv\nname\nAnn\n").production.is_none());
}

#[test]
fn a_person_with_no_department_is_named() {
    let text =
        "--- tasks.csv\nshot,department\na,CMP\n--- people.csv\nname,department\nAnn,CMP\nBen,\n";
    assert_eq!(said(text), ["R07 3:2 department -"]);
}

#[test]
fn a_day_of_the_plan_after_the_end_is_v12() {
    let text = tasks("shot,department\na,CMP\n")
        + "--- show.toml\n[settings]\nhorizon_end = 2027-03-01\nas_of = 2027-04-01\n";
    assert_eq!(said(&text)[0], "V12 3:1 as_of 2027-04-01");
    let text = tasks("shot,department\na,CMP\n")
        + "--- show.toml\n[settings]\nas_of = 2027-04-01\n[[shows]]\nid = \"s\"\nend = 2027-03-01\n";
    assert_eq!(said(&text)[0], "V12 2:1 as_of 2027-04-01");
}

#[test]
fn wrong_words_list_the_right_ones() {
    let text = tasks("id,shot,department,status,rule\n1,a,CMP,finel,SNET soon\n");
    assert_eq!(said(&text), ["R10 2:4 status finel", "R10 2:5 rule SNET soon"]);
    assert!(support::read(&text).issues[0].help.contains("perhaps `final`"));
}

#[test]
fn broken_toml_and_json_name_line_and_column() {
    let with = |name: &str, content: &str| {
        tasks("shot,department\na,CMP\n") + "--- " + name + "\n" + content
    };
    assert_eq!(said(&with("show.toml", "[settings]\nname = \n")), ["R13 2:8 - -"]);
    let text = with("show.toml", "[settings]\nnaem = \"x\"\n");
    assert_eq!(said(&text), ["R05 2:1 naem naem"]);
    let text = with("show.toml", "[[site]]\nid = \"x\"\n");
    assert_eq!(said(&text), ["R05 1:3 site site"]);
    assert!(support::read(&text).issues[0].help.contains("perhaps `sites`"));
    let json = "--- show.json\n{\n\"tasks\": [\n{\"shot\": \"a\", \"department\": \"CMP\",\n\"bid\": -1},\n{\"shot\": \"a\" \"department\": 1}\n]}";
    assert_eq!(said(json)[0], "R13 5:14 tasks[1] -");
    let json = json
        .replace("\"a\" \"dep", "\"a\", \"dep")
        .replace("\"department\": 1", "\"dept\": \"CMP\", \"bit\": 1");
    let said = said(&json);
    assert_eq!(said[..2], ["V04 4:1 bid -1", "R05 5:30 bit bit"].map(str::to_owned));
}

#[test]
fn one_json_file_is_a_whole_show() {
    let json = r#"{
        "settings": {"name": "Tiny", "as_of": "2027-01-11", "currency": "GBP"},
        "people": [{"name": "Ann", "department": "CMP", "capacity": 0.6}],
        "tasks": [{"shot": "010_0010", "department": "CMP", "bid": 2.5, "assigned": ["Ann"], "splittable": false}]
    }"#;
    let reading = read::from_texts(&[("tiny.json", json.as_bytes())]);
    assert!(!reading.has_errors(), "{}", listed(&reading));
    let production = reading.production.unwrap();
    assert_eq!(production.settings.name, "Tiny");
    let task = &production.tasks[TaskId::new(0)];
    assert_eq!((task.bid, task.splittable, task.assigned.len()), (1200, false, 1));
    assert_eq!(production.people[PersonId::new(0)].capacity, 6_000);
    assert_eq!(task.source.line, 4);
}

#[test]
fn headers_of_trackers_are_understood() {
    let show = show(
        "
        --- show.toml
        [columns.tasks]
        Thumbnail = \"-\"
        Stage = \"department\"
        --- people.csv
        Person Name;Team
        Ann Lee;Compositing
        Ben Roy;comp
        --- tasks.csv
        Id;Task Name;Link;Stage;Assigned To;Bid (h);Thumbnail;Task Status;Start Date
        7;comp;010_0010;Comp;Ann Lee, Ben Roy;20,5;x.jpg;ip;25/01/2027
        ",
    );
    let task = &show.tasks[TaskId::new(0)];
    assert_eq!(task.code, "7");
    assert_eq!(task.bid, 1230); // 20.5 hours: the comma is decimal where `;` divides the cells
    assert_eq!(task.status, Status::Wip);
    assert_eq!(task.start, Some(date(2027, 1, 25)));
    assert_eq!(task.assigned.len(), 2);
    assert_eq!(show.departments.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(), ["CMP"]);
    // The latest and only day of the work is the day of the plan.
    assert_eq!(show.settings.as_of, date(2027, 1, 25));
}

#[test]
fn links_lags_rules_and_skills_are_written_in_few_words() {
    let show = show(
        "
        --- tasks.csv
        id,shot,department,bid,after,rule,review
        a,s,ANI,4,,must finish on 2027-02-01; ALAP,0
        b,s,FX,1w,ANI SS+1d,SNET 2027-01-05,
        c,s,CMP,90m,a FS~60%+0.5d; b FF-2h,,1.5d
        --- people.csv
        id,skills,capacity,lead
        ann,CFX/hair:1.25@C; CMP:0.8,0.6,10%
        ",
    );
    let links: Vec<(Link, i32, i64)> =
        show.dependencies.iter().map(|d| (d.link, d.lag, d.overlap)).collect();
    // A slot is a quarter of a day: a day is 4, half a day 2, two hours 1.
    assert_eq!(
        links,
        [
            (Link::StartToStart, 4, 0),
            (Link::FinishToStart, 2, 6_000),
            (Link::FinishToFinish, -1, 0)
        ]
    );
    let tasks = show.tasks.as_slice();
    assert_eq!((tasks[0].review, tasks[1].review, tasks[2].review), (0, 2, 6));
    assert_eq!((tasks[1].bid, tasks[2].bid), (2400, 90));
    assert_eq!(
        tasks[0].rules,
        [DateRule::MustFinishOn(date(2027, 2, 1)), DateRule::AsLateAsPossible]
    );
    let ann = &show.people[PersonId::new(0)];
    assert_eq!((ann.capacity, ann.lead_share), (6_000, 1_000));
    assert_eq!(ann.skills[0].tag.as_deref(), Some("hair"));
    assert_eq!((ann.skills[0].level, ann.skills[0].max_class), (1_250, Class::C));
    assert_eq!((ann.skills[1].level, ann.skills[1].max_class), (800, Class::D));
}

#[test]
fn money_is_exact_and_half_a_penny_refused() {
    let text = "--- show.toml\n[settings]\ncurrency = \"GBP\"\n--- people.csv\nname,department\nAnn,CMP\n\
        --- tasks.csv\nshot,department\na,CMP\n\
        --- actuals.csv\ndate,account,amount\n2027-01-04,20-18,\"1,234.50\"\n2027-01-04,20-18,EUR 0.10\n\
        2027-01-04,20-18,0.005\n2027-01-04,20-18,-3\n2027-01-04,20-99,1\n";
    let reading = support::read(text);
    let actuals = reading.production.unwrap().actuals;
    let amounts: Vec<(i64, &str)> =
        actuals.iter().map(|row| (row.amount.0, row.currency.code())).collect();
    assert_eq!(amounts, [(123_450, "GBP"), (10, "EUR"), (-300, "GBP")]);
    assert_eq!(said(text), ["R09 4:3 amount 0.005", "V02 6:2 account 20-99"]);
}

#[test]
fn planned_hires_are_heads_without_names() {
    let show = show(
        "
        --- tasks.csv
        shot,department
        a,CMP
        --- placeholders.csv
        department,count,from,to,rate,level
        CMP,2,2027-03-01,2027-05-28,GBP 340,1.1
        ",
    );
    let codes: Vec<&str> = show.people.iter().map(|person| person.code.as_str()).collect();
    assert_eq!(codes, ["hire-cmp-1", "hire-cmp-2"]);
    for person in &show.people {
        assert!(person.placeholder);
        assert_eq!(person.skills[0].level, 1_100);
        let contract = &person.contracts[0];
        assert_eq!(contract.kind, ContractKind::Freelance);
        assert_eq!((contract.start, contract.end), (date(2027, 3, 1), Some(date(2027, 5, 28))));
        assert_eq!(contract.rates, [(date(2027, 3, 1), Cents(34_000))]);
        assert_eq!(contract.currency.code(), "GBP");
    }
}

#[test]
fn terms_of_moves_are_what_is_usual_where_they_say_nothing() {
    let show = show(
        "
        --- tasks.csv
        shot,department
        a,CMP
        a,ROTO
        --- sites.csv
        id
        london
        mumbai
        --- people.csv
        name,department
        Ann,CMP
        Bo,ROTO
        Cy,ROTO
        --- rates.csv
        department,rate
        ROTO,200
        CMP,400
        --- moves.csv
        people,from,to,site,level,lead_days,ramp,min_weeks,max_heads,cost,pay
        ,ROTO,CMP,,,,,,,,
        Bo; Cy,,CMP,mumbai,0.9,15,none,8,1,\"1,250\",110%
        Ann,,,mumbai,,,,,,,
        ",
    );
    let of = |code: &str| show.departments.enumerate().find(|(_, row)| row.code == code).unwrap().0;
    let codes: Vec<&str> = show.moves.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["roto-to-cmp", "to-cmp-mumbai", "to-mumbai"]);
    let [lent, far, gone] = &show.moves[..] else { panic!("three") };
    assert_eq!((lent.from, lent.to, lent.site), (Some(of("ROTO")), Some(of("CMP")), None));
    assert_eq!((lent.level, lent.lead_days, lent.min_weeks, lent.most), (700, 5, 1, 0));
    assert_eq!((&lent.ramp, lent.cost, lent.pay), (&vec![8_000], Cents::ZERO, 10_000));
    assert_eq!((far.people.len(), far.level, far.lead_days, far.min_weeks), (2, 900, 15, 8));
    assert_eq!((&far.ramp, far.cost, far.pay, far.most), (&vec![], Cents(125_000), 11_000, 1));
    // A week for the move, 20 working days ahead, ten days of the show's artists: 266.67 on the mean.
    assert_eq!((gone.level, gone.lead_days, gone.min_weeks), (1_000, 20, 12));
    assert_eq!((&gone.ramp, gone.cost), (&vec![0], show.usual_relocation()));
    assert_eq!(show.assumed["moves.cost"], 1);
    assert_eq!(show.accounts[gone.account].code, "50-00");
    // Rates of departments that no table lists are theirs however departments are sorted.
    let ann = show.people.enumerate().find(|(_, row)| row.name == "Ann").unwrap().0;
    assert_eq!(show.day_cost(ann, show.settings.as_of), Cents(48_800)); // with the usual burden
}

#[test]
fn terms_of_hire_are_read_and_the_usual_ones_fill_the_gaps() {
    let show = show(
        "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        currency = \"GBP\"
        [[sites]]
        id = \"london\"
        currency = \"GBP\"
        [[sites]]
        id = \"mumbai\"
        currency = \"INR\"
        [[fx]]
        currency = \"INR\"
        rate = 0.01
        --- tasks.csv
        shot,department
        a,CMP
        a,ROTO
        --- people.csv
        name,department
        Ann,CMP
        Bo,CMP
        Cy,CMP
        --- contracts.csv
        person,kind,rate
        Ann,staff,400
        Bo,freelance,300
        Cy,freelance,320
        --- hiring.csv
        id,department,site,seniority,level,kind,rate,basis,burden,notice,min_weeks,lead,earliest,ramp,heads,onboarding
        far,CMP,mumbai,senior,1.1,fixed,\"60,000\",month,20%,15,6,20,2027-02-01,50%; 75%; 90%,3,250
        ,CMP,,,,,,,,,,,,none,,
        ,CMP,,,,,,,,,,,,,,
        ",
    );
    let comp = show.departments.enumerate().find(|(_, row)| row.code == "CMP").unwrap().0;
    let terms = show.hire_terms(comp);
    let codes: Vec<&str> = terms.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["far", "cmp-hire", "cmp-hire-2"]);
    let far = &terms[0];
    assert_eq!((show.sites[far.site].code.as_str(), far.seniority), ("mumbai", Seniority::Senior));
    assert_eq!((far.level, far.most, far.min_weeks, far.lead_days), (1_100, 3, 6, 20));
    assert_eq!((far.earliest, far.contract.notice_days), (Some(date(2027, 2, 1)), 15));
    assert_eq!(
        (far.ramp.as_slice(), far.onboarding),
        ([5_000, 7_500, 9_000].as_slice(), Cents(25_000))
    );
    // 60,000 rupees a month are 3,000 a day, 3,600 with the employer's cost: 36 pounds.
    assert_eq!(show.hire_day_cost(far, date(2027, 3, 1)), Cents(3_600));
    // The mean of the two freelance artists, as many as the department has, one and a half days.
    let usual = &terms[1];
    assert_eq!(show.hire_day_cost(usual, date(2027, 3, 1)), Cents(31_000));
    assert_eq!((usual.most, usual.min_weeks, usual.lead_days), (3, 4, 10));
    assert_eq!(usual.onboarding, show.mean_day_cost().times(3, 2));
    assert!(usual.ramp.is_empty() && terms[2].ramp == [6_000, 8_000]);
    // What an artist on these terms gives: half of the first week, three quarters of the second.
    let artist = far.artist("new", date(2027, 2, 1), None);
    let away: Vec<i64> = artist.leave.iter().map(|leave| leave.share).collect();
    assert_eq!((away, artist.site), (vec![5_000, 2_500, 1_000], far.site));
    // A department without terms has the usual ones.
    let roto = show.departments.enumerate().find(|(_, row)| row.code == "ROTO").unwrap().0;
    assert_eq!(show.hire_terms(roto), [show.usual_terms(roto)]);
}

#[test]
fn the_day_of_the_plan_can_be_given_from_outside() {
    let files: [(&str, &[u8]); 1] = [("tasks.csv", b"shot,department,due\na,CMP,2027-03-05\n")];
    assert_eq!(read::from_texts(&files).production.unwrap().settings.as_of, date(2027, 3, 5));
    let options = LoadOptions { as_of: Some(date(2027, 2, 1)), name: Some("Tiny".to_owned()) };
    let settings = read::from_texts_with(&files, &options).production.unwrap().settings;
    assert_eq!((settings.as_of, settings.name.as_str()), (date(2027, 2, 1), "Tiny"));
    // Due 5 March, plus 26 weeks, plus one: three days at 85 % and half as much again are 5.3 days.
    assert_eq!(settings.horizon_end, date(2027, 9, 10));
}

#[test]
fn the_hash_knows_content_and_not_the_order_of_files() {
    let a: (&str, &[u8]) = ("tasks.csv", b"shot,department\na,CMP\n");
    let b: (&str, &[u8]) = ("people.csv", b"name,department\nAnn,CMP\n");
    let hash = |files: &[(&str, &[u8])]| read::from_texts(files).input_hash;
    assert_eq!(hash(&[a, b]), hash(&[b, a]));
    assert_ne!(hash(&[a, b]), hash(&[a]));
    assert_eq!(hash(&[a]).len(), 16);
}

#[test]
fn an_issue_that_repeats_is_listed_a_thousand_times_and_counted() {
    let mut rows = String::from("id,shot,department,bid\n");
    for number in 0..1_200 {
        rows.push_str(&format!("t{number},a,CMP,-1\n"));
    }
    let issues = support::read(&tasks(&rows)).issues;
    assert_eq!(issues.len(), 1_001);
    assert!(issues.iter().any(|issue| issue.message == "and 200 more like this"));
}
