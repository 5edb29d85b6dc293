#![doc = include_str!("docs/overview.md")]

pub mod check;
pub mod cli;
pub mod explain;
pub mod forecast;
pub mod formulate;
pub mod generate;
pub mod graph;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod result;
pub mod solve;
pub mod verify;
pub mod write;
