//! Figures of a page that open into the lines they are made of.

use super::{AnswerPage, Block};
use crate::report::why::{by_person, what};
use crate::result::{Opened, OpenedRow, Unit, WhyRow};
use serde::Serialize;
use std::collections::HashMap;

/// A figure that opens.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What it is: "week of 15 Feb 2027, payroll".
    pub name: String,
    /// How a terminal is asked for it.
    pub asked: String,
    /// Its lines count minutes, not money.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub minutes: bool,
    /// Runs, from 0, and whether they are taken off.
    pub parts: Vec<(u32, bool)>,
}

/// Lines that stand together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// The lines, the largest first: kind, state, account, what, who, from, to, minutes, amount, band of a day.
    pub lines: Vec<Line>,
    /// Lines that are not on the page, and what they add.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<(usize, i64)>,
}

/// A line behind a figure: kind, state, account, what, who, from, to, minutes, amount, band of a day.
pub type Line =
    (String, String, String, String, String, String, String, i64, Option<i64>, Option<[i64; 2]>);

impl AnswerPage {
    /// Lets the figures open of tiles, and of rows and columns that say how they are asked for.
    pub fn open(&mut self, opened: &Opened) {
        let mut figures = Figures::of(opened);
        for tile in self.tiles.iter_mut().filter(|tile| !tile.asked.is_empty()) {
            tile.opens = figures.find(&tile.asked, "");
        }
        for block in self.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            if let Block::Heat(heat) = block {
                for row in heat.rows.iter_mut().filter(|row| !row.asked.is_empty()) {
                    row.opens = row.asked.iter().map(|asked| figures.find(asked, "")).collect();
                }
            }
            let Block::Table(table) = block else { continue };
            for row in table.rows.iter_mut().filter(|row| !row.asked.is_empty()) {
                let mut opens = vec![None; row.cells.len()];
                for (place, column) in opens.iter_mut().zip(&table.opens) {
                    if !column.is_empty() {
                        *place = figures.find(&row.asked, column);
                    }
                }
                if opens.iter().any(Option::is_some) {
                    row.opens = opens;
                }
            }
        }
        (self.figures, self.runs) = (figures.figures, figures.runs);
    }
}

/// Figures of a page that open; runs that several of them share stand once.
struct Figures<'a> {
    opened: &'a Opened,
    rows: HashMap<&'a str, &'a OpenedRow>,
    /// Places of runs, by their lines and whether these count minutes.
    places: HashMap<(u32, u32, bool), u32>,
    figures: Vec<Figure>,
    runs: Vec<Run>,
}

impl<'a> Figures<'a> {
    fn of(opened: &'a Opened) -> Figures<'a> {
        Figures {
            opened,
            // The first of a name, as on a terminal.
            rows: opened.rows.iter().rev().map(|row| (&*row.id, row)).collect(),
            places: HashMap::new(),
            figures: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// The place of a figure; `row` may name its column itself, and ":" is the row without a name. None where there is nothing to open.
    fn find(&mut self, row: &str, column: &str) -> Option<u32> {
        let (known, column) = match self.rows.get(row) {
            Some(known) => (*known, column),
            None => {
                let (id, own) = row.rsplit_once(':')?;
                (*self.rows.get(id)?, if own.is_empty() { column } else { own })
            }
        };
        let cell = match column {
            "" => known.cells.first()?,
            column => known.cells.iter().find(|cell| cell.column == column)?,
        };
        let parts: Vec<(u32, bool)> = cell
            .parts
            .iter()
            .filter(|part| part.from < part.to)
            .map(|part| {
                let key = (part.from, part.to, cell.unit == Unit::Minutes);
                let at = *self.places.entry(key).or_insert_with(|| {
                    let lines = &self.opened.lines[part.from as usize..part.to as usize];
                    self.runs.push(run(lines, cell.unit));
                    self.runs.len() as u32 - 1
                });
                (at, part.minus)
            })
            .collect();
        if parts.is_empty() {
            return None;
        }
        let name = if known.name.is_empty() { &known.id } else { &known.name };
        let of = if cell.column == "amount" { "" } else { &*cell.column };
        self.figures.push(Figure {
            name: if of.is_empty() {
                name.clone()
            } else {
                format!("{name}: {}", of.replace('_', " "))
            },
            asked: format!("{}:{}", known.id, cell.column),
            minutes: cell.unit == Unit::Minutes,
            parts,
        });
        Some(self.figures.len() as u32 - 1)
    }
}

/// Lines of a run that stand on a page.
const MOST_LINES: usize = 100;

/// The largest lines of a run; where there are many, the tasks of a person are one of them.
fn run(lines: &[WhyRow], unit: Unit) -> Run {
    let lines = by_person(lines, MOST_LINES);
    let told = |line: &WhyRow| {
        (
            line.kind.clone(),
            line.state.clone(),
            line.account.clone(),
            what(line),
            line.who.clone(),
            line.from.map(|day| day.to_string()).unwrap_or_default(),
            line.to
                .filter(|to| line.from != Some(*to))
                .map(|day| day.to_string())
                .unwrap_or_default(),
            line.minutes,
            line.amount,
            line.band,
        )
    };
    let rest = lines.get(MOST_LINES..).filter(|rest| !rest.is_empty());
    Run {
        lines: lines.iter().take(MOST_LINES).map(told).collect(),
        rest: rest.map(|rest| {
            let sum = rest.iter().fold(0_i64, |sum, line| sum.saturating_add(line.adds(unit)));
            (rest.len(), sum)
        }),
    }
}
