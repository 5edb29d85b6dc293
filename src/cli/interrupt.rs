//! Ctrl-C: the first keeps the best plan so far, the second ends the program at once.

use super::Exit;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

static INTERRUPTS: AtomicU32 = AtomicU32::new(0);

/// From now on listens to Ctrl-C (and to the system's wish to end).
pub fn listen() {
    // Where the system does not let us listen, Ctrl-C just ends the program.
    let _ = ctrlc::try_set_handler(|| {
        if INTERRUPTS.fetch_add(1, Ordering::Relaxed) > 0 {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
        let _ = writeln!(
            std::io::stderr(),
            "\nstopping, with the best plan so far (Ctrl-C again to stop at once)"
        );
    });
}

/// Whether the user wants to stop.
pub fn is_wanted() -> bool {
    INTERRUPTS.load(Ordering::Relaxed) > 0
}
