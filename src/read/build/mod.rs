//! Rows to a production: references become ids, missing values get their documented defaults.
//!
//! One file for each part of the trade. Tables are read in an order in which whatever a row refers
//! to was read before, so that every row is looked at once.

mod books;
mod contracts;
mod departments;
mod finish;
mod hiring;
mod money;
mod moves;
mod overtime;
mod people;
mod places;
mod pools;
mod settings;
mod tasks;
mod terms;
mod work;

use super::document::Placed;
use super::intake::{At, Intake};
use super::nearest;
use super::table::{self, Header};
use super::wire::{self, About, Document, Row, Text};
use crate::model::*;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A CSV table to read.
#[derive(Debug)]
pub struct TableFile {
    /// Folder it stands in, as an index into the scopes.
    pub scope: usize,
    /// The file.
    pub file: FileId,
    /// Name of the table.
    pub table: &'static str,
    /// Its header.
    pub header: Header,
}

/// A document to read.
#[derive(Debug)]
pub struct DocumentFile {
    /// Folder it stands in.
    pub scope: usize,
    /// The file.
    pub file: FileId,
    /// Its content.
    pub placed: Placed,
}

/// A folder: what is called the same in two of them is not the same.
#[derive(Debug, Default)]
pub struct Scope {
    /// Name of the folder.
    pub name: String,
    /// Tables that are given in it.
    given: Vec<&'static str>,
    shows: Vec<ShowId>,
    own_show: Option<ShowId>,
    sequences: HashMap<String, SequenceId>,
    shots: HashMap<String, ShotId>,
    assets: HashMap<String, AssetId>,
    tasks: HashMap<String, TaskId>,
    milestones: HashMap<String, MilestoneId>,
    /// Last number given to ids made of the same words.
    made: HashMap<String, u32>,
}

/// Dates seen in the work, which decide the defaults of `as_of` and the horizon.
#[derive(Debug, Default)]
struct Seen {
    /// Earliest day of the work.
    first: Option<Date>,
    /// Latest day of the work.
    last: Option<Date>,
    /// Latest day on which something was recorded.
    recorded: Option<Date>,
}

impl Seen {
    fn work(&mut self, date: Option<Date>) {
        if let Some(date) = date {
            self.first = Some(self.first.map_or(date, |first| first.min(date)));
            self.last = Some(self.last.map_or(date, |last| last.max(date)));
        }
    }
    fn recorded(&mut self, date: Option<Date>) {
        self.recorded = self.recorded.max(date);
    }
}

/// A production in the making.
pub struct Builder<'f> {
    /// What is being read.
    pub intake: Intake<'f>,
    production: Production,
    scopes: Vec<Scope>,
    scope: usize,
    rows: usize,
    seen: Seen,
    as_of_at: Option<(Source, usize)>,
    as_of_given: Option<Date>,
    horizon_given: Option<(Date, Source, usize)>,
    default_review: u32,
    default_min_chunk: i64,
    /// Minutes to settle in on another sequence, on another show.
    default_setup: [i64; 2],
    sites: HashMap<String, SiteId>,
    offsets_given: Vec<SiteId>,
    calendars: HashMap<String, CalendarId>,
    departments: HashMap<String, DepartmentId>,
    departments_given: bool,
    departments_named: Vec<departments::NamedDepartment>,
    accounts: HashMap<String, AccountId>,
    vendors: HashMap<String, VendorId>,
    pools: HashMap<String, PoolId>,
    pools_without: Vec<pools::Without>,
    shows: HashMap<String, ShowId>,
    people: HashMap<String, PersonId>,
    people_by_name: HashMap<String, Option<PersonId>>,
    taken_sequences: HashSet<String>,
    taken_shots: HashSet<String>,
    taken_assets: HashSet<String>,
    taken_tasks: HashSet<String>,
    taken_milestones: HashSet<String>,
    taken_hiring: HashMap<String, Source>,
    hires_without: Vec<hiring::Without>,
    taken_moves: HashMap<String, Source>,
    moves_without: Vec<moves::Without>,
    after: Vec<tasks::After>,
    preferred: Vec<people::Preferred>,
    logged_given: Vec<bool>,
}

/// One table of a show: its row, where it stands in a document, and what is done with it.
trait Table {
    type Row<'a>: Row<'a>;
    fn of(document: &Document) -> &[Self::Row<'static>];
    fn take(builder: &mut Builder<'_>, at: At<'_>, row: &Self::Row<'_>);
}

macro_rules! reading_order {
    ($($marker:ident = $row:ident, $list:ident, $take:ident;)*) => {
        $(
            struct $marker;
            impl Table for $marker {
                type Row<'a> = wire::$row<'a>;
                fn of(document: &Document) -> &[Self::Row<'static>] {
                    &document.$list
                }
                fn take(builder: &mut Builder<'_>, at: At<'_>, row: &Self::Row<'_>) {
                    builder.$take(at, row);
                }
            }
        )*
        /// Names of the tables that a document has filled.
        fn filled(document: &Document) -> Vec<&'static str> {
            let mut names = Vec::new();
            $(if !document.$list.is_empty() {
                names.push(wire::$row::ABOUT.name);
            })*
            names
        }
        impl Builder<'_> {
            fn read_tables(&mut self, tables: &[TableFile], documents: &[DocumentFile]) {
                $(self.read::<$marker>(tables, documents);)*
            }
        }
    };
}

