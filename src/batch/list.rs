//! Lists of items: shows by path or pattern, files of paths, and manifests in NDJSON or TOML.
//!
//! Everything that is wrong with a list is told at once, before anything is planned. A show that is
//! named but cannot be read is no flaw of the list: its row says so, and the others go on.

use super::item::{MODES, folder_name, mode_of, own_seed, show_name};
use super::{Error, Item, Options};
use crate::model::Issue;
use crate::pipeline::{self, Compared, Request};
use crate::read::piped;
use crate::solve::Limit;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Larger lists are not read: more items than anybody has.
const MOST_BYTES: u64 = 1 << 28;

/// What is asked for besides the list.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Options of items that say nothing.
    pub options: Options,
    /// Each item gets a seed of its own, made from this one, where it has none.
    pub run_seed: Option<u64>,
    /// A file of scenarios: every item that names none stands for all of them.
    pub scenarios: Option<PathBuf>,
}

/// An item as a manifest writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    /// Name; made from the show where there is none.
    name: Option<String>,
    /// Path of the show, seen from the manifest's folder.
    show: String,
    /// Path of a file of scenarios, seen from the manifest's folder.
    scenarios: Option<String>,
    /// One of them; without it the item stands for all.
    scenario: Option<String>,
    seed: Option<u64>,
    steps: Option<u64>,
    /// Seconds as a number, or a text with a unit.
    time_limit: Option<Time>,
    mode: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Time {
    Seconds(f64),
    Text(String),
}

/// A TOML manifest: `[[item]]` tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default)]
    item: Vec<toml::Spanned<toml::Table>>,
}

/// Items of all `sources`, in their order, patterns in the order of the names they find.
///
/// A source is a show, a pattern (`shows/*`), a text file with one of these on each line, an NDJSON
/// (`.ndjson`, `.jsonl`) or TOML file with items, or `-` for such a list that is piped in.
///
/// # Errors
/// [`Error::List`] with every flaw.
pub fn items(sources: &[String], defaults: &Defaults) -> Result<Vec<Item>, Error> {
    let mut list = List { defaults, items: Vec::new(), names: HashSet::new(), flaws: Vec::new() };
    for source in sources {
        list.source(source);
    }
    if list.items.is_empty() && list.flaws.is_empty() {
        let flaw = Issue::error("B01", "list of items", "there is no item in it")
            .help("name shows, a pattern like 'shows/*', or a file that lists them");
        list.flaws.push(flaw);
    }
    if list.flaws.is_empty() { Ok(list.items) } else { Err(Error::List(list.flaws)) }
}

struct List<'d> {
    defaults: &'d Defaults,
    items: Vec<Item>,
    /// Names in small letters.
    names: HashSet<String>,
    flaws: Vec<Issue>,
}

/// An item before it has its name and its place.
#[derive(Clone, Default)]
struct Named {
    name: Option<String>,
    show: String,
    path: PathBuf,
    scenarios: Option<PathBuf>,
    scenario: Option<String>,
    options: Options,
}

impl Named {
    fn show(show: String, path: PathBuf) -> Named {
        Named { show, path, ..Named::default() }
    }
}

/// Where in a list something stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    file: Option<&'p str>,
    line: u32,
}

const CALL: Place<'static> = Place { file: None, line: 0 };

