//! What a written value means: numbers, durations, money, shares and dates, all exact.
//!
//! Takes text, gives integers in the units of the model, or the trouble with it. Never guesses
//! where two readings are possible.

use crate::model::{Cents, Currency, FinePrice, Weights, round_half_even};
use jiff::civil::Date;

/// What is wrong with a written value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is not of this kind at all; the text says what was expected.
    NotOne(String),
    /// It is a number, but not one that can be meant: negative, not finite or absurdly large.
    Absurd(String),
}

fn not(expected: impl Into<String>) -> Trouble {
    Trouble::NotOne(expected.into())
}

/// A decimal number: `mantissa ÷ 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// The most that any number may be, before its unit: far above every show, far below overflow.
const LARGEST: i128 = 1_000_000_000_000_000;

impl Decimal {
    /// The number in units of `1 ÷ units`, rounded half to even.
    pub fn in_units(self, units: i64) -> i64 {
        round_half_even(self.mantissa * i128::from(units), 10_i128.pow(self.scale))
    }
    /// The number in units of `1 ÷ units`, if that is exact.
    pub fn exactly_in_units(self, units: i64) -> Option<i64> {
        let all = self.mantissa * i128::from(units);
        let divisor = 10_i128.pow(self.scale);
        (all % divisor == 0).then(|| i64::try_from(all / divisor).ok()).flatten()
    }
    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }
    /// Whether it is above a whole number.
    pub fn is_above(self, whole: i128) -> bool {
        self.mantissa > whole * 10_i128.pow(self.scale)
    }
}

/// A decimal number, with groups of thousands or not. A lone comma is a decimal comma if
/// `decimal_comma` (it is not the delimiter of the file), else it must group thousands.
///
/// ```
/// use shotplan::read::values::decimal;
/// assert_eq!(decimal("1,234.50", false).unwrap().in_units(100), 123_450);
/// assert_eq!(decimal("1.234,50", true).unwrap().in_units(100), 123_450);
/// assert_eq!(decimal("2,5", true).unwrap().in_units(10), 25);
/// assert!(decimal("2,5", false).is_err()); // neither thousands nor a decimal point
/// ```
pub fn decimal(text: &str, decimal_comma: bool) -> Result<Decimal, Trouble> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let word = digits.to_ascii_lowercase();
    if ["nan", "inf", "infinity", "#n/a", "#num!", "#value!", "#div/0!"].contains(&word.as_str()) {
        return Err(Trouble::Absurd("is not a number".to_owned()));
    }
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    let mark = match (commas, points) {
        (0, 0) => None,
        (0, 1) => Some('.'),
        (1, 0) if decimal_comma => Some(','),
        (_, 0) => None,
        (0, _) => return Err(not("a number")),
        // Both: the last one is the decimal mark.
        _ if digits.rfind(',') > digits.rfind('.') => Some(','),
        _ => Some('.'),
    };
    let (whole, fraction) = match mark {
        Some(mark) => digits.rsplit_once(mark).unwrap_or((digits, "")),
        None => (digits, ""),
    };
    let whole = without_groups(whole, mark).ok_or_else(|| not("a number"))?;
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !all_digits(&whole) || !all_digits(fraction) {
        // "1e308" and the like are numbers, but not ones that anybody means.
        return Err(match text.parse::<f64>() {
            Ok(number) if number.abs() >= 1e15 => Trouble::Absurd("is absurdly large".to_owned()),
            _ => not("a number"),
        });
    }
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    if whole.len() > 15 {
        return Err(Trouble::Absurd("is absurdly large".to_owned()));
    }
    if fraction.len() > 12 {
        // Spreadsheets write 0.1 + 0.2 as 0.30000000000000004: cut beyond a million-millionth.
        return decimal(
            &format!(
                "{}{whole}.{}",
                if negative { "-" } else { "" },
                fraction.get(..12).unwrap_or("")
            ),
            false,
        );
    }
    let mantissa: i128 = format!("0{whole}{fraction}").parse().map_err(|_| not("a number"))?;
    let scale = fraction.len() as u32;
    Ok(Decimal { mantissa: if negative { -mantissa } else { mantissa }, scale })
}

