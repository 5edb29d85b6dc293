//! Dates, money and counts as a producer says them.

use crate::result::{EffectRow, ProductionInfo};
use jiff::civil::Date;

/// A band of the cost of a day, in units of the currency: "300–400".
pub(super) fn band_of(band: [i64; 2], decimals: u32) -> String {
    let unit = 10_i64.saturating_pow(decimals).max(1);
    format!("{}–{}", band[0] / unit, band[1].saturating_add(unit - 1) / unit)
}

/// "Fri 14 May 2027".
pub fn day(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// The same, or a dash for none.
pub fn day_or_dash(date: Option<Date>) -> String {
    date.map_or_else(|| "–".to_owned(), day)
}

/// The last day of all work, or that some of it is never done.
pub fn all_done(effect: &EffectRow) -> String {
    match (effect.all_done, effect.unplaced) {
        (None, 1..) => "not all".to_owned(),
        (date, _) => day_or_dash(date),
    }
}

/// Whole units with thousands separated, rounded half away from zero: "£1,234,568", "−£52".
pub fn money(amount: i64, production: &ProductionInfo) -> String {
    money_in(amount, &production.currency, production.currency_decimals)
}

/// The same in any currency.
pub fn money_in(amount: i64, currency: &str, decimals: u32) -> String {
    let unit = 10_u64.saturating_pow(decimals.min(18));
    let size = amount.unsigned_abs();
    let whole = size / unit + u64::from(size % unit >= unit.div_ceil(2) && unit > 1);
    let minus = if amount < 0 && whole > 0 { "−" } else { "" };
    let sign = match currency {
        "GBP" => "£".to_owned(),
        "EUR" => "€".to_owned(),
        "USD" => "$".to_owned(),
        "CAD" => "CA$".to_owned(),
        "AUD" => "A$".to_owned(),
        "NZD" => "NZ$".to_owned(),
        "JPY" => "¥".to_owned(),
        "INR" => "₹".to_owned(),
        code => format!("{code} "),
    };
    format!("{minus}{sign}{}", thousands(whole))
}

/// 1234567 as "1,234,567".
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 shot", "2 shots".
pub fn count(number: u64, one: &str) -> String {
    format!("{} {one}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// Basis points as per cent to one decimal: 1234 is "12.3 %", 500 is "5 %".
pub fn per_cent(basis_points: i64) -> String {
    let tenths = basis_points.saturating_add(5).div_euclid(10);
    let minus = if tenths < 0 { "−" } else { "" };
    let size = tenths.unsigned_abs();
    match size % 10 {
        0 => format!("{minus}{} %", size / 10),
        _ => format!("{minus}{}.{} %", size / 10, size % 10),
    }
}

/// How far heads and orders in whole numbers are known to be from the best mix, in basis points.
pub fn whole_mix(gap: i64) -> String {
    if gap <= 0 {
        return "In the weekly program no mix of whole heads and orders is cheaper.".to_owned();
    }
    if gap >= 10_000 {
        return "How much cheaper a mix of whole heads and orders could be is not known."
            .to_owned();
    }
    let share = per_cent(gap);
    format!("In the weekly program no mix of whole heads and orders is more than {share} cheaper.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_on_the_page() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(count(1, "day"), "1 day");
        assert_eq!(count(1_000, "day"), "1,000 days");
        assert_eq!(per_cent(1_234), "12.3 %");
        assert_eq!(per_cent(500), "5 %");
        assert_eq!(per_cent(-490), "−4.9 %");
        assert_eq!(day(jiff::civil::date(2027, 5, 4)), "Tue 4 May 2027");
    }
}
