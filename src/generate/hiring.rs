//! Terms of hire of the departments with most work; the others hire on the usual ones.

use super::draft::Draft;
use crate::model::*;
use jiff::civil::date;

/// Departments that name terms.
const NAMED: usize = 5;
/// Working days until somebody is there, and least weeks of a stay, by how experienced they are.
const TERMS: [(Seniority, u32, u32, i64); 2] =
    [(Seniority::Mid, 10, 4, 1_000), (Seniority::Senior, 15, 8, 1_150)];
/// What a hire costs beyond the mean of the department's freelance artists, in basis points.
const PREMIUM: [i64; 2] = [500, 3_000];

/// Adds terms for the departments with most work: freelance artists of usual skill, and in the first of
/// them also seniors, who are faster, dearer and take longer to find.
pub(super) fn add(draft: &mut Draft) {
    let production = &mut draft.production;
    let mut work: Vec<(i64, DepartmentId)> =
        production.departments.ids().map(|id| (0, id)).collect();
    for task in &production.tasks {
        work[task.department.index()].0 += task.bid;
    }
    work.sort_by_key(|&(sum, id)| (std::cmp::Reverse(sum), id));
    let mut named = Vec::new();
    for (place, &(sum, department)) in work.iter().take(NAMED).enumerate() {
        if sum == 0 {
            continue;
        }
        let usual = production.usual_terms(department);
        let day = usual.contract.rates.first().map_or(Cents::ZERO, |(_, rate)| *rate);
        let short = production.departments[department].code.to_lowercase();
        let kinds = if place == 0 { TERMS.len() } else { 1 };
        for (kind, premium) in TERMS.iter().zip(PREMIUM).take(kinds) {
            let &(seniority, lead_days, min_weeks, level) = kind;
            let word = if seniority == Seniority::Mid { "mid" } else { "senior" };
            let start = date(2000, 1, 1);
            // Agreed in tens of whole units.
            let rate = Cents((day + day.basis_points(premium)).0 / 1_000 * 1_000);
            named.push(HireTerms {
                code: format!("{short}-{word}"),
                seniority,
                level,
                lead_days,
                min_weeks,
                most: headroom(usual.most),
                contract: Contract {
                    kind: ContractKind::Freelance,
                    notice_days: 5,
                    ..Contract::paid_by_day(start, rate, production.settings.currency)
                },
                ..usual.clone()
            });
        }
    }
    production.hiring = named;
}

/// People more than a department has for whom there are machines and somebody to lead them: a third.
pub(super) fn headroom(heads: u32) -> u32 {
    heads.div_ceil(3).max(2)
}
