//! What the commitments ladder is made of: contracts, orders, work of vendors, pools.

use super::Maker;
use crate::result::{Heading, LadderLine, Opened, Rung, Unit, WhyRow};

/// The figures of a commitments ladder. `band` says what a day of a person costs, where pay is not told.
pub fn ladder(
    answer: &str,
    heading: &Heading,
    rungs: &[Rung],
    lines: &[LadderLine],
    band: &dyn Fn(&str) -> Option<[i64; 2]>,
) -> Opened {
    let mut maker = Maker::of(answer, heading);
    for (at, rung) in rungs.iter().enumerate() {
        maker.row(
            &rung.decided.to_string(),
            &rung.decided.strftime("decided on %-d %b %Y").to_string(),
        );
        let of = |part: usize, is_contract: Option<bool>| -> Vec<WhyRow> {
            let fits = |line: &&LadderLine| {
                is_contract.is_none_or(|wanted| wanted == (line.kind == "contract"))
            };
            lines.iter().filter(fits).filter_map(|line| told(line, at, part, band)).collect()
        };
        maker.cell("spent", rung.spent, of(0, None));
        maker.cell("owed", rung.owed, of(1, None));
        let people = maker.cell("people", rung.people, of(2, Some(true)));
        let vendors = maker.cell("vendors", rung.vendors, of(2, Some(false)));
        maker.sum("avoidable", Unit::Money, rung.avoidable, vec![people, vendors]);
        maker.first("avoidable");
    }
    maker.done()
}

/// A contract or order on a rung; none where it has nothing in the column. Whose pay is not told stands in every
/// column.
fn told(
    line: &LadderLine,
    rung: usize,
    part: usize,
    band: &dyn Fn(&str) -> Option<[i64; 2]>,
) -> Option<WhyRow> {
    let who = line.who.clone().unwrap_or_default();
    let amount = if line.rungs.is_empty() { None } else { Some(line.rungs.get(rung)?[part]) };
    if amount == Some(0) {
        return None;
    }
    Some(WhyRow {
        account: line.account.clone().unwrap_or_default(),
        what: line.what.clone(),
        order: line.order.clone(),
        to: Some(line.to),
        amount,
        band: amount.is_none().then(|| band(&who)).flatten(),
        who,
        ..WhyRow::new(&line.kind, line.from, 0)
    })
}
