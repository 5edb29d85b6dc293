//! The shape of scenario files: what an edit may be, field by field, and the schema of it all.

use super::{Column, plain};
use serde_json::{Value, json};

/// An operation that a scenario may make.
#[derive(Clone, Copy, Debug)]
pub struct Op {
    /// Its word in `op`.
    pub name: &'static str,
    /// What it does.
    pub about: &'static [&'static str],
    /// Its fields.
    pub columns: &'static [Column],
    /// Whether it has the fields that choose tasks besides: [`SCOPE`].
    pub scoped: bool,
    /// The field that a bare word in a question means ("CMP" in `add_artists CMP 0..12`).
    pub subject: &'static str,
    /// The field that a bare range in a question means ("0..12").
    pub amount: &'static str,
}

impl Op {
    /// All its fields.
    pub fn fields(&self) -> impl Iterator<Item = &'static Column> {
        let scope: &[Column] = if self.scoped { SCOPE } else { &[] };
        self.columns.iter().chain(scope)
    }

    /// The field of this name, or with one of these other names.
    pub fn field(&self, name: &str) -> Option<&'static Column> {
        let written = plain(name);
        self.fields().find(|column| column.name == name).or_else(|| {
            self.fields().find(|column| {
                plain(column.name) == written
                    || column.aliases.iter().any(|alias| plain(alias) == written)
            })
        })
    }
}

/// The operation of this name.
pub fn op(name: &str) -> Option<&'static Op> {
    OPS.iter().find(|op| plain(op.name) == plain(name))
}