impl List<'_> {
    /// One argument of the call.
    fn source(&mut self, source: &str) {
        let path = Path::new(source);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_show_document = matches!(name, "show.toml" | "studio.toml");
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let is_list = matches!(ending, "ndjson" | "jsonl" | "txt" | "list")
            || (ending == "toml" && !is_show_document);
        if piped::is_piped(path) || (is_list && path.is_file()) {
            self.file(path, source, ending);
        } else {
            self.shows(source, source, Path::new(""), CALL);
        }
    }

    /// A file that lists items.
    fn file(&mut self, path: &Path, shown: &str, ending: &str) {
        let text = match text(path) {
            Ok(text) => text,
            Err(why) => {
                let flaw = Issue::error("B02", format!("file {shown}"), why)
                    .help("a list is a text of paths, NDJSON, or TOML with [[item]] tables");
                return self.flaws.push(flaw);
            }
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let is_json = matches!(ending, "ndjson" | "jsonl") || piped::is_json(text.as_bytes());
        match ending {
            "toml" => self.toml(&text, shown, &folder),
            _ => {
                for (line, text) in (1..).zip(text.lines()) {
                    let text = text.trim();
                    let place = Place { file: Some(shown), line };
                    if text.is_empty() || (text.starts_with('#') && !is_json) {
                        continue;
                    }
                    if is_json {
                        match serde_json::from_str::<Wire>(text) {
                            Ok(wire) => self.wire(wire, &folder, place),
                            Err(error) => self.flaw(place, &short(&error.to_string())),
                        }
                    } else {
                        self.shows(text, text, &folder, place);
                    }
                }
            }
        }
    }

    fn toml(&mut self, text: &str, shown: &str, folder: &Path) {
        let line_at = |byte: usize| {
            let before = text.get(..byte).unwrap_or(text);
            u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
        };
        let manifest: Manifest = match toml::from_str(text) {
            Ok(manifest) => manifest,
            Err(error) => {
                let line = line_at(error.span().map_or(0, |span| span.start));
                return self.flaw(Place { file: Some(shown), line }, error.message());
            }
        };
        for item in manifest.item {
            let place = Place { file: Some(shown), line: line_at(item.span().start) };
            match item.into_inner().try_into::<Wire>() {
                Ok(wire) => self.wire(wire, folder, place),
                Err(error) => self.flaw(place, error.message()),
            }
        }
    }

    fn wire(&mut self, wire: Wire, folder: &Path, place: Place<'_>) {
        let mut own = Options { seed: wire.seed, steps: wire.steps, ..Options::default() };
        if let Some(word) = &wire.mode {
            own.mode = mode_of(word);
            if own.mode.is_none() {
                self.flaw(place, &format!("there is no mode `{word}`; {MODES}"));
            }
        }
        match wire.time_limit.as_ref().map(milliseconds) {
            Some(Err(why)) => self.flaw(place, &why),
            Some(Ok(_)) if own.steps.is_some() => {
                self.flaw(place, "an item has steps or a time limit, not both");
            }
            Some(Ok(time)) => own.milliseconds = Some(time),
            None => {}
        }
        if wire.scenario.is_some() && wire.scenarios.is_none() && self.defaults.scenarios.is_none()
        {
            self.flaw(place, "a scenario needs the file that has it: scenarios = \"…\"");
        }
        let named = Named {
            name: wire.name,
            show: wire.show.clone(),
            path: folder.join(&wire.show),
            scenarios: wire.scenarios.map(|file| folder.join(file)),
            scenario: wire.scenario,
            options: own,
        };
        self.add(named, place);
    }

    /// A show, or all that a pattern finds.
    fn shows(&mut self, text: &str, shown: &str, folder: &Path, place: Place<'_>) {
        let path = folder.join(text);
        if path.exists() || !text.contains(['*', '?', '[']) {
            return self.add(Named::show(shown.to_owned(), path), place);
        }
        let pattern = path.to_string_lossy();
        let found = match glob::glob(&pattern) {
            Ok(found) => found,
            Err(error) => {
                return self.flaw(place, &format!("`{text}` is no pattern: {}", error.msg));
            }
        };
        // Other files and folders that lie among the shows are none.
        let mut shows: Vec<PathBuf> = found.flatten().filter(|path| is_show(path)).collect();
        shows.sort();
        if shows.is_empty() {
            self.flaw(place, &format!("the pattern `{text}` finds no show"));
        }
        for path in shows {
            let shown = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
            self.add(Named::show(shown, path), place);
        }
    }

    /// An item, or one for each scenario of its file.
    fn add(&mut self, named: Named, place: Place<'_>) {
        let real = |path: PathBuf| {
            path.canonicalize().or_else(|_| std::path::absolute(&path)).unwrap_or(path)
        };
        let file = named.scenarios.clone().or_else(|| self.defaults.scenarios.clone()).map(real);
        let named = Named { path: real(named.path), scenarios: file, ..named };
        match (&named.scenarios, &named.scenario) {
            (Some(file), None) => {
                for scenario in self.all_scenarios(&named, &file.clone()) {
                    self.one(Named { scenario: Some(scenario), ..named.clone() }, place);
                }
            }
            _ => self.one(named, place),
        }
    }

    /// The names of all scenarios of a file for a show. One that cannot be read has none, and is told: a
    /// flawed file of scenarios as a flaw of the list, a flawed show in the row of an item.
    fn all_scenarios(&mut self, named: &Named, file: &Path) -> Vec<String> {
        let request = Request { mode: None, seed: None, threads: 1, limit: Limit::Steps(0) };
        let ready = match pipeline::ready(&named.path, file, None, &request) {
            Ok(Ok(ready)) => {
                return ready.scenarios.into_iter().map(|scenario| scenario.name).collect();
            }
            Ok(Err(compared)) => compared,
            Err(error) => {
                let why = error.to_string();
                let flaw = Issue::error("B02", format!("file {}", file.display()), why);
                self.flaws.push(flaw.help("name a show and a file of scenarios that are there"));
                return Vec::new();
            }
        };
        if let Compared::Scenarios(issues) = ready {
            self.flaws.extend(issues);
            return Vec::new();
        }
        self.one(Named { scenarios: None, ..named.clone() }, CALL);
        Vec::new()
    }

    /// Gives an item its name, its options and its place in the list.
    fn one(&mut self, named: Named, place: Place<'_>) {
        let mut base = match &named.name {
            Some(name) => folder_name(name),
            None => folder_name(&show_name(&named.path)),
        };
        let is_own = named.name.is_some() && named.scenario.is_none();
        if let Some(scenario) = &named.scenario {
            base = folder_name(&format!("{base}_{scenario}"));
        }
        let mut name = base.clone();
        let mut number = 1;
        while self.names.contains(&name.to_lowercase()) {
            if is_own {
                return self.flaw(place, &format!("a second item has the name `{name}`"));
            }
            number += 1;
            name = format!("{base}-{number}");
        }
        self.names.insert(name.to_lowercase());
        let mut options = named.options.or(&self.defaults.options);
        if let (None, Some(run)) = (options.seed, self.defaults.run_seed) {
            options.seed = Some(own_seed(run, &name));
        }
        let Named { show, path, scenarios, scenario, .. } = named;
        self.items.push(Item { name, show, path, scenarios, scenario, options });
    }

    fn flaw(&mut self, place: Place<'_>, message: &str) {
        let object = match place.file {
            Some(file) => format!("item at {file}:{}", place.line),
            None => "list of items".to_owned(),
        };
        let mut flaw = Issue::error("B03", object, message.lines().collect::<Vec<_>>().join(", "))
            .help("an item has show, and may have name, seed, steps or time_limit, mode");
        flaw.file = place.file.map(str::to_owned);
        flaw.line = place.file.map(|_| place.line);
        self.flaws.push(flaw);
    }
}

