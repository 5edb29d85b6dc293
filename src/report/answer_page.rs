//! An answer as a page: what stands on it, in the order of reading. The bundle of `web/` draws it.
//!
//! Cells and points carry values, not words: the kind of their column says how they are written.
//! Money is in minor units of the page's currency, a day is `YYYY-MM-DD` in a cell and a count of
//! days since 1970-01-01 on an axis, a share is in basis points.

mod figures;

pub use figures::{Figure, Run};

use super::page::fill;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

/// A page that answers one question.
///
/// ```
/// use shotplan::report::{AnswerPage, Block, Kind, Table};
/// let mut page = AnswerPage::new("Cost against date", "Harbour", "GBP", 2);
/// page.lead.push("Two plans were made.".to_owned());
/// let mut table = Table::new(&[("Done", Kind::Day), ("Costs", Kind::Money)]);
/// table.row(vec!["2027-05-14".into(), 1_200_00.into()]);
/// page.section("Plans", "", vec![Block::Table(table)]);
/// assert!(page.html().contains("\"Cost against date\""));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerPage {
    /// Tells the bundle what to draw.
    format: &'static str,
    /// The question, as a heading.
    pub title: String,
    /// Name of the production.
    pub production: String,
    /// What else stands above the heading: the day of the plan, what it favours.
    pub over: Vec<String>,
    /// The answer in figures, largest first.
    pub tiles: Vec<Tile>,
    /// The answer in sentences.
    pub lead: Vec<String>,
    /// What it rests on.
    pub sections: Vec<Section>,
    /// Figures that open, in the order in which rows name them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// The runs of lines that figures are made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Run>,
    /// ISO 4217 code of all money.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// Program that made the page.
    pub program: String,
}

/// One figure of the answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tile {
    /// What it is.
    pub name: String,
    /// The figure, in words.
    pub answer: String,
    /// What belongs to it.
    pub lines: Vec<String>,
    /// How it should be felt.
    pub tone: Tone,
    /// How the figure is asked for, where it opens.
    #[serde(skip)]
    pub asked: String,
    /// The figure that it opens, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<u32>,
}

/// How something should be felt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Neither.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Look at it.
    Fair,
    /// Broken.
    Bad,
}

/// A part of the page with a heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// How to read it.
    pub lead: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// Something in a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "lowercase")]
pub enum Block {
    /// Sentences, each a line of its own.
    Text {
        /// The lines.
        lines: Vec<String>,
    },
    /// A table.
    Table(Table),
    /// Curves over a common axis.
    Chart(Chart),
    /// Named bars from a common line to either side.
    Bars(Bars),
    /// A table of values by colour: a row each name, a column each step of the axis.
    Heat(Heat),
}

impl Block {
    /// One line of text.
    pub fn text(line: impl Into<String>) -> Block {
        Block::Text { lines: vec![line.into()] }
    }
}

/// How values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// As it is.
    Text,
    /// A day.
    Day,
    /// Money.
    Money,
    /// Money with its sign: what is saved has a minus.
    More,
    /// A number with at most one decimal.
    Number,
    /// Basis points as per cent.
    Share,
}

/// A column of a table, an axis of a chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Heading.
    pub name: String,
    /// How its values are written.
    pub kind: Kind,
    /// What it means, for who points at it; may be empty.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub hint: &'static str,
}

impl Column {
    /// A column of this name and kind.
    pub fn new(name: impl Into<String>, kind: Kind) -> Column {
        Column { name: name.into(), kind, hint: "" }
    }
}

/// A table; the first column names the rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// Heading; empty = none.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows, a cell each column; `null` is written as a dash.
    pub rows: Vec<Row>,
    /// Rows that are seen before one asks for all.
    pub shown: usize,
    /// So many of the last rows are sums, which are always seen.
    #[serde(skip_serializing_if = "is_none")]
    pub sums: usize,
    /// Rows in which no amount is anything are seen when one asks for them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub folds_empty: bool,
    /// For each column how its figures are asked for, where they open; may be shorter.
    #[serde(skip)]
    pub opens: Vec<&'static str>,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Values, by the kind of their column; a list of texts stands as lines.
    pub cells: Vec<Value>,
    /// How it should be felt.
    pub tone: Tone,
    /// How it is asked for, where its figures open.
    #[serde(skip)]
    pub asked: String,
    /// For each cell the figure that it opens, from 0; may be empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opens: Vec<Option<u32>>,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: &[(&str, Kind)]) -> Table {
        Table {
            title: String::new(),
            columns: columns.iter().map(|(name, kind)| Column::new(*name, *kind)).collect(),
            rows: Vec::new(),
            shown: 15,
            sums: 0,
            folds_empty: false,
            opens: Vec::new(),
        }
    }

    /// The same with the columns named as their figures are asked for; empty = they do not open.
    #[must_use]
    pub fn opening(self, columns: &[&'static str]) -> Table {
        Table { opens: columns.to_vec(), ..self }
    }

    /// Says how the last row is asked for.
    pub fn asked(&mut self, id: impl Into<String>) {
        if let Some(row) = self.rows.last_mut() {
            row.asked = id.into();
        }
    }

    /// The same with a heading.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Table {
        Table { title: title.into(), ..self }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Value>) {
        self.toned(cells, Tone::Plain);
    }

    /// Adds a row that should be felt so.
    pub fn toned(&mut self, cells: Vec<Value>, tone: Tone) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(Row { cells, tone, asked: String::new(), opens: Vec::new() });
    }
}

