//! The workbook of a result: one sheet a view, for people who check figures.
//!
//! Totals, variances and balances are live formulas, and each carries its value, so that readers that do
//! not calculate show it too. Amounts are in whole units of the currency.

use crate::result::{CashWeek, Contingency, Desk, Document, Earned, PartRow};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};

/// The bytes of an `.xlsx` file; the same result gives the same bytes. `None` where the result was
/// saved without the line producer's part.
///
/// # Errors
/// When a table is larger than a sheet can hold.
pub fn workbook(document: &Document) -> Option<Result<Vec<u8>, String>> {
    let desk = document.desk.as_ref()?;
    Some(fill(document, desk).map_err(|error| error.to_string()))
}

fn fill(document: &Document, desk: &Desk) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let info = &document.production;
    let created = ExcelDateTime::from_ymd(
        u16::try_from(info.as_of.year()).unwrap_or(1900).max(1900),
        info.as_of.month() as u8,
        info.as_of.day() as u8,
    )?;
    let properties = DocProperties::new()
        .set_title(format!("{} · money", info.name))
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    let looks = Looks::new(info.currency_decimals);
    let accounts: Vec<PartRow> = document.cost.report.iter().map(PartRow::from).collect();
    let is_revenue = |row: &&PartRow| desk.revenue_accounts.contains(&row.id);
    let costs: Vec<&PartRow> = accounts.iter().filter(|row| !is_revenue(row)).collect();
    let revenue: Vec<&PartRow> = accounts.iter().filter(is_revenue).collect();
    let mut sheet = Sheet::new(&mut book, "Cost report", document, &looks)?;
    sheet.report("Account", &costs, &revenue, &PartRow::from(&document.cost.total))?;
    for (name, heading, rows) in [
        ("Departments", "Department", &desk.views.department),
        ("Sequences", "Sequence", &desk.views.sequence),
        ("Shots", "Shot", &desk.views.shot),
        ("Shows", "Show", &desk.views.show),
    ] {
        let rows: Vec<&PartRow> = rows.iter().collect();
        let mut sheet = Sheet::new(&mut book, name, document, &looks)?;
        sheet.report(heading, &rows, &[], &PartRow::from(&document.cost.total))?;
    }
    if let Some(known) = &desk.contingency {
        Sheet::new(&mut book, "Contingency", document, &looks)?.contingency(known, document)?;
    }
    Sheet::new(&mut book, "Cash", document, &looks)?.cash(desk)?;
    Sheet::new(&mut book, "Commitments", document, &looks)?.ladder(desk)?;
    Sheet::new(&mut book, "Vendors", document, &looks)?.vendors(desk)?;
    if !desk.changes.is_empty() {
        Sheet::new(&mut book, "Change orders", document, &looks)?.changes(desk)?;
    }
    if let Some(earned) = &desk.earned {
        Sheet::new(&mut book, "Earned value", document, &looks)?.earned(earned)?;
    }
    Sheet::new(&mut book, "Margin", document, &looks)?.margin(desk)?;
    if !desk.bids.is_empty() {
        Sheet::new(&mut book, "Bids", document, &looks)?.bids(desk, info.day_minutes)?;
    }
    book.save_to_buffer()
}

/// How cells look.
struct Looks {
    title: Format,
    heading: Format,
    text: Format,
    money: Format,
    total: Format,
    total_text: Format,
    date: Format,
    index: Format,
}

impl Looks {
    fn new(decimals: u32) -> Looks {
        let places = match decimals {
            0 => String::new(),
            decimals => format!(".{}", "0".repeat(decimals as usize)),
        };
        let amount = format!("#,##0{places};[Red]-#,##0{places}");
        let money = Format::new().set_num_format(amount);
        Looks {
            title: Format::new().set_bold().set_font_size(14),
            heading: Format::new()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00E6_EAF0))
                .set_border_bottom(FormatBorder::Thin),
            text: Format::new(),
            total: money.clone().set_bold().set_border_top(FormatBorder::Thin),
            money,
            total_text: Format::new().set_bold().set_border_top(FormatBorder::Thin),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            index: Format::new().set_num_format("0.000"),
        }
    }
}

