//! Scenario files: takes TOML or JSON and a production, gives scenarios whose edits are changes of that
//! production, and everything that is wrong with them, with line and column.
//!
//! Each edit is read against the production with the edits before it, so that a sequence can be added and
//! its work sent out. Nothing is planned here.

mod caps;
mod cells;
mod contradictions;
mod crew;
mod dates;
mod guide;
mod money;
mod moves;
mod risks;
mod scope;
mod sweep;
mod tree;
mod work;

pub use guide::scenario_guide;

use super::encoding;
use super::intake::clipped;
use super::nearest;
use super::wire::{Column, OPS, Op, SCENARIO, SWEEP, op};
use super::words;
use crate::model::*;
use crate::scenario::{Applied, Change, Edit, Scenario};
use cells::{Cells, Report};
use std::collections::HashMap;
use tree::{Entry, Node};

/// A rule for scenario files.
#[derive(Clone, Copy, Debug)]
pub struct ScenarioRule {
    /// The code ("S07").
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong when it speaks.
    pub what: &'static str,
}

macro_rules! rules {
    ($($code:literal $severity:ident $what:literal;)*) => {
        /// What can be wrong with a file of scenarios.
        pub const SCENARIO_RULES: &[ScenarioRule] = &[$(ScenarioRule {
            code: $code, severity: Severity::$severity, what: $what
        }),*];
    };
}

rules! {
    "S01" Error "the file is not sound TOML or JSON";
    "S02" Error "there is no such operation, field or table";
    "S03" Error "something is not said that has to be";
    "S04" Error "a value is not one, or beyond reason";
    "S05" Error "the show or the file has nothing of this name";
    "S06" Error "a date is not in the time that is planned, or out of order";
    "S07" Error "edits or fields contradict each other";
    "S08" Error "scenarios extend each other in a loop";
    "S09" Error "there is something of this name already";
    "S10" Error "a sweep is empty";
    "S11" Error "there are too many scenarios";
    "S12" Error "the show has nothing that this could change";
    "S13" Warning "an edit changes nothing";
    "S14" Error "a contract does not allow it";
    "S15" Warning "more artists than may be at work at once";
    "S16" Warning "a week longer than some may work";
}

/// A scenario as it is written.
#[derive(Clone, Debug, Default)]
struct Raw {
    name: String,
    at: usize,
    description: String,
    /// Names of scenarios, and where they are named.
    extends: Vec<(String, usize)>,
    edits: Vec<Node>,
    point: Vec<(String, String)>,
    is_swept: bool,
}

/// The scenarios of a file, in its order, sweeps written out; and everything that is wrong with it.
/// Scenarios with something wrong in them are left out.
///
/// ```
/// use shotplan::read;
/// let show = read::from_texts(&[
///     ("tasks.csv", b"shot,department,days\n010_0010,CMP,2\n"),
///     ("people.csv", b"name,department\nAnn,CMP\n"),
/// ]);
/// let text = b"[[scenario]]\nname = 'slower'\n[[scenario.edit]]\nop = 'bid_overrun'\npercent = 50\n";
/// let (scenarios, issues) = read::scenarios("what-if.toml", text, &show.production.unwrap());
/// assert!(issues.is_empty());
/// assert_eq!((scenarios[0].name.as_str(), scenarios[0].edits.len()), ("slower", 1));
/// ```
pub fn scenarios(name: &str, bytes: &[u8], production: &Production) -> (Vec<Scenario>, Vec<Issue>) {
    scenarios_with(name, bytes, production, None)
}

/// The same where odds are drawn with an uncertainty: edits may name its risks.
pub fn scenarios_with(
    name: &str,
    bytes: &[u8],
    production: &Production,
    uncertainty: Option<&Uncertainty>,
) -> (Vec<Scenario>, Vec<Issue>) {
    let (text, _) = encoding::text(bytes);
    let risks = uncertainty.map(|known| known.events.as_slice());
    let mut report = Report { file: name, text: &text, risks, issues: Vec::new() };
    let root = match tree::tree(&text) {
        Ok(root) => root,
        Err(flaw) => {
            let issue = Issue::error("S01", "file", format!("not sound: {}", flaw.message))
                .help("mend the file at this place; nothing of it was read");
            report.raise(flaw.at, issue);
            return (Vec::new(), report.issues);
        }
    };
    let raw = gather(&root, &mut report);
    let scenarios = resolve(&raw, production, &mut report);
    (scenarios, report.issues)
}

