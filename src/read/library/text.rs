//! Words of a text with the lines they stand on.

/// Where a file stops making sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}expected {expected}, found {found}", if *line == 0 { String::new() } else { format!("line {line}: ") })]
pub struct Error {
    /// Line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl Error {
    /// An error of the file as a whole.
    pub fn whole(expected: &str, found: &str) -> Error {
        Error { line: 0, expected: expected.to_owned(), found: found.to_owned() }
    }
}

/// The words of a text, one after the other.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    words: Vec<(usize, &'a str)>,
    at: usize,
    last_line: usize,
}

impl<'a> Tokens<'a> {
    /// Words between white space (and brackets) of all lines, or of those from `first` (counted
    /// from 1) as long as `until` does not say stop.
    pub fn of(text: &'a str) -> Tokens<'a> {
        Tokens::between(text, 1, |_| false)
    }

    /// Words of the lines from `first` (counted from 1) up to the first that `is_end`.
    pub fn between(text: &'a str, first: usize, is_end: impl Fn(&str) -> bool) -> Tokens<'a> {
        let mut words = Vec::new();
        let mut last_line = first;
        for (number, line) in text.lines().enumerate().skip(first - 1) {
            if is_end(line) {
                break;
            }
            last_line = number + 1;
            let parts = line.split(|c: char| c.is_whitespace() || c == '[' || c == ']');
            words.extend(parts.filter(|word| !word.is_empty()).map(|word| (number + 1, word)));
        }
        Tokens { words, at: 0, last_line }
    }

    /// The line of the next word.
    pub fn line(&self) -> usize {
        self.words.get(self.at).map_or(self.last_line, |word| word.0)
    }

    /// The next word, without taking it.
    pub fn peek(&self) -> Option<&'a str> {
        self.words.get(self.at).map(|word| word.1)
    }

    /// An error at the next word.
    pub fn error(&self, expected: &str) -> Error {
        let found = match self.peek() {
            Some(word) => format!("`{}`", word.chars().take(40).collect::<String>()),
            None => "the end of the file".to_owned(),
        };
        Error { line: self.line(), expected: expected.to_owned(), found }
    }

    /// Takes the next word.
    pub fn word(&mut self, expected: impl Fn() -> String) -> Result<&'a str, Error> {
        let word = self.peek().ok_or_else(|| self.error(&expected()))?;
        self.at += 1;
        Ok(word)
    }

    /// Takes the next whole number.
    pub fn whole<T: TryFrom<i64>>(&mut self, expected: impl Fn() -> String) -> Result<T, Error> {
        let word = self.peek().ok_or_else(|| self.error(&expected()))?;
        let number: Option<i64> = word.parse().ok();
        let number = number.and_then(|number| T::try_from(number).ok());
        let number = number.ok_or_else(|| self.error(&expected()))?;
        self.at += 1;
        Ok(number)
    }

    /// Takes a number that must stand there.
    pub fn exactly(&mut self, number: usize, expected: impl Fn() -> String) -> Result<(), Error> {
        let wrong = self.error(&expected());
        if self.whole::<usize>(expected)? != number {
            return Err(wrong);
        }
        Ok(())
    }

    /// Takes a number from 1 to `count`, and gives it counted from 0.
    pub fn index(&mut self, count: usize, expected: impl Fn() -> String) -> Result<u32, Error> {
        let here = self.error(&expected());
        let number: usize = self.whole(expected)?;
        if number == 0 || number > count {
            return Err(here);
        }
        Ok((number - 1) as u32)
    }

    /// Asserts that all words are taken.
    pub fn end(&self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.error("the end of the file")),
        }
    }
}