/// The digits of a whole part without the marks between thousands; `None` if the marks do not
/// stand between groups of three.
fn without_groups(whole: &str, mark: Option<char>) -> Option<String> {
    let is_group = |c: char| match c {
        ',' => mark != Some(','),
        '.' => mark != Some('.'),
        ' ' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}' => true,
        _ => false,
    };
    if !whole.contains(is_group) {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(is_group);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3))
        .then(|| [&[first], rest.as_slice()].concat().concat())
}

/// What a duration without a unit means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Working days.
    Days,
    /// Hours.
    Hours,
}

/// A duration in minutes of work: `2.5d`, `20h`, `90m`, `1w` (five days), `1d 4h`, or a bare number in
/// `bare`; rounded half to even. A day has `day_minutes`.
///
/// ```
/// use shotplan::read::values::{Unit, duration};
/// assert_eq!(duration("2.5", 480, Unit::Days, false), Ok(1200));
/// assert_eq!(duration("20h", 480, Unit::Days, false), Ok(1200));
/// assert_eq!(duration("1d 4h", 480, Unit::Days, false), Ok(720));
/// assert_eq!(duration("20", 480, Unit::Hours, false), Ok(1200));
/// ```
pub fn duration(text: &str, day_minutes: i64, bare: Unit, comma: bool) -> Result<i64, Trouble> {
    let expected = || not("a duration such as `2.5d`, `20h` or `90m`");
    let text = text.trim();
    let bare_minutes = if bare == Unit::Days { day_minutes } else { 60 };
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return Ok(decimal(text, comma).map_err(|t| worded(t, expected))?.in_units(bare_minutes));
    }
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    if decimal(rest, comma).is_err_and(|t| matches!(t, Trouble::Absurd(_))) {
        return Err(Trouble::Absurd("is not a number".to_owned()));
    }
    let mut minutes: i64 = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(expected)?;
        let (number, tail) = rest.split_at(end);
        let end = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(end);
        let unit = match unit.to_ascii_lowercase().as_str() {
            "w" | "wk" | "week" | "weeks" => day_minutes.saturating_mul(5),
            "d" | "day" | "days" | "md" | "wd" => day_minutes,
            "h" | "hr" | "hrs" | "hour" | "hours" => 60,
            "m" | "min" | "mins" | "minute" | "minutes" => 1,
            _ => return Err(expected()),
        };
        let number = decimal(number, comma).map_err(|t| worded(t, expected))?;
        if number.is_negative() {
            return Err(expected());
        }
        minutes = minutes.saturating_add(number.in_units(unit));
        rest = tail.trim_start();
    }
    Ok(if negative { -minutes } else { minutes })
}

fn worded(trouble: Trouble, expected: impl Fn() -> Trouble) -> Trouble {
    match trouble {
        Trouble::NotOne(_) => expected(),
        absurd => absurd,
    }
}

/// A share in basis points: `60%` is 6,000; a bare number up to 1 is a share (`0.6` is 6,000, `1` is
/// all), a larger one a percentage (`60` is 6,000). One per cent has to be written `1%`.
///
/// ```
/// use shotplan::read::values::share;
/// assert_eq!(share("60%", false), Ok(6_000));
/// assert_eq!(share("60", false), Ok(6_000));
/// assert_eq!(share("0.6", false), Ok(6_000));
/// assert_eq!(share("1", false), Ok(10_000));
/// assert_eq!(share("1%", false), Ok(100));
/// ```
pub fn share(text: &str, comma: bool) -> Result<i64, Trouble> {
    let expected = || not("a share such as `60%` or `0.6`");
    let points = match text.trim().strip_suffix('%') {
        Some(number) => decimal(number, comma).map_err(|t| worded(t, expected))?.in_units(100),
        None => {
            let number = decimal(text, comma).map_err(|t| worded(t, expected))?;
            number.in_units(if number.is_above(1) { 100 } else { 10_000 })
        }
    };
    Ok(points)
}

