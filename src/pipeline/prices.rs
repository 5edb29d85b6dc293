//! What one more artist is worth: from files to a list of prices.

use super::{Answered, Outcome, check};
use crate::model::{
    Cents, ContractKind, Day, DepartmentId, Mode, PoolKind, Production, round_half_even,
};
use crate::read;
use crate::result::{MilestonePrice, PoolPrice, PriceList, PriceRow, UnitPrice};
use crate::solve;
use std::path::Path;

/// Reads and checks a show, and finds what one more artist is worth in the `most` dearest departments
/// and periods, within a limit on what is solved again. `Answered::Undecided` when the weekly plan could not be solved,
/// `NoPlan` when it was stopped before that.
///
/// # Errors
/// When the files cannot be read at all.
pub fn prices(
    show: &Path,
    mode: Option<Mode>,
    most: usize,
    limit: Option<solve::Limit>,
    watch: &dyn solve::Watch,
) -> Result<Answered<PriceList>, read::Error> {
    let mut checked = check(show)?;
    let production = match checked.production.take() {
        Some(production) if !super::has_errors(&checked.issues) => production,
        _ => return Ok(Answered::Flawed(checked)),
    };
    let mode = mode.unwrap_or(production.settings.mode);
    let prices = match solve::prices_within(&production, mode, most, limit, watch) {
        Ok(prices) => prices,
        Err(_) if watch.stop() => return Ok(Answered::NoPlan(Outcome::Stopped)),
        Err(answer) => {
            let why = |(backend, why): &(_, String)| format!("{backend} {why}");
            return Ok(Answered::Undecided(answer.tried.iter().map(why).collect()));
        }
    };
    let timeline = production.timeline();
    let row = |price: &solve::Price| PriceRow {
        department: production.departments[price.call.department].code.clone(),
        show: price.call.show.map(|show| production.shows[show].code.clone()),
        speciality: price.call.tag.and_then(|tag| prices.tags.get(tag as usize).cloned()),
        site: price.call.site.map(|site| production.sites[site].code.clone()),
        from: timeline.date(Day(price.period.first)).max(production.settings.as_of),
        to: timeline.date(Day(price.period.end.saturating_sub(1))),
        dual: price.dual.round() as i64,
        one_more: price.one_more.round() as i64,
        one_less: price.one_less.map(|loss| loss.round() as i64),
        holds: agree(price.one_more, price.one_less),
        artist_week: artist_week(&production, price.call.department).0,
    };
    let unit = |department: DepartmentId, (first, end): (u32, u32)| UnitPrice {
        department: production.departments[department].code.clone(),
        from: timeline.date(Day(first)).max(production.settings.as_of),
        to: timeline.date(Day(end.saturating_sub(1))),
        dual: 0,
        one_more: 0,
        one_less: None,
        holds: false,
        unit_cost: None,
        vendor: None,
    };
    let whole = |value: f64| value.round() as i64;
    let vendor_day = |price: &solve::VendorPrice| {
        let vendor = &production.vendors[price.vendor];
        let day = vendor.day_price + vendor.day_price.basis_points(vendor.supervision);
        UnitPrice {
            dual: whole(price.dual),
            one_more: whole(price.one_more),
            one_less: price.one_less.map(whole),
            holds: agree(price.one_more, price.one_less),
            unit_cost: Some(production.price_of_vendor(price.vendor, day).0),
            vendor: Some(vendor.name.clone()),
            ..unit(price.department, (price.period.first, price.period.end))
        }
    };
    let overtime_hour = |price: &solve::OvertimePrice| UnitPrice {
        dual: whole(price.dual),
        one_more: whole(price.one_more),
        one_less: price.one_less.map(whole),
        holds: agree(price.one_more, price.one_less),
        ..unit(price.department, (price.period.first, price.period.end))
    };
    let milestone_day = |price: &solve::MilestonePrice| {
        let row = &production.milestones[price.milestone];
        MilestonePrice {
            id: row.code.clone(),
            name: row.name.clone(),
            due: row.date,
            later: whole(price.later),
            earlier: whole(price.earlier),
        }
    };
    let pool = |price: &solve::PoolPrice| {
        let row = &production.pools[price.pool];
        let (one, hours) = match row.kind {
            PoolKind::Farm => ("core", 24),
            PoolKind::Licence => ("licence", 1),
            PoolKind::Desk => ("desk", 1),
        };
        PoolPrice {
            pool: row.code.clone(),
            name: row.name.clone(),
            unit: one.to_owned(),
            from: timeline.date(Day(price.period.first)).max(production.settings.as_of),
            to: timeline.date(Day(price.period.end.saturating_sub(1))),
            dual: whole(price.dual),
            one_more: whole(price.one_more),
            one_less: price.one_less.map(whole),
            holds: agree(price.one_more, price.one_less),
            rent: row.overflow_price.map(|price| price.of(5 * hours, 1).0),
        }
    };
    Ok(Answered::Answer(PriceList {
        production: production.settings.name.clone(),
        as_of: production.settings.as_of,
        currency: production.settings.currency.code().to_owned(),
        currency_decimals: production.settings.currency.decimals(),
        mode: mode.word().to_owned(),
        value: prices.value.round() as i64,
        priced: prices.priced as u64,
        prices: prices.rows.iter().map(row).collect(),
        vendor_days: prices.vendors.iter().map(vendor_day).collect(),
        overtime_hours: prices.overtime.iter().map(overtime_hour).collect(),
        milestone_days: prices.milestones.iter().map(milestone_day).collect(),
        pools: prices.pools.iter().map(pool).collect(),
        together: prices.together as u64,
        backend: prices.backend.to_string(),
        steps: prices.steps,
        is_cut: prices.is_cut,
    }))
}

/// Whether one more and one less are worth the same, to a hundredth.
fn agree(one_more: f64, one_less: Option<f64>) -> bool {
    one_less.is_some_and(|loss| (loss - one_more).abs() <= 0.01 * loss.max(one_more))
}

/// Five days of the department's freelance artists, on average; of any artist where it has none.
fn artist_week(production: &Production, department: DepartmentId) -> Cents {
    let as_of = production.settings.as_of;
    let (mut sum, mut count) = (0_i128, 0_i128);
    for (id, person) in production.people.enumerate() {
        let is_freelance = |contract: &crate::model::Contract| {
            contract.kind == ContractKind::Freelance && contract.end.is_none_or(|end| end >= as_of)
        };
        if production.home_department(id) == Some(department)
            && person.contracts.iter().any(is_freelance)
        {
            sum += i128::from(production.day_cost(id, as_of).0);
            count += 1;
        }
    }
    match count {
        0 => production.mean_day_cost().by(5),
        _ => Cents(round_half_even(5 * sum, count)),
    }
}
