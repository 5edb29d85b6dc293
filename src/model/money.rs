//! Money: exact integers in minor units, rounded half to even once, at posting.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in the minor unit of the production's currency (pence, cents, yen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Cents = Cents(0);

    /// `self × numerator ÷ denominator`, rounded half to even.
    ///
    /// ```
    /// use shotplan::model::Cents;
    /// assert_eq!(Cents(5).times(1, 2), Cents(2)); // 2.5 → 2
    /// assert_eq!(Cents(7).times(1, 2), Cents(4)); // 3.5 → 4
    /// assert_eq!(Cents(-5).times(1, 2), Cents(-2));
    /// ```
    pub fn times(self, numerator: i64, denominator: i64) -> Cents {
        Cents(round_half_even(i128::from(self.0) * i128::from(numerator), i128::from(denominator)))
    }

    /// This share of the amount in basis points (10,000 = all of it).
    pub fn basis_points(self, points: i64) -> Cents {
        self.times(points, 10_000)
    }

    /// `self × count`, exact.
    pub fn by(self, count: i64) -> Cents {
        Cents(self.0.saturating_mul(count))
    }
}

/// What one small unit costs (a core-hour, a licence for a day), in thousandths of a minor unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinePrice(pub i64);

impl FinePrice {
    /// What `count ÷ parts` units cost, rounded half to even.
    ///
    /// ```
    /// use shotplan::model::{Cents, FinePrice};
    /// let core_hour = FinePrice(4_500); // 4.5 cents
    /// assert_eq!(core_hour.of(90, 60), Cents(7)); // an hour and a half, given in minutes
    /// ```
    pub fn of(self, count: i64, parts: i64) -> Cents {
        let amount = i128::from(self.0) * i128::from(count);
        Cents(round_half_even(amount, 1_000 * i128::from(parts)))
    }
}

/// `numerator ÷ denominator`, rounded half to even; saturates at the ends of `i64`.
///
/// ```
/// use shotplan::model::round_half_even;
/// assert_eq!(round_half_even(25, 10), 2);
/// assert_eq!(round_half_even(35, 10), 4);
/// assert_eq!(round_half_even(-26, 10), -3);
/// ```
pub fn round_half_even(numerator: i128, denominator: i128) -> i64 {
    debug_assert!(denominator > 0);
    let floor = numerator.div_euclid(denominator);
    let twice = numerator.rem_euclid(denominator) * 2;
    let up = twice > denominator || (twice == denominator && floor % 2 != 0);
    let rounded = floor + i128::from(up);
    rounded.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

impl Add for Cents {
    type Output = Cents;
    fn add(self, other: Cents) -> Cents {
        Cents(self.0.saturating_add(other.0))
    }
}
impl Sub for Cents {
    type Output = Cents;
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0.saturating_sub(other.0))
    }
}
impl Neg for Cents {
    type Output = Cents;
    fn neg(self) -> Cents {
        Cents(self.0.saturating_neg())
    }
}
impl AddAssign for Cents {
    fn add_assign(&mut self, other: Cents) {
        *self = *self + other;
    }
}
impl SubAssign for Cents {
    fn sub_assign(&mut self, other: Cents) {
        *self = *self - other;
    }
}
impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(amounts: I) -> Cents {
        amounts.fold(Cents::ZERO, Add::add)
    }
}

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// What a production without settings counts in.
    pub const USD: Currency = Currency(*b"USD");

    /// The code, if it is three capital letters.
    pub const fn new(code: &str) -> Option<Currency> {
        match *code.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z', c @ b'A'..=b'Z'] => Some(Currency([a, b, c])),
            _ => None,
        }
    }
    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
    /// Decimal places of the minor unit: 0 for yen and the like, 3 for dinars, else 2.
    pub fn decimals(&self) -> u32 {
        match self.code() {
            "JPY" | "KRW" | "CLP" | "ISK" | "VND" | "XAF" | "XOF" | "PYG" | "UGX" => 0,
            "BHD" | "JOD" | "KWD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
    /// Minor units in one unit: 100 for pounds, 1 for yen.
    pub fn minor_units(&self) -> i64 {
        10_i64.pow(self.decimals())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What one unit of a foreign currency is worth in the production's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FxRate {
    /// The foreign currency.
    pub currency: Currency,
    /// Millionths of the production's currency for one unit: 1.25 is 1,250,000.
    pub millionths: i64,
    /// First day on which it holds; `None` = always.
    pub from: Option<jiff::civil::Date>,
}
