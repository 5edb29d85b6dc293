//! What the program prints to: stdout for results, stderr for everything about the run.

use super::issues::Look;
use super::{Exit, Failure, progress};
use std::error::Error;
use std::io::{self, IsTerminal, Write};

/// Where results go, and what it can show.
pub struct Terminal {
    out: io::BufWriter<io::Stdout>,
    /// Colours are wanted and shown on stdout.
    pub colour: bool,
    /// Colours are wanted and shown on stderr.
    pub colour_of_notes: bool,
    /// Characters in a line.
    pub width: usize,
}

impl Terminal {
    /// The terminal or pipe that the process was started with.
    pub fn of_the_process() -> Terminal {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let coloured = |is_terminal: bool| is_terminal && !no_colour;
        let width = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        Terminal {
            out: io::BufWriter::new(io::stdout()),
            colour: coloured(io::stdout().is_terminal()),
            colour_of_notes: coloured(io::stderr().is_terminal()),
            width: width.unwrap_or(100).clamp(40, 200),
        }
    }

    /// How words look among the results.
    pub fn look(&self) -> Look {
        Look { colour: self.colour, width: self.width }
    }

    /// How words look among the notes.
    pub fn look_of_notes(&self) -> Look {
        Look { colour: self.colour_of_notes, width: self.width }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// When nobody can read it any more.
    pub fn say(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        let text = text.as_ref();
        self.out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            self.out.write_all(b"\n")?;
        }
        self.out.flush()
    }

    /// Prints a result that is bytes already, such as a table.
    ///
    /// # Errors
    /// When nobody can read it any more.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
    }

    /// Prints a result as JSON.
    ///
    /// # Errors
    /// When nobody can read it any more.
    pub fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }

    /// The way out after printing: a reader that has gone away is no failure.
    ///
    /// # Errors
    /// When the output could not be written for another reason.
    pub fn unless_closed(&self, told: io::Result<()>, exit: Exit) -> Result<Exit, Failure> {
        match told {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(exit),
        }
    }

    /// Says why a run ended as it did. A terminal that does not take it is no reason to stop.
    pub fn note(&self, text: impl AsRef<str>) {
        write_note("note", text.as_ref());
    }

    /// Says something about the run that nobody misses who wants it quiet.
    pub fn aside(&self, text: impl AsRef<str>) {
        if !progress::is_quiet() {
            self.note(text);
        }
    }

    /// Says why a command failed, with its causes, and how the program ends.
    pub fn report(&self, failure: &Failure) -> Exit {
        if failure.is_closed_pipe() {
            return Exit::Done;
        }
        let mut text = format!("error: {failure}");
        let mut cause = failure.source();
        while let Some(error) = cause {
            let words = error.to_string();
            if !text.contains(&words) {
                text.push_str("\n  because: ");
                text.push_str(&words);
            }
            cause = error.source();
        }
        write_note("error", text.strip_prefix("error: ").unwrap_or(&text));
        Exit::BadCall
    }
}

/// The last words of a program that ends at once, from whatever thread.
pub fn last_words(text: &str) {
    write_note("error", text);
}

fn write_note(kind: &str, text: &str) {
    let mut out = io::stderr().lock();
    let _ = match (progress::is_json(), kind) {
        (true, _) => writeln!(out, "{}", serde_json::json!({ kind: text.trim_end() })),
        (false, "error") => writeln!(out, "error: {text}"),
        (false, _) => writeln!(out, "{text}"),
    };
}