macro_rules! columns {
    ($($(#[doc = $doc:literal])* $field:ident: $example:literal $([$($alias:literal),*])?,)*) => {
        &[$(Column {
            name: stringify!($field),
            example: $example,
            aliases: &[$($($alias),*)?],
            about: &[$($doc),*],
        }),*]
    };
}

macro_rules! ops {
    ($(
        $(#[doc = $about:literal])*
        $name:ident $($scoped:ident)?, $subject:literal $amount:literal { $($columns:tt)* }
    )*) => {
        /// Every operation.
        pub const OPS: &[Op] = &[$(Op {
            name: stringify!($name),
            about: &[$($about),*],
            columns: columns! { $($columns)* },
            scoped: ops!(@scoped $($scoped)?),
            subject: $subject,
            amount: $amount,
        }),*];
    };
    (@scoped scoped) => { true };
    (@scoped) => { false };
}

/// The fields that choose tasks, and with them their shots, assets and sequences. What is said together has
/// to hold together; of a list one is enough. Signs: `*` any letters, `?` one letter.
pub const SCOPE: &[Column] = columns! {
    /// Departments.
    department: "CMP" ["departments", "dept"],
    /// Sequences.
    sequence: "030" ["sequences"],
    /// Shots, by id or pattern.
    shots: "030_*" ["shot"],
    /// Assets, by id or pattern.
    assets: "robot" ["asset"],
    /// Tasks, by id or pattern.
    tasks: "030_0010_cmp" ["task"],
    /// Where tasks stand.
    status: "ready" ["statuses"],
    /// Class of shots and assets.
    of_class: "C" [],
    /// Shows.
    show: "main" ["shows"],
};

ops! {
    /// A milestone, or the due dates of sequences, shots and assets, at another time.
    move_date, "milestone" "days" {
        /// The milestone.
        milestone: "final" [],
        /// Instead: sequences whose shots are due at another time.
        sequence: "030" ["sequences"],
        /// Instead: shots, by id or pattern.
        shots: "030_*" ["shot"],
        /// The show of the milestone, where two have the same id.
        show: "main" [],
        /// Working days later; below 0 = earlier.
        days: "-10" ["by", "wd"],
        /// Instead: the new date.
        date: "2027-05-14" ["to"],
        /// Whether the milestone must hold; as it was where not said.
        hard: "yes" [],
    }
    /// Work may begin later: turnovers of sequences and shots that have not happened yet.
    slip_turnover scoped, "sequence" "days" {
        /// Working days later.
        days: "5" ["by", "wd"],
        /// Instead: the new date.
        date: "2027-03-01" ["to"],
    }
    /// Artists more, at the department's terms of hire where nothing else is said. They are there, and paid,
    /// from the first day to the last; without a last day to the end of the work.
    add_artists, "department" "artists" {
        /// Their department.
        department: "CMP" ["dept"],
        /// How many.
        artists: "2" ["n", "count", "heads"],
        /// First day; without it the day of the plan and the time it takes to find them.
        from: "2027-03-01" ["start"],
        /// Last day.
        to: "2027-05-28" ["until", "end"],
        /// What a day of one costs, all in.
        rate: "340" ["day_rate"],
        /// Speed; 1 = as bid.
        level: "1.0" [],
        /// Terms of hire, where the department has several.
        terms: "cmp-fixed" [],
        /// Whether they settle in as the terms say.
        ramp: "yes" [],
    }
    /// Artists less: for good, or from a day to a day.
    lose_artists, "department" "artists" {
        /// The department that loses the last ones of its list.
        department: "CMP" ["dept"],
        /// How many.
        artists: "3" ["n", "count", "heads"],
        /// Instead: who.
        people: "cat" ["person", "ids"],
        /// First day without them; the day of the plan where not said.
        from: "2027-03-01" ["start"],
        /// Last day without them.
        to: "2027-03-26" ["until"],
        /// Whether they work, and are paid, until the notice of their contracts is over.
        notice: "no" [],
    }
    /// As many artists in a department as said, counted on a day: more are hired, or the last ones leave.
    set_crew, "department" "artists" {
        /// The department.
        department: "CMP" ["dept"],
        /// How many in all.
        artists: "18" ["n", "count", "heads"],
        /// First day; without it the day of the plan and the time it takes to find people.
        from: "2027-03-01" ["start"],
    }
    /// A contract goes on.
    extend, "person" "to" {
        /// Whose.
        person: "gus" ["people"],
        /// New last day.
        to: "2027-06-25" ["end", "until"],
    }
    /// A contract ends earlier, as soon as notice and minimum let it.
    release, "person" "to" {
        /// Whose.
        person: "gus" ["people"],
        /// New last day.
        to: "2027-04-30" ["end", "last_day"],
    }
    /// Freelance artists for some weeks, or paid only for the days that the plan uses.
    hire_freelance, "department" "artists" {
        /// Their department.
        department: "FX" ["dept"],
        /// How many, at most.
        artists: "2" ["n", "count", "heads"],
        /// First day; without it the day of the plan and the time it takes to find them.
        from: "2027-03-01" ["start"],
        /// Terms of hire, where the department has several.
        terms: "fx-freelance" [],
        /// Weeks of the stay, all of them paid; the department's shortest where not said.
        weeks: "4" ["min_weeks"],
        /// What a day of one costs, all in.
        rate: "380" ["day_rate"],
        /// Speed; 1 = as bid.
        level: "1.1" [],
        /// The plan decides: only the days it uses are paid, to the end of the work.
        optional: "yes" [],
    }
    /// Overtime may be asked of people.
    allow_overtime, "department" "hours_week" {
        /// Departments; everybody where nothing is said.
        department: "CMP" ["departments", "dept"],
        /// Instead: people.
        people: "ann" ["person"],
        /// Most hours of a day.
        hours_day: "10" ["max_day"],
        /// Most hours of a week; beyond 48 only for those who opted out of that average, and never beyond 60.
        hours_week: "50" ["max_week"],
        /// Whether days off may be worked as well: `yes` (weekends), `no`, or `all` (holidays too).
        weekends: "yes" ["weekend", "days_off"],
        /// Most hours of a day off.
        hours_day_off: "8" ["max_day_off"],
        /// Only from this day on; before it all is as it was.
        from: "2027-04-05" ["start"],
        /// Only to this day; after it all is as it was.
        to: "2027-04-30" ["end", "until"],
    }
    /// No overtime.
    forbid_overtime, "department" "" {
        /// Departments; everybody where nothing is said.
        department: "CMP" ["departments", "dept"],
        /// Instead: people.
        people: "ann" ["person"],
    }
    /// Work goes to a vendor: all of the scope that may, is not begun, and that the vendor takes.
    outsource scoped, "department" "price" {
        /// The vendor, or `any`: for each department the cheapest that takes it.
        vendor: "kestrel" [],
        /// What a bid day costs there, for all of the vendor's work.
        price: "120" ["day_price"],
    }
    /// Work comes back from vendors.
    insource scoped, "vendor" "" {
        /// From this vendor only.
        vendor: "kestrel" [],
    }
    /// Work takes longer than it is estimated to; bids stay. Of tasks that are not done.
    bid_overrun scoped, "department" "percent" {
        /// By so much.
        percent: "20%" ["by"],
        /// Instead: so many times.
        factor: "1.2" [],
    }
    /// Tasks are bid anew.
    re_bid scoped, "tasks" "percent" {
        /// New bid of each.
        days: "4.5" ["bid"],
        /// Instead: so much more.
        percent: "20%" ["by"],
        /// Number of the change order that says so.
        order: "CO-014" ["change_order"],
        /// Its amount.
        amount: "12,000" ["price"],
        /// Where it stands.
        state: "approved" [],
    }
    /// A new sequence with shots, after the pattern of the show's own shots of their class.
    add_sequence, "sequence" "count" {
        /// Id of the new sequence.
        sequence: "080" ["id"],
        /// Its show, where there are several.
        show: "main" [],
        /// How many shots; as many as `like` has where not said.
        count: "24" ["shots", "n"],
        /// Classes, in turn ("B; B; C"); those of `like`, else B.
        classes: "B; B; C" ["of_class", "mix"],
        /// A sequence whose shots' classes it has.
        like: "030" ["template"],
        /// First day of its work.
        turnover: "2027-03-15" [],
        /// Due date of its shots.
        due: "2027-05-14" [],
        /// A milestone that its shots belong to.
        milestone: "final" [],
        /// What the client pays for it, as an approved change order.
        award: "85,000" [],
    }
    /// More shots in a sequence there is, after the pattern of the show's own shots of their class.
    add_shots, "sequence" "count" {
        /// The sequence.
        sequence: "030" [],
        /// Its show, where there are several.
        show: "main" [],
        /// How many shots.
        count: "6" ["shots", "n"],
        /// Classes, in turn ("B; B; C"); those of the sequence's shots where not said.
        classes: "B; B; C" ["of_class", "mix"],
        /// First day of their work.
        turnover: "2027-03-15" [],
        /// Due date.
        due: "2027-05-14" [],
        /// A milestone that they belong to.
        milestone: "final" [],
        /// What the client pays for them, as an approved change order.
        award: "18,000" [],
    }
    /// Shots, sequences or single departments of them are cut: what is left is not done, what was spent
    /// stays.
    omit scoped, "sequence" "" {
        /// First day without work on them: what the plan has of them before is done as planned. Without it the
        /// day of the plan.
        from: "2027-04-05" ["date", "on"],
    }
    /// Shots are of another class: what has not begun is bid after the pattern of that class.
    upgrade_class scoped, "shots" "" {
        /// The new class.
        class: "C" ["to"],
    }
    /// Pay or prices change.
    change_rate, "department" "percent" {
        /// Departments; everybody where nothing is said.
        department: "CMP" ["departments", "dept"],
        /// Instead: people.
        people: "cat" ["person"],
        /// Instead: a vendor, for its price of a bid day.
        vendor: "kestrel" [],
        /// By so much.
        percent: "3%" ["by"],
        /// Instead: to this, in what their rate is paid for.
        amount: "360" ["rate"],
        /// First day; the day of the plan where not said.
        from: "2027-04-01" ["start"],
    }
    /// An exchange rate.
    set_fx, "currency" "rate" {
        /// The foreign currency.
        currency: "CAD" ["pair"],
        /// What one unit of it is worth in the show's currency.
        rate: "0.58" [],
        /// First day; without it for all days.
        from: "2027-04-01" ["start"],
    }
    /// Less budget.
    budget_cut, "account" "percent" {
        /// Accounts, by code or pattern; all but revenue where nothing is said.
        account: "20-18" ["accounts"],
        /// Instead: the accounts of departments.
        department: "CMP" ["departments", "dept"],
        /// By so much.
        percent: "5%" ["by"],
        /// Instead: an amount less.
        amount: "40,000" [],
        /// Whether no plan may go over it: then freelance days and overtime are saved until it holds, or it is
        /// said that it cannot and what it would take.
        hard: "yes" ["cap"],
    }
    /// Another budget.
    set_budget, "account" "amount" {
        /// Accounts, by code or pattern; all but revenue where nothing is said.
        account: "20-18" ["accounts"],
        /// Instead: the accounts of departments.
        department: "CMP" ["departments", "dept"],
        /// What it is.
        amount: "250,000" ["to"],
        /// Whether no plan may go over it: then freelance days and overtime are saved until it holds, or it is
        /// said that it cannot and what it would take.
        hard: "yes" ["cap"],
    }
    /// What something costs in the end may not go over an amount, as with `shotplan budget --cap`: freelance days and
    /// overtime are saved until it holds, or it is said that it cannot and what it would take. Without a show, a
    /// department, accounts or a month it is on all cost.
    cap_cost, "show" "amount" {
        /// A show, for the cost that it bears.
        show: "main" [],
        /// Instead: a department, for the cost of its work.
        department: "CMP" ["dept"],
        /// Instead: accounts together, by code or pattern.
        account: "20-18" ["accounts"],
        /// Instead: a month, for all cost in it.
        month: "2027-03" [],
        /// The most it may cost. Default: its budget, where budget lines name it; a month has none.
        amount: "300,000" ["cap", "to"],
    }
    /// An incentive changes.
    change_incentive, "incentive" "rate" {
        /// Its id.
        incentive: "UK-VFX" ["rule", "id"],
        /// Off, or on as it is.
        on: "no" ["enabled"],
        /// Its rate on all of the base.
        rate: "25%" [],
        /// Share of it that comes to the studio.
        studio_share: "50%" ["beneficiary"],
    }
    /// A limit: artists of a department at work at once, what a vendor delivers a week, or what there is
    /// of a pool from day to day.
    set_capacity, "department" "amount" {
        /// A department, for its desks.
        department: "CMP" ["dept", "desks"],
        /// Instead: a vendor, for its bid days a week.
        vendor: "kestrel" [],
        /// Instead: a pool of the farm, of licences or of desks.
        pool: "farm" ["farm", "licence"],
        /// How many; of a farm core-hours a day.
        amount: "24" ["n", "count"],
        /// First day, of a pool. Default: the day of the plan.
        from: "" ["start"],
        /// Last day, of a pool. Default: for good.
        to: "" ["end", "until"],
    }
    /// People are away.
    leave, "people" "" {
        /// Who.
        people: "eve" ["person"],
        /// First day.
        from: "2027-03-15" ["start"],
        /// Last day.
        to: "2027-03-19" ["end", "until"],
        /// Share of each day.
        share: "100%" [],
    }
    /// Tasks keep their people, dates or both: as planned.
    lock scoped, "tasks" "" {
        /// What stays: person, dates or both.
        what: "both" ["fields"],
        /// Only what begins by this day; later work stays free.
        until: "2027-04-30" ["to"],
    }
    /// Tasks keep nothing.
    unlock scoped, "tasks" "" {}
    /// Shots and assets, or tasks of them, are more or less important.
    priority scoped, "shots" "" {
        /// normal, high, very_high or emergency.
        level: "high" ["priority"],
    }
    /// Several artists may work on a task side by side.
    split_task scoped, "tasks" "parts" {
        /// How many.
        parts: "2" ["max_parallel"],
    }
    /// Work begins before what it waits for is finished (early publish).
    relax_dependency scoped, "sequence" "overlap" {
        /// The earlier task, or its department.
        from: "ANI" [],
        /// The one that waits, or its department.
        to: "LGT" [],
        /// How much of the earlier one may still be ahead.
        overlap: "40%" ["percent"],
    }
    /// Somebody works elsewhere for a time: in another department, at another site, or on another show, at the
    /// show's terms of moves where nothing else is said. Until they are back their own work waits, or others do it.
    move_artist, "person" "" {
        /// Who.
        person: "ben" ["people", "artist"],
        /// The department they work in; their own where not said.
        department: "ROTO" ["dept", "to_department"],
        /// The site they go to.
        site: "bangalore" ["to_site"],
        /// The show they work on.
        show: "main" ["to_show"],
        /// First day; without it the day of the plan and the time that the move takes to arrange.
        from: "2027-02-01" ["start"],
        /// Last day; to the end of the plan where not said.
        to: "2027-03-26" ["until", "end"],
        /// Speed there as a share of their own.
        level: "0.8" [],
        /// What the move costs once.
        cost: "1,500" ["relocation"],
        /// What they are paid there as a share of their own pay.
        pay: "100%" [],
        /// Terms of moves, where several fit.
        terms: "roto-to-cmp" [],
        /// Whether they settle in as the terms say.
        ramp: "yes" [],
    }
    /// A department's work is done at one site instead of another.
    move_work, "department" "" {
        /// The department.
        department: "CMP" ["dept"],
        /// The site whose people do no more of it.
        from: "london" ["from_site"],
        /// The site whose people take it.
        to: "montreal" ["to_site"],
    }
    /// Another show, made after one there is: the same work from the beginning, the same crew afterwards.
    add_show, "show" "" {
        /// Its id.
        show: "season2" ["id"],
        /// The show it is like.
        like: "main" ["template"],
        /// First day.
        start: "2027-07-05" ["from"],
        /// What the client pays for it; as for the other where not said.
        award: "2,600,000" [],
    }
    /// A show does not happen: all that is left of it is cut, holds on it lapse, and its people are free for others. Confirmed
    /// bookings of people whose contracts say what calling off costs are called off on the day of the plan and owed;
    /// these people are gone. Guaranteed time goes on as long as contracts do.
    drop_show, "show" "" {
        /// Its id.
        show: "main" ["id"],
    }
    /// The chance that a show happens. The plan has all of it; what it is without the show stands beside, odds are
    /// drawn with it and without.
    set_probability, "show" "probability" {
        /// Its id.
        show: "main" ["id"],
        /// The chance.
        probability: "60%" ["chance"],
    }
    /// Reviews take longer: of tasks with nothing of the same shot after them, else of the departments said.
    client_lag scoped, "sequence" "days" {
        /// Working days more; below 0 = less.
        days: "2" ["wd", "by"],
    }
    /// What the plan begins in the next working days stays as it is there.
    freeze, "" "days" {
        /// Working days from the day of the plan.
        days: "5" ["wd"],
    }
    /// Something else is favoured.
    set_weights, "" "" {
        /// balanced, deliver, cheapest, no-overtime or keep-plan.
        mode: "deliver" ["preset"],
        /// What components of the objective count, 0 to 20 times, with `;` between; each other counts once.
        weights: "continuity 2; earliness 0.5" ["weight"],
    }
    /// A named risk of the uncertainty file is taken: somebody else carries it, or all live with it. The odds of the
    /// scenario do not count it any more, and no contingency is held for it.
    accept_risk, "risk" "" {
        /// Its name.
        risk: "late client" ["id"],
    }
}

/// Fields of a scenario besides its edits.
pub const SCENARIO: &[Column] = columns! {
    /// Its name; no two are the same.
    name: "three compositors less" [],
    /// What it is about.
    description: "the crew goes to the other show" ["about"],
    /// Scenarios whose edits come first, in order.
    extends: "client moves the date" ["extend"],
    /// Its edits, each with `op` and the fields of the operation.
    edit: "" ["edits"],
};

/// Fields of a sweep.
pub const SWEEP: &[Column] = columns! {
    /// Its name; each of its scenarios is called after it and its values.
    name: "more compositors" [],
    /// What it is about.
    description: "how many are worth it" ["about"],
    /// Scenarios whose edits come first, in order.
    extends: "client moves the date" ["extend"],
    /// What is varied; every value of one axis is combined with every value of the others.
    axis: "" ["axes"],
};

/// Fields of an axis of a sweep.
pub const AXIS: &[Column] = columns! {
    /// The field of `edit` that varies.
    param: "artists" ["field"],
    /// Its values, one by one.
    values: "0; 2; 4" ["list"],
    /// Instead: the first value, a number, a share or a date.
    from: "0" ["first"],
    /// The last value.
    to: "12" ["last"],
    /// The step from one to the next; dates in days.
    step: "2" [],
    /// The edit without the field that varies.
    edit: "" [],
    /// Instead of all this: scenarios, one after the other.
    scenarios: "as it is; client moves the date" [],
};

fn object(columns: &[Column], more: Value) -> Value {
    let mut properties = serde_json::Map::new();
    for column in columns.iter().filter(|column| !column.example.is_empty()) {
        let about = column.about.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let value = json!({ "description": about, "examples": [column.example],
            "$ref": "#/$defs/field" });
        properties.insert(column.name.to_owned(), value);
    }
    if let Value::Object(more) = more {
        properties.extend(more);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// The JSON schema of a file of scenarios, in TOML or JSON.
pub fn scenario_schema() -> schemars::Schema {
    let edits: Vec<Value> = OPS
        .iter()
        .map(|op| {
            let columns: Vec<Column> = op.fields().copied().collect();
            let mut edit = object(&columns, json!({ "op": { "const": op.name } }));
            let about = op.about.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
            edit["description"] = json!(about);
            edit["required"] = json!(["op"]);
            edit
        })
        .collect();
    let one = json!({ "$ref": "#/$defs/edit" });
    let list = |of: Value| json!({ "type": "array", "items": of });
    let mut scenario = object(SCENARIO, json!({ "edit": list(one.clone()) }));
    scenario["required"] = json!(["name"]);
    let axis = object(AXIS, json!({ "edit": one }));
    let mut sweep = object(SWEEP, json!({ "axis": list(axis) }));
    sweep["required"] = json!(["name", "axis"]);
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenarios",
        "description": "What-ifs of a show. Dates are texts (\"2027-05-14\"), shares \"20%\", days \
            working days; amounts in the show's currency.",
        "type": "object",
        "properties": { "scenario": list(scenario), "sweep": list(sweep) },
        "additionalProperties": false,
        "$defs": {
            "value": { "type": ["string", "number", "boolean"] },
            "field": { "anyOf": [{ "$ref": "#/$defs/value" },
                { "type": "array", "items": { "$ref": "#/$defs/value" } }] },
            "edit": { "oneOf": edits },
        },
    });
    schemars::Schema::try_from(schema).unwrap_or_default()
}
