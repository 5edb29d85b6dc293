//! A production as a folder that people can read and the reader reads back: `show.toml` for how the
//! house works, a CSV table for each list.

mod books;
mod hiring;
mod money;
mod people;
mod pools;
mod work;

pub use books::{CLOSED, actual, closed_row};

use crate::model::*;
use crate::read::links::rule_text;
use crate::read::words::{self, word_of};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// Writes `production` into the folder `folder`, which is made if it is not there. Tables without
/// rows are not written, nor columns without values. Reading the folder gives an equal production;
/// only where things were read, and what was assumed, is not kept.
///
/// Ids and names must be without `;` and without spaces at their ends.
pub fn write(production: &Production, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("show.toml"), show_toml(production))?;
    let mut tables = work::tables(production);
    tables.extend(people::tables(production));
    tables.extend(hiring::tables(production));
    tables.extend(money::tables(production));
    tables.extend(books::tables(production));
    tables.push(pools::table(production));
    for table in tables {
        table.write(folder)?;
    }
    Ok(())
}

/// A table to write: columns with their cells, row by row.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Table {
    fn write(&self, folder: &Path) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let used: Vec<usize> = (0..self.columns.len())
            .filter(|&column| self.rows.iter().any(|row| !row[column].is_empty()))
            .collect();
        let mut file = csv::Writer::from_path(folder.join(format!("{}.csv", self.name)))?;
        file.write_record(used.iter().map(|&column| self.columns[column]))?;
        for row in &self.rows {
            file.write_record(used.iter().map(|&column| row[column].as_str()))?;
        }
        file.flush()
    }
}

/// Minor units as a decimal number: 123450 pence are "1234.50".
fn money(amount: Cents, currency: Currency) -> String {
    let units = currency.minor_units().unsigned_abs();
    let (whole, rest) = (amount.0.unsigned_abs() / units, amount.0.unsigned_abs() % units);
    let sign = if amount.0 < 0 { "-" } else { "" };
    match currency.decimals() {
        0 => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{rest:0width$}", width = decimals as usize),
    }
}

/// A number of `1 ÷ parts` as a decimal without needless noughts: 1100 thousandths are "1.1".
fn decimal(number: i64, decimals: u32) -> String {
    let parts = 10_u64.pow(decimals);
    let (whole, rest) = (number.unsigned_abs() / parts, number.unsigned_abs() % parts);
    let sign = if number < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{rest:0width$}", width = decimals as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn share(points: i64) -> String {
    format!("{}%", decimal(points, 2))
}
fn minutes(minutes: i64) -> String {
    format!("{minutes}m")
}
fn entity(production: &Production, entity: Entity) -> String {
    format!("{}:{}", entity.kind(), production.code_of(entity))
}
fn time(length: i64) -> String {
    if length == 0 { String::new() } else { minutes(length) }
}
fn date(date: Option<Date>) -> String {
    date.map_or(String::new(), |date| date.to_string())
}
fn yes(value: bool) -> String {
    word_of(words::YES_NO, value).to_owned()
}
fn rules(rules: &[DateRule]) -> String {
    list(rules.iter().map(|&rule| rule_text(rule)))
}
fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}
fn number(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
fn word<T: PartialEq + Copy>(words: words::Words<T>, value: T) -> String {
    word_of(words, value).to_owned()
}

/// Slots as minutes of a bid day: the reader rounds them back to the same slots.
fn slots(production: &Production, slots: i64) -> String {
    let day = i128::from(production.bid_day_minutes());
    let in_day = i128::from(production.settings.slots_per_day.max(1));
    minutes(round_half_even(i128::from(slots) * day, in_day))
}

/// One table of the TOML, leaving out empty values.
fn toml_table(text: &mut String, header: &str, fields: &[(&str, String)]) {
    let _ = writeln!(text, "\n{header}");
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let is_bare = value.parse::<Date>().is_ok() && value.len() == 10
            || value.parse::<i64>().is_ok_and(|number| number.to_string() == *value);
        if is_bare && *name != "id" && *name != "name" {
            let _ = writeln!(text, "{name} = {value}");
        } else {
            let _ = writeln!(text, "{name} = {}", toml::Value::String(value.clone()));
        }
    }
}

