//! How values that SQLite does not know stand in a column.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde_json::Value;

/// JSON that is nested deeper cannot be read again: the parser stops there.
const DEEPEST: usize = 127;

/// A JSON value as text. Every value becomes text, so that `null` and numbers come back as they went in.
pub(crate) struct Json(pub(crate) Value);

/// The same, borrowed.
pub(crate) struct JsonRef<'a>(pub(crate) &'a Value);

impl ToSql for JsonRef<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        if depth_exceeds(self.0, DEEPEST) {
            let reason = format!("JSON is nested deeper than {DEEPEST} levels");
            return Err(rusqlite::Error::ToSqlConversionFailure(reason.into()));
        }
        let text = serde_json::to_string(self.0)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        Ok(ToSqlOutput::from(text))
    }
}

impl FromSql for Json {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

fn depth_exceeds(value: &Value, levels: usize) -> bool {
    let mut pending = vec![(value, 0)];
    while let Some((value, depth)) = pending.pop() {
        if depth > levels {
            return true;
        }
        match value {
            Value::Array(items) => pending.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(fields) => pending.extend(fields.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    false
}

/// An enumeration that stands in its column as the word its JSON uses.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// The word in the database and in JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(rusqlite::types::ToSqlOutput::from(self.as_str()))
            }
        }
        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(rusqlite::types::FromSqlError::other(std::io::Error::other(concat!(
                        "unknown ", stringify!($name)
                    )))),
                }
            }
        }
    };
}
pub(crate) use words;

/// Turns a limit into what SQL understands.
pub(crate) fn sql_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// A new id.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> Value {
        (0..levels).fold(Value::Null, |inner, _| Value::Array(vec![inner]))
    }

    #[test]
    fn what_can_be_written_can_be_read() {
        for value in [
            Value::Null,
            true.into(),
            1.into(),
            1.5.into(),
            "text \0 \u{1F980}".into(),
            nested(DEEPEST),
        ] {
            let text = match JsonRef(&value).to_sql().unwrap() {
                ToSqlOutput::Owned(rusqlite::types::Value::Text(text)) => text,
                other => panic!("not text: {other:?}"),
            };
            assert_eq!(Json::column_result(ValueRef::Text(text.as_bytes())).unwrap().0, value);
        }
    }

    #[test]
    fn what_could_not_be_read_is_not_written() {
        assert!(JsonRef(&nested(DEEPEST + 1)).to_sql().is_err());
    }
}
