//! One binary for all tests: linking is the slow part.

mod broken_files;
mod brute_force;
mod cases;
mod cash;
mod certified;
mod command_line;
mod desk;
mod format;
mod fuzz;
mod generated;
mod incentives;
mod levers;
mod library;
mod linear;
mod money;
mod mutants;
mod network;
mod oracles;
mod pages;
mod properties;
mod published;
mod questions;
mod readers;
mod repeatable;
mod rooms;
mod support;