const TABLES: &[Column] = &[
    Column { name: "scenario", example: "", aliases: &["scenarios"], about: &[] },
    Column { name: "sweep", example: "", aliases: &["sweeps"], about: &[] },
];

fn column<'c>(columns: &'c [Column], key: &str) -> Option<&'c Column> {
    columns.iter().find(|column| column.name == key || column.aliases.contains(&key))
}

fn unknown(report: &mut Report<'_>, at: usize, object: &str, key: &str, columns: &[Column]) {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let perhaps = nearest(key, names.iter().copied())
        .map_or(String::new(), |near| format!("perhaps `{near}`; "));
    let issue = Issue::error("S02", object, format!("there is no field `{}` here", clipped(key)))
        .field(key)
        .value(key)
        .help(format!("{perhaps}fields: {}", names.join(", ")));
    report.raise(at, issue);
}

fn gather(root: &Node, report: &mut Report<'_>) -> Vec<Raw> {
    let mut all: Vec<Raw> = Vec::new();
    for entry in root.entries() {
        let Some(table) = column(TABLES, &entry.key) else {
            unknown(report, entry.at, "file", &entry.key, TABLES);
            continue;
        };
        for node in entry.node.items() {
            if table.name == "scenario" {
                all.push(one(node, "scenario", SCENARIO, "edit", report).0);
            } else {
                let (sweep, axes) = one(node, "sweep", SWEEP, "axis", report);
                all.extend(sweep::scenarios(&sweep, &axes, all.len() as u64, report));
            }
        }
    }
    if all.len() as u64 > sweep::MOST {
        let message = format!("{} scenarios are more than {}", all.len(), sweep::MOST);
        report.raise(0, Issue::error("S11", "file", message).help("split the file"));
        return Vec::new();
    }
    let mut first: HashMap<&str, usize> = HashMap::new();
    for raw in &all {
        if let Some(before) = first.insert(&raw.name, raw.at) {
            let (line, _) = super::intake::line_and_column(report.text, before);
            let message = format!("another scenario has this name (line {line})");
            let issue = Issue::error("S09", format!("scenario {}", raw.name), message)
                .field("name")
                .help("give one of them another name");
            report.raise(raw.at, issue);
        }
    }
    if all.is_empty() && report.issues.is_empty() {
        let issue = Issue::error("S10", "file", "there is no scenario in it")
            .help("add [[scenario]] with a name, and [[scenario.edit]] with op");
        report.raise(0, issue);
    }
    all
}

/// A scenario or a sweep, with the nodes of its list `parts` ("edit", "axis").
fn one(
    node: &Node,
    kind: &str,
    columns: &[Column],
    parts: &str,
    report: &mut Report<'_>,
) -> (Raw, Vec<Node>) {
    let mut raw = Raw { at: node.at, ..Raw::default() };
    let mut listed = Vec::new();
    let said = |entry: &Entry| entry.node.text().unwrap_or_default().trim().to_owned();
    for entry in node.entries() {
        match column(columns, &entry.key).map(|column| column.name) {
            Some("name") => (raw.name, raw.at) = (said(entry), entry.node.at),
            Some("description") => raw.description = said(entry),
            Some("extends") => {
                for item in entry.node.items() {
                    let name = item.text().unwrap_or_default().trim().to_owned();
                    raw.extends.push((name, item.at));
                }
            }
            Some(name) if name == parts => listed.extend(entry.node.items().to_vec()),
            _ => unknown(report, entry.at, &format!("{kind} {}", raw.name), &entry.key, columns),
        }
    }
    if raw.name.is_empty() {
        let issue = Issue::error("S03", kind, format!("a {kind} has no name"))
            .field("name")
            .help("add name = \"…\"");
        report.raise(node.at, issue);
    }
    if kind == "scenario" {
        raw.edits = std::mem::take(&mut listed);
    }
    (raw, listed)
}

/// The edits of a scenario and of what it extends, each of them once: whose it is, and which.
struct Order<'r> {
    raw: &'r [Raw],
    by_name: HashMap<&'r str, usize>,
}

