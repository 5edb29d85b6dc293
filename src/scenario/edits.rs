//! A named list of edits, and what it did to a production.

use super::{Change, Delta, Difference, apply_to_plan};
use crate::model::{Plan, Production};

/// One edit as somebody wrote it, with the changes it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it does ("add_artists").
    pub op: &'static str,
    /// The whole of it in one line, as it was written.
    pub text: String,
    /// What it means for the production.
    pub changes: Vec<Change>,
}

/// A what-if with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Where it stands in its file; `None` where it stands in none.
    pub line: Option<u32>,
    /// Values that were set for it by a sweep: what, and to what.
    pub point: Vec<(String, String)>,
    /// What is different, in order; what it takes over from other scenarios stands first.
    pub edits: Vec<Edit>,
}

impl Scenario {
    /// The production with all edits made. `plan` is a plan of `production`, for edits that hold on to it.
    pub fn applied_to(&self, production: &Production, plan: Option<&Plan>) -> Production {
        apply_to_plan(production, plan, &self.changes())
    }

    /// All changes in order.
    pub fn changes(&self) -> Vec<Change> {
        self.edits.iter().flat_map(|edit| edit.changes.iter().cloned()).collect()
    }
}

/// A production with edits made, each of which can be undone.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The production after all edits.
    pub production: Production,
    /// What each edit did, in order.
    pub deltas: Vec<Delta>,
}

impl Applied {
    /// The production with the edits of a scenario made one by one.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::*;
    /// use shotplan::scenario::{Applied, Change, Edit, Scenario};
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let comp = show.add_department("CMP");
    /// let changes = vec![Change::Hire { department: comp, heads: 1, from: date(2027, 1, 4), to: None }];
    /// let edit = Edit { op: "add_artists", text: "add_artists CMP 1".to_owned(), changes };
    /// let scenario = Scenario { name: "one more".to_owned(), edits: vec![edit], ..Scenario::default() };
    /// let applied = Applied::new(&show, None, &scenario);
    /// assert_eq!(applied.production.people.len(), 1);
    /// assert_eq!(applied.undone(), show);
    /// ```
    pub fn new(production: &Production, plan: Option<&Plan>, scenario: &Scenario) -> Applied {
        let mut applied = Applied { production: production.clone(), deltas: Vec::new() };
        for edit in &scenario.edits {
            applied.make(production, plan, edit);
        }
        applied
    }

    /// Makes one more edit. `production` is what the first one was made to.
    pub fn make(&mut self, production: &Production, plan: Option<&Plan>, edit: &Edit) {
        let before = self.production.clone();
        for change in &edit.changes {
            change.make(production, plan, &mut self.production);
        }
        self.deltas.push(Delta::between(&before, &self.production));
    }

    /// The same without keeping what it did: it cannot be undone.
    pub fn make_plainly(&mut self, production: &Production, edit: &Edit) {
        for change in &edit.changes {
            change.make(production, None, &mut self.production);
        }
    }

    /// Undoes the last edit; `None` when there is none.
    pub fn undo(&mut self) -> Option<()> {
        let delta = self.deltas.pop()?;
        delta.undo(&mut self.production);
        Some(())
    }

    /// What each edit did, value by value.
    pub fn differences(&self) -> Vec<Vec<Difference>> {
        let mut back = self.clone();
        let mut told = Vec::new();
        while let Some(delta) = back.deltas.last() {
            told.push(delta.differences(&back.production));
            back.undo();
        }
        told.reverse();
        told
    }

    /// Undoes all edits: the production as it was.
    pub fn undone(mut self) -> Production {
        while self.undo().is_some() {}
        self.production
    }
}
