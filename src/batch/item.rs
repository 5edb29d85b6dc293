//! One item: a show and the options it is planned by.

use crate::model::Mode;
use crate::pipeline::Request;
use crate::read;
use crate::solve::Limit;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Name and version of what items are made into: another one plans all items again.
const PROGRAM: &str = concat!("shotplan ", env!("CARGO_PKG_VERSION"));

/// A show and how to plan it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Name, without a second in the list; also the name of its folder.
    pub name: String,
    /// The show as the list names it.
    pub show: String,
    /// Where the show is.
    pub path: PathBuf,
    /// The file of scenarios, where one of them is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenarios: Option<PathBuf>,
    /// The scenario of that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// How to plan it.
    #[serde(flatten)]
    pub options: Options,
}

/// How an item is planned; what is `None` is taken from the show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// What to favour.
    #[serde(default, with = "mode_word", skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// Seed of the search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Steps of improvement; goes before `milliseconds`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// Time to plan, where steps are not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milliseconds: Option<u64>,
}

impl Options {
    /// How far to search: ten seconds where nothing is said.
    pub fn limit(&self) -> Limit {
        match (self.steps, self.milliseconds) {
            (Some(steps), _) => Limit::Steps(steps),
            (None, time) => Limit::Time(Duration::from_millis(time.unwrap_or(10_000))),
        }
    }

    /// These options, and `others` where these say nothing.
    pub fn or(self, others: &Options) -> Options {
        let is_limited = self.steps.is_some() || self.milliseconds.is_some();
        Options {
            mode: self.mode.or(others.mode),
            seed: self.seed.or(others.seed),
            steps: if is_limited { self.steps } else { others.steps },
            milliseconds: if is_limited { self.milliseconds } else { others.milliseconds },
        }
    }
}

impl Item {
    /// The request for one thread: items are planned side by side instead.
    pub(super) fn request(&self) -> Request {
        let Options { mode, seed, .. } = self.options;
        Request { mode, seed, threads: 1, limit: self.options.limit() }
    }

    /// Hash of the item's input, options and program: 16 hex digits.
    pub(super) fn hash(&self, input_hash: &str) -> String {
        let limit = match self.options.limit() {
            Limit::Steps(steps) => format!("steps {steps}"),
            Limit::Time(time) => format!("milliseconds {}", time.as_millis()),
        };
        let seed = self.options.seed.map_or_else(String::new, |seed| seed.to_string());
        let mode = self.options.mode.map_or("", Mode::word);
        let scenario = self.scenario.as_deref().unwrap_or_default();
        short_hash(&[PROGRAM, input_hash, &self.name, &self.show, scenario, mode, &seed, &limit])
    }

    /// Hash of the show's files as they are now, and of the file of scenarios.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn input_hash(&self) -> Result<String, read::Error> {
        let show = read::input_hash(&self.path)?;
        let Some(file) = &self.scenarios else { return Ok(show) };
        let bytes = std::fs::read(file)
            .map_err(|source| read::Error::Unreadable { path: file.clone(), source })?;
        let scenarios = blake3::hash(&bytes).to_hex();
        Ok(short_hash(&[&show, &scenarios]))
    }
}

/// Name and version of the program.
pub(super) fn program() -> &'static str {
    PROGRAM
}

/// A seed for an item of its own, made from that of the run and the item's name: it depends neither on
/// the order of the items nor on how many shards there are.
///
/// ```
/// use shotplan::batch::own_seed;
/// assert_eq!(own_seed(7, "alpha"), own_seed(7, "alpha"));
/// assert_ne!(own_seed(7, "alpha"), own_seed(7, "beta"));
/// assert_ne!(own_seed(7, "alpha"), own_seed(8, "alpha"));
/// ```
pub fn own_seed(run: u64, name: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"shotplan item seed");
    hasher.update(&run.to_le_bytes());
    hasher.update(name.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    // Programs that read JSON numbers as floating ones keep 53 bits.
    u64::from_le_bytes(first) >> 11
}

/// The first 16 hex digits of the hash of some texts, each with its length.
pub(super) fn short_hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}

/// A name that any file system takes: letters, digits, `-`, `_`, `.`, at most 80 of them.
pub(super) fn folder_name(text: &str) -> String {
    let keep = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let name: String = text.trim().chars().map(keep).take(80).collect();
    match name.trim_start_matches('.') {
        "" => "item".to_owned(),
        name => name.to_owned(),
    }
}

/// The last part of a show's path that says something.
pub(super) fn show_name(path: &Path) -> String {
    let is_document = matches!(
        path.file_name().and_then(|name| name.to_str()),
        Some("show.toml" | "studio.toml" | "show.json" | "tasks.csv")
    );
    let path = if is_document { path.parent().unwrap_or(path) } else { path };
    let real = path.canonicalize();
    let path = real.as_deref().unwrap_or(path);
    let name = if path.is_file() { path.file_stem() } else { path.file_name() };
    name.map_or_else(|| "show".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// A mode as its word.
mod mode_word {
    use crate::model::Mode;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(mode: &Option<Mode>, to: S) -> Result<S::Ok, S::Error> {
        mode.map(Mode::word).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Mode>, D::Error> {
        let Some(word) = Option::<String>::deserialize(from)? else { return Ok(None) };
        super::mode_of(&word).map(Some).ok_or_else(|| {
            serde::de::Error::custom(format!("there is no mode `{word}`; {}", super::MODES))
        })
    }
}

/// The modes in words.
pub(super) const MODES: &str = "write balanced, deliver, cheapest, no-overtime or keep-plan";

/// The mode of a word.
pub(super) fn mode_of(word: &str) -> Option<Mode> {
    Mode::ALL.into_iter().find(|mode| mode.word() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suit_any_file_system() {
        assert_eq!(folder_name("Köln 02/a:b"), "Köln_02_a_b");
        assert_eq!(folder_name("../.."), "_.."); // a slash is no way up
        assert_eq!(folder_name("  "), "item");
        assert_eq!(folder_name(&"x".repeat(300)).len(), 80);
    }

    #[test]
    fn an_items_own_limit_goes_before_that_of_the_call() {
        let call = Options { steps: Some(10), seed: Some(3), ..Options::default() };
        let timed = Options { milliseconds: Some(500), ..Options::default() };
        let both = timed.or(&call);
        assert_eq!(both.limit(), Limit::Time(Duration::from_millis(500)));
        assert_eq!(both.seed, Some(3));
        assert_eq!(Options::default().or(&call).limit(), Limit::Steps(10));
    }
}
