//! A list of shots to be priced: one CSV table, everything wrong with it at once.

use super::titles::{self, Titles};
use super::{encoding, table, words};
use crate::model::*;
use jiff::civil::Date;

/// The shots of a table with the columns `shot`, `class`, and where said `sequence`, `show`, `due`,
/// `turnover` and one column of days for each department by its code.
pub fn shot_list(
    name: &str,
    bytes: &[u8],
    production: &Production,
) -> (Vec<ShotRequest>, Vec<Issue>) {
    let (text, _) = encoding::text(bytes);
    let mut issues = Vec::new();
    let mut rows = table::rows(&text, table::delimiter(&text));
    let titles = Titles::of(name, &mut rows);
    let column = |names: &[&str]| titles.column(names);
    let (code, class) = (column(&["shot", "id", "code"]), column(&["class", "complexity"]));
    let (Some(code), Some(class)) = (code, class) else {
        let issue =
            Issue::error("R06", "list of shots", "the columns `shot` and `class` are needed")
                .help("write a header such as `shot,class,due`");
        return (Vec::new(), vec![titles.at(issue, 1, None)]);
    };
    let (sequence, show) = (column(&["sequence"]), column(&["show"]));
    let (due, turnover) = (column(&["due"]), column(&["turnover"]));
    let departments: Vec<(usize, DepartmentId)> = production
        .departments
        .enumerate()
        .filter_map(|(id, row)| Some((column(&[row.code.as_str()])?, id)))
        .collect();
    let known = [Some(code), Some(class), sequence, show, due, turnover];
    for (place, own) in titles.iter().enumerate() {
        let is_known =
            known.contains(&Some(place)) || departments.iter().any(|(at, _)| *at == place);
        if !is_known && !own.trim().is_empty() {
            let issue = Issue::error("R05", "list of shots", format!("the column `{}` is not known", own.trim()))
                .help("columns: shot, class, sequence, show, due, turnover, and departments by their code");
            issues.push(titles.at(issue, 1, Some(place)));
        }
    }
    let mut requests: Vec<ShotRequest> = Vec::new();
    let mut record = csv::StringRecord::new();
    while rows.read_record(&mut record).unwrap_or(false) {
        let line = table::line(&text, &record);
        let cell = |place: Option<usize>| titles::cell(&record, place);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let object = format!("shot {}", cell(Some(code)).unwrap_or("?"));
        let mut wrong = |rule: &str, place: Option<usize>, message: String, help: &str| {
            issues.push(titles.at(
                Issue::error(rule, object.clone(), message).help(help),
                line,
                place,
            ));
        };
        let shot = cell(Some(code)).unwrap_or_default().to_owned();
        if shot.is_empty() {
            wrong("R07", Some(code), "the shot has no name".to_owned(), "fill it in");
        }
        let is_there = production.shots.iter().any(|row| row.code == shot)
            || requests.iter().any(|row| row.code == shot);
        if is_there {
            wrong("V03", Some(code), format!("`{shot}` is there already"), "give it another name");
        }
        let word = cell(Some(class)).unwrap_or_default();
        let class_of = words::CLASSES.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        if class_of.is_none() {
            wrong("R09", Some(class), format!("`{word}` is no class"), "write A, B, C or D");
        }
        let mut day = |place: Option<usize>| -> Option<Date> {
            let text = cell(place)?;
            let date = text.parse().ok();
            if date.is_none() {
                wrong("R09", place, format!("`{text}` is no day"), "write 2027-05-14");
            }
            date
        };
        let (due, turnover) = (day(due), day(turnover));
        let show_of = match cell(show) {
            None => production.shows.ids().next(),
            Some(name) => {
                let found = production.shows.enumerate().find(|(_, row)| row.code == name);
                if found.is_none() {
                    wrong(
                        "V02",
                        show,
                        format!("the show `{name}` is not defined"),
                        "name one there is",
                    );
                }
                found.map(|(id, _)| id)
            }
        };
        let mut work = Vec::new();
        for &(place, department) in &departments {
            let Some(text) = cell(Some(place)) else { continue };
            match text.parse::<f64>() {
                Ok(days) if (0.0..=1_000.0).contains(&days) => {
                    let minutes = (days * production.bid_day_minutes() as f64).round() as i64;
                    if minutes > 0 {
                        work.push((department, minutes));
                    }
                }
                _ => wrong("R09", Some(place), format!("`{text}` are no days"), "write 2.5"),
            }
        }
        let sequence = cell(sequence).map(str::to_owned).unwrap_or_else(|| {
            shot.rsplit_once(['_', '-']).map_or("all", |(front, _)| front).to_owned()
        });
        if let (Some((_, class)), Some(show)) = (class_of, show_of) {
            requests.push(ShotRequest {
                code: shot,
                show,
                sequence,
                class: *class,
                due,
                turnover,
                work,
            });
        }
    }
    if requests.is_empty() && issues.is_empty() {
        let issue =
            Issue::error("R02", "list of shots", "there is no shot in it").help("add a row");
        issues.push(titles.at(issue, 1, None));
    }
    (requests, issues)
}
