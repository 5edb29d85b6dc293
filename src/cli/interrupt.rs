//! Ctrl-C: the first keeps the best plan so far, the second ends the program at once.

use super::Exit;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Set by the first signal.
static WANTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on listens to Ctrl-C and to the system's wish to end, also in a program that a
/// terminal's end must not stop (`nohup`).
pub fn listen() {
    let wanted = WANTED.get_or_init(Arc::default);
    for signal in [SIGINT, SIGTERM] {
        // The second signal finds the flag that the first has set. Where the system does not let us
        // listen, Ctrl-C just ends the program.
        let at_once = i32::from(Exit::Interrupted.code());
        let _ = flag::register_conditional_shutdown(signal, at_once, Arc::clone(wanted))
            .and_then(|_| flag::register(signal, Arc::clone(wanted)));
    }
}

/// Whether the user wants to stop.
pub fn is_wanted() -> bool {
    WANTED.get().is_some_and(|wanted| wanted.load(Ordering::Relaxed))
}