/// Curves over a common axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// Heading.
    pub title: String,
    /// The axis along the bottom.
    pub x: Column,
    /// The axis at the side.
    pub y: Column,
    /// Places on the bottom axis, ascending.
    pub at: Vec<f64>,
    /// The curves, each with a value for each place.
    pub series: Vec<Series>,
    /// Places on the bottom axis to point out.
    pub marks: Vec<Mark>,
}

/// A curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// What it shows.
    pub name: String,
    /// How it is drawn.
    pub shape: Shape,
    /// Values; `None` leaves a gap.
    pub values: Vec<Option<f64>>,
    /// The other edge of a band; empty for other shapes.
    pub to: Vec<Option<f64>>,
}

/// How a curve is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A line from value to value.
    Line,
    /// A value holds until the next.
    Step,
    /// Points only.
    Points,
    /// A line with its points.
    Dots,
    /// A bar for each value.
    Bars,
    /// The area between two curves.
    Band,
}

/// A place to point out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Where on the bottom axis.
    pub at: f64,
    /// What is there.
    pub name: String,
}

/// Named bars from a common line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bars {
    /// Heading.
    pub title: String,
    /// What the bars measure.
    pub value: Column,
    /// The bars, in order.
    pub rows: Vec<Bar>,
}

/// A bar from `low` to `high`; the common line is at 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// One end.
    pub low: f64,
    /// The other end.
    pub high: f64,
}

/// Values by colour.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heat {
    /// Heading.
    pub title: String,
    /// What the columns stand for.
    pub x: Column,
    /// Names of the columns: values of `x`.
    pub at: Vec<Value>,
    /// What the values are; above 0 is shown as too much, below as room.
    pub value: Column,
    /// Rows, a value each column.
    pub rows: Vec<HeatRow>,
}

/// A row of a [`Heat`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// The values.
    pub values: Vec<f64>,
    /// How each is asked for, where it opens; may be empty.
    #[serde(skip)]
    pub asked: Vec<String>,
    /// For each value the figure that it opens, from 0; may be empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opens: Vec<Option<u32>>,
}

impl AnswerPage {
    /// A page without an answer.
    pub fn new(title: &str, production: &str, currency: &str, currency_decimals: u32) -> Self {
        AnswerPage {
            format: "shotplan-answer",
            title: title.to_owned(),
            production: production.to_owned(),
            over: Vec::new(),
            tiles: Vec::new(),
            lead: Vec::new(),
            sections: Vec::new(),
            figures: Vec::new(),
            runs: Vec::new(),
            currency: currency.to_owned(),
            currency_decimals,
            program: concat!("shotplan ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// Adds a figure.
    pub fn tile(&mut self, name: &str, answer: impl Into<String>, tone: Tone, lines: Vec<String>) {
        self.tiles.push(Tile {
            name: name.to_owned(),
            answer: answer.into(),
            lines,
            tone,
            asked: String::new(),
            opens: None,
        });
    }

    /// Says how the figure of the last tile is asked for.
    pub fn tile_asked(&mut self, figure: impl Into<String>) {
        if let Some(tile) = self.tiles.last_mut() {
            tile.asked = figure.into();
        }
    }

    /// Adds a part; left out when nothing stands in it.
    pub fn section(&mut self, title: &str, lead: &str, blocks: Vec<Block>) {
        let is_empty = |block: &Block| match block {
            Block::Text { lines } => lines.is_empty(),
            Block::Table(table) => table.rows.is_empty(),
            Block::Chart(chart) => chart.at.is_empty(),
            Block::Bars(bars) => bars.rows.is_empty(),
            Block::Heat(heat) => heat.rows.is_empty(),
        };
        let blocks: Vec<Block> = blocks.into_iter().filter(|block| !is_empty(block)).collect();
        if !blocks.is_empty() {
            self.sections.push(Section { title: title.to_owned(), lead: lead.to_owned(), blocks });
        }
    }

    /// The page as one file that opens from disk and loads nothing.
    pub fn html(&self) -> String {
        fill(&format!("{} · {}", self.title, self.production), self)
    }
}

/// A day in a cell.
pub fn day_cell(date: impl Into<Option<Date>>) -> Value {
    date.into().map_or(Value::Null, |date| date.to_string().into())
}

/// A day on an axis.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(shotplan::report::day_at(date(1970, 1, 31)), 30.0);
/// ```
pub fn day_at(date: Date) -> f64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    f64::from(date.since(epoch).map_or(0, |span| span.get_days()))
}
