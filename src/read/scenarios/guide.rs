//! What may stand in a file of scenarios, for people: made from the same list that files are read by.

use super::super::wire::{AXIS, Column, OPS, SCENARIO, SCOPE, SWEEP};
use super::SCENARIO_RULES;
use crate::model::Severity;

fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

fn fields(out: &mut String, columns: &[Column]) {
    if columns.is_empty() {
        return;
    }
    out.push_str("| field | for example | |\n|---|---|---|\n");
    for column in columns {
        let example = match column.example {
            "" => String::new(),
            example => format!("`{example}`"),
        };
        out.push_str(&format!("| `{}` | {example} | {} |\n", column.name, joined(column.about)));
    }
    out.push('\n');
}

/// The guide to scenario files, in Markdown.
pub fn scenario_guide() -> String {
    let mut out = "\
# Scenarios

A file of scenarios says what could be otherwise in a show; `shotplan compare SHOW FILE -o OUT` plans each of
them and puts them side by side. Files are TOML or JSON ([schema](../../src/docs/scenarios.schema.json)):

    [[scenario]]
    name = \"client moves the date\"
    [[scenario.edit]]
    op = \"move_date\"
    milestone = \"final\"
    days = -10

    [[scenario]]
    name = \"the same, with two more compositors\"
    extends = \"client moves the date\"
    [[scenario.edit]]
    op = \"add_artists\"
    department = \"CMP\"
    artists = 2

    [[sweep]]
    name = \"how many\"
    [[sweep.axis]]
    param = \"artists\"
    from = 0
    to = 12
    edit = { op = \"add_artists\", department = \"CMP\" }

Edits are made in order, each to the show with the edits before it. Dates are days of the time that is planned, `days`
working days, shares per cent, amounts in the show's currency. Lists are lists, or one text with `;` between.
`handmade.toml` and `episodic.toml` beside this file belong to the shows of these names.

"
    .to_owned();
    for (title, about, columns) in [
        ("A scenario", "", SCENARIO),
        ("A sweep", "A scenario for every combination of the values of its axes.", SWEEP),
        ("An axis of a sweep", "", AXIS),
        (
            "Which work",
            "Operations marked *chooses work* take these fields too. What is said together has to hold together; \
             of a list one is enough. `*` stands for any letters, `?` for one.",
            SCOPE,
        ),
    ] {
        out.push_str(&format!("## {title}\n\n"));
        if !about.is_empty() {
            out.push_str(&format!("{about}\n\n"));
        }
        fields(&mut out, columns);
    }
    out.push_str("## Operations\n\n");
    for op in OPS {
        let scoped = if op.scoped { " *Chooses work.*" } else { "" };
        out.push_str(&format!("### `{}`\n\n{}{scoped}\n\n", op.name, joined(op.about)));
        fields(&mut out, op.columns);
    }
    out.push_str("## What can be wrong\n\nAll of it is told at once, with line and column, before anything is planned.\n\n");
    out.push_str("| code | | |\n|---|---|---|\n");
    for rule in SCENARIO_RULES {
        let severity = match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        out.push_str(&format!("| {} | {severity} | {} |\n", rule.code, rule.what));
    }
    out
}
