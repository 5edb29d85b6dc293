//! What an incentive is made of: the cost that is eligible, and step by step what the rule makes of it.

use super::cash::posting;
use super::postings::{Line, Lines, Names};
use super::{Maker, less};
use crate::result::{Desk, Incentive, IncentiveStep, OpenedPart, Unit, WhyRow};

/// Adds a row for each incentive.
pub(super) fn incentives(maker: &mut Maker, desk: &Desk, names: &Names, decimals: u32) {
    for row in &desk.incentives {
        maker.row(&row.asked(), &row.place);
        let eligible = maker.cell("eligible", row.eligible, eligible(desk, names, row));
        let mut steps = |figure: i64, of: &[&str]| -> OpenedPart {
            let steps = row.steps.iter().filter(|step| of.contains(&&*step.step));
            let lines = steps.filter(|step| step.amount != 0).map(|step| line(row, step, decimals));
            maker.run(lines.collect(), Unit::Money, figure)
        };
        let less_in_base = row.base.saturating_sub(row.eligible);
        let limits = steps(less_in_base, &["share", "net_of", "cap_share", "cap", "minimum"]);
        let credit = steps(row.credit, &["rate", "tier"]);
        let tax = steps(row.after_tax.saturating_sub(row.credit), &["tax"]);
        let studio = steps(row.studio, &["studio"]);
        let expected = steps(row.expected, &["certainty"]);
        maker.sum("base", Unit::Money, row.base, vec![eligible, limits]);
        maker.sum("credit", Unit::Money, row.credit, vec![credit]);
        maker.sum("tax", Unit::Money, row.credit.saturating_sub(row.after_tax), vec![less(tax)]);
        maker.sum("after_tax", Unit::Money, row.after_tax, vec![credit, tax]);
        maker.sum("studio", Unit::Money, row.studio, vec![studio]);
        maker.sum("expected", Unit::Money, row.expected, vec![expected]);
        maker.first("expected");
    }
}

/// The assignments, orders and bookings that are eligible.
fn eligible<'d>(desk: &'d Desk, names: &Names<'d>, row: &Incentive) -> Vec<WhyRow> {
    let mut lines = Lines::default();
    let whole = row.of.iter().flat_map(|[from, to]| *from..*to);
    for at in whole {
        if let Some((posting, about)) = posting(desk, names, at) {
            lines.add(names.line(posting, &about));
        }
    }
    for &(at, minutes, amount) in &row.of_parts {
        if let Some((posting, about)) = posting(desk, names, at) {
            let what = "days on which the rule holds".into();
            lines.add(Line { what, minutes, amount, ..names.line(posting, &about) });
        }
    }
    lines.done()
}

fn line(row: &Incentive, step: &IncentiveStep, decimals: u32) -> WhyRow {
    let share = per_cent(step.share.unwrap_or_default());
    let limit = units(step.limit.unwrap_or_default(), decimals);
    let what = match &*step.step {
        "share" => format!("{share} of what is eligible counts"),
        "net_of" => format!("less {limit} that other incentives give"),
        "cap_share" => format!("at most {share} of {limit} of such cost anywhere"),
        "cap" => format!("at most {limit}"),
        "minimum" => format!("nothing below {limit} of eligible cost"),
        "tier" => format!("{share} of what counts, from {limit} of eligible cost on"),
        "tax" => format!("{share} tax on the credit"),
        "studio" => format!("{share} of it is the studio's"),
        "certainty" => format!("{share} sure"),
        _ => format!("{share} of what counts"),
    };
    let day = (step.step == "certainty").then_some(row.received);
    WhyRow { what, who: row.id.clone(), ..WhyRow::new("incentive", day, step.amount) }
}

/// "29.25 %".
fn per_cent(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points.rem_euclid(100));
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// "1,200,000", and "0.50" where it is not whole.
fn units(amount: i64, decimals: u32) -> String {
    let unit = 10_u64.saturating_pow(decimals).max(1);
    let (whole, rest) = (amount.unsigned_abs() / unit, amount.unsigned_abs() % unit);
    let digits = whole.to_string();
    let mut text = if amount < 0 { "−".to_owned() } else { String::new() };
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match rest {
        0 => text,
        rest => format!("{text}.{rest:0places$}", places = decimals as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_shares_read_as_in_a_rule() {
        assert_eq!([units(120_000_000, 2), units(50, 2)], ["1,200,000", "0.50"]);
        assert_eq!([units(-1_234, 0), units(999, 0)], ["−1,234", "999"]);
        assert_eq!(
            [per_cent(2_925), per_cent(10_000), per_cent(50)],
            ["29.25 %", "100 %", "0.5 %"]
        );
    }
}