impl Order<'_> {
    /// Scenarios whose edits come first, then `at` itself; `None` with a loop or an unknown name in it.
    fn of(&self, at: usize, report: &mut Report<'_>) -> Option<Vec<usize>> {
        let (mut order, mut path) = (Vec::new(), Vec::new());
        self.visit(at, &mut path, &mut order, report).then_some(order)
    }

    fn visit(
        &self,
        at: usize,
        path: &mut Vec<usize>,
        order: &mut Vec<usize>,
        report: &mut Report<'_>,
    ) -> bool {
        if order.contains(&at) {
            return true;
        }
        let raw = &self.raw[at];
        path.push(at);
        let mut sound = true;
        for (name, place) in &raw.extends {
            let object = format!("scenario {}", raw.name);
            let Some(&other) = self.by_name.get(name.as_str()) else {
                let names = self.raw.iter().filter(|raw| !raw.is_swept).map(|raw| &*raw.name);
                let help = match nearest(name, names.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a scenario of this file".to_owned(),
                };
                let message = format!("there is no scenario `{}` to extend", clipped(name));
                let issue = Issue::error("S05", object, message).field("extends").value(&**name);
                report.raise(*place, issue.help(help));
                sound = false;
                continue;
            };
            if let Some(from) = path.iter().position(|&known| known == other) {
                let mut loop_: Vec<&str> =
                    path[from..].iter().map(|&at| &*self.raw[at].name).collect();
                loop_.push(name);
                let message = format!("it extends itself: {}", loop_.join(" → "));
                let issue = Issue::error("S08", object, message).field("extends").value(&**name);
                report.raise(*place, issue.help("take one of them out of `extends`"));
                sound = false;
                continue;
            }
            // Long chains are as sound as short ones, but a file of ten thousand links is a mistake.
            sound &= path.len() < 200 && self.visit(other, path, order, report);
        }
        path.pop();
        order.push(at);
        sound
    }
}

fn resolve(raw: &[Raw], production: &Production, report: &mut Report<'_>) -> Vec<Scenario> {
    let by_name: HashMap<&str, usize> =
        raw.iter().enumerate().rev().map(|(at, raw)| (&*raw.name, at)).collect();
    let order = Order { raw, by_name };
    let mut scenarios = Vec::new();
    for (at, own) in raw.iter().enumerate() {
        let sources = order.of(at, report);
        let is_sound = sources.is_some();
        let sources = sources.unwrap_or_else(|| vec![at]);
        let known = report.issues.len();
        let mut applied = Applied { production: production.clone(), deltas: Vec::new() };
        let mut edits: Vec<Edit> = Vec::new();
        let mut firsts = Vec::new();
        let mut failed = false;
        for &source in &sources {
            firsts.push(edits.len());
            for (number, node) in raw[source].edits.iter().enumerate() {
                let object = format!("scenario {}, edit {}", raw[source].name, number + 1);
                let Some(edit) = edit(node, &applied.production, &object, report) else {
                    failed = true;
                    continue;
                };
                match own.is_swept {
                    true => applied.make_plainly(production, &edit),
                    false => applied.make(production, None, &edit),
                }
                // What holds on to a plan changes nothing before there is one.
                let is_dated = |change: &Change| matches!(change, Change::OmitFrom { .. });
                let waits =
                    matches!(edit.op, "lock" | "freeze") || edit.changes.iter().any(is_dated);
                let is_empty =
                    applied.deltas.last().is_some_and(|delta| delta.is_empty(&applied.production));
                if is_empty && source == at && !waits && !own.is_swept {
                    let issue =
                        Issue::warning("S13", &*object, format!("`{}` changes nothing", edit.op))
                            .help("it is so in the show already");
                    report.raise(node.at, issue);
                }
                edits.push(edit);
            }
        }
        if !is_sound {
            // What it would extend is not there: only what is wrong in any case.
            let mut place = 0;
            report.issues.retain(|issue| {
                place += 1;
                place <= known || (issue.severity == Severity::Error && issue.code != "S05")
            });
        }
        if failed || !is_sound {
            continue;
        }
        // Only what one scenario says itself: one that extends another may say it otherwise.
        let first = firsts.last().copied().unwrap_or(0);
        if !own.is_swept {
            contradictions::find(own, &edits[first..], &applied, first, report);
        }
        in_one_order(&mut edits);
        scenarios.push(Scenario {
            name: own.name.clone(),
            description: own.description.clone(),
            line: Some(super::intake::line_and_column(report.text, own.at).0),
            point: own.point.clone(),
            edits,
        });
    }
    scenarios
}

/// Edits in a row that only add people are taken in the order of their words, so that the order in
/// which they were written makes no difference.
fn in_one_order(edits: &mut [Edit]) {
    let adds = |edit: &Edit| {
        !edit.changes.is_empty()
            && edit
                .changes
                .iter()
                .all(|change| matches!(change, Change::HireOn { .. } | Change::HireOnCall { .. }))
    };
    for run in edits.chunk_by_mut(|a, b| adds(a) && adds(b)) {
        run.sort_by(|a, b| a.text.cmp(&b.text));
    }
}

