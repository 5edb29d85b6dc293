//! The shape of the files: one type for each table, with every column as it is written.
//!
//! A CSV row, an entry of `show.toml` and an object of the one-file JSON form are the same type
//! here. All values are text still; what they mean is decided where they are read, so that a wrong
//! one can be reported with its place. Takes serde's data, gives rows; knows nothing of the model.

mod scenarios;
mod tables;
mod text;

pub use scenarios::*;
pub use tables::*;
pub use text::Text;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// A value as it may be written.
    pub example: &'static str,
    /// Other names that are understood; case, spaces and signs do not matter.
    pub aliases: &'static [&'static str],
    /// What it says, its unit and its default.
    pub about: &'static [&'static str],
}

/// A table of a show.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Name: that of the CSV file without its ending, and of the list in TOML and JSON.
    pub name: &'static str,
    /// One row of it in a word ("task").
    pub row: &'static str,
    /// Columns of which at least one of each group has to be there.
    pub required: &'static [&'static [&'static str]],
    /// What it holds.
    pub about: &'static [&'static str],
    /// Columns.
    pub columns: &'static [Column],
}

impl About {
    /// The column that a header means: its name or one of its aliases.
    pub fn column(&self, header: &str) -> Option<usize> {
        if let Some(exact) = self.columns.iter().position(|column| column.name == header) {
            return Some(exact);
        }
        let header = plain(header);
        self.columns.iter().position(|column| {
            plain(column.name) == header || column.aliases.iter().any(|name| plain(name) == header)
        })
    }
}

/// A row of a table.
pub trait Row<'a>: Default {
    /// The table.
    const ABOUT: About;
    /// Fills in the column with this number.
    fn set(&mut self, column: usize, value: Text<'a>);
    /// Fields of the row that the table does not have.
    fn unknown(&self) -> &[String];
}

/// A header without case, spaces and signs: "Bid (h)" and "bid_h" are both "bidh".
pub fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The JSON schema of a show in one file.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}

/// Makes the type of a row and what is known about its table, from one list of columns.
macro_rules! table {
    (
        $(#[doc = $about:literal])*
        $name:ident = $table:literal, $word:literal, required $required:expr;
        $($(#[doc = $doc:literal])* $field:ident: $example:literal $([$($alias:literal),*])?,)*
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, Default, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name<'a> {
            $($(#[doc = $doc])* pub $field: Option<Text<'a>>,)*
            /// Fields that this table does not have.
            #[schemars(skip)]
            pub unknown: Vec<String>,
        }

        impl<'a> Row<'a> for $name<'a> {
            const ABOUT: About = About {
                name: $table,
                row: $word,
                required: $required,
                about: &[$($about),*],
                columns: &[$(Column {
                    name: stringify!($field),
                    example: $example,
                    aliases: &[$($($alias),*)?],
                    about: &[$($doc),*],
                }),*],
            };
            #[allow(unused_assignments)]
            fn set(&mut self, column: usize, value: Text<'a>) {
                let mut number = 0;
                $(
                    if column == number {
                        self.$field = Some(value);
                        return;
                    }
                    number += 1;
                )*
            }
            fn unknown(&self) -> &[String] {
                &self.unknown
            }
        }

        impl<'de, 'a> serde::Deserialize<'de> for $name<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields<'a>(std::marker::PhantomData<&'a ()>);
                impl<'de, 'a> serde::de::Visitor<'de> for Fields<'a> {
                    type Value = $name<'a>;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("the fields of a ", $word))
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<Self::Value, A::Error> {
                        let mut row = $name::default();
                        while let Some(key) = map.next_key::<String>()? {
                            match $name::ABOUT.column(&key) {
                                Some(column) => {
                                    if let Some(value) = map.next_value::<Option<Text<'a>>>()?
                                        && !value.trim().is_empty()
                                    {
                                        row.set(column, value);
                                    }
                                }
                                None => {
                                    map.next_value::<serde::de::IgnoredAny>()?;
                                    row.unknown.push(key);
                                }
                            }
                        }
                        Ok(row)
                    }
                }
                deserializer.deserialize_map(Fields(std::marker::PhantomData))
            }
        }
    };
}
pub(crate) use table;
