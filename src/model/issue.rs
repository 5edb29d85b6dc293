//! An issue: one thing that is wrong with the input, and what to do about it.

use super::FileId;

/// Where a row was read: the file, and its line counted from 1 (0 = in no file).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The file, as an index into [`Production::files`](super::Production::files); `None` = made, not read.
    pub file: Option<FileId>,
    /// The line.
    pub line: u32,
}

/// A file that was read, with the column in which each field stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputFile {
    /// Path as it was opened.
    pub name: String,
    /// Field name and column counted from 1; empty where the format has no columns.
    pub columns: Vec<(String, u32)>,
}

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No plan is made until it is mended.
    Error,
    /// A plan is made; it may not be the one you want.
    Warning,
}

/// One thing that is wrong.
///
/// ```
/// use shotplan::model::Issue;
/// let issue = Issue::error("V02", "task 080_0120_cmp", "the department `CMPP` is not defined")
///     .field("department").value("CMPP").help("write `CMP`, or add CMPP to [[departments]]");
/// assert_eq!(issue.code, "V02");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    /// How bad it is.
    pub severity: Severity,
    /// The rule ("V11"), or for files that cannot be read "R…".
    pub code: String,
    /// The object in the user's words ("shot 080_0120").
    pub object: String,
    /// What is wrong and why.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// File, if it stands in one.
    pub file: Option<String>,
    /// Line counted from 1.
    pub line: Option<u32>,
    /// Column counted from 1.
    pub column: Option<u32>,
    /// Field or path ("due", `departments[2].cap`).
    pub field: Option<String>,
    /// The value found there.
    pub value: Option<String>,
}

impl Issue {
    /// An error on `object`.
    pub fn error(code: &str, object: impl Into<String>, message: impl Into<String>) -> Issue {
        Issue {
            severity: Severity::Error,
            code: code.to_owned(),
            object: object.into(),
            message: message.into(),
            help: String::new(),
            file: None,
            line: None,
            column: None,
            field: None,
            value: None,
        }
    }
    /// A warning on `object`.
    pub fn warning(code: &str, object: impl Into<String>, message: impl Into<String>) -> Issue {
        Issue { severity: Severity::Warning, ..Issue::error(code, object, message) }
    }
    /// What to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Issue {
        self.help = help.into();
        self
    }
    /// The field it is about.
    pub fn field(mut self, field: impl Into<String>) -> Issue {
        self.field = Some(field.into());
        self
    }
    /// The value found.
    pub fn value(mut self, value: impl Into<String>) -> Issue {
        self.value = Some(value.into());
        self
    }
    /// Where it stands: fills in file, line and, when the field was set before, the column.
    pub fn at(mut self, files: &super::Keyed<FileId, InputFile>, source: Source) -> Issue {
        if let Some(file) = source.file.and_then(|id| files.get(id)) {
            self.file = Some(file.name.clone());
            self.line = (source.line > 0).then_some(source.line);
            self.column = self.field.as_ref().and_then(|field| {
                file.columns.iter().find(|(name, _)| name == field).map(|(_, column)| *column)
            });
        }
        self
    }
}
