//! Reading shows: takes files, gives a production and every issue found on the way.
//!
//! A show is a folder (`show.toml` and CSV tables, of which only `tasks.csv` must be there), a studio
//! is a folder of such folders with what they share at the top, and a JSON file may hold all of it.
//! `wire` has the shape of the files, `values` and `links` what single cells mean, `build` turns rows
//! into the model. Flawed input is reported with file, line and column and read on, so that one
//! look shows everything. Plans nothing and judges no rule of the trade: that is for `check`.

mod build;
mod document;
mod encoding;
pub mod fuzz;
mod gather;
mod history;
pub mod holidays;
mod intake;
pub mod library;
pub mod links;
mod nearest;
pub mod piped;
mod place;
mod plan;
mod scenarios;
mod sheet;
mod shot_list;
mod table;
pub mod templates;
mod titles;
mod uncertainty;
pub mod values;
pub mod wire;
pub mod words;

pub use history::{HistoryRow, history};
pub use nearest::nearest;
pub use plan::{Names, plan, plan_from_text};
pub use scenarios::{SCENARIO_RULES, ScenarioRule, scenario_guide, scenarios, scenarios_with};
pub use sheet::{Sheet, place as cell_name, sheet};
pub use shot_list::shot_list;
pub use uncertainty::{schema as uncertainty_schema, uncertainty};
pub use wire::{scenario_schema, schema};

use crate::model::*;
use build::{DocumentFile, TableFile};
use intake::{At, Form, Intake, line_and_column};
use jiff::civil::Date;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use wire::TABLES;

/// What reading found.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The production; `None` when there is no table of tasks or a document cannot be parsed.
    pub production: Option<Production>,
    /// Everything that is wrong, errors first, then by file and line.
    pub issues: Vec<Issue>,
    /// Hash over names and bytes of all files: 16 hex digits.
    pub input_hash: String,
    /// Rows read, over all tables.
    pub rows: usize,
}

impl Reading {
    /// Whether any issue is an error.
    pub fn has_errors(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }
}

/// What the caller decides instead of the files.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// The day of the plan, whatever the files say.
    pub as_of: Option<Date>,
    /// Name of the production where no file says one. Default: the name of the folder, or "show".
    pub name: Option<String>,
}

/// Why files cannot be opened at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no file or folder of this name.
    #[error("there is no file or folder {}", .0.display())]
    Missing(PathBuf),
    /// The system refuses to read it.
    #[error("cannot read {}", .path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
}

/// Reads a show folder, a studio folder, or a show in one JSON file; `-` is one that is piped in.
pub fn load(path: &Path) -> Result<Reading, Error> {
    load_with(path, &LoadOptions::default())
}

/// As [`load`], with the caller's options.
pub fn load_with(path: &Path, options: &LoadOptions) -> Result<Reading, Error> {
    let gathered = gather::gather(path)?;
    let files: Vec<gather::File<'_>> =
        gathered.files.iter().map(gather::OwnedFile::borrow).collect();
    let name = options.name.clone().unwrap_or(gathered.name);
    Ok(read_files(&files, &name, options.as_of, gathered.issues))
}

/// Hash over names and bytes of all files of a show, as in [`Reading::input_hash`], without
/// understanding any of them.
///
/// # Errors
/// When the show cannot be read at all.
pub fn input_hash(path: &Path) -> Result<String, Error> {
    files(path).map(|files| files.hash)
}

/// The files of a show, not understood.
#[derive(Clone, Debug)]
pub struct Files {
    /// Name of the folder, or of the one file without its ending.
    pub name: String,
    /// Name inside the folder, and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// As [`Reading::input_hash`].
    pub hash: String,
}

/// The files that a show is read from.
///
/// # Errors
/// When the show cannot be read at all.
pub fn files(path: &Path) -> Result<Files, Error> {
    let gathered = gather::gather(path)?;
    let borrowed: Vec<_> = gathered.files.iter().map(gather::OwnedFile::borrow).collect();
    let hash = hash_of(&borrowed);
    let files = gathered.files.into_iter().map(gather::OwnedFile::into_parts).collect();
    Ok(Files { name: gathered.name, files, hash })
}