/// A speed or level in thousandths: `1.1` is 1,100, `110%` too.
pub fn thousandths(text: &str, comma: bool) -> Result<i64, Trouble> {
    let expected = || not("a level such as `1.1`");
    match text.trim().strip_suffix('%') {
        Some(number) => Ok(decimal(number, comma).map_err(|t| worded(t, expected))?.in_units(10)),
        None => Ok(decimal(text, comma).map_err(|t| worded(t, expected))?.in_units(1_000)),
    }
}

/// Weights of components of the objective, such as `continuity 2; earliness 0.5`.
///
/// ```
/// use shotplan::model::Mode;
/// use shotplan::read::values::weights;
/// let given = weights("continuity 2; earliness 0", false).unwrap();
/// assert_eq!(given.unusual().collect::<Vec<_>>(), [("continuity", 20_000), ("earliness", 0)]);
/// assert!(weights("comfort 2", false).is_err());
/// ```
pub fn weights(text: &str, comma: bool) -> Result<Weights, Trouble> {
    let mut weights = Weights::default();
    for item in items(text) {
        let (word, number) = item.split_once(char::is_whitespace).unwrap_or((item, ""));
        let word = word.trim_end_matches([':', '=']).replace('-', "_").to_lowercase();
        let Some((at, _)) = Weights::names().find(|(_, name)| *name == word) else {
            let names: Vec<&str> = Weights::names().map(|(_, name)| name).collect();
            return Err(Trouble::NotOne(format!(
                "`component number`, with `;` between; the components are {}",
                names.join(", ")
            )));
        };
        let expected = || not("`component number`, such as `continuity 2; earliness 0.5`");
        let number = number.trim().trim_start_matches('=').trim();
        let points = decimal(number, comma).map_err(|t| worded(t, expected))?.in_units(10_000);
        if !(0..=Weights::MOST * 10_000).contains(&points) {
            return Err(Trouble::Absurd(format!("has a weight not from 0 to {}", Weights::MOST)));
        }
        weights.set(at, points);
    }
    Ok(weights)
}

/// A whole number.
pub fn whole(text: &str, comma: bool) -> Result<i64, Trouble> {
    let number = decimal(text, comma).map_err(|t| worded(t, || not("a whole number")))?;
    number.exactly_in_units(1).ok_or_else(|| not("a whole number"))
}

/// An amount in minor units, exactly, with the currency if one is written: `1,234.50`, `GBP 300`,
/// `300 GBP`, `£300`, `A$300`. `home` decides the decimal places where none is written, and which dollars
/// a bare `$` means. Below zero is `-300`, as books write it also `(300)` or `300-`.
///
/// ```
/// use shotplan::model::{Cents, Currency};
/// use shotplan::read::values::money;
/// let pounds = Currency::new("GBP").unwrap();
/// assert_eq!(money("1,234.50", pounds, false), Ok((Cents(123_450), None)));
/// assert_eq!(money("300 GBP", pounds, false), Ok((Cents(30_000), Some(pounds))));
/// assert_eq!(money("(300.00)", pounds, false), Ok((Cents(-30_000), None)));
/// assert!(money("0.005", pounds, false).is_err()); // half a penny is not rounded away
/// assert!(money("$300", pounds, false).is_err()); // American, Canadian, Australian?
/// ```
pub fn money(
    text: &str,
    home: Currency,
    comma: bool,
) -> Result<(Cents, Option<Currency>), Trouble> {
    let expected = || not("an amount such as `1,234.50` or `GBP 300`");
    let (before, text) = signed(text.trim());
    let (currency, number) = split_currency(text, home);
    let (behind, number) = signed(number);
    if number.starts_with('$') {
        let message = "an amount of one currency: many have dollars; write `USD 300`";
        return Err(not(message));
    }
    if before && behind || number.starts_with(['-', '\u{2212}', '+']) {
        return Err(expected());
    }
    let negative = before || behind;
    let unit = currency.unwrap_or(home);
    let number = decimal(number, comma).map_err(|t| worded(t, expected))?;
    if number.is_above(LARGEST / 1_000) {
        return Err(Trouble::Absurd("is absurdly large".to_owned()));
    }
    let amount = number.exactly_in_units(unit.minor_units()).ok_or_else(|| {
        not(format!("an amount with at most {} decimals, as {unit} has", unit.decimals()))
    })?;
    Ok((Cents(if negative { -amount } else { amount }), currency))
}

