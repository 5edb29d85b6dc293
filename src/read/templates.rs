//! The templates in `data/templates`, made from the same list of columns that the reader follows.

use super::wire::{About, PlanRow, Row, TABLES};
use std::fmt::Write as _;

/// The template of a table: its header and a row of examples.
pub fn template(about: &About) -> String {
    let quoted = |text: &str| match text.contains([',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    };
    let header: Vec<String> = about.columns.iter().map(|column| quoted(column.name)).collect();
    let example: Vec<String> = about.columns.iter().map(|column| quoted(column.example)).collect();
    format!("{}\n{}\n", header.join(","), example.join(","))
}

/// The template of `show.toml`: all settings with their examples.
pub fn show_toml() -> String {
    let mut text = String::from(
        "# Settings of a show; every line may be left out. Times in CSV tables beside this file.\n\n[settings]\n",
    );
    let settings = TABLES.iter().filter(|about| about.name == "settings");
    for column in settings.flat_map(|about| about.columns) {
        for line in column.about {
            let _ = writeln!(text, "#{line}");
        }
        let is_date = column.example.parse::<jiff::civil::Date>().is_ok();
        let is_number = column.example.parse::<i64>().is_ok();
        let value = match is_date || is_number {
            true => column.example.to_owned(),
            false => format!("\"{}\"", column.example),
        };
        let _ = writeln!(text, "{} = {value}", column.name);
    }
    text
}

/// The page that explains every table and column.
pub fn readme() -> String {
    let mut text = String::from(include_str!("../docs/templates.md"));
    for about in TABLES.iter().chain([&PlanRow::ABOUT]) {
        let file = match about.name {
            "settings" => "`[settings]` in show.toml".to_owned(),
            name => format!("{name}.csv"),
        };
        let _ = writeln!(text, "\n## {file}\n");
        for line in about.about {
            let _ = writeln!(text, "{}", line.trim());
        }
        let needed: Vec<String> =
            about.required.iter().map(|group| format!("`{}`", group.join("` or `"))).collect();
        if !needed.is_empty() {
            let _ = writeln!(text, "\nMust be there: {}.", needed.join(", "));
        }
        let _ = writeln!(text, "\n| column | example | meaning, unit, default | also understood |");
        let _ = writeln!(text, "|---|---|---|---|");
        for column in about.columns {
            let escaped = |text: &str| text.replace('|', "\\|");
            let example = match column.example {
                "" => String::new(),
                example => format!("`{}`", escaped(example)),
            };
            let about: Vec<&str> = column.about.iter().map(|line| line.trim()).collect();
            let _ = writeln!(
                text,
                "| `{}` | {example} | {} | {} |",
                column.name,
                escaped(&about.join(" ")),
                column.aliases.join(", ")
            );
        }
    }
    text
}