fn overtime(policy: &OvertimePolicy) -> [(&'static str, String); 13] {
    let tier = |&(beyond, times): &(i64, i64)| format!("{} {}", minutes(beyond), decimal(times, 4));
    let daily = list(policy.daily.iter().map(tier));
    let usual = OvertimePolicy::default().cap_opted_out_minutes;
    let opted_out = Some(policy.cap_opted_out_minutes).filter(|&most| most != usual);
    let opted_out = opted_out.map_or(String::new(), minutes);
    [
        ("overtime_daily", if daily.is_empty() { "none".to_owned() } else { daily }),
        ("overtime_weekly", policy.weekly.as_ref().map_or("none".to_owned(), tier)),
        ("overtime_average_weeks", policy.average_weeks.to_string()),
        ("overtime_cap_day", minutes(policy.cap_day_minutes)),
        ("overtime_cap_week", minutes(policy.cap_week_minutes)),
        ("overtime_cap_opted_out", opted_out),
        ("overtime_exempt", yes(policy.exempt)),
        ("overtime_days_off", word(words::DAYS_OFF, policy.days_off)),
        ("overtime_cap_day_off", minutes(policy.cap_day_off_minutes)),
        ("overtime_days_a_week", policy.days_a_week.to_string()),
        ("overtime_sixth_day", decimal(policy.sixth_day, 4)),
        ("overtime_seventh_day", decimal(policy.seventh_day, 4)),
        ("overtime_holiday", decimal(policy.holiday, 4)),
    ]
}

/// What the hours of a week are worth, where it is not as usual.
fn long_hours(curve: &ProductivityCurve) -> String {
    let is_usual = curve.steps == ProductivityCurve::default().steps;
    let step = |&(to, worth): &(i64, i64)| format!("{} {}", minutes(to), share(worth));
    if is_usual { String::new() } else { list(curve.steps.iter().map(step)) }
}

/// What a heavy week is, where it is not as usual.
fn heavy_weeks(curve: &ProductivityCurve) -> String {
    let usual = ProductivityCurve::default();
    let is_usual = (curve.heavy, curve.patience, &curve.fatigue)
        == (usual.heavy, usual.patience, &usual.fatigue);
    let first = [minutes(curve.heavy), curve.patience.to_string()];
    let later = curve.fatigue.iter().map(|&worth| share(worth));
    if is_usual { String::new() } else { list(first.into_iter().chain(later)) }
}

fn show_toml(production: &Production) -> String {
    let settings = &production.settings;
    let home = settings.currency;
    let mut text =
        String::from("# How the house works. The lists are in the CSV tables beside this file.\n");
    toml_table(
        &mut text,
        "[settings]",
        &[
            ("name", settings.name.clone()),
            ("as_of", settings.as_of.to_string()),
            ("horizon_end", settings.horizon_end.to_string()),
            ("currency", home.to_string()),
            ("slots_per_day", settings.slots_per_day.to_string()),
            ("productive", share(settings.productive * 10)),
            ("long_hours", long_hours(&settings.productivity)),
            ("heavy_weeks", heavy_weeks(&settings.productivity)),
            ("mode", word(words::MODES, settings.mode)),
            ("weights", settings.weights.to_string()),
            ("charge_basis", word(words::CHARGE_BASES, settings.charge_basis)),
            ("accruals", word(words::ACCRUALS, settings.accruals_in_commitments)),
            ("idle_to", word(words::IDLE_TO, settings.idle_to)),
            ("seed", settings.seed.to_string()),
            ("pay_cycle", word(words::PAY_CYCLES, settings.cash.pay_cycle)),
            ("pay_lag", settings.cash.pay_lag_days.to_string()),
            ("fringe_lag", settings.cash.fringe_lag_days.to_string()),
            ("vendor_terms", settings.cash.vendor_terms_days.to_string()),
            ("opening_cash", money(settings.cash.opening, home)),
            (
                "default_day_rate",
                list(settings.default_day_rate.iter().map(|&rate| money(rate, home))),
            ),
        ],
    );
    for calendar in &production.calendars {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let worked = DAYS.iter().zip(calendar.workdays).filter(|(_, worked)| *worked);
        let days = |is_worked: bool| {
            let days = calendar.exceptions.iter().filter(|(_, worked)| *worked == is_worked);
            list(days.map(|(day, _)| day.to_string()))
        };
        toml_table(
            &mut text,
            "[[calendars]]",
            &[
                ("id", calendar.code.clone()),
                ("workdays", list(worked.map(|(day, _)| (*day).to_owned()))),
                ("off", days(false)),
                ("worked", days(true)),
            ],
        );
    }
    for site in &production.sites {
        let mut fields = vec![
            ("id", site.code.clone()),
            ("time_zone", site.time_zone.clone()),
            ("utc_offset", site.utc_offset_minutes.to_string()),
            ("hours_per_day", minutes(site.day_minutes)),
            ("calendar", production.calendars[site.calendar].code.clone()),
            ("holidays", list(site.holidays.iter().map(Date::to_string))),
            ("currency", site.currency.to_string()),
        ];
        fields.extend(overtime(&site.overtime));
        toml_table(&mut text, "[[sites]]", &fields);
    }
    for row in &production.departments {
        toml_table(
            &mut text,
            "[[departments]]",
            &[
                ("id", row.code.clone()),
                ("name", row.name.clone()),
                ("kind", word(words::DEPARTMENTS, row.kind)),
                ("order", row.order.to_string()),
                (
                    "account",
                    production.accounts.get(row.account).map_or(String::new(), |a| a.code.clone()),
                ),
                ("setup_sequence", time(row.setup_sequence)),
                ("setup_show", time(row.setup_show)),
                ("cap", number(row.curve.cap)),
                ("floor", number(row.curve.floor)),
                ("ramp_from", row.curve.ramp_from.to_string()),
                ("ramp_in_start", date(row.curve.ramp_in_start)),
                ("peak_start", date(row.curve.peak_start)),
                ("peak_end", date(row.curve.peak_end)),
                ("ramp_out_end", date(row.curve.ramp_out_end)),
            ],
        );
    }
    for show in &production.shows {
        toml_table(
            &mut text,
            "[[shows]]",
            &[
                ("id", show.code.clone()),
                ("name", show.name.clone()),
                ("kind", word(words::SHOWS, show.kind)),
                ("probability", share(show.probability)),
                ("start", date(show.start)),
                ("end", date(show.end)),
                ("calendar", production.calendars[show.calendar].code.clone()),
                ("priority", show.priority.to_string()),
                ("award", show.award.map_or(String::new(), |award| money(award, home))),
                (
                    "charge_basis",
                    show.charge_basis
                        .map_or(String::new(), |basis| word(words::CHARGE_BASES, basis)),
                ),
                ("rule", rules(&show.rules)),
            ],
        );
    }
    text
}
