//! A plan as a table.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// A plan: who works on what, from when to when. Not part of a show; `shotplan verify` reads it.
    PlanRow = "plan", "plan row", required &[&["task"], &["artist", "vendor"], &["start", "start_slot"]];
    /// Task; empty for a row of overtime.
    task: "010_0010_cmp" ["task id", "id"],
    /// Person.
    artist: "ann" ["person", "assigned", "assigned to", "assignee"],
    /// Vendor, when no person does it.
    vendor: "" ["supplier"],
    /// First day.
    start: "2027-02-01" ["start date", "date", "from"],
    /// Last day.
    end: "2027-02-05" ["end date", "finish", "to"],
    /// Time the artist spends; not used.
    effort: "4.75d" ["effort days", "days", "effort minutes"],
    /// What it costs; not used.
    cost: "",
    /// Which part of the task, from 0. Default: one part for each artist, in order.
    part: "0",
    /// Exact first slot, counted from the first day of the timeline. Default: from the dates.
    start_slot: "",
    /// Exact boundary after the last slot. Default: from the dates.
    end_slot: "",
    /// Overtime on the day `start`: a bare number is hours. The task is empty then.
    overtime: "" ["overtime hours"],
    /// What that overtime does, as time: in a long week less than it takes. Default: in the order of the days of a week.
    overtime_work: "" ["work hours", "overtime work hours"],
    /// For people. In a row without artist, vendor and dates it may say why the task has no place:
    /// `nobody_can`, `no_time_left`, `on_hold`, or `waits_for_unplaced` and the other task.
    notes: "" ["note", "department", "shot", "name", "reason"],
}