/// The price of a small unit, in thousandths of a minor unit, with the currency if one is written.
///
/// ```
/// use shotplan::model::{Currency, FinePrice};
/// use shotplan::read::values::fine_price;
/// let pounds = Currency::new("GBP").unwrap();
/// assert_eq!(fine_price("0.045", pounds, false), Ok((FinePrice(4_500), None)));
/// ```
pub fn fine_price(
    text: &str,
    home: Currency,
    comma: bool,
) -> Result<(FinePrice, Option<Currency>), Trouble> {
    let expected = || not("a price such as `0.045`");
    let (currency, number) = split_currency(text.trim(), home);
    let unit = currency.unwrap_or(home);
    let number = decimal(number, comma).map_err(|t| worded(t, expected))?;
    if number.is_above(LARGEST / 1_000_000) {
        return Err(Trouble::Absurd("is absurdly large".to_owned()));
    }
    let most = unit.decimals() + 3;
    let price = number
        .exactly_in_units(unit.minor_units() * 1_000)
        .ok_or_else(|| not(format!("a price with at most {most} decimals")))?;
    Ok((FinePrice(price), currency))
}

/// Whether an amount is written as one below zero, and the rest of it.
fn signed(text: &str) -> (bool, &str) {
    let minus = ['-', '\u{2212}'];
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let rest = inside.or_else(|| text.strip_prefix(minus)).or_else(|| text.strip_suffix(minus));
    rest.map_or((false, text), |rest| (true, rest.trim()))
}

/// Signs of currencies. A bare `$` is that of the currency expected, if it is one of dollars.
const SIGNS: [(&str, &str); 9] = [
    ("£", "GBP"),
    ("€", "EUR"),
    ("₹", "INR"),
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("NZ$", "NZD"),
];
const DOLLARS: [&str; 7] = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"];

/// The currency written at an amount, and the amount.
fn split_currency(text: &str, home: Currency) -> (Option<Currency>, &str) {
    for (sign, code) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return (Currency::new(code), rest.trim());
        }
    }
    if let Some(rest) = text.strip_prefix('$')
        && DOLLARS.contains(&home.to_string().as_str())
    {
        return (None, rest.trim());
    }
    let code = |part: Option<&str>| part.and_then(|c| Currency::new(&c.to_ascii_uppercase()));
    if let (Some(currency), Some(rest)) = (code(text.get(..3)), text.get(3..)) {
        return (Some(currency), rest.trim());
    }
    let cut = text.len().saturating_sub(3);
    if let (Some(currency), Some(rest)) = (code(text.get(cut..)), text.get(..cut)) {
        return (Some(currency), rest.trim());
    }
    (None, text)
}

