//! Results for eyes: takes a saved [`Document`](crate::result::Document), gives the page that
//! producers open and the summary that the terminal shows. Calculates nothing and reads no file:
//! each can be made again from `result.json` at any time.

mod page;
mod summary;
mod words;

pub use page::page;
pub use summary::summary;