// Each table after those that its rows refer to.
reading_order! {
    Calendars = Calendar, calendars, calendar;
    Sites = Site, sites, site;
    Holidays = Holiday, holidays, holiday;
    Rates = Fx, fx, fx;
    Accounts = Account, accounts, account;
    Departments = Department, departments, department;
    CardRates = CardRate, rates, card_rate;
    Vendors = Vendor, vendors, vendor;
    Shows = Show, shows, show;
    Pools = Pool, pools, pool;
    Sequences = Sequence, sequences, sequence;
    Shots = Shot, shots, shot;
    Assets = Asset, assets, asset;
    People = Person, people, person;
    Skills = Skill, skills, skill;
    Contracts = Contract, contracts, contract;
    Placeholders = Placeholder, placeholders, placeholder;
    Hires = Hiring, hiring, hiring;
    Moves = Move, moves, moves;
    Absences = Leave, leave, leave;
    Bookings = Booking, bookings, booking;
    Tasks = Task, tasks, task;
    Dependencies = Dependency, dependencies, dependency;
    Milestones = Milestone, milestones, milestone;
    Budget = Budget, budget, budget;
    Draws = Draw, contingency, draw;
    Baselines = Baseline, baseline, baseline;
    ClosedPeriods = Closed, closed, closed;
    Actuals = Actual, actuals, actual;
    Commitments = Commitment, commitments, commitment;
    Changes = ChangeOrder, change_orders, change_order;
    Payments = Payment, payments, payment;
    Incentives = Incentive, incentives, incentive;
    TimeLogs = TimeLog, time_logs, time_log;
}

/// Builds the production; the number of rows read with it.
pub fn build(
    intake: Intake<'_>,
    name: &str,
    as_of: Option<Date>,
    scopes: Vec<String>,
    tables: &[TableFile],
    documents: &[DocumentFile],
) -> (Production, Vec<Issue>, usize) {
    let production = Production::new(name, finish::NO_DATE, finish::NO_DATE);
    let scopes = scopes.into_iter().map(|name| Scope { name, ..Scope::default() }).collect();
    let mut builder = Builder {
        intake,
        production,
        scopes,
        scope: 0,
        rows: 0,
        seen: Seen::default(),
        as_of_at: None,
        as_of_given: as_of,
        horizon_given: None,
        default_review: 2,
        default_min_chunk: 240,
        default_setup: [0; 2],
        sites: HashMap::new(),
        offsets_given: Vec::new(),
        calendars: HashMap::new(),
        departments: HashMap::new(),
        departments_given: false,
        departments_named: Vec::new(),
        accounts: HashMap::new(),
        vendors: HashMap::new(),
        pools: HashMap::new(),
        pools_without: Vec::new(),
        shows: HashMap::new(),
        people: HashMap::new(),
        people_by_name: HashMap::new(),
        taken_sequences: HashSet::new(),
        taken_shots: HashSet::new(),
        taken_assets: HashSet::new(),
        taken_tasks: HashSet::new(),
        taken_milestones: HashSet::new(),
        taken_hiring: HashMap::new(),
        hires_without: Vec::new(),
        taken_moves: HashMap::new(),
        moves_without: Vec::new(),
        after: Vec::new(),
        preferred: Vec::new(),
        logged_given: Vec::new(),
    };
    for table in tables {
        builder.scopes[table.scope].given.push(table.table);
    }
    for document in documents {
        builder.scopes[document.scope].given.extend(filled(&document.placed.document));
    }
    builder.departments_given =
        builder.scopes.iter().any(|scope| scope.given.contains(&wire::Department::ABOUT.name));
    builder.settings(documents);
    builder.start_places();
    builder.read_tables(tables, documents);
    builder.finish();
    builder.intake.close();
    let Builder { intake, mut production, rows, .. } = builder;
    production.files = intake.files;
    production.assumed = intake.assumed;
    (production, intake.issues, rows)
}

