//! The layers of settings, as TOML tables, before they are given types.

use std::{fs, io::ErrorKind, path::Path};

use toml::{Table, Value};

use crate::config::{ConfigError, Settings};

const PREFIX: &str = "FRONTDESK_";
const DEFAULT_FILE: &str = "frontdesk.toml";

pub(crate) fn from_file(file: Option<&Path>) -> Result<Table, ConfigError> {
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    let origin = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && file.is_none() => return Ok(Table::new()),
        Err(source) => return Err(ConfigError::Unreadable { path: origin, source }),
    };
    let table: Table = text.parse().map_err(|error: toml::de::Error| ConfigError::NotToml {
        origin: origin.clone(),
        message: error.to_string(),
    })?;
    check_keys(&table, &origin)?;
    Ok(table)
}

pub(crate) fn from_environment(variables: impl IntoIterator<Item = (String, String)>) -> Result<Table, ConfigError> {
    let known = known_settings()?;
    let mut table = Table::new();
    for (variable, text) in variables {
        let Some((section, key)) = variable.strip_prefix(PREFIX).and_then(|rest| rest.split_once("__")) else {
            continue;
        };
        let (section, key) = (section.to_ascii_lowercase(), key.to_ascii_lowercase());
        let Some(default) = known.get(&section).and_then(|section| section.get(&key)) else {
            let key = format!("{section}.{key}");
            return Err(unknown(&key, &format!("the environment variable {variable}"), &all_keys(&known)));
        };
        let entry = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(section) = entry {
            section.insert(key, value_like(default, &text));
        }
    }
    Ok(table)
}

/// Puts the upper layer over the lower one, key by key.
pub(crate) fn merge(lower: &mut Table, upper: Table) {
    for (key, value) in upper {
        match (lower.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                lower.insert(key, value);
            }
        }
    }
}

/// Text from the environment, read as a value of the same kind as the default.
fn value_like(default: &Value, text: &str) -> Value {
    match default {
        Value::String(_) => Value::String(text.to_owned()),
        Value::Array(_) if !text.trim_start().starts_with('[') => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
        }
        Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::Array(_)
        | Value::Table(_) => format!("value = {text}")
            .parse::<Table>()
            .ok()
            .and_then(|mut table| table.remove("value"))
            .unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

fn known_settings() -> Result<Table, ConfigError> {
    Table::try_from(Settings::default()).map_err(|error| ConfigError::WrongValue(error.to_string()))
}

fn check_keys(table: &Table, origin: &str) -> Result<(), ConfigError> {
    let known = known_settings()?;
    for (section, value) in table {
        let Some(Value::Table(known_section)) = known.get(section) else {
            return Err(unknown(section, origin, &known.keys().cloned().collect::<Vec<_>>()));
        };
        for key in value.as_table().into_iter().flat_map(Table::keys) {
            if !known_section.contains_key(key) {
                return Err(unknown(&format!("{section}.{key}"), origin, &all_keys(&known)));
            }
        }
    }
    Ok(())
}

fn all_keys(known: &Table) -> Vec<String> {
    let keys = |(section, value): (&String, &Value)| {
        let keys: Vec<_> =
            value.as_table().into_iter().flat_map(Table::keys).map(|key| format!("{section}.{key}")).collect();
        keys
    };
    known.iter().flat_map(keys).collect()
}

fn unknown(key: &str, origin: &str, known: &[String]) -> ConfigError {
    let nearest = known.iter().min_by_key(|candidate| strsim::damerau_levenshtein(key, candidate)).cloned();
    ConfigError::UnknownKey { key: key.to_owned(), origin: origin.to_owned(), nearest }
}