/// What an edit means.
fn edit(
    node: &Node,
    production: &Production,
    object: &str,
    report: &mut Report<'_>,
) -> Option<Edit> {
    let word = node.entries().iter().find(|entry| entry.key == "op");
    let Some(word) = word else {
        let issue = Issue::error("S03", object, "`op` is missing").field("op");
        let issue = issue.help(format!("write op = one of {}", names()));
        report.raise(node.at, issue);
        return None;
    };
    let name = word.node.text().unwrap_or_default();
    let Some(op) = op(&name) else {
        let help = match nearest(&name, OPS.iter().map(|op| op.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("operations: {}", names()),
        };
        let message = format!("there is no operation `{}`", clipped(&name));
        let issue = Issue::error("S02", object, message).field("op").value(clipped(&name));
        report.raise(word.node.at, issue.help(help));
        return None;
    };
    let mut cells = Cells::new(op, node, production, object, report);
    let changes = changes(op, &mut cells);
    if cells.failed {
        return None;
    }
    Some(Edit { op: op.name, text: line(op, node), changes: changes? })
}

fn names() -> String {
    OPS.iter().map(|op| op.name).collect::<Vec<_>>().join(", ")
}

/// An edit in one line.
fn line(op: &Op, node: &Node) -> String {
    let mut text = op.name.to_owned();
    let mut fields: Vec<(&str, String)> = node
        .entries()
        .iter()
        .filter(|entry| entry.key != "op")
        .filter_map(|entry| Some((op.field(&entry.key)?.name, entry.node.text()?.to_string())))
        .collect();
    // In the order of the documentation, however they were written.
    fields.sort_by_key(|(field, _)| op.fields().position(|column| column.name == *field));
    for (field, value) in fields {
        text.push_str(&format!(", {field} {value}"));
    }
    text.replacen(',', ":", 1)
}

fn changes(op: &Op, cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    match op.name {
        "move_date" => dates::move_date(cells),
        "slip_turnover" => dates::slip_turnover(cells),
        "client_lag" => dates::client_lag(cells),
        "add_artists" => crew::add(cells),
        "lose_artists" => crew::lose(cells),
        "set_crew" => crew::set(cells),
        "extend" => crew::extend(cells),
        "release" => crew::release(cells),
        "hire_freelance" => crew::freelance(cells),
        "allow_overtime" => crew::allow_overtime(cells),
        "forbid_overtime" => crew::forbid_overtime(cells),
        "leave" => crew::leave(cells),
        "set_capacity" => crew::capacity(cells),
        "move_work" => moves::work(cells),
        "move_artist" => moves::artist(cells),
        "outsource" => work::outsource(cells),
        "insource" => work::insource(cells),
        "bid_overrun" => work::bid_overrun(cells),
        "re_bid" => work::re_bid(cells),
        "add_sequence" => work::add_shots(cells, true),
        "add_shots" => work::add_shots(cells, false),
        "omit" => work::omit(cells),
        "upgrade_class" => work::upgrade_class(cells),
        "lock" => work::lock(cells),
        "unlock" => work::unlock(cells),
        "priority" => work::priority(cells),
        "split_task" => work::split_task(cells),
        "relax_dependency" => work::relax_dependency(cells),
        "add_show" => work::add_show(cells),
        "drop_show" => work::drop_show(cells),
        "change_rate" => money::change_rate(cells),
        "set_fx" => money::set_fx(cells),
        "budget_cut" => money::budget_cut(cells),
        "set_budget" => money::set_budget(cells),
        "cap_cost" => caps::cap_cost(cells),
        "change_incentive" => money::change_incentive(cells),
        "freeze" => {
            cells.needed("days");
            let days = cells.whole("days", 0, 1_000)?;
            Some(vec![Change::Freeze { days: days as u32 }])
        }
        "set_weights" => {
            let mut found = Vec::new();
            if cells.text("weights").is_some() {
                found.push(Change::SetWeights(cells.weights("weights")?));
            } else {
                cells.needed("mode");
            }
            if cells.text("mode").is_some() {
                found.push(Change::SetMode(cells.word("mode", words::MODES)?));
            }
            Some(found)
        }
        "set_probability" => work::set_probability(cells),
        "accept_risk" => risks::accept(cells),
        _ => None,
    }
}
