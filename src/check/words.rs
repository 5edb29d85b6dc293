//! Objects and amounts in the user's words.

use crate::model::{Cents, Currency, Entity, Production, TaskId};

/// "4.25 d": minutes as days of `day_minutes`, to the hundredth.
pub(super) fn days(minutes: i64, day_minutes: i64) -> String {
    let day = i128::from(day_minutes.max(1));
    let hundredths = (i128::from(minutes) * 100 + day / 2).div_euclid(day);
    format!("{} d", decimal(hundredths))
}

/// "4.25 d": parts of a day as days.
pub(super) fn days_of_slots(slots: i64, slots_per_day: u32) -> String {
    days(slots, i64::from(slots_per_day))
}

/// "37.5 %": basis points as per cent.
pub(super) fn percent(points: i64) -> String {
    format!("{} %", decimal(i128::from(points)))
}

/// "1,234.50 GBP" without the comma: an amount with its currency.
pub(super) fn money(amount: Cents, currency: Currency) -> String {
    let unit = i128::from(currency.minor_units());
    let (sign, minor) =
        if amount.0 < 0 { ("-", -i128::from(amount.0)) } else { ("", amount.0.into()) };
    match currency.decimals() as usize {
        0 => format!("{sign}{minor} {currency}"),
        places => format!("{sign}{}.{:0places$} {currency}", minor / unit, minor % unit),
    }
}

fn decimal(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match (part, part % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole}.{}", part / 10),
        _ => format!("{sign}{whole}.{part:02}"),
    }
}

/// "1 task", "3 tasks".
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// "a, b, c and 4 more".
pub(super) fn some_of<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 3;
    let more = names.len().saturating_sub(SHOWN);
    let shown: Vec<&str> = names.take(SHOWN).collect();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// "shot 080_0120".
pub(super) fn entity(production: &Production, entity: Entity) -> String {
    format!("{} {}", entity.kind(), production.code_of(entity))
}

/// "task 080_0120_cmp".
pub(super) fn task(production: &Production, task: TaskId) -> String {
    format!("task {}", production.tasks[task].code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_a_coordinator_writes_them() {
        assert_eq!(days(2_040, 480), "4.25 d");
        assert_eq!(days(480, 480), "1 d");
        assert_eq!(days(-240, 480), "-0.5 d");
        assert_eq!(percent(15_000), "150 %");
        let pounds = Currency::new("GBP").expect("a currency");
        assert_eq!(money(Cents(-123_405), pounds), "-1234.05 GBP");
        assert_eq!(money(Cents(500), Currency::new("JPY").expect("a currency")), "500 JPY");
        assert_eq!(some_of(["a", "b", "c", "d", "e"].into_iter()), "a, b, c and 2 more");
    }
}
