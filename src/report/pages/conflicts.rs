//! Rules that clash and ways out.

use crate::report::answer_page::*;
use crate::report::conflicts::of_rule;
use crate::report::words::{count, day};
use crate::result::ConflictList;

/// Each conflict with its smallest set of rules and what would help.
pub fn page(list: &ConflictList) -> AnswerPage {
    let title = "Rules that clash";
    let mut page = AnswerPage::new(title, &list.production, &list.currency, list.currency_decimals);
    page.over.push(format!("as of {}", day(list.as_of)));
    let (answer, tone) = match list.conflicts.len() {
        0 => ("none".to_owned(), Tone::Good),
        number => (count(number as u64, "conflict"), Tone::Bad),
    };
    page.tile("Hard rules that cannot all hold", answer, tone, Vec::new());
    for (number, conflict) in list.conflicts.iter().enumerate() {
        let lead = match (conflict.irreducible, conflict.rules.len()) {
            (_, 0) => "",
            (_, 1) => "This cannot hold by itself.",
            (true, _) => "These cannot all hold; without any one of them the others can.",
            (false, _) => "These cannot all hold (some may not be needed for it).",
        };
        let mut blocks = vec![Block::Text { lines: conflict.rules.iter().map(of_rule).collect() }];
        if !conflict.also.is_empty() {
            let text = format!("Broken for the same cause: {}.", conflict.also.join("; "));
            blocks.push(Block::text(text));
        }
        let mut ways = Table::new(&[
            ("Ways out, each tried by planning again", Kind::Text),
            ("Days later", Kind::Number),
            ("Costs", Kind::More),
        ]);
        for way in &conflict.ways_out {
            ways.row(vec![way.text.clone().into(), way.days.into(), way.cost.into()]);
        }
        blocks.push(Block::Table(ways));
        if conflict.ways_out.is_empty() && conflict.tried {
            blocks.push(Block::text(
                "No single way out that was tried works: later date, more people at the same time, \
                 overlap, one more artist, unlocking, leaving out.",
            ));
        }
        page.section(&format!("{}. {}", number + 1, conflict.text), lead, blocks);
    }
    page
}
