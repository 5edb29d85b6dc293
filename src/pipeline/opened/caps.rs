//! What a plan under caps is made of: the cost that each cap counts, and what could still be saved.

use super::ledger::of_plan;
use super::{Maker, ladder, less};
use crate::compare::{Budgeted, Tried, is_avoidable, under_cap};
use crate::forecast::{Posting, PostingKind};
use crate::model::{BudgetCap, CapOn, Cents};
use crate::result::{BudgetAnswer, LadderLine, Opened, Unit, WhyRow};
use std::collections::BTreeMap;

/// The figures of `budget`: `base` is the plan without the caps. The pay of single people is not told; `bands` says
/// what a day of theirs costs.
pub fn caps(
    answer: &BudgetAnswer,
    base: &Tried,
    found: &Budgeted,
    ladder_lines: &[LadderLine],
    bands: &BTreeMap<String, [i64; 2]>,
) -> Opened {
    let mut maker = Maker::of("budget", &answer.heading);
    let (plan, whole) = (&found.plan.tried, &found.whole.tried);
    for (row, capped) in answer.caps.iter().zip(&found.caps) {
        maker.row(&row.cap, "cap");
        let before = of_plan(base, under_cap(base, &capped.cap), bands);
        maker.cell("planned", row.planned, before);
        let saved =
            under_cap(base, &capped.cap).filter(|posting| is_avoidable(&base.production, posting));
        let saved = of_plan(base, saved, bands);
        maker.cell("avoidable", row.avoidable, saved);
        let with = of_plan(plan, under_cap(plan, &capped.cap), bands);
        maker.cell("after", row.after, with);
        let whole = of_plan(whole, under_cap(whole, &capped.cap), bands);
        let whole = maker.cell("with_all_work", row.with_all_work, whole);
        let cap = WhyRow {
            what: format!("cap on {}", row.cap),
            ..WhyRow::new("budget", None, row.amount)
        };
        let cap = maker.run(vec![cap], Unit::Money, row.amount);
        if !row.holds {
            maker.sum("missing", Unit::Money, row.missing, vec![whole, less(cap)]);
        }
        maker.first("after");
    }
    effect(
        &mut maker,
        ("without caps", base),
        answer.without.efc,
        answer.without.incentives,
        bands,
    );
    let without = maker.parts("efc").unwrap_or_default();
    effect(&mut maker, ("with caps", plan), answer.with.efc, answer.with.incentives, bands);
    let with = maker.parts("efc").unwrap_or_default();
    let more = answer.with.efc.saturating_sub(answer.without.efc);
    let parts = with.into_iter().chain(without.into_iter().map(less)).collect();
    maker.sum("more", Unit::Money, more, parts);
    let of = |plan| of_plan(plan, called_off(plan), bands);
    maker.row("called off", "owed for confirmed days that are called off");
    let (with, without) = (plan, base);
    let sum = |plan| called_off(plan).map(|posting| posting.amount).sum::<Cents>().0;
    let with = maker.run(of(with), Unit::Money, sum(with));
    let without = maker.run(of(without), Unit::Money, sum(without));
    maker.sum("amount", Unit::Money, answer.called_off, vec![with, less(without)]);
    let band = |person: &str| bands.get(person).copied();
    maker.with(ladder("budget", &answer.heading, &answer.ladder, ladder_lines, &band));
    maker.done()
}

/// The final cost of a plan, and what incentives give of it.
fn effect(
    maker: &mut Maker,
    (name, plan): (&str, &Tried),
    efc: i64,
    incentives: i64,
    bands: &BTreeMap<String, [i64; 2]>,
) {
    maker.row(name, &format!("the plan {name}"));
    let all = BudgetCap { name: String::new(), on: CapOn::Total, amount: Cents::ZERO };
    let cost = maker.cell("efc", efc, of_plan(plan, under_cap(plan, &all), bands));
    let production = &plan.production;
    let given = plan.forecast.incentives.iter().zip(production.incentives.iter());
    let given = given.filter(|(row, _)| row.expected != Cents::ZERO).map(|(row, rule)| WhyRow {
        what: rule.code.clone(),
        who: rule.place.clone(),
        ..WhyRow::new("incentive", row.received, row.expected.0)
    });
    let given = maker.cell("incentives", incentives, given.collect());
    let net = efc.saturating_sub(incentives);
    maker.sum("after_incentives", Unit::Money, net, vec![cost, less(given)]);
}

fn called_off(plan: &Tried) -> impl Iterator<Item = &Posting> {
    plan.forecast.ledger.iter().filter(|posting| posting.kind == PostingKind::CalledOff)
}
