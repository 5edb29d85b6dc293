//! `--memory-limit`: first the search stops with the best plan so far, then the program ends.
//!
//! A thread of its own looks at the memory of the process. From four fifths of the limit on the search
//! is told to stop, since the check of the plan, its cost and its pages are still to come; at the
//! limit the process ends with a message. Between two looks memory could grow without bounds: then the
//! system refuses it, a quarter above the limit.

use super::{Exit, Failure};
use std::sync::atomic::{AtomicBool, Ordering};

/// Set when the search should stop for want of memory.
static SHORT: AtomicBool = AtomicBool::new(false);

/// Whether memory is getting short, so that a search should stop with what it has.
pub fn is_short() -> bool {
    SHORT.load(Ordering::Relaxed)
}

/// From now on the process keeps to so many bytes.
///
/// # Errors
/// When the system cannot say how much memory a process uses.
#[cfg(target_os = "linux")]
pub fn keep_to(limit: u64) -> Result<(), Failure> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use std::time::Duration;

    let unknown = |why: &dyn std::fmt::Display| {
        Failure::Call(format!("--memory-limit cannot be kept on this system: {why}"))
    };
    let resident = Resident::open().map_err(|error| unknown(&error))?;
    let used = resident.bytes().map_err(|error| unknown(&error))?;
    if used >= limit {
        return Err(Failure::Call(format!(
            "--memory-limit {} is less than the program needs by itself ({})",
            words(limit),
            words(used)
        )));
    }
    // What the program is made of counts too, and stacks of threads.
    let most = limit.saturating_add(limit / 4).saturating_add(64 << 20);
    let old = getrlimit(Resource::Data);
    let current = Some(old.current.map_or(most, |current| current.min(most)));
    setrlimit(Resource::Data, Rlimit { current, maximum: old.maximum })
        .map_err(|error| unknown(&error))?;
    let watch = move || {
        loop {
            // A process that cannot look any more is left to the system's own limit.
            let Ok(used) = resident.bytes() else { return };
            if used >= limit {
                super::terminal::last_words(&format!(
                    "stopped: the memory limit of {} is reached; nothing that was being written is \
                     left half-written",
                    words(limit)
                ));
                std::process::exit(i32::from(Exit::NoPlan.code()));
            }
            if used >= limit / 5 * 4 {
                SHORT.store(true, Ordering::Relaxed);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    std::thread::Builder::new()
        .name("memory".to_owned())
        .stack_size(64 << 10)
        .spawn(watch)
        .map_err(|error| unknown(&error))?;
    Ok(())
}

/// From now on the process keeps to so many bytes.
///
/// # Errors
/// Always: only Linux says how much memory a process uses.
#[cfg(not(target_os = "linux"))]
pub fn keep_to(_: u64) -> Result<(), Failure> {
    Err(Failure::Call("--memory-limit is kept on Linux only".to_owned()))
}

/// The memory of this process, asked of the system again and again.
#[cfg(target_os = "linux")]
struct Resident(std::fs::File);

#[cfg(target_os = "linux")]
impl Resident {
    fn open() -> std::io::Result<Resident> {
        std::fs::File::open("/proc/self/statm").map(Resident)
    }

    fn bytes(&self) -> std::io::Result<u64> {
        use std::os::unix::fs::FileExt;
        let mut text = [0; 128];
        let read = self.0.read_at(&mut text, 0)?;
        // Pages of the address space, then pages in memory.
        let pages = std::str::from_utf8(&text[..read])
            .ok()
            .and_then(|text| text.split_ascii_whitespace().nth(1)?.parse::<u64>().ok());
        let pages = pages.ok_or_else(|| std::io::Error::other("/proc/self/statm is unknown"))?;
        Ok(pages.saturating_mul(rustix::param::page_size() as u64))
    }
}

/// A size like "500M", "2G" or "1.5GiB", in bytes.
///
/// # Errors
/// In words, when it is none.
pub fn bytes(text: &str) -> Result<u64, String> {
    let hint = "write a size like 500M or 2G (at least 32M)";
    let text = text.trim();
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let scale = match unit.to_ascii_uppercase().as_str() {
        "K" | "KB" | "KIB" => 1_u64 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        "T" | "TB" | "TIB" => 1 << 40,
        _ => return Err(hint.to_owned()),
    };
    let number: f64 = number.trim().parse().map_err(|_| hint.to_owned())?;
    let size = number * scale as f64;
    // Beyond that no machine's memory goes, and floating numbers stay exact enough.
    let is_sound = size.is_finite() && (f64::from(32 << 20)..1e15).contains(&size);
    if is_sound { Ok(size as u64) } else { Err(hint.to_owned()) }
}

/// A size in words.
#[cfg(target_os = "linux")]
fn words(bytes: u64) -> String {
    match bytes {
        0..0x4000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_a_unit() {
        assert_eq!(bytes("500M"), Ok(500 << 20));
        assert_eq!(bytes("2 G"), Ok(2 << 30));
        assert_eq!(bytes("1.5GiB"), Ok(3 << 29));
        for wrong in ["", "500", "-1G", "1M", "NaNG", "infG", "1e30G", "2 apples", "G"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
