//! Sweeps: one edit with many values, and every combination of several.

use super::super::intake::clipped;
use super::super::nearest;
use super::super::values;
use super::super::wire::{AXIS, op};
use super::Raw;
use super::cells::Report;
use super::tree::{Entry, Node, Value};
use crate::model::Issue;
use jiff::civil::Date;

/// Most scenarios of a file: each is a plan of its own.
pub(super) const MOST: u64 = 10_000;

/// A value of an axis, as it is written.
#[derive(Clone, Debug)]
struct Point {
    text: String,
    /// Where it was written; 0 for values between a first and a last one.
    at: usize,
}

/// One thing that varies.
struct Axis<'n> {
    /// What varies, for names and tables.
    param: String,
    points: Points,
    /// The edit without the field that varies; `None` where the values are scenarios.
    edit: Option<&'n Node>,
    at: usize,
}

/// Values, or how to count them out.
enum Points {
    List(Vec<Point>),
    Numbers { first: i64, step: i64, count: u64, percent: bool },
    Dates { first: Date, step: i64, count: u64 },
}

impl Points {
    fn count(&self) -> u64 {
        match self {
            Points::List(points) => points.len() as u64,
            Points::Numbers { count, .. } | Points::Dates { count, .. } => *count,
        }
    }

    fn all(self, at: usize) -> Vec<Point> {
        let point = |text: String| Point { text, at };
        match self {
            Points::List(points) => points,
            Points::Numbers { first, step, count, percent } => (0..count as i64)
                .map(|number| {
                    let sign = if percent { "%" } else { "" };
                    point(format!("{}{sign}", decimal(first + step * number)))
                })
                .collect(),
            Points::Dates { first, step, count } => (0..count as i64)
                .map(|number| {
                    let span = jiff::Span::new().days(step * number);
                    point(first.saturating_add(span).to_string())
                })
                .collect(),
        }
    }
}

/// Millionths as they are written.
fn decimal(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, part) = (millionths.abs() / 1_000_000, millionths.abs() % 1_000_000);
    let text = format!("{sign}{whole}.{part:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The scenarios of a sweep: every value of each axis with every value of the others, the last axis
/// changing fastest. `before` is how many scenarios the file has already.
pub(super) fn scenarios(
    sweep: &Raw,
    axes: &[Node],
    before: u64,
    report: &mut Report<'_>,
) -> Vec<Raw> {
    let object = format!("sweep {}", sweep.name);
    let mut wrong = |at: usize, code: &str, message: String, help: &str| {
        report.raise(at, Issue::error(code, &*object, message).help(help));
    };
    if axes.is_empty() {
        let help = "add [[sweep.axis]] with `param`, `edit`, and `values` or `from` and `to`";
        wrong(sweep.at, "S10", "nothing varies in it".to_owned(), help);
        return Vec::new();
    }
    let mut found = Vec::new();
    for node in axes {
        found.extend(axis(node, &mut wrong));
    }
    if found.len() < axes.len() {
        return Vec::new();
    }
    let count = found.iter().fold(1_u64, |all, axis| all.saturating_mul(axis.points.count()));
    if before.saturating_add(count) > MOST {
        let message = match before {
            0 => format!("it makes {count} scenarios, more than {MOST}"),
            _ => format!("it makes {count} scenarios, with the others more than {MOST}"),
        };
        wrong(sweep.at, "S11", message, "leave values out, or write larger steps");
        return Vec::new();
    }
    let axes: Vec<(String, Option<&Node>, Vec<Point>)> =
        found.into_iter().map(|axis| (axis.param, axis.edit, axis.points.all(axis.at))).collect();
    (0..count)
        .map(|number| {
            let mut one = Raw { is_swept: true, ..sweep.clone() };
            let mut rest = number;
            let mut chosen = vec![0_usize; axes.len()];
            for (place, (.., points)) in axes.iter().enumerate().rev() {
                chosen[place] = (rest % points.len() as u64) as usize;
                rest /= points.len() as u64;
            }
            let mut names = Vec::new();
            for ((param, edit, points), at) in axes.iter().zip(chosen) {
                let point = &points[at];
                one.point.push((param.clone(), point.text.clone()));
                match edit {
                    Some(edit) => {
                        one.edits.push(with(edit, param, point));
                        names.push(format!("{param} {}", point.text));
                    }
                    None => {
                        one.extends.push((point.text.clone(), point.at));
                        names.push(point.text.clone());
                    }
                }
            }
            one.name = format!("{}: {}", sweep.name, names.join(", "));
            one
        })
        .collect()
}

/// An edit with one field filled in.
fn with(edit: &Node, field: &str, point: &Point) -> Node {
    let mut entries = edit.entries().to_vec();
    let node = Node { at: point.at, value: Value::Text(point.text.clone()) };
    entries.push(Entry { key: field.to_owned(), at: point.at, node });
    Node { at: edit.at, value: Value::Table(entries) }
}

fn axis<'n>(node: &'n Node, wrong: &mut impl FnMut(usize, &str, String, &str)) -> Option<Axis<'n>> {
    let mut failed = false;
    for entry in node.entries() {
        if !AXIS.iter().any(|column| is(column, &entry.key)) {
            let names: Vec<&str> = AXIS.iter().map(|column| column.name).collect();
            let perhaps = nearest(&entry.key, names.iter().copied())
                .map_or(String::new(), |near| format!("perhaps `{near}`; "));
            let help = format!("{perhaps}fields: {}", names.join(", "));
            let message = format!("an axis has no field `{}`", clipped(&entry.key));
            wrong(entry.at, "S02", message, &help);
            failed = true;
        }
    }
    let of = |name: &str| {
        let column = AXIS.iter().find(|column| column.name == name);
        node.entries().iter().find(|entry| column.is_some_and(|column| is(column, &entry.key)))
    };
    let list = |entry: &Entry| -> Vec<Point> {
        let mut points = Vec::new();
        for item in entry.node.items() {
            let text = item.text().unwrap_or_default();
            let parts: Vec<&str> = match entry.node.value {
                Value::List(_) => vec![text.trim()],
                _ => values::items(&text).collect(),
            };
            points
                .extend(parts.into_iter().map(|part| Point { text: part.to_owned(), at: item.at }));
        }
        points
    };
    if let Some(entry) = of("scenarios") {
        let points = Points::List(list(entry));
        if points.count() == 0 {
            wrong(entry.at, "S10", "the list is empty".to_owned(), "name scenarios of this file");
            failed = true;
        }
        let param = "scenario".to_owned();
        return (!failed).then_some(Axis { param, points, edit: None, at: node.at });
    }
    let (Some(edit), Some(param)) = (of("edit"), of("param")) else {
        let message = "an axis needs `param` and `edit`, or `scenarios`".to_owned();
        wrong(node.at, "S03", message, "say which field of which edit varies");
        return None;
    };
    let text = param.node.text().unwrap_or_default().trim().to_owned();
    let known = edit.node.entries().iter().find(|entry| entry.key == "op");
    let known = known.and_then(|entry| op(&entry.node.text().unwrap_or_default()));
    let field = known.map(|op| (op, op.field(&text)));
    // An operation that is not known is reported once, with its edit.
    if let Some((op, None)) = field {
        let names: Vec<&str> = op.fields().map(|column| column.name).collect();
        let message = format!("`{}` has no field `{}`", op.name, clipped(&text));
        wrong(param.node.at, "S02", message, &format!("fields: {}", names.join(", ")));
        failed = true;
    }
    let param = field.and_then(|(_, column)| column).map_or(text, |column| column.name.to_owned());
    let points = match (of("values"), of("from"), of("to")) {
        (Some(entry), None, None) => Some(Points::List(list(entry))),
        (None, Some(from), Some(to)) => range(from, to, of("step"), wrong),
        (Some(entry), ..) => {
            let message = "`values` and `from` or `to` cannot be said together".to_owned();
            wrong(entry.at, "S07", message, "leave one of them out");
            None
        }
        (None, ..) => {
            let message = "it has no values".to_owned();
            wrong(node.at, "S10", message, "fill in `values`, or `from` and `to`");
            None
        }
    };
    let points = points?;
    if points.count() == 0 {
        wrong(node.at, "S10", "it has no values".to_owned(), "write at least one");
        failed = true;
    }
    (!failed).then_some(Axis { param, points, edit: Some(&edit.node), at: node.at })
}

