//! Who is there, what they can do, and when they are away or promised.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// People, and planned hires without a name.
    Person = "people", "person", required &[&["id", "name"]];
    /// Id. Default: the name.
    id: "ann" ["person id", "login", "user", "code"],
    /// Display name. Default: the id.
    name: "Ann Lee" ["person", "full name", "artist", "person name"],
    /// Own department; its level is 1 unless `skills` says otherwise.
    department: "CMP" ["dept", "departments", "discipline", "team", "group"],
    /// Skills, main one first: `CMP:1.1; ROTO:0.8`, with a speciality `CFX/hair:1.2` and the hardest class of shot `CMP:0.7@B`. The table of skills does the same. Default: the department at level 1, all classes.
    skills: "CMP:1.1; ROTO:0.8",
    /// `junior`, `mid`, `senior` or `lead`. Default: that of the position where it is one of these words, else mid.
    seniority: "senior" ["experience"],
    /// What they are employed as (`artist`, `supervisor` …): decides the rate in rates.csv. Default: none said.
    position: "artist" ["role", "job title"],
    /// Site. Default: the first one.
    site: "london" ["location", "studio", "office"],
    /// Share of full time. Default: 100 %.
    capacity: "100%" ["capacity pct", "fte", "part time"],
    /// Share of the time that leading a team takes. Default: 0.
    lead: "0%" ["lead share", "lead pct", "supervision"],
    /// Most tasks begun and not ended at once. Default: 2.
    max_concurrent: "2" ["max tasks"],
    /// Whether overtime may be asked for: yes or no. Default: yes.
    overtime: "yes" ["overtime allowed", "ot allowed"],
    /// Whether they opted out of an average of 48 hours a week: yes or no. They then work as long as `overtime_cap_opted_out` of their site or contract says. Default: no.
    opted_out: "no" ["opt out"],
    /// Shows they may work on, with `;` between. Default: all.
    shows: "" ["show restrictions", "projects"],
    /// Work that they would rather do, with `;` between: departments, shows, sequences, classes (`FX; sequence:010; class:D`). Other work costs a fiftieth of an artist-day a day in the plan's objective. Default: any.
    prefers: "" ["preferences", "preference", "likes"],
    /// Whether this is a planned hire without a name: yes or no. Default: no.
    placeholder: "no",
    /// For people; not used.
    notes: "" ["note", "email", "phone"],
}

table! {
    /// Skills, one row each; the first of a person is the main one, after the person's own department.
    Skill = "skills", "skill", required &[&["person"], &["department"]];
    /// Person.
    person: "ann" ["artist", "name", "person id"],
    /// Department.
    department: "ROTO" ["dept", "skill"],
    /// Speciality. Default: none, the general work of the department.
    tag: "" ["speciality"],
    /// Speed: 1 = as bid, 1.25 = a quarter faster. Default: 1.
    level: "0.8" ["speed"],
    /// Hardest class of shot, A to D. Default: D.
    max_class: "D" ["class", "hardest class"],
}

table! {
    /// Days away.
    Leave = "leave", "leave", required &[&["person"], &["from", "to"]];
    /// Person.
    person: "ann" ["artist", "name", "person id"],
    /// First day. Default: the last day.
    from: "2027-02-15" ["start", "start date", "date"],
    /// Last day. Default: the first day.
    to: "2027-02-19" ["end", "end date", "until"],
    /// Share of each day. Default: 100 %.
    share: "100%" ["fraction", "part"],
    /// `approved` or `requested`. Default: approved.
    status: "approved" ["state"],
    /// For people; not used.
    notes: "" ["note", "reason", "type"],
}

table! {
    /// Shares of people's time promised to shows. A person with bookings works only when booked.
    Booking = "bookings", "booking", required &[&["person"], &["from"], &["to"]];
    /// Person.
    person: "ann" ["artist", "name", "person id"],
    /// Show. Default: the show of the folder.
    show: "handmade" ["project"],
    /// Department they are booked for. Default: none said.
    department: "" ["dept"],
    /// First day.
    from: "2027-01-04" ["start", "start date"],
    /// Last day.
    to: "2027-06-30" ["end", "end date", "until"],
    /// Share of the working time. Default: 100 %.
    share: "100%" ["allocation", "alloc", "alloc pct", "percent"],
    /// `hold2`, `hold1`, `tentative`, `confirmed` or `cancelled`; with how likely it becomes firm `tentative(60%)`. Tentative and confirmed time is planned with; only confirmed time is paid without a task. Default: confirmed.
    state: "confirmed" ["status"],
    /// How likely it becomes firm. Default: hold2 10 %, hold1 25 %, tentative 50 %, confirmed 100 %.
    probability: "" ["chance", "likelihood"],
    /// Day on which a confirmed booking was called off; what its contract says of that is owed. Default: not called off.
    cancelled: "" ["cancelled on", "canceled", "called off"],
}