/// What serde adds about the place is known better.
fn short(message: &str) -> String {
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

fn milliseconds(time: &Time) -> Result<u64, String> {
    let wrong = || "the time limit must be above 0: seconds, or like \"20s\", \"2m\"".to_owned();
    let seconds = match time {
        Time::Seconds(seconds) => *seconds,
        Time::Text(text) => {
            let span: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
            span.as_secs_f64()
        }
    };
    let is_sound = seconds.is_finite() && (0.001..1e9).contains(&seconds);
    if is_sound { Ok((seconds * 1e3).round() as u64) } else { Err(wrong()) }
}

/// The text of a list.
fn text(path: &Path) -> Result<String, String> {
    let is_large = std::fs::metadata(path).is_ok_and(|about| about.len() > MOST_BYTES);
    if is_large && !piped::is_piped(path) {
        return Err("it is larger than 256 MiB".to_owned());
    }
    let bytes: Cow<'_, [u8]> = piped::bytes(path).map_err(|error| error.to_string())?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    String::from_utf8(bytes.to_vec()).map_err(|_| "it is not UTF-8".to_owned())
}

/// Whether something among the files that a pattern finds is a show: a folder with its files, or one
/// document.
fn is_show(path: &Path) -> bool {
    let has = |name: &str| path.join(name).is_file();
    if path.is_dir() {
        return ["show.toml", "studio.toml", "tasks.csv", "show.json"].into_iter().any(has);
    }
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
        || matches!(
            path.file_name().and_then(|name| name.to_str()),
            Some("show.toml" | "studio.toml")
        )
}