/// A day. ISO `2027-01-05`, also `2027/01/05`, `20270105`, with a time behind it (cut off), `5 Jan 2027`,
/// `05-Jan-27`, `Jan 5, 2027`, `05.01.2027`, `25/01/2027` where only one reading exists, and the number a
/// spreadsheet has for a day (46392, the days since the end of 1899).
///
/// ```
/// use shotplan::read::values::day;
/// let fifth = jiff::civil::date(2027, 1, 5);
/// assert_eq!(day("2027-01-05"), Ok(fifth));
/// assert_eq!(day("5 Jan 2027"), Ok(fifth));
/// assert_eq!(day("2027-01-05T09:30:00Z"), Ok(fifth));
/// assert_eq!(day("05-Jan-27"), Ok(fifth));
/// assert_eq!(day("46392"), Ok(fifth));
/// assert!(day("05/01/2027").is_err()); // 5 January or 1 May?
/// assert!(day("2027-02-30").is_err());
/// ```
pub fn day(text: &str) -> Result<Date, Trouble> {
    let expected = || not("a date such as `2027-01-05`");
    let text = text.trim();
    if text.len() > 64 {
        return Err(expected());
    }
    // A time behind an ISO date is cut off.
    let text = match text.as_bytes() {
        [y, _, _, _, b'-' | b'/', _, _, b'-' | b'/', _, _, b'T' | b' ', ..]
            if y.is_ascii_digit() =>
        {
            text.get(..10).unwrap_or(text)
        }
        _ => text,
    };
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && weekday(part).is_none())
        .collect();
    if let [all] = parts.as_slice()
        && let Some(date) = spreadsheet_day(all)
    {
        return Ok(date);
    }
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
    let (year, month, day) = match parts.as_slice() {
        [all] if all.len() == 8 && all.is_ascii() => {
            (number(&all[..4]), number(&all[4..6]), number(&all[6..]))
        }
        [y, m, d] if y.len() == 4 && m.bytes().all(|b| b.is_ascii_digit()) => {
            (number(y), number(m), number(d))
        }
        [y, m, d] if y.len() == 4 => (number(y), month(m), number(d)),
        [d, m, y] if y.len() == 4 && month(m).is_some() => (number(y), month(m), number(d)),
        [m, d, y] if y.len() == 4 && month(m).is_some() => (number(y), month(m), number(d)),
        [d, m, y] if y.len() == 2 && month(m).is_some() => {
            (number(y).map(|year| 2_000 + year), month(m), number(d))
        }
        [a, b, y] if y.len() == 4 => match (number(a), number(b)) {
            (d, m) if text.contains('.') => (number(y), m, d),
            (Some(d @ 13..), m @ Some(..=12)) => (number(y), m, Some(d)),
            (m @ Some(..=12), Some(d @ 13..)) => (number(y), m, Some(d)),
            (Some(d), Some(m)) if d == m => (number(y), Some(m), Some(d)),
            (Some(..=12), Some(..=12)) => {
                return Err(not(format!(
                    "a date with one meaning; write {y}-{a:0>2}-{b:0>2} or {y}-{b:0>2}-{a:0>2}"
                )));
            }
            _ => return Err(expected()),
        },
        _ => return Err(expected()),
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Err(expected()) };
    let part = |number: i16| i8::try_from(number).map_err(|_| expected());
    let date = Date::new(year, part(month)?, part(day)?)
        .map_err(|_| not("a day that the calendar has"))?;
    if !(1990..=2150).contains(&year) {
        return Err(Trouble::Absurd("is far from any show".to_owned()));
    }
    Ok(date)
}

/// The day a spreadsheet means by a number: only numbers that are days from 2009 to 2064 are taken.
fn spreadsheet_day(text: &str) -> Option<Date> {
    let days = text.parse::<i64>().ok().filter(|days| (40_000..60_000).contains(days))?;
    let zero = jiff::civil::date(1899, 12, 30);
    zero.checked_add(jiff::Span::new().days(days)).ok()
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month(text: &str) -> Option<i16> {
    let start = text.get(..3)?.to_ascii_lowercase();
    let number = MONTHS.iter().position(|month| *month == start)?;
    text.chars().all(char::is_alphabetic).then_some(number as i16 + 1)
}

/// A day of the week, Monday = 0, by its English name or the first letters of it.
pub fn weekday(text: &str) -> Option<usize> {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.to_ascii_lowercase();
    (text.len() >= 2).then(|| DAYS.iter().position(|day| day.starts_with(&text))).flatten()
}

/// The items of a list: with `;` or `|` between, or `,` where neither is there.
pub fn items(text: &str) -> impl Iterator<Item = &str> {
    let marked = text.contains([';', '|']);
    text.split(move |c| if marked { c == ';' || c == '|' } else { c == ',' })
        .map(str::trim)
        .filter(|item| !item.is_empty())
}
