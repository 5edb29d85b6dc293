//! What tests share: shows from text, plans that have been verified.

pub mod planning;
