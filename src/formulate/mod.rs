pub mod program;
pub mod staffing;
