//! Work: tasks, what waits for what, and the time logged on it.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// The work: one row for each task. The only table that must be there.
    Task = "tasks", "task", required &[&["department"]];
    /// Id, unique in the show. Default: the shot or asset, `_`, and the name, or the department in small letters.
    id: "010_0010_cmp" ["task id", "code"],
    /// Name of the task ("comp main"). Only used to make an id.
    name: "comp" ["task name", "task"],
    /// Shot it is part of. Without a table of shots, shots are made from this column; their sequence is the column `sequence`, else what stands before the last `_` or `-`, else `all`.
    shot: "010_0010" ["shot code", "shot name", "shot id"],
    /// Asset it is part of. Without a table of assets, assets are made from this column.
    asset: "" ["asset code", "asset name", "asset id"],
    /// Shot, asset, sequence or show it is part of, whichever has this id.
    entity: "" ["link", "entity name", "linked entity"],
    /// Sequence it is part of, when neither shot nor asset is named.
    sequence: "" ["seq", "sequence name", "parent", "episode"],
    /// Show. Default: the show of the folder.
    show: "" ["project", "project name", "production"],
    /// Department that does it: id, full name, or a usual name of the trade. Without a list of departments, they are made from this column and from the people.
    department: "CMP" ["dept", "step", "pipeline step", "task type", "discipline"],
    /// A speciality it needs ("hair", "water"). Default: none.
    tag: "" ["speciality", "skill tag"],
    /// Bid: a bare number is days. `2.5`, `2.5d`, `20h`, `90m`, `1w`; a `?` behind it marks a guess. Default: the usual bid of the department for the class of the shot.
    bid: "4d" ["days", "bid days", "bid (d)", "effort", "work", "duration days"],
    /// Bid, where a bare number is hours.
    bid_hours: "" ["bid (h)", "bid h", "hours", "bid (hours)", "bid (hrs)", "bid hrs"],
    /// Present estimate: a bare number is days. Default: the bid.
    estimate: "" ["estimation", "estimated days", "eac days"],
    /// Present estimate, where a bare number is hours.
    estimate_hours: "" ["estimate (h)", "estimate h", "estimation (h)"],
    /// Time logged so far: a bare number is days. Default: the sum of its time logs, else 0.
    logged: "1.5d" ["time spent", "logged days", "actual days"],
    /// Time logged so far, where a bare number is hours.
    logged_hours: "" ["time logs", "logged (h)", "logged h", "time logged", "actual hours"],
    /// Work left, where somebody said so: a bare number is days. Default: estimate less logged.
    remaining: "" ["left", "remaining days", "etc days"],
    /// Work left, where a bare number is hours.
    remaining_hours: "" ["remaining (h)", "remaining h"],
    /// `omit`, `hold`, `not_ready`, `ready`, `wip`, `internal_review`, `retake`, `client_review`, `cbb`, `final`, `delivered`, or a usual short form (wtg, rdy, ip, rev, apr, fin, omt, hld, todo, wfa, done). Default: ready.
    status: "wip" ["task status", "state"],
    /// `normal`, `high`, `very_high`, `emergency`, or 1 to 4. Default: normal.
    priority: "normal",
    /// Earliest start. Default: none.
    earliest: "" ["earliest start", "not before", "start no earlier than"],
    /// Due at the end of this day. Default: none.
    due: "2027-03-05" ["due date", "deadline"],
    /// Date rules, with `;` between: `SNET 2027-01-05` (start no earlier than), SNLT, FNET, FNLT, MSO (must start on), MFO (must finish on), ASAP, ALAP, or the long words.
    rule: "FNLT 2027-03-05" ["rules", "constraint", "date rule", "date rules"],
    /// People on it now, the main one first, with `;` between (`,` also works). Ids or names.
    assigned: "ann" ["assigned to", "assignee", "assignees", "assignations", "artist", "artists", "person", "people"],
    /// Vendor it is given to. Default: none.
    vendor: "" ["supplier"],
    /// What planning may not change: `none`, `person`, `dates`, `both`. Default: none.
    locked: "none" ["lock"],
    /// First day in the tracker, or of the locked dates.
    start: "" ["start date", "planned start"],
    /// Last day in the tracker, or of the locked dates.
    end: "" ["end date", "planned end", "finish", "finish date"],
    /// Most artists on it at once. Default: 1.
    max_parallel: "1" ["max artists", "parallel"],
    /// Smallest part: a bare number is days. Default: the setting.
    min_chunk: "" ["smallest part"],
    /// Whether leave or other work may interrupt it: yes or no. Default: yes.
    splittable: "yes" ["split", "may split"],
    /// Lowest level that may do it (1 = as bid). Default: 0.
    min_level: "" ["level", "minimum level"],
    /// Working days of review after its end. Default: the setting.
    review: "0.5d" ["review days", "review lag"],
    /// Whether it may go to a vendor: yes or no. Default: yes.
    vendor_allowed: "yes" ["outsource", "may outsource"],
    /// What it needs of pools where it is not as usual in its department, with `;` between: licences or desks for each artist on it, core-hours for all of the task; `houdini:0` = none. Default: as the pools say for the department.
    pools: "houdini:1" ["licences", "licenses", "needs", "resources"],
    /// Account of its labour. Default: the department's.
    account: "" ["account code"],
    /// Last day on which the tracker saw a change.
    updated: "" ["last update", "date updated", "updated at", "modified"],
    /// What it waits for, with `;` between: departments of the same shot or asset, or ids of tasks; each may be followed by a kind and lag: `ROTO; 010_0020_ani SS+1d; MM FS~60%`.
    after: "ANI; LGT FS~60%" ["depends on", "dependencies", "predecessors", "upstream", "upstream tasks", "waits for"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}

table! {
    /// What waits for what, one row for each pair; the column `after` of the tasks does the same.
    Dependency = "dependencies", "dependency", required &[&["from"], &["to"]];
    /// The earlier task.
    from: "010_0010_ani" ["predecessor", "before", "upstream", "from task"],
    /// The task that waits.
    to: "010_0010_cmp" ["successor", "after", "task", "downstream", "to task"],
    /// `FS` finish to start, `SS` start to start, `FF` finish to finish, `SF` start to finish. Default: FS.
    link: "FS" ["type", "kind", "dependency type"],
    /// Lag in working days, may be negative: a bare number is days. Default: 0.
    lag: "0d" ["lag days", "offset"],
    /// Share of the earlier task that may still be ahead when the later one starts; with FS only. Default: 0.
    overlap: "0%" ["overlap pct"],
}

table! {
    /// Time that people logged on tasks.
    TimeLog = "time_logs", "time log", required &[&["task"], &["person"], &["date"]];
    /// Task.
    task: "010_0010_cmp" ["task id", "entity"],
    /// Person.
    person: "ann" ["artist", "user", "name"],
    /// Day.
    date: "2026-12-17" ["day"],
    /// How long: a bare number is days.
    time: "0.5d" ["duration", "days", "logged"],
    /// How long, where a bare number is hours.
    hours: "" ["time (h)", "duration (h)"],
}