fn is(column: &super::super::wire::Column, key: &str) -> bool {
    column.name == key || column.aliases.contains(&key)
}

/// Numbers, shares or dates from one to another, both in.
fn range(
    from: &Entry,
    to: &Entry,
    step: Option<&Entry>,
    wrong: &mut impl FnMut(usize, &str, String, &str),
) -> Option<Points> {
    let number = |entry: &Entry| -> Option<(i64, bool)> {
        let text = entry.node.text()?.trim().to_owned();
        let number = values::decimal(text.strip_suffix('%').unwrap_or(&text), false).ok()?;
        Some((number.exactly_in_units(1_000_000)?, text.ends_with('%')))
    };
    let date = |entry: &Entry| values::day(&entry.node.text()?).ok();
    let span = |first: i64, last: i64, step: i64| -> u64 {
        let (way, step) = (i128::from(last) - i128::from(first), i128::from(step));
        if step == 0 || way.signum() * step.signum() < 0 { 0 } else { (way / step) as u64 + 1 }
    };
    let empty = |wrong: &mut dyn FnMut(usize, &str, String, &str)| {
        let message = "there is nothing from the first value to the last with this step".to_owned();
        let help = "write a last value that the step comes nearer to, and a step other than 0";
        wrong(step.unwrap_or(to).at, "S10", message, help);
    };
    match (number(from), number(to)) {
        (Some((first, percent)), Some((last, also))) => {
            let usual = if last < first { -1_000_000 } else { 1_000_000 };
            let Some((step, _)) = step.map_or(Some((usual, false)), number) else {
                let message = "the step is not a number".to_owned();
                wrong(step.unwrap_or(to).at, "S04", message, "write a number");
                return None;
            };
            let count = span(first, last, step);
            if count == 0 {
                empty(wrong);
                return None;
            }
            Some(Points::Numbers { first, step, count, percent: percent || also })
        }
        _ => match (date(from), date(to)) {
            (Some(first), Some(last)) => {
                let days = crate::model::days_between(first, last);
                let usual = if days < 0 { -7_000_000 } else { 7_000_000 };
                let step = step.map_or(Some((usual, false)), number).map(|step| step.0 / 1_000_000);
                let count = span(0, days, step.unwrap_or(0));
                if count == 0 {
                    empty(wrong);
                    return None;
                }
                Some(Points::Dates { first, step: step.unwrap_or(0), count })
            }
            _ => {
                let message = "`from` and `to` are not two numbers, shares or dates".to_owned();
                wrong(from.at, "S04", message, "write such as 0 and 12, 0% and 40%, or two dates");
                None
            }
        },
    }
}