/// The row of the headings; rows are counted from 0, and what is above says what the sheet is.
const HEADINGS: u32 = 2;
const FIRST: u32 = HEADINGS + 1;

/// A sheet that is being filled.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    decimals: u32,
    accruals_in_commitments: bool,
}

impl<'a> Sheet<'a> {
    fn new(
        book: &'a mut Workbook,
        name: &str,
        document: &Document,
        looks: &'a Looks,
    ) -> Result<Sheet<'a>, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let info = &document.production;
        let title = format!("{} · {}", info.name, name.to_lowercase());
        sheet.write_string_with_format(0, 0, clipped(&title), &looks.title)?;
        let about = format!("as of {}, amounts in {}", info.as_of, info.currency);
        sheet.write_string(1, 0, about)?;
        let desk = document.desk.as_ref();
        Ok(Sheet {
            sheet,
            looks,
            decimals: info.currency_decimals,
            accruals_in_commitments: desk.is_some_and(|desk| desk.accruals_in_commitments),
        })
    }

    fn headings(&mut self, names: &[&str]) -> Result<(), XlsxError> {
        for (column, name) in (0_u16..).zip(names) {
            self.sheet.write_string_with_format(HEADINGS, column, *name, &self.looks.heading)?;
            self.sheet.set_column_width(column, if column == 1 { 26.0 } else { 15.0 })?;
        }
        self.sheet.set_row_height(HEADINGS, 32)?;
        // What identifies a row stays in view too.
        self.sheet.set_freeze_panes(FIRST, 1)?;
        self.sheet.set_landscape();
        self.sheet.set_print_fit_to_pages(1, 0);
        self.sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
        Ok(())
    }

    fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, column, clipped(text), &self.looks.text)?;
        Ok(())
    }

    fn date(&mut self, row: u32, column: u16, date: jiff::civil::Date) -> Result<(), XlsxError> {
        match u16::try_from(date.year()).ok().filter(|year| (1900..=9_999).contains(year)) {
            Some(year) => {
                let day = ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8)?;
                self.sheet.write_datetime_with_format(row, column, &day, &self.looks.date)?;
            }
            // Spreadsheets have no such days.
            None => self.text(row, column, &date.to_string())?,
        }
        Ok(())
    }

    fn money(&mut self, row: u32, column: u16, amount: i64) -> Result<(), XlsxError> {
        let value = self.units(amount);
        self.sheet.write_number_with_format(row, column, value, &self.looks.money)?;
        Ok(())
    }

    fn known(&mut self, row: u32, column: u16, amount: Option<i64>) -> Result<(), XlsxError> {
        match amount {
            Some(amount) => self.money(row, column, amount),
            None => Ok(()),
        }
    }

    /// A formula with the value it has.
    fn formula(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        amount: i64,
        is_total: bool,
    ) -> Result<(), XlsxError> {
        let value = super::amounts::money(amount, self.decimals);
        let look = if is_total { &self.looks.total } else { &self.looks.money };
        let formula = Formula::new(text).set_result(value);
        self.sheet.write_formula_with_format(row, column, formula, look)?;
        Ok(())
    }

    /// A sum of the rows of a table, the headings of which stand in their usual row.
    fn sum(&mut self, row: u32, column: u16, last: u32, amount: i64) -> Result<(), XlsxError> {
        let letter = letter(column);
        let text = match last {
            last if last < FIRST => "=0".to_owned(),
            last => format!("=SUM({letter}{}:{letter}{})", FIRST + 1, last + 1),
        };
        self.formula(row, column, &text, amount, true)
    }

    fn total_name(&mut self, row: u32, name: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, 0, name, &self.looks.total_text)?;
        Ok(())
    }

    fn index(&mut self, row: u32, text: &str, value: Option<f64>) -> Result<(), XlsxError> {
        let value = value.map_or_else(String::new, |value| value.to_string());
        let formula = Formula::new(text).set_result(value);
        self.sheet.write_formula_with_format(row, 1, formula, &self.looks.index)?;
        Ok(())
    }

    /// Minor units as the number that a spreadsheet calculates with.
    fn units(&self, amount: i64) -> f64 {
        amount as f64 / 10_f64.powi(self.decimals.min(18) as i32)
    }

    fn report(
        &mut self,
        heading: &str,
        rows: &[&PartRow],
        apart: &[&PartRow],
        total: &PartRow,
    ) -> Result<(), XlsxError> {
        let before = [
            heading,
            "Description",
            "Original budget",
            "Approved changes",
            "Current budget",
            "Actual to date",
        ];
        let states: &[&str] = match self.accruals_in_commitments {
            true => &["Committed (accruals included)"],
            false => &["Accrued", "Committed"],
        };
        let after = [
            "Estimate to complete",
            "Estimated final cost",
            "Variance",
            "EFC last period",
            "Movement",
        ];
        self.headings(&[&before[..], states, &after[..]].concat())?;
        let mut at = FIRST;
        for row in rows {
            self.report_row(at, row)?;
            at += 1;
        }
        let last = at.saturating_sub(1);
        self.total_name(at, "Total")?;
        // Parts without budgets have no total of them either.
        let budgeted = rows.iter().any(|row| row.current_budget.is_some());
        let line = at + 1;
        if let (true, Some(original), Some(changes)) =
            (budgeted, total.original_budget, total.approved_changes)
        {
            self.sum(at, 2, last, original)?;
            self.sum(at, 3, last, changes)?;
        }
        if let Some(amount) = total.current_budget.filter(|_| budgeted) {
            self.formula(at, 4, &format!("=C{line}+D{line}"), amount, true)?;
        }
        let costs = self.costs(total);
        for (column, amount) in (5..).zip(costs.iter().copied()) {
            self.sum(at, column, last, amount)?;
        }
        let [efc, variance, period, movement] = columns_after(5 + costs.len() as u16);
        let final_cost = letter(efc);
        let text = format!("=SUM(F{line}:{}{line})", letter(efc - 1));
        self.formula(at, efc, &text, total.efc, true)?;
        if let Some(amount) = total.variance.filter(|_| budgeted) {
            self.formula(at, variance, &format!("=E{line}-{final_cost}{line}"), amount, true)?;
        }
        let every =
            rows.iter().all(|row| row.efc_last_period.is_some() || row.current_budget.is_none());
        if let (true, true, Some(known)) = (budgeted, every, total.efc_last_period) {
            self.sum(at, period, last, known)?;
            let text = format!("={final_cost}{line}-{}{line}", letter(period));
            self.formula(at, movement, &text, total.efc - known, true)?;
        }
        if !apart.is_empty() {
            at += 2;
            self.total_name(at, "Revenue (no part of the total)")?;
            for row in apart {
                at += 1;
                self.report_row(at, row)?;
            }
        }
        Ok(())
    }

    /// The columns that add to the final cost, the first of which is F.
    fn costs(&self, row: &PartRow) -> Vec<i64> {
        match self.accruals_in_commitments {
            true => vec![row.actual, row.committed.saturating_add(row.accrued), row.etc],
            false => vec![row.actual, row.accrued, row.committed, row.etc],
        }
    }

    fn report_row(&mut self, at: u32, row: &PartRow) -> Result<(), XlsxError> {
        let line = at + 1;
        self.text(at, 0, &row.id)?;
        self.text(at, 1, &row.description)?;
        self.known(at, 2, row.original_budget)?;
        self.known(at, 3, row.approved_changes)?;
        if let Some(amount) = row.current_budget {
            self.formula(at, 4, &format!("=C{line}+D{line}"), amount, false)?;
        }
        let costs = self.costs(row);
        for (column, amount) in (5..).zip(costs.iter().copied()) {
            self.money(at, column, amount)?;
        }
        let [efc, variance, period, movement] = columns_after(5 + costs.len() as u16);
        let final_cost = letter(efc);
        let text = format!("=SUM(F{line}:{}{line})", letter(efc - 1));
        self.formula(at, efc, &text, row.efc, false)?;
        if let Some(amount) = row.variance {
            self.formula(at, variance, &format!("=E{line}-{final_cost}{line}"), amount, false)?;
        }
        self.known(at, period, row.efc_last_period)?;
        if let Some(amount) = row.movement {
            let text = format!("={final_cost}{line}-{}{line}", letter(period));
            self.formula(at, movement, &text, amount, false)?;
        }
        Ok(())
    }

    /// What is set aside, each draw-down, what is left, and what the odds say it takes.
    fn contingency(&mut self, known: &Contingency, document: &Document) -> Result<(), XlsxError> {
        self.headings(&["Date", "What for", "From", "To", "Drawn", "Still to come", "Left"])?;
        self.text(FIRST, 1, "Set aside")?;
        self.money(FIRST, 6, known.set_aside)?;
        let mut at = FIRST;
        let mut sums = [0_i64; 2];
        for row in &known.draws {
            at += 1;
            let line = at + 1;
            self.date(at, 0, row.date)?;
            self.text(at, 1, &row.reason)?;
            self.text(at, 2, &row.from)?;
            self.text(at, 3, &row.account)?;
            let place = usize::from(row.date > document.production.as_of);
            self.money(at, 4 + place as u16, row.amount)?;
            sums[place] = sums[place].saturating_add(row.amount);
            self.formula(at, 6, &format!("=G{at}-E{line}-F{line}"), row.left, false)?;
        }
        let (last, line) = (at, at + 2);
        at += 1;
        self.total_name(at, "Total")?;
        self.sum(at, 4, last, sums[0])?;
        self.sum(at, 5, last, sums[1])?;
        let total = document.cost.total.efc;
        at += 2;
        self.total_name(at, "Left on the day of the plan")?;
        self.formula(at, 6, &format!("=G{}-E{line}", FIRST + 1), known.left, true)?;
        let Some(need) = &known.need else {
            self.text(at + 1, 0, "What it takes by the odds: cost-report --risk")?;
            return Ok(());
        };
        let left = at + 1;
        let sure = (need.confidence * 100.0).round();
        self.text(at + 1, 0, &format!("Final cost that is enough in {sure} % of the draws"))?;
        self.money(at + 1, 6, need.final_cost)?;
        self.text(at + 2, 0, "Estimated final cost")?;
        self.money(at + 2, 6, total)?;
        self.text(at + 3, 0, "Contingency that it takes")?;
        let text = format!("=MAX(0,G{}-G{})", left + 1, left + 2);
        self.formula(at + 3, 6, &text, need.need, false)?;
        self.total_name(at + 4, "To spare; negative = missing")?;
        self.formula(at + 4, 6, &format!("=G{left}-G{}", left + 3), need.spare, true)
    }

    fn cash(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        self.headings(&[
            "Week",
            "Payroll",
            "Fringe",
            "Vendors",
            "Other",
            "Paid",
            "Client payments",
            "Incentives",
            "Net",
            "Balance",
        ])?;
        self.sheet.write_string_with_format(1, 8, "Opening", &self.looks.total_text)?;
        self.money(1, 9, desk.cash.opening)?;
        let mut at = FIRST;
        for row in &desk.cash.weeks {
            let line = at + 1;
            // The first balance stands on what was there; between them are the headings.
            let before = if at == FIRST { 2 } else { at };
            self.date(at, 0, row.week)?;
            for (column, amount) in (1..).zip([row.payroll, row.fringe, row.vendors, row.other]) {
                self.money(at, column, amount)?;
            }
            self.formula(at, 5, &format!("=SUM(B{line}:E{line})"), row.paid, false)?;
            self.money(at, 6, row.receipts)?;
            self.money(at, 7, row.incentives)?;
            self.formula(at, 8, &format!("=G{line}+H{line}-F{line}"), row.net, false)?;
            self.formula(at, 9, &format!("=J{before}+I{line}"), row.balance, false)?;
            at += 1;
        }
        let last = at.saturating_sub(1);
        self.total_name(at, "Total")?;
        let columns: [fn(&CashWeek) -> i64; 8] = [
            |week| week.payroll,
            |week| week.fringe,
            |week| week.vendors,
            |week| week.other,
            |week| week.paid,
            |week| week.receipts,
            |week| week.incentives,
            |week| week.net,
        ];
        for (column, value) in (1..).zip(columns) {
            let sum =
                desk.cash.weeks.iter().fold(0_i64, |sum, week| sum.saturating_add(value(week)));
            self.sum(at, column, last, sum)?;
        }
        Ok(())
    }

    fn ladder(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        self.headings(&[
            "Decided on",
            "Spent by then",
            "Owed",
            "People saved",
            "Vendors saved",
            "Saved",
            "Cost to go",
        ])?;
        for (at, rung) in (FIRST..).zip(&desk.ladder) {
            let line = at + 1;
            self.date(at, 0, rung.decided)?;
            for (column, amount) in (1..).zip([rung.spent, rung.owed, rung.people, rung.vendors]) {
                self.money(at, column, amount)?;
            }
            self.formula(at, 5, &format!("=D{line}+E{line}"), rung.avoidable, false)?;
            let to_go = rung.spent.saturating_add(rung.owed).saturating_add(rung.avoidable);
            self.formula(at, 6, &format!("=SUM(B{line}:E{line})"), to_go, false)?;
        }
        Ok(())
    }

    fn vendors(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        self.headings(&[
            "Vendor",
            "Name",
            "Show",
            "Orders",
            "Approved changes",
            "Contracted",
            "To date",
            "Open orders",
            "To be awarded",
            "Pending changes",
            "Exposure",
            "EFC",
            "At risk",
            "Begun, not agreed",
        ])?;
        let mut at = FIRST;
        let mut sums = [0_i64; 11];
        for row in &desk.vendors {
            let line = at + 1;
            self.text(at, 0, &row.vendor)?;
            self.text(at, 1, &row.name)?;
            self.text(at, 2, row.show.as_deref().unwrap_or_default())?;
            let amounts = [
                row.contracted.saturating_sub(row.changes),
                row.changes,
                row.contracted,
                row.to_date,
                row.open,
                row.projected,
                row.pending,
                row.exposure,
                row.efc,
                row.at_risk,
                row.unapproved,
            ];
            for (column, amount) in (3..).zip(amounts) {
                match column {
                    5 => self.formula(at, 5, &format!("=D{line}+E{line}"), amount, false)?,
                    10 => self.formula(at, 10, &format!("=SUM(H{line}:J{line})"), amount, false)?,
                    11 => {
                        let text = format!("=G{line}+H{line}+I{line}");
                        self.formula(at, 11, &text, amount, false)?;
                    }
                    _ => self.money(at, column, amount)?,
                }
            }
            for (sum, amount) in sums.iter_mut().zip(amounts) {
                *sum = sum.saturating_add(amount);
            }
            at += 1;
        }
        self.total_name(at, "Total")?;
        for (column, sum) in (3..).zip(sums) {
            self.sum(at, column, at.saturating_sub(1), sum)?;
        }
        Ok(())
    }

    /// Change orders: the client's first, then those of vendors' orders.
    fn changes(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        self.headings(&[
            "Number",
            "With",
            "Order",
            "Show",
            "State",
            "Since",
            "Days ago",
            "Price",
            "Days later",
            "Tasks",
            "Begun",
            "Spent",
            "To go",
            "Adds to EFC",
        ])?;
        let of_clients = desk.changes.iter().filter(|row| row.order.is_none());
        let of_vendors = desk.changes.iter().filter(|row| row.order.is_some());
        for (at, row) in (FIRST..).zip(of_clients.chain(of_vendors)) {
            let with = if row.order.is_none() { "client" } else { "–" };
            self.text(at, 0, &row.id)?;
            self.text(at, 1, row.vendor.as_deref().unwrap_or(with))?;
            self.text(at, 2, row.order.as_deref().unwrap_or_default())?;
            self.text(at, 3, &row.show)?;
            self.text(at, 4, &row.state)?;
            if let Some(date) = row.date {
                self.date(at, 5, date)?;
            }
            if let Some(age) = row.age {
                self.sheet.write_number(at, 6, age as f64)?;
            }
            self.money(at, 7, row.amount)?;
            for (column, number) in
                [(8, row.days), (9, i64::from(row.tasks)), (10, i64::from(row.begun))]
            {
                self.sheet.write_number(at, column, number as f64)?;
            }
            for (column, amount) in (11..).zip([row.spent, row.to_go, row.adds]) {
                self.money(at, column, amount)?;
            }
        }
        Ok(())
    }

    fn earned(&mut self, earned: &Earned) -> Result<(), XlsxError> {
        self.headings(&["Measure", "Value"])?;
        self.sheet.set_column_width(0, 44)?;
        let names = [
            ("Budget at completion", earned.budget),
            ("Planned value", earned.planned),
            ("Earned value", earned.earned),
            ("Spent", earned.spent),
        ];
        for (at, (name, amount)) in (FIRST..).zip(names) {
            self.text(at, 0, name)?;
            self.money(at, 1, amount)?;
        }
        // The four stand in rows 4 to 7 as a spreadsheet counts.
        let at = FIRST + 4;
        self.text(at, 0, "Cost variance (earned − spent)")?;
        self.formula(at, 1, "=B6-B7", earned.cost_variance, false)?;
        self.text(at + 1, 0, "Schedule variance (earned − planned)")?;
        self.formula(at + 1, 1, "=B6-B5", earned.schedule_variance, false)?;
        self.text(at + 2, 0, "Cost performance index")?;
        self.index(at + 2, "=IF(B7=0,\"\",B6/B7)", earned.cost_index)?;
        self.text(at + 3, 0, "Schedule performance index")?;
        self.index(at + 3, "=IF(B5=0,\"\",B6/B5)", earned.schedule_index)?;
        self.text(at + 4, 0, "To-complete performance index")?;
        self.index(at + 4, "=IF(B4=B7,\"\",(B4-B6)/(B4-B7))", earned.to_complete_index)?;
        self.text(at + 5, 0, "Earned schedule, weeks")?;
        let weeks = [(at + 5, earned.earned_schedule), (at + 6, earned.actual_time)];
        for (row, value) in weeks {
            self.sheet.write_number_with_format(row, 1, value, &self.looks.index)?;
        }
        self.text(at + 6, 0, "Weeks gone")?;
        self.text(at + 7, 0, "Schedule index over time")?;
        self.index(at + 7, "=IF(B14=0,\"\",B13/B14)", earned.time_index)?;
        let estimate = |name: &str| earned.estimates.get(name).copied().flatten();
        let estimates = [
            ("Estimate if the rest goes as so far", "=IF(B6=0,\"\",B4*B7/B6)", "as_so_far"),
            ("Estimate if the rest goes as budgeted", "=B7+B4-B6", "as_budgeted"),
            (
                "Estimate if cost and delay both go on",
                "=IF(B6*B6=0,\"\",B7+(B4-B6)*B7*B5/(B6*B6))",
                "as_so_far_in_cost_and_time",
            ),
        ];
        let mut at = at + 8;
        for (name, text, key) in estimates {
            self.text(at, 0, name)?;
            match estimate(key) {
                Some(amount) => self.formula(at, 1, text, amount, false)?,
                None => self.index(at, text, None)?,
            }
            at += 1;
        }
        self.text(at, 0, "Estimate by the plan")?;
        self.known(at, 1, estimate("by_the_plan"))?;
        self.text(at + 1, 0, "Spread of the estimates")?;
        let text = format!("=MAX(B{0}:B{1})-MIN(B{0}:B{1})", at - 2, at + 1);
        self.formula(at + 1, 1, &text, earned.spread, true)?;
        at += 3;
        self.total_name(at, "Week")?;
        self.sheet.write_string_with_format(
            at,
            1,
            "Planned value by its end",
            &self.looks.total_text,
        )?;
        for (at, (week, value)) in (at + 1..).zip(&earned.weeks) {
            self.date(at, 0, *week)?;
            self.money(at, 1, *value)?;
        }
        Ok(())
    }

    /// Finished work against its bids, in days.
    fn bids(&mut self, desk: &Desk, day_minutes: i64) -> Result<(), XlsxError> {
        self.headings(&[
            "Department",
            "Class",
            "Level",
            "Tasks",
            "Bid days",
            "Actual days",
            "Actual ÷ bid",
            "Best quarter",
            "Middle",
            "Worst quarter",
        ])?;
        let day = day_minutes.max(1) as f64;
        for (at, row) in (FIRST..).zip(&desk.bids) {
            let line = at + 1;
            self.text(at, 0, &row.department)?;
            self.text(at, 1, row.class.as_deref().unwrap_or_default())?;
            self.text(at, 2, row.level.as_deref().unwrap_or_default())?;
            self.sheet.write_number(at, 3, f64::from(row.tasks))?;
            let [bid, logged] = [row.bid_minutes, row.logged_minutes].map(|time| time as f64 / day);
            for (column, value) in (4..).zip([bid, logged]) {
                self.sheet.write_number_with_format(at, column, value, &self.looks.index)?;
            }
            let ratio =
                if row.bid_minutes > 0 { (logged / bid).to_string() } else { String::new() };
            let text = format!("=IF(E{line}=0,\"\",F{line}/E{line})");
            let formula = Formula::new(text).set_result(ratio);
            self.sheet.write_formula_with_format(at, 6, formula, &self.looks.index)?;
            for (column, value) in (7..).zip(row.quartiles) {
                self.sheet.write_number_with_format(at, column, value, &self.looks.index)?;
            }
        }
        Ok(())
    }

    fn margin(&mut self, desk: &Desk) -> Result<(), XlsxError> {
        let margin = &desk.margin;
        self.headings(&["Measure", "Amount"])?;
        self.sheet.set_column_width(0, 44)?;
        let names = [
            ("Award", margin.award),
            ("Approved changes", margin.approved),
            ("Pending changes (priced or sent)", margin.pending),
            ("Draft changes", margin.draft),
            ("Gross cost (EFC)", margin.gross),
            ("Incentives to expect", margin.incentives),
            ("Pending changes of vendors' orders", margin.vendors_pending),
            ("Unapproved work, spent", margin.unapproved_spent),
            ("Unapproved work, to go", margin.unapproved_to_go),
        ];
        for (at, (name, amount)) in (FIRST..).zip(names) {
            self.text(at, 0, name)?;
            self.money(at, 1, amount)?;
        }
        let formulas = [
            ("Revenue (award + approved)", "=B4+B5", margin.revenue),
            ("Net cost (gross − incentives)", "=B8-B9", margin.net),
            ("Margin", "=B13-B14", margin.margin),
            ("Margin if pending changes are approved", "=B15+B6-B10", margin.with_pending),
        ];
        for (at, (name, text, amount)) in (FIRST + 9..).zip(formulas) {
            self.total_name(at, name)?;
            self.formula(at, 1, text, amount, true)?;
        }
        let mut at = FIRST + 15;
        for (column, name) in (0_u16..).zip([
            "Incentive",
            "Eligible",
            "Counts",
            "Rate",
            "Credit",
            "After tax",
            "Studio's share",
            "Expected",
            "Received",
        ]) {
            self.sheet.write_string_with_format(at, column, name, &self.looks.heading)?;
            // The table above has two columns only.
            if column >= 2 {
                self.sheet.set_column_width(column, 15)?;
            }
        }
        let first = at + 1;
        for row in &desk.incentives {
            at += 1;
            self.text(at, 0, &row.id)?;
            self.money(at, 1, row.eligible)?;
            self.money(at, 2, row.base)?;
            self.sheet.write_number_with_format(
                at,
                3,
                row.rate as f64 / 10_000.0,
                &self.looks.index,
            )?;
            let amounts = [row.credit, row.after_tax, row.studio, row.expected];
            for (column, amount) in (4..).zip(amounts) {
                self.money(at, column, amount)?;
            }
            self.date(at, 8, row.received)?;
        }
        if at >= first {
            let text = format!("=SUM(H{}:H{})", first + 1, at + 1);
            self.total_name(at + 1, "Total")?;
            self.formula(at + 1, 7, &text, margin.incentives, true)?;
        }
        Ok(())
    }
}

/// Final cost, variance, last period and movement, the first of which is `first`.
fn columns_after(first: u16) -> [u16; 4] {
    [first, first + 1, first + 2, first + 3]
}

/// The letter of a column; no sheet here has more than 26.
fn letter(column: u16) -> char {
    char::from(b'A' + (column % 26) as u8)
}

/// A cell holds 32,767 characters.
fn clipped(text: &str) -> String {
    text.chars().take(32_000).collect()
}
