//! A sheet that is being filled: how cells look, and cells of each kind.

use crate::result::{Document, Heading};
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

/// How cells look.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) money: Format,
    pub(super) total: Format,
    pub(super) total_text: Format,
    pub(super) date: Format,
    pub(super) index: Format,
    pub(super) days: Format,
}

impl Looks {
    pub(super) fn new(decimals: u32) -> Looks {
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
            days: Format::new().set_num_format("0.0"),
        }
    }
}

/// The row of the headings; rows are counted from 0, and what is above says what the sheet is.
pub(super) const HEADINGS: u32 = 2;
pub(super) const FIRST: u32 = HEADINGS + 1;

/// A sheet that is being filled.
pub(super) struct Sheet<'a> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) looks: &'a Looks,
    pub(super) decimals: u32,
    pub(super) accruals_in_commitments: bool,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        book: &'a mut Workbook,
        name: &str,
        document: &Document,
        looks: &'a Looks,
    ) -> Result<Sheet<'a>, XlsxError> {
        let info = &document.production;
        let about = (&*info.name, info.as_of, &*info.currency, info.currency_decimals);
        let desk = document.desk.as_ref();
        let accruals_in_commitments = desk.is_some_and(|desk| desk.accruals_in_commitments);
        let sheet = Sheet::about(book, name, about, looks)?;
        Ok(Sheet { accruals_in_commitments, ..sheet })
    }

    /// A sheet of an answer.
    pub(super) fn of(
        book: &'a mut Workbook,
        name: &str,
        heading: &Heading,
        looks: &'a Looks,
    ) -> Result<Sheet<'a>, XlsxError> {
        let currency = (&*heading.currency, heading.currency_decimals);
        let about = (&*heading.production, heading.as_of, currency.0, currency.1);
        Sheet::about(book, name, about, looks)
    }

    /// A sheet about a production, on a day, in a currency with so many decimal places.
    fn about(
        book: &'a mut Workbook,
        name: &str,
        (production, as_of, currency, decimals): (&str, jiff::civil::Date, &str, u32),
        looks: &'a Looks,
    ) -> Result<Sheet<'a>, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let title = format!("{production} · {}", name.to_lowercase());
        sheet.write_string_with_format(0, 0, clipped(&title), &looks.title)?;
        sheet.write_string(1, 0, format!("as of {as_of}, amounts in {currency}"))?;
        Ok(Sheet { sheet, looks, decimals, accruals_in_commitments: false })
    }

    pub(super) fn headings(&mut self, names: &[&str]) -> Result<(), XlsxError> {
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

    pub(super) fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, column, clipped(text), &self.looks.text)?;
        Ok(())
    }

    pub(super) fn date(
        &mut self,
        row: u32,
        column: u16,
        date: jiff::civil::Date,
    ) -> Result<(), XlsxError> {
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

    pub(super) fn money(&mut self, row: u32, column: u16, amount: i64) -> Result<(), XlsxError> {
        let value = self.units(amount);
        self.sheet.write_number_with_format(row, column, value, &self.looks.money)?;
        Ok(())
    }

    pub(super) fn known(
        &mut self,
        row: u32,
        column: u16,
        amount: Option<i64>,
    ) -> Result<(), XlsxError> {
        match amount {
            Some(amount) => self.money(row, column, amount),
            None => Ok(()),
        }
    }

    /// A formula with the value it has.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        amount: i64,
        is_total: bool,
    ) -> Result<(), XlsxError> {
        let value = crate::write::amounts::money(amount, self.decimals);
        let look = if is_total { &self.looks.total } else { &self.looks.money };
        let formula = Formula::new(text).set_result(value);
        self.sheet.write_formula_with_format(row, column, formula, look)?;
        Ok(())
    }

    /// A sum of the rows of a table, the headings of which stand in their usual row.
    pub(super) fn sum(
        &mut self,
        row: u32,
        column: u16,
        last: u32,
        amount: i64,
    ) -> Result<(), XlsxError> {
        let letter = letter(column);
        let text = match last {
            last if last < FIRST => "=0".to_owned(),
            last => format!("=SUM({letter}{}:{letter}{})", FIRST + 1, last + 1),
        };
        self.formula(row, column, &text, amount, true)
    }

    pub(super) fn total_name(&mut self, row: u32, name: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, 0, name, &self.looks.total_text)?;
        Ok(())
    }

    pub(super) fn index(
        &mut self,
        row: u32,
        text: &str,
        value: Option<f64>,
    ) -> Result<(), XlsxError> {
        let value = value.map_or_else(String::new, |value| value.to_string());
        let formula = Formula::new(text).set_result(value);
        self.sheet.write_formula_with_format(row, 1, formula, &self.looks.index)?;
        Ok(())
    }

    pub(super) fn days(&mut self, row: u32, column: u16, days: f64) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(row, column, days, &self.looks.days)?;
        Ok(())
    }

    /// A formula that gives days.
    pub(super) fn days_of(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        days: f64,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(text).set_result(days.to_string());
        self.sheet.write_formula_with_format(row, column, formula, &self.looks.days)?;
        Ok(())
    }

    /// Minor units as the number that a spreadsheet calculates with.
    pub(super) fn units(&self, amount: i64) -> f64 {
        amount as f64 / 10_f64.powi(self.decimals.min(18) as i32)
    }
}

/// The letter of a column; no sheet here has more than 26.
pub(super) fn letter(column: u16) -> char {
    char::from(b'A' + (column % 26) as u8)
}

/// A cell holds 32,767 characters.
pub(super) fn clipped(text: &str) -> String {
    text.chars().take(32_000).collect()
}
