//! Instances in the published formats, made by hand, and what must come out of them.

mod broken;
mod solved;
mod texts;
