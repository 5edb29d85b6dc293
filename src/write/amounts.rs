//! Units of the model as decimal text: exact where the decimals allow it.

use crate::model::round_half_even;

/// An amount of minor units with `decimals` places: 123456 with 2 is "1234.56".
pub fn money(minor_units: i64, decimals: u32) -> String {
    decimal(i128::from(minor_units), decimals)
}

/// Minutes as a number of `unit`s (a day, an hour) with four places, without zeros at the end.
pub fn minutes(minutes: i64, unit: i64) -> String {
    let places = round_half_even(i128::from(minutes) * 10_000, i128::from(unit.max(1)));
    let text = decimal(i128::from(places), 4);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn decimal(value: i128, places: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = value.unsigned_abs();
    let scale = 10_u128.pow(places);
    match places {
        0 => format!("{sign}{digits}"),
        _ => format!(
            "{sign}{}.{:0places$}",
            digits / scale,
            digits % scale,
            places = places as usize
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_minor_units() {
        assert_eq!(money(123_456, 2), "1234.56");
        assert_eq!(money(-5, 2), "-0.05");
        assert_eq!(money(1_200, 0), "1200"); // yen
        assert_eq!(money(i64::MIN, 3), "-9223372036854775.808");
    }

    #[test]
    fn minutes_become_days_of_the_production() {
        assert_eq!(minutes(600, 480), "1.25");
        assert_eq!(minutes(480, 480), "1");
        assert_eq!(minutes(0, 480), "0");
        assert_eq!(minutes(160, 480), "0.3333");
    }
}
