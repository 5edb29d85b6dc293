//! Values as they are written on the command line.

use std::time::Duration;

/// Fewest draws that odds are told of: two beyond the P90.
const LEAST_DRAWS: u32 = 20;
/// Most draws.
const MOST_DRAWS: u32 = 100_000;

/// A time like "20s", "2m" or "1h30m".
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let hint = "write a time with its unit, like 20s, 2m or 1h30m";
    let span: jiff::SignedDuration = text.parse().map_err(|_| hint.to_owned())?;
    match Duration::try_from(span) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err(format!("the time must be above 0; {hint}")),
    }
}

/// A date like 2027-05-14.
pub(super) fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.trim().parse().map_err(|_| "write a date like 2027-05-14".to_owned())
}

/// A number of steps.
pub(super) fn steps(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("write a number of steps from 0 to {}", u64::MAX))
}

/// A whole number.
pub(super) fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "write a whole number that is not negative".to_owned())
}

/// How many of something are wanted.
pub(super) fn count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("write a whole number above 0".to_owned()),
        Ok(count) => Ok(count),
    }
}

/// A time in seconds, or with its unit.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) => match Duration::try_from_secs_f64(seconds) {
            Ok(time) if !time.is_zero() => Ok(time),
            _ => Err("the time must be above 0".to_owned()),
        },
        Err(_) => duration(text),
    }
}

/// A number of threads.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 0..=1024) => Ok(count),
        _ => Err("write a number of threads from 0 (all cores) to 1024".to_owned()),
    }
}

/// A number of draws. With fewer than the least one in ten says nothing of a P90.
pub(super) fn draws(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(count @ LEAST_DRAWS..=MOST_DRAWS) => Ok(count),
        Ok(count @ 0..LEAST_DRAWS) => Err(format!(
            "{count} draws say nothing of odds; write {LEAST_DRAWS} at least (1000 know a probability within \
             ±3 %)"
        )),
        _ => Err(format!("write a number of draws from {LEAST_DRAWS} to {MOST_DRAWS}")),
    }
}

/// A number of shards.
pub(super) fn shards(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 1..=crate::batch::shards::MOST_SHARDS) => Ok(count),
        _ => {
            Err(format!("write a number of shards from 1 to {}", crate::batch::shards::MOST_SHARDS))
        }
    }
}

/// A shard like "3" or "3/8".
pub(super) fn shard(text: &str) -> Result<(usize, Option<usize>), String> {
    let wrong = || "write a shard like 3 or 3/8, counted from 0".to_owned();
    let (shard, of) = match text.split_once('/') {
        Some((shard, of)) => (shard, Some(of.trim().parse().map_err(|_| wrong())?)),
        None => (text, None),
    };
    let shard = shard.trim().parse().map_err(|_| wrong())?;
    if of.is_some_and(|of| shard >= of) { Err(wrong()) } else { Ok((shard, of)) }
}

/// A share like "12.5%" or "12", in basis points.
pub(super) fn basis_points(text: &str) -> Result<i64, String> {
    match text.trim().trim_end_matches('%').trim_end().parse::<f64>() {
        Ok(share) if (0.0..=95.0).contains(&share) => Ok((share * 100.0).round() as i64),
        _ => Err("write a share from 0% to 95%, like 12.5%".to_owned()),
    }
}

/// A share like "35%" or "35", in whole per cent.
pub(super) fn per_cent(text: &str) -> Result<u32, String> {
    match text.trim().trim_end_matches('%').trim_end().parse() {
        Ok(share @ 0..=95) => Ok(share),
        _ => Err("write a share from 0% to 95%, like 35%".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_with_their_unit() {
        assert_eq!(duration("20s"), Ok(Duration::from_secs(20)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        for wrong in ["20", "", "-3s", "0s", "soon", "99999999999999999999h"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_of_benchmarks_may_be_plain_seconds() {
        assert_eq!(seconds("20"), Ok(Duration::from_secs(20)));
        assert_eq!(seconds("2.5"), Ok(Duration::from_millis(2500)));
        assert_eq!(seconds("2m"), Ok(Duration::from_secs(120)));
        for wrong in ["", "0", "-1", "NaN", "inf", "1e400", "soon"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn few_draws_say_nothing() {
        assert_eq!((draws("20"), draws("100000")), (Ok(20), Ok(100_000)));
        for wrong in ["0", "1", "19", "100001", "-5", "many"] {
            assert!(draws(wrong).is_err(), "{wrong}");
        }
        assert!(draws("1").is_err_and(|said| said.contains("20 at least")));
    }

    #[test]
    fn shares_are_per_cents() {
        assert_eq!(per_cent("35%"), Ok(35));
        assert_eq!(per_cent("12"), Ok(12));
        for wrong in ["100%", "-1%", "NaN", "half", "35.5"] {
            assert!(per_cent(wrong).is_err(), "{wrong}");
        }
    }
}
