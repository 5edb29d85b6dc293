//! Instances in the published formats, made by hand, and what must come out of them.

mod broken;
mod brute_force;
mod invariant;
mod judge;
mod proofs;
mod published;
mod solved;
mod squeezed;
mod texts;
