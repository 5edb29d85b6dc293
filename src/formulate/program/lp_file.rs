//! A program as a file in the `.lp` format, with names in the user's words.

use super::{Column, ColumnKind, Program, RowKind, Sense};
use std::fmt;

/// Turns kinds into names in the user's words.
pub trait Names {
    /// The name of a row of this kind.
    fn row(&self, kind: RowKind) -> String;
    /// The name of a column of this kind.
    fn column(&self, kind: ColumnKind) -> String;
}

/// Names made of the numbers in a kind: enough to read a program without its production.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers;

impl Names for Numbers {
    fn row(&self, kind: RowKind) -> String {
        format!("{kind:?}")
    }
    fn column(&self, kind: ColumnKind) -> String {
        format!("{kind:?}")
    }
}

impl Program {
    /// Writes the program in the `.lp` format that most solvers read.
    ///
    /// ```
    /// use shotplan::formulate::program::{Numbers, Program, Sense};
    /// let mut program = Program::new();
    /// let comp = program.column(0.0, 2.0, 500.0);
    /// let paint = program.column(0.0, f64::INFINITY, -300.0);
    /// program.row(Sense::AtMost, 3.0, [(comp, 1.0), (paint, 2.5)]);
    /// let mut text = String::new();
    /// program.write_lp(&Numbers, &mut text).unwrap();
    /// assert!(text.contains("x0_Plain + 2.5 x1_Plain <= 3"));
    /// assert!(text.contains("0 <= x0_Plain <= 2"));
    /// ```
    ///
    /// # Errors
    /// Only those of `out`.
    pub fn write_lp(&self, names: &dyn Names, out: &mut dyn fmt::Write) -> fmt::Result {
        let column_name =
            |column: Column| clean('x', column.0, &names.column(self.column_kind(column)));
        writeln!(out, "Minimize")?;
        write!(out, " cost:")?;
        for column in self.column_ids() {
            let cost = self.cost(column);
            if cost != 0.0 {
                write_term(out, cost, &column_name(column))?;
            }
        }
        if self.offset != 0.0 || self.columns.iter().all(|column| column.cost == 0.0) {
            write!(out, " {} {}", sign(self.offset), self.offset.abs())?;
        }
        writeln!(out, "\nSubject To")?;
        for row in self.row_ids() {
            let entries = self.row_entries(row);
            if entries.is_empty() {
                continue; // the format has no empty rows
            }
            write!(out, " {}:", clean('r', row.0, &names.row(self.row_kind(row))))?;
            for &(column, factor) in entries {
                write_term(out, factor, &column_name(column))?;
            }
            let (sense, rhs) = self.side(row);
            let sense = match sense {
                Sense::AtMost => "<=",
                Sense::AtLeast => ">=",
                Sense::Equal => "=",
            };
            writeln!(out, " {sense} {rhs}")?;
        }
        writeln!(out, "Bounds")?;
        for column in self.column_ids() {
            let name = column_name(column);
            match self.bounds(column) {
                (f64::NEG_INFINITY, f64::INFINITY) => writeln!(out, " {name} free")?,
                (f64::NEG_INFINITY, upper) => writeln!(out, " -inf <= {name} <= {upper}")?,
                (lower, f64::INFINITY) => writeln!(out, " {name} >= {lower}")?,
                (lower, upper) => writeln!(out, " {lower} <= {name} <= {upper}")?,
            }
        }
        if self.has_integers() {
            writeln!(out, "General")?;
            for column in self.column_ids().filter(|&column| self.is_integer(column)) {
                writeln!(out, " {}", column_name(column))?;
            }
        }
        writeln!(out, "End")
    }
}

fn sign(value: f64) -> char {
    if value < 0.0 { '-' } else { '+' }
}

fn write_term(out: &mut dyn fmt::Write, factor: f64, name: &str) -> fmt::Result {
    match factor.abs() {
        1.0 => write!(out, " {} {name}", sign(factor)),
        size => write!(out, " {} {size} {name}", sign(factor)),
    }
}

/// A name the format allows: letters, digits and a few signs, unique by its number, never so long
/// that a reader cuts it.
fn clean(letter: char, number: u32, name: &str) -> String {
    let mut clean = format!("{letter}{number}_");
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        if clean.len() + part.len() > 200 {
            break;
        }
        if !clean.ends_with('_') {
            clean.push('_');
        }
        clean.push_str(part);
    }
    clean
}
