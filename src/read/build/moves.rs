//! Terms on which people can work elsewhere.

use super::{At, Builder, wire};
use crate::model::*;
use crate::read::intake::cell;
use crate::read::values;

/// What a row leaves to what is usual, which is known when everybody was read.
#[derive(Debug, Default)]
pub(super) struct Without {
    cost: bool,
    account: bool,
}

impl Builder<'_> {
    pub(super) fn moves(&mut self, at: At<'_>, row: &wire::Move<'_>) {
        let given = |cell: &Option<wire::Text<'_>>| cell.is_some();
        let from = self.named_department(&at, cell!(row.from));
        let to = self.named_department(&at, cell!(row.to));
        let site = self.find_site(&at, cell!(row.site));
        let show = row.show.as_ref().and_then(|_| self.find_show(&at, cell!(row.show)));
        let unread = given(&row.from) && from.is_none()
            || given(&row.to) && to.is_none()
            || given(&row.site) && site.is_none()
            || given(&row.show) && show.is_none();
        if unread {
            return; // the cell was told
        }
        let code = match row.id.as_deref() {
            Some(code) => code.to_owned(),
            None => self.usual_move_code((from, to), site, show),
        };
        let at = at.of(&code);
        if to.is_none() && site.is_none() && show.is_none() {
            let (message, help) =
                ("where they go is missing", "fill in `to`, `site` or `show`, or take the row out");
            self.intake.wrong("R07", &at, cell!(row.to), message.to_owned(), help.to_owned());
            return;
        }
        if let Some(&first) = self.taken_moves.get(&code) {
            self.repeated(&at, &code, first);
            return;
        }
        let mut people = Vec::new();
        for item in row.people.as_deref().map(values::items).into_iter().flatten() {
            people.extend(self.find_person(&at, ("people", Some(item))));
        }
        if given(&row.people) && people.is_empty() {
            return;
        }
        people.sort_unstable();
        people.dedup();
        let mut terms = MoveTerms { people, from, to, site, show, ..MoveTerms::new(&code) }.usual();
        terms.level = self.intake.level(&at, cell!(row.level), 10).unwrap_or(terms.level);
        let lead = self.intake.whole(&at, cell!(row.lead_days), (0, 2_000));
        terms.lead_days = lead.map_or(terms.lead_days, |days| days as u32);
        if given(&row.ramp) {
            terms.ramp = self.weeks_of_ramp(&at, cell!(row.ramp));
        }
        let weeks = self.intake.whole(&at, cell!(row.min_weeks), (1, 520));
        terms.min_weeks = weeks.map_or(terms.min_weeks, |weeks| weeks as u32);
        let most = self.intake.whole(&at, cell!(row.max_heads), (1, 10_000));
        terms.most = most.map_or(0, |heads| heads as u32);
        let home = self.production.settings.currency;
        let cost = self.intake.home_money(&at, cell!(row.cost), home, false);
        terms.cost = cost.unwrap_or(Cents::ZERO);
        terms.pay = self.intake.share(&at, cell!(row.pay), 100_000).unwrap_or(terms.pay);
        let account = self.find_account(&at, cell!(row.account));
        terms.account = account.unwrap_or(terms.account);
        terms.source = at.source;
        self.moves_without
            .push(Without { cost: cost.is_none() && site.is_some(), account: account.is_none() });
        self.taken_moves.insert(code.clone(), at.source);
        self.production.moves.push(terms);
    }

    /// `roto-to-cmp`, `to-london`; with a number where that is taken.
    fn usual_move_code(
        &self,
        (from, to): (Option<DepartmentId>, Option<DepartmentId>),
        site: Option<SiteId>,
        show: Option<ShowId>,
    ) -> String {
        let department = |id: DepartmentId| self.production.departments[id].code.to_lowercase();
        let mut parts: Vec<String> = from.map(department).into_iter().collect();
        parts.push("to".to_owned());
        parts.extend(to.map(department));
        parts.extend(site.map(|id| self.production.sites[id].code.to_lowercase()));
        parts.extend(show.map(|id| self.production.shows[id].code.to_lowercase()));
        let first = parts.join("-");
        let others = (2..).map(|number| format!("{first}-{number}"));
        let mut all = std::iter::once(first.clone()).chain(others);
        all.find(|code| !self.taken_moves.contains_key(code)).unwrap_or(first)
    }

    /// What no row says, from what was read by now.
    pub(super) fn usual_moves(&mut self) {
        if self.moves_without.is_empty() {
            return;
        }
        let usual = self.production.usual_relocation();
        let expenses = self.production.accounts.enumerate().find(|(_, row)| row.code == "50-00");
        let expenses = expenses.map(|(id, _)| id);
        for (at, without) in std::mem::take(&mut self.moves_without).into_iter().enumerate() {
            let terms = &self.production.moves[at];
            let department = terms.to.or(terms.from);
            let labour = department.map(|id| self.production.departments[id].account);
            let terms = &mut self.production.moves[at];
            if without.cost {
                terms.cost = usual;
                self.intake.assume("moves.cost");
            }
            if without.account {
                terms.account = expenses.or(labour).unwrap_or(terms.account);
            }
        }
    }
}
