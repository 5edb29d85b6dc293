//! Results for programs: takes a production or a result, gives files. Calculates nothing.

pub mod show_folder;
