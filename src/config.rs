//! Settings: a file, then the environment, then flags. An unknown key is refused with the nearest known one.

mod layers;
mod sections;

use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::sections::{Answers, Handoff, Identity, Knowledge, Limits, Privacy, Server, Store, Trigger, Widget};

/// Why the settings cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings file {path}: check the path and its permissions")]
    Unreadable {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("the settings in {origin} are not valid TOML: {message}")]
    NotToml {
        /// Where they come from.
        origin: String,
        /// What is wrong, with its line.
        message: String,
    },
    /// No such setting.
    #[error("unknown setting `{key}` in {origin}{}", nearest.as_ref().map(|known| format!("; did you mean `{known}`?")).unwrap_or_default())]
    UnknownKey {
        /// The key as written.
        key: String,
        /// Where it was written.
        origin: String,
        /// The known key that looks most like it.
        nearest: Option<String>,
    },
    /// A setting has a value of the wrong kind.
    #[error("a setting has a value that does not fit: {0}")]
    WrongValue(String),
}

/// Every setting.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The HTTP server.
    pub server: Server,
    /// How the widget looks and greets.
    pub widget: Widget,
    /// The articles.
    pub knowledge: Knowledge,
    /// Where conversations are kept.
    pub store: Store,
    /// When the bot answers.
    pub answers: Answers,
    /// When people take over.
    pub handoff: Handoff,
    /// Protection from floods; 0 switches a limit off.
    pub limits: Limits,
    /// How the site says who a visitor is.
    pub identity: Identity,
    /// How long things are kept.
    pub privacy: Privacy,
}

/// Reads the settings: defaults, then the file, then `FRONTDESK_<SECTION>__<KEY>` variables.
///
/// Without an explicit file, `frontdesk.toml` in the working directory is read if it exists.
///
/// # Errors
/// When a layer cannot be read, has an unknown key or a value of the wrong kind.
pub fn load(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, ConfigError> {
    let mut table = layers::from_file(file)?;
    layers::merge(&mut table, layers::from_environment(environment)?);
    table.try_into().map_err(|error: toml::de::Error| ConfigError::WrongValue(error.message().to_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn load_text(text: &str, environment: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        load(Some(file.path()), environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_example_has_every_setting_with_its_default() {
        let text = include_str!("../frontdesk.example.toml");
        let example: toml::Table = text.parse().unwrap();
        assert_eq!(example, toml::Table::try_from(Settings::default()).unwrap());
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let settings = load_text(
            "[server]\nlisten = \"127.0.0.1:1\"\n[limits]\nframe_bytes = 5",
            &[
                ("FRONTDESK_SERVER__LISTEN", "127.0.0.1:2"),
                ("FRONTDESK_SERVER__ALLOWED_ORIGINS", "https://a.example, https://b.example"),
                ("FRONTDESK_ANSWERS__ANSWER_AT", "0.6"),
                ("PATH", "/bin"),
            ],
        )
        .unwrap();
        assert_eq!(settings.server.listen, "127.0.0.1:2");
        assert_eq!(settings.server.allowed_origins, ["https://a.example", "https://b.example"]);
        assert_eq!(settings.limits.frame_bytes, 5);
        assert!((settings.answers.answer_at - 0.6).abs() < f64::EPSILON);
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest_known_one() {
        let error = load_text("[server]\nlisten_on = \"x\"", &[]).unwrap_err().to_string();
        assert!(error.contains("`server.listen_on`") && error.contains("`server.listen`"), "{error}");
        let error = load_text("[limit]\nframe_bytes = 1", &[]).unwrap_err().to_string();
        assert!(error.contains("`limit`") && error.contains("`limits`"), "{error}");
        let error = load_text("", &[("FRONTDESK_ANSWERS__ANSWERAT", "1")]).unwrap_err().to_string();
        assert!(error.contains("FRONTDESK_ANSWERS__ANSWERAT") && error.contains("`answers.answer_at`"), "{error}");
    }

    #[test]
    fn a_wrong_value_and_broken_toml_say_so() {
        assert!(matches!(load_text("[limits]\nframe_bytes = \"many\"", &[]), Err(ConfigError::WrongValue(_))));
        assert!(matches!(load_text("[limits\n", &[]), Err(ConfigError::NotToml { .. })));
        assert!(matches!(load(Some(Path::new("/nowhere.toml")), []), Err(ConfigError::Unreadable { .. })));
    }
}
