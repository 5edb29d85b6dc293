//! On which terms people who are there can work elsewhere: in another department, at another site, on
//! another show.

use super::{AccountId, Cents, DepartmentId, PersonId, Production, ShowId, SiteId, Skill, Source};
use super::{Class, Id};

/// Terms on which people move for a time. What is `None` stays as it is with each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTerms {
    /// The id they are referred to by.
    pub code: String,
    /// Who may; empty = everybody of the department.
    pub people: Vec<PersonId>,
    /// The department they come from; `None` = any.
    pub from: Option<DepartmentId>,
    /// The department they work in.
    pub to: Option<DepartmentId>,
    /// Where they work.
    pub site: Option<SiteId>,
    /// The show they work on.
    pub show: Option<ShowId>,
    /// Speed there, in thousandths of their own.
    pub level: i64,
    /// Working days from the decision to the first day.
    pub lead_days: u32,
    /// Share of their time that they give in the first weeks, in basis points.
    pub ramp: Vec<i64>,
    /// Least weeks that they stay.
    pub min_weeks: u32,
    /// Most people moved at once; 0 = as many as may.
    pub most: u32,
    /// What each move costs once, in the production's currency: travel, a place to live.
    pub cost: Cents,
    /// What they are paid there, in basis points of their own pay.
    pub pay: i64,
    /// Account of the cost.
    pub account: AccountId,
    /// Where it was read.
    pub source: Source,
}

impl MoveTerms {
    /// To nowhere else, with what is usual of a move of its kind: see [`usual`](Self::usual).
    ///
    /// ```
    /// use shotplan::model::{DepartmentId, Id, MoveTerms};
    /// let terms = MoveTerms { to: Some(DepartmentId::new(1)), ..MoveTerms::new("roto-to-prep") }.usual();
    /// assert_eq!((terms.level, terms.lead_days, terms.ramp), (700, 5, vec![8_000]));
    /// ```
    pub fn new(code: &str) -> MoveTerms {
        MoveTerms {
            code: code.to_owned(),
            people: Vec::new(),
            from: None,
            to: None,
            site: None,
            show: None,
            level: 1_000,
            lead_days: 5,
            ramp: Vec::new(),
            min_weeks: 1,
            most: 0,
            cost: Cents::ZERO,
            pay: 10_000,
            account: AccountId::new(0),
            source: Source::default(),
        }
    }

    /// With what is usual of where they go. In another department: 70 % of their speed, and four days of
    /// the first week. To another show: two days of setting up, so three days of the first week. To
    /// another site: a week for the move, 20 working days ahead, for twelve weeks at least.
    pub fn usual(mut self) -> MoveTerms {
        if self.to.is_some() {
            self.level = 700;
        }
        (self.lead_days, self.min_weeks) = if self.site.is_some() { (20, 12) } else { (5, 1) };
        self.ramp = match (self.site, self.show, self.to) {
            (Some(_), ..) => vec![0],
            (None, Some(_), _) => vec![6_000],
            (None, None, Some(_)) => vec![8_000],
            (None, None, None) => Vec::new(),
        };
        self
    }
}

impl Production {
    /// Cost of a move to another site where none is said: ten artist-days of the show.
    pub fn usual_relocation(&self) -> Cents {
        self.mean_day_cost().by(10)
    }

    /// Whether terms are for somebody: one of those they name, of the department they say, who is not
    /// there already.
    pub fn may_move(&self, person: PersonId, terms: &MoveTerms) -> bool {
        let row = &self.people[person];
        let home = self.home_department(person);
        let is_meant = (terms.people.is_empty() || terms.people.contains(&person))
            && terms.from.is_none_or(|from| home == Some(from))
            && home.is_some();
        let is_new_work =
            terms.to.is_some_and(|to| row.skills.iter().all(|skill| skill.department != to));
        let is_new_site = terms.site.is_some_and(|site| site != row.site);
        let is_new_show = terms.show.is_some_and(|show| {
            let is_elsewhere = row.bookings.iter().any(|row| row.is_usable() && row.show != show);
            is_elsewhere || !row.is_for(show)
        });
        is_meant && (is_new_work || is_new_site || is_new_show)
    }

    /// Where terms lead, in the user's words: "CMP, london".
    pub fn move_words(&self, terms: &MoveTerms) -> String {
        let department = terms.to.map(|id| self.departments[id].code.as_str());
        let site = terms.site.map(|id| self.sites[id].code.as_str());
        let show = terms.show.map(|id| self.shows[id].code.as_str());
        let parts: Vec<&str> = department.into_iter().chain(site).chain(show).collect();
        parts.join(", ")
    }

    /// What somebody can do after a move: in another department the general work of it at their own best
    /// speed as far as the terms keep it, else what they can do now.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::*;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let (roto, prep) = (show.add_department("ROTO"), show.add_department("PREP"));
    /// let mut ira = Person::new("ira", SiteId::new(0), roto);
    /// ira.skills[0].level = 1_100;
    /// let ira = show.people.push(ira);
    /// let terms = MoveTerms { to: Some(prep), ..MoveTerms::new("help") }.usual();
    /// assert!(show.may_move(ira, &terms));
    /// assert_eq!(show.skills_after(ira, &terms)[0].level, 770);
    /// ```
    pub fn skills_after(&self, person: PersonId, terms: &MoveTerms) -> Vec<Skill> {
        let row = &self.people[person];
        let of = |level: i64| (i128::from(level) * i128::from(terms.level) / 1_000) as i64;
        let home = self.home_department(person);
        let own = |to: DepartmentId| row.skills.iter().any(|skill| skill.department == to);
        if let Some(to) = terms.to.filter(|&to| !own(to)) {
            let best = row.skills.iter().filter(|skill| Some(skill.department) == home);
            let best = best.max_by_key(|skill| (skill.level, skill.tag.is_none()));
            let (level, max_class) =
                best.map_or((1_000, Class::D), |row| (row.level, row.max_class));
            return vec![Skill { department: to, tag: None, level: of(level).max(1), max_class }];
        }
        let skills =
            row.skills.iter().filter(|skill| terms.to.is_none_or(|to| skill.department == to));
        let keep = |skill: &Skill| match terms.to {
            Some(_) => skill.clone(),
            None => Skill { level: of(skill.level).max(1), ..skill.clone() },
        };
        skills.map(keep).collect()
    }
}