fn hash_of(files: &[gather::File<'_>]) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        for part in [file.name.as_bytes(), file.bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}

/// As [`load`], with `text` in place of the table `table` at the top of the folder; messages call it
/// `shown`.
///
/// # Errors
/// When the show cannot be read at all.
pub fn with_table(path: &Path, table: &str, shown: &str, text: &[u8]) -> Result<Reading, Error> {
    let gathered = gather::gather(path)?;
    let name = format!("{table}.csv");
    let mut files: Vec<gather::File<'_>> = gathered
        .files
        .iter()
        .map(gather::OwnedFile::borrow)
        .filter(|file| !file.name.eq_ignore_ascii_case(&name))
        .collect();
    files.push(gather::File { name: &name, shown, bytes: text });
    files.sort_by_key(|file| file.name);
    Ok(read_files(&files, &gathered.name, None, gathered.issues))
}

/// Reads a show from texts in memory: names as in a folder ("tasks.csv", "alpha/shots.csv") and bytes.
///
/// ```
/// let reading = shotplan::read::from_texts(&[
///     ("tasks.csv", b"shot,department,days\n010_0010,CMP,2\n"),
///     ("people.csv", b"name,department\nAnn,CMP\n"),
/// ]);
/// let production = reading.production.unwrap();
/// assert_eq!(production.tasks.iter().next().unwrap().bid, 960); // two days of eight hours
/// assert_eq!(reading.rows, 2);
/// ```
pub fn from_texts(files: &[(&str, &[u8])]) -> Reading {
    from_texts_with(files, &LoadOptions::default())
}

/// As [`from_texts`], with the caller's options.
pub fn from_texts_with(files: &[(&str, &[u8])], options: &LoadOptions) -> Reading {
    let mut files: Vec<gather::File<'_>> =
        files.iter().map(|(name, bytes)| gather::File { name, shown: name, bytes }).collect();
    files.sort_by_key(|file| file.name);
    let name = options.name.as_deref().unwrap_or("show");
    read_files(&files, name, options.as_of, Vec::new())
}

/// What a file of a show is for.
enum Role {
    Document(Form),
    Table(&'static wire::About),
    Nothing,
}

fn role(name: &str) -> Role {
    let file = name.rsplit('/').next().unwrap_or(name);
    let lower = file.to_lowercase();
    if build::is_output(&lower) {
        return Role::Nothing;
    }
    let Some((stem, ending)) = lower.rsplit_once('.') else { return Role::Nothing };
    match ending {
        "toml" => Role::Document(Form::Toml),
        "json" => Role::Document(Form::Json),
        "csv" | "tsv" | "txt" => {
            let stem = wire::plain(stem);
            let mut tables = TABLES.iter().filter(|about| about.name != "settings");
            match tables.find(|about| wire::plain(about.name) == stem) {
                Some(about) => Role::Table(about),
                None => Role::Nothing,
            }
        }
        _ => Role::Nothing,
    }
}

fn read_files(
    files: &[gather::File<'_>],
    name: &str,
    as_of: Option<Date>,
    found: Vec<Issue>,
) -> Reading {
    let input_hash = hash_of(files);
    let texts: Vec<(Cow<'_, str>, encoding::Encoding)> =
        files.iter().map(|file| encoding::text(file.bytes)).collect();

    let mut intake = Intake::default();
    intake.issues = found;
    let mut scopes = vec![String::new()];
    let mut documents: Vec<DocumentFile> = Vec::new();
    let mut waiting: Vec<(usize, FileId, &'static wire::About)> = Vec::new();
    let mut sound = true;
    let mut unreadable = Vec::new();
    for (file, (text, encoding)) in files.iter().zip(&texts) {
        let role = role(file.name);
        let text: &str = text;
        let form = match role {
            Role::Document(form) => form,
            _ => Form::Table { decimal_comma: table::delimiter(text) != b',' },
        };
        let id = intake.files.push(InputFile { name: file.shown.to_owned(), columns: Vec::new() });
        intake.texts.push((form, text));
        let top = Source { file: Some(id), line: 1 };
        let at = At { source: top, offset: 0, kind: "file", code: Some(file.shown) };
        if matches!(role, Role::Nothing) {
            if file.name.ends_with(".csv")
                && !build::is_output(file.name.rsplit('/').next().unwrap_or(""))
            {
                unused(&mut intake, &at, file.name);
            }
            continue;
        }
        match encoding {
            encoding::Encoding::Unicode => {}
            encoding::Encoding::Guessed { line } => {
                let at = At { source: Source { line: *line, ..top }, ..at };
                let issue = Issue::warning(
                    "R04",
                    at.object(),
                    "the file is not UTF-8; it was read as Windows-1252, check names with accents",
                )
                .help("save it as UTF-8");
                intake.raise("R04", &at, issue);
            }
            encoding::Encoding::Broken => {
                let message = "the file is not text, or its encoding is broken";
                let issue = Issue::error("R04", at.object(), message).help("save it as UTF-8");
                intake.raise("R04", &at, issue);
                // It is there and was told: not to be called missing on top.
                match role {
                    Role::Table(about) => unreadable.push(about.name),
                    Role::Document(_) => sound = false,
                    Role::Nothing => {}
                }
                continue;
            }
        }
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let scope = match scopes.iter().position(|scope| scope == folder) {
            Some(scope) => scope,
            None => {
                scopes.push(folder.to_owned());
                scopes.len() - 1
            }
        };
        match role {
            Role::Table(about) => waiting.push((scope, id, about)),
            Role::Document(form) => {
                let read =
                    if form == Form::Json { document::json(text) } else { document::toml(text) };
                match read {
                    Ok(placed) => documents.push(DocumentFile { scope, file: id, placed }),
                    Err(flaw) => {
                        sound = false;
                        let issue = document_issue(text, form, &at, flaw);
                        intake.raise("R13", &at, issue);
                    }
                }
            }
            Role::Nothing => {}
        }
    }
    let mut tables = Vec::with_capacity(waiting.len());
    let mut has_tasks = documents.iter().any(|document| !document.placed.document.tasks.is_empty());
    if unreadable.contains(&"tasks") {
        (sound, has_tasks) = (false, true);
    }
    let mut has_people = unreadable.contains(&"people");
    has_people |= documents.iter().any(|document| {
        let document = &document.placed.document;
        !document.people.is_empty() || !document.placeholders.is_empty()
    });
    for document in &documents {
        mapping_of_known_tables(&mut intake, document);
    }
    for (scope, file, about) in waiting {
        has_tasks |= about.name == "tasks";
        has_people |= about.name == "people" || about.name == "placeholders";
        // The mapping of the same folder, else that of the top.
        let mut mappings: Vec<&DocumentFile> =
            documents.iter().filter(|d| d.scope == scope || d.scope == 0).collect();
        mappings.sort_by_key(|document| document.scope != scope);
        let mapping = mappings.iter().find_map(|d| d.placed.document.columns.get(about.name));
        let none = std::collections::BTreeMap::new();
        let text = intake.texts[file.index()].1;
        if let Some(header) =
            table::header(&mut intake, file, text, about, mapping.unwrap_or(&none))
        {
            tables.push(TableFile { scope, file, table: about.name, header });
        }
    }
    let whole = At { source: Source::default(), offset: 0, kind: "show", code: Some(name) };
    if !has_tasks {
        if sound {
            let issue = Issue::error("R01", whole.object(), "there is no tasks.csv")
                .help("add tasks.csv with at least the columns shot, department and days");
            intake.raise("R01", &whole, issue);
        }
        sound = false;
    } else if !has_people {
        let issue =
            Issue::warning("R01", whole.object(), "there is no people.csv: nobody can work")
                .help("add people.csv with the columns name and department, or placeholders.csv");
        intake.raise("R01", &whole, issue);
    }
    let (production, mut issues, rows) =
        build::build(intake, name, as_of, scopes, &tables, &documents);
    issues.sort_by(|a, b| {
        let key = |issue: &Issue| (issue.severity, issue.file.clone(), issue.line, issue.column);
        key(a).cmp(&key(b))
    });
    Reading { production: sound.then_some(production), issues, input_hash, rows }
}

fn unused(intake: &mut Intake<'_>, at: &At<'_>, name: &str) {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let perhaps = nearest(stem, TABLES.iter().map(|about| about.name))
        .map_or(String::new(), |near| format!("perhaps `{near}.csv`; "));
    let known: Vec<&str> = TABLES.iter().skip(1).map(|about| about.name).collect();
    let issue = Issue::warning("R15", at.object(), "no table has this name; the file is not used")
        .help(format!("{perhaps}tables: {}", known.join(", ")));
    intake.raise("R15", at, issue);
}

fn document_issue(text: &str, form: Form, at: &At<'_>, flaw: document::Flaw) -> Issue {
    let kind = if form == Form::Json { "JSON" } else { "TOML" };
    let mut issue = Issue::error("R13", at.object(), format!("not sound {kind}: {}", flaw.message))
        .help("mend the file at this place; nothing of it was read");
    let unknown =
        flaw.message.split("unknown field `").nth(1).and_then(|rest| rest.split('`').next());
    if let Some(unknown) = unknown {
        issue.code = "R05".to_owned();
        let known = TABLES.iter().map(|about| about.name).chain(["columns"]);
        let perhaps = nearest(unknown, known.clone())
            .map_or(String::new(), |near| format!("perhaps `{near}`; "));
        issue.message = format!("there is no table `{unknown}`");
        issue.help = format!("{perhaps}tables: {}", known.collect::<Vec<_>>().join(", "));
        issue.value = Some(unknown.to_owned());
    }
    // "?" stands for a field whose name was not read.
    let path = flaw.path.map(|path| path.trim_end_matches(['.', '?']).to_owned());
    issue.field = path.filter(|path| !path.is_empty());
    // The place is set after the issue is placed in its file, which clears it.
    if let Some(offset) = flaw.offset {
        let (line, column) = line_and_column(text, offset);
        issue.line = Some(line);
        issue.column = Some(column);
    }
    issue
}

/// `[columns.tasq]` would be a mapping that nobody reads.
fn mapping_of_known_tables(intake: &mut Intake<'_>, document: &DocumentFile) {
    let places = document.placed.rows.get("columns").and_then(|rows| rows.first());
    let offset = places.copied().unwrap_or(0);
    let (line, _) = line_and_column(intake.texts[document.file.index()].1, offset);
    let source = Source { file: Some(document.file), line };
    let at = At { source, offset, kind: "columns", code: None };
    for (table, mapping) in &document.placed.document.columns {
        let Some(about) = TABLES.iter().find(|about| about.name == *table) else {
            let perhaps = nearest(table, TABLES.iter().map(|about| about.name))
                .map_or(String::new(), |near| format!("perhaps `{near}`"));
            let issue = Issue::error("R05", at.object(), format!("there is no table `{table}`"))
                .field(table.clone())
                .value(table.clone())
                .help(perhaps);
            intake.raise("R05", &at, issue);
            continue;
        };
        for (header, meant) in mapping.iter().filter(|(_, meant)| *meant != "-") {
            if about.column(meant).is_none() {
                let known: Vec<&str> = about.columns.iter().map(|column| column.name).collect();
                let message = format!("{table} has no column `{meant}`");
                let issue = Issue::error("R05", at.object(), message)
                    .field(header.clone())
                    .value(meant.clone())
                    .help(format!("columns: {}", known.join(", ")));
                intake.raise("R05", &at, issue);
            }
        }
    }
}