impl Builder<'_> {
    /// Reads all rows of one table, from every folder.
    fn read<T: Table>(&mut self, tables: &[TableFile], documents: &[DocumentFile]) {
        let about = <T::Row<'static> as Row<'static>>::ABOUT;
        for scope in 0..self.scopes.len() {
            self.scope = scope;
            for document in documents.iter().filter(|document| document.scope == scope) {
                self.read_list::<T>(document, &about);
            }
            let named = tables.iter().filter(|t| t.scope == scope && t.table == about.name);
            for table in named {
                self.read_csv::<T>(table, &about);
            }
        }
        self.scope = 0;
    }

    fn read_list<T: Table>(&mut self, document: &DocumentFile, about: &About) {
        let text = self.intake.texts[document.file.index()].1;
        let places = document.placed.rows.get(about.name);
        let mut lines = LineCount { text, offset: 0, line: 1 };
        for (index, row) in T::of(&document.placed.document).iter().enumerate() {
            let offset = places.and_then(|places| places.get(index)).copied().unwrap_or(0);
            let source = Source { file: Some(document.file), line: lines.of(offset) };
            let at = At { source, offset, kind: about.row, code: None };
            self.unknown_fields(&at, row.unknown(), about);
            self.rows += 1;
            T::take(self, at, row);
        }
    }

    fn unknown_fields(&mut self, at: &At<'_>, unknown: &[String], about: &About) {
        for field in unknown {
            let known: Vec<&str> = about.columns.iter().map(|column| column.name).collect();
            let perhaps = nearest(field, known.iter().copied())
                .map_or(String::new(), |near| format!("perhaps `{near}`; "));
            let message = format!("the field `{field}` is not known in {}", about.name);
            let issue = Issue::error("R05", at.object(), message)
                .field(field.clone())
                .value(field.clone())
                .help(format!("{perhaps}fields: {}", known.join(", ")));
            self.intake.raise("R05", at, issue);
        }
    }

    fn read_csv<T: Table>(&mut self, table: &TableFile, about: &About) {
        let text = self.intake.texts[table.file.index()].1;
        let columns = &table.header.columns;
        let mut reader = table::rows(text, table.header.delimiter);
        let mut record = csv::StringRecord::new();
        let at = |record: &csv::StringRecord| At {
            source: Source { file: Some(table.file), line: table::line(text, record) },
            offset: 0,
            kind: about.row,
            code: None,
        };
        let mut rows = 0;
        let mut first = true;
        // The text is sound UTF-8 and read from memory: a read can only end.
        while reader.read_record(&mut record).unwrap_or(false) {
            if std::mem::take(&mut first) {
                continue;
            }
            let at = at(&record);
            let mut row = T::Row::default();
            let mut filled = false;
            for (cell, column) in record.iter().zip(columns) {
                let cell = cell.trim();
                if !cell.is_empty() {
                    filled = true;
                    if let Some(column) = column {
                        row.set(*column, Text(Cow::Borrowed(cell)));
                    }
                }
            }
            if !filled {
                continue;
            }
            if record.len() != columns.len() {
                self.ragged(&at, &record, &table.header);
            }
            rows += 1;
            T::take(self, at, &row);
        }
        self.rows += rows;
        if rows == 0 {
            let at = At {
                source: Source { file: Some(table.file), line: 1 },
                offset: 0,
                kind: "table",
                code: Some(about.name),
            };
            let text = "the table has a header and no rows";
            let issue = if about.name == wire::Task::ABOUT.name {
                Issue::error("R02", at.object(), text).help("write at least one task")
            } else {
                Issue::warning("R02", at.object(), text).help("fill it in, or take the file out")
            };
            self.intake.raise("R02", &at, issue);
        }
    }

    fn ragged(&mut self, at: &At<'_>, record: &csv::StringRecord, header: &Header) {
        let (cells, columns) = (record.len(), header.columns.len());
        let extra = record.iter().skip(columns).any(|cell| !cell.trim().is_empty());
        if cells > columns && !extra {
            return; // Empty cells at the end: spreadsheets write them.
        }
        let message = format!("the row has {cells} cells, the header has {columns}");
        let mut issue = Issue::error("R11", at.object(), message)
            .help("put cells that hold the delimiter in \"quotes\", and one cell under each name");
        issue.column = Some(cells.min(columns) as u32 + 1);
        if cells < columns {
            issue = issue.field(header.names[cells].clone());
        } else {
            issue = issue.value(record.get(columns).unwrap_or_default());
        }
        self.intake.raise("R11", at, issue);
    }
}

/// Lines of growing offsets, without starting over each time.
struct LineCount<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
}

impl LineCount<'_> {
    fn of(&mut self, offset: usize) -> u32 {
        if offset < self.offset {
            (self.offset, self.line) = (0, 1);
        }
        let passed = self.text.as_bytes().get(self.offset..offset).unwrap_or_default();
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count() as u32;
        self.offset = offset;
        self.line
    }
}

/// Whether the file is one that planning itself writes beside the show.
pub fn is_output(name: &str) -> bool {
    matches!(
        name,
        "plan.csv"
            | "crew.csv"
            | "cost_report.csv"
            | "result.json"
            | "schema.json"
            | "package.json"
    )
}
