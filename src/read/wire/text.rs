//! A value as it is written, whatever its type in the file.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A value as it is written. TOML and JSON numbers, booleans and dates become their text, lists
/// become their items with `; ` between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<'a>(pub Cow<'a, str>);

impl std::ops::Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Text<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(|text| Text(Cow::Owned(text)))
    }
}

/// The key under which the toml crate hands out its dates.
const TOML_DATE: &str = "$__toml_private_datetime";

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = String;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, number, date, true or false, or a list of these")
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }
    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Ok(if value { "yes" } else { "no" }.to_owned())
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }
    // The shortest text that gives the same number again: 0.1 stays "0.1".
    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        Ok(value.to_string())
    }
    fn visit_unit<E: Error>(self) -> Result<String, E> {
        Ok(String::new())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<String, A::Error> {
        let mut text = String::new();
        while let Some(item) = items.next_element::<Text<'_>>()? {
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&item);
        }
        Ok(text)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, value)) if key == TOML_DATE => Ok(value),
            _ => Err(A::Error::custom("expected a single value here, found a table")),
        }
    }
}

impl schemars::JsonSchema for Text<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let item = generator.subschema_for::<Plain>();
        schemars::json_schema!({
            "description": "A value: text, number, true or false, or a list of these. \
                Dates are texts (\"2027-01-05\"). null = not said.",
            "anyOf": [item, { "type": "array", "items": item }, { "type": "null" }]
        })
    }
}

/// A value that is not a list.
struct Plain;

impl schemars::JsonSchema for Plain {
    fn schema_name() -> Cow<'static, str> {
        "PlainValue".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "number", "boolean"] })
    }
}
