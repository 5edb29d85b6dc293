//! Edits of what is not certain.

use super::cells::Cells;
use crate::scenario::Change;

pub(super) fn accept(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let name = cells.needed("risk")?;
    let Some(risks) = cells.risks() else {
        let message = "the named risks are in an uncertainty file, and none is given".to_owned();
        let help = "name it with --uncertainty FILE, and ask for odds: --aim \"… with 80 %\"";
        cells.fail("S12", "risk", message, help);
        return None;
    };
    let known = risks.iter().find(|risk| risk.name.eq_ignore_ascii_case(&name));
    if known.is_none() {
        cells.unknown("risk", "named risk", &name, risks.iter().map(|risk| risk.name.as_str()));
    }
    Some(vec![Change::AcceptRisk(known?.name.clone())])
}
