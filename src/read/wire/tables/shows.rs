//! What is made and promised: shows, sequences, shots, assets, milestones.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// Shows. Default: one show with the id and name of the folder.
    Show = "shows", "show", required &[&["id"]];
    /// Id.
    id: "handmade" ["code", "show", "project"],
    /// Title. Default: the id.
    name: "Handmade" ["title"],
    /// `commercial`, `episodic`, `feature` or `animation`. Default: episodic.
    kind: "episodic" ["type"],
    /// Chance that it happens. Default: 100 %.
    probability: "100%" ["chance"],
    /// First day of work. Default: none.
    start: "2027-01-04" ["start date"],
    /// Last day of work. Default: none.
    end: "2027-06-30" ["end date"],
    /// Calendar in which lags and lateness are counted. Default: the first one.
    calendar: "standard",
    /// 1 (normal) to 5. Default: 1.
    priority: "1",
    /// What the client pays for it, in the production's currency. Default: unknown.
    award: "250000" ["award amount", "price"],
    /// Which paid time is charged to it: `booked` or `worked`. Default: the setting.
    charge_basis: "",
    /// Date rules for all its tasks, as for tasks.
    rule: "" ["rules", "constraint", "date rule", "date rules"],
}

table! {
    /// Sequences. Default: made from the shots.
    Sequence = "sequences", "sequence", required &[&["id"]];
    /// Id.
    id: "010" ["code", "sequence", "sequence code", "sequence name", "name"],
    /// Show. Default: the show of the folder.
    show: "handmade" ["project"],
    /// First day on which work may start (the cut is turned over). Default: none.
    turnover: "2027-01-11" ["turnover date"],
    /// Date rules for all its tasks, as for tasks.
    rule: "" ["rules", "constraint", "date rule", "date rules"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Shots. Default: made from the tasks.
    Shot = "shots", "shot", required &[&["id"]];
    /// Id.
    id: "010_0010" ["code", "shot", "shot code", "shot name", "name"],
    /// Sequence. Default: what stands before the last `_` or `-` of the id, else `all`.
    sequence: "010" ["seq", "sequence name", "parent"],
    /// Show, where no table of sequences says it. Default: the show of the folder.
    show: "" ["project"],
    /// Length in frames. Default: unknown.
    frames: "96" ["nb frames", "cut duration", "length"],
    /// Complexity class A (simple) to D (hero). Default: unknown; counts as B.
    class: "B" ["complexity", "difficulty"],
    /// As for tasks. Default: normal.
    priority: "normal",
    /// Earliest start of its work. Default: the sequence's.
    turnover: "" ["turnover date"],
    /// Due at the end of this day. Default: none.
    due: "2027-03-12" ["due date", "delivery", "delivery date", "deadline"],
    /// What the client pays for it. Default: unknown.
    award: "4200" ["award amount", "price"],
    /// Status, as for tasks. Default: none.
    status: "" ["shot status"],
    /// Date rules for all its tasks, as for tasks.
    rule: "" ["rules", "constraint", "date rule", "date rules"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Assets. Default: made from the tasks.
    Asset = "assets", "asset", required &[&["id"]];
    /// Id.
    id: "robot" ["code", "asset", "asset code", "asset name", "name"],
    /// Show. Default: the show of the folder.
    show: "" ["project"],
    /// Character, prop, environment … Default: empty.
    kind: "character" ["type", "asset type"],
    /// Complexity class A to D. Default: unknown; counts as B.
    class: "C" ["complexity"],
    /// As for tasks. Default: normal.
    priority: "normal",
    /// Shots that need it, with `;` between; a sequence stands for all its shots.
    used_by: "010_0010; 020" ["shots", "used in"],
    /// Due at the end of this day. Default: none.
    due: "2027-02-12" ["due date", "deadline"],
    /// Status, as for tasks. Default: none.
    status: "" ["asset status"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// Promised dates.
    Milestone = "milestones", "milestone", required &[&["date"]];
    /// Id. Default: the name, else `milestone-` and its number.
    id: "final" ["code", "milestone"],
    /// Display name. Default: the id.
    name: "Final delivery" ["title"],
    /// Show. Default: the show of the folder.
    show: "" ["project"],
    /// `final`, `batch`, `temp` or `internal`. Default: batch.
    kind: "final" ["type"],
    /// Due at the end of this day.
    date: "2027-04-30" ["due", "due date"],
    /// Whether missing it breaks a contract: yes or no. Default: no.
    hard: "no",
    /// Contract penalty for each working day late. Default: none.
    penalty_per_day: "1500" ["penalty"],
    /// What must be finished, with `;` between: shots, assets, sequences or shows (`sequence:010` where an id is used twice); `-` = nothing yet. Default: the whole show.
    contents: "010; 020" ["content", "items", "shots", "entities"],
}
