//! From text to a frame, or to an error that says what is wrong with it.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    conversation::ClientId,
    protocol::{ErrorCode, ErrorFrame, agent::AgentFrame, visitor::VisitorFrame},
};

const VISITOR_TYPES: [&str; 14] = [
    "hello",
    "send_message",
    "request_agent",
    "withdraw",
    "rate_answer",
    "rate_conversation",
    "leave_contact",
    "end",
    "identify",
    "attributes",
    "page",
    "locale",
    "typing",
    "seen",
];
const AGENT_TYPES: [&str; 17] = [
    "hello",
    "follow",
    "unfollow",
    "claim",
    "reply",
    "note",
    "release",
    "transfer",
    "give_back",
    "show",
    "take_over",
    "view",
    "snooze",
    "resolve",
    "set_availability",
    "typing",
    "suggest",
];

/// A text that is no frame, and the id of the frame that it should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFrame {
    /// What to answer.
    pub error: ErrorFrame,
}

/// Reads a visitor's frame.
///
/// # Errors
/// `unknown_type` for a type that is not in the contract, `bad_frame` for everything else.
pub fn parse_visitor(text: &str) -> Result<VisitorFrame, BadFrame> {
    let mut object = parse_object(text, &VISITOR_TYPES)?;
    if object.get("type").and_then(Value::as_str) == Some("attributes") {
        gather_attributes(&mut object);
    }
    if let Some(Value::Object(identity)) = object.get_mut("identity") {
        stringify_attributes(identity);
    }
    typed(object)
}

/// Reads an agent's frame.
///
/// # Errors
/// As [`parse_visitor`].
pub fn parse_agent(text: &str) -> Result<AgentFrame, BadFrame> {
    typed(parse_object(text, &AGENT_TYPES)?)
}

fn parse_object(text: &str, types: &[&str]) -> Result<Map<String, Value>, BadFrame> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| bad(ErrorCode::BadFrame, format!("not JSON: {error}"), None))?;
    let Value::Object(mut object) = value else {
        return Err(bad(ErrorCode::BadFrame, "a frame is one JSON object", None));
    };
    object.retain(|_, value| !value.is_null());
    let client_id = client_id(&object);
    match object.get("type") {
        Some(Value::String(kind)) if types.contains(&kind.as_str()) => Ok(object),
        Some(Value::String(kind)) => {
            let kind: String = kind.chars().take(40).collect();
            Err(bad(ErrorCode::UnknownType, format!("there is no frame of type {kind:?}"), client_id))
        }
        Some(_) | None => Err(bad(ErrorCode::BadFrame, "a frame needs a type, as text", client_id)),
    }
}

fn typed<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, BadFrame> {
    let client_id = client_id(&object);
    serde_json::from_value(Value::Object(object))
        .map_err(|error| bad(ErrorCode::BadFrame, format!("a field is missing or wrong: {error}"), client_id))
}

fn client_id(object: &Map<String, Value>) -> Option<ClientId> {
    object.get("client_id")?.as_str()?.parse().ok()
}

/// Attributes may stand in a field of that name or beside `type`.
fn gather_attributes(object: &mut Map<String, Value>) {
    if !object.get("attributes").is_some_and(Value::is_object) {
        let inline: Map<_, _> =
            object.iter().filter(|(key, _)| *key != "type").map(|(k, v)| (k.clone(), v.clone())).collect();
        object.insert("attributes".to_owned(), Value::Object(inline));
    }
    stringify_attributes(object);
}

/// Numbers and booleans are as good as text.
fn stringify_attributes(object: &mut Map<String, Value>) {
    let Some(Value::Object(attributes)) = object.get_mut("attributes") else { return };
    attributes.retain(|_, value| !value.is_null());
    for value in attributes.values_mut() {
        if value.is_number() || value.is_boolean() {
            *value = Value::String(value.to_string());
        }
    }
}

fn bad(code: ErrorCode, message: impl Into<String>, client_id: Option<ClientId>) -> BadFrame {
    BadFrame { error: ErrorFrame { code, message: message.into(), client_id, retry_after_s: None } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ErrorCode {
        parse_visitor(text).unwrap_err().error.code
    }

    #[test]
    fn what_is_no_frame_says_why() {
        for text in ["", "{", "[]", "1", "null", "{}", r#"{"type":1}"#, r#"{"type":"send_message"}"#] {
            assert_eq!(code(text), ErrorCode::BadFrame, "{text}");
        }
        assert_eq!(code(r#"{"type":"dance"}"#), ErrorCode::UnknownType);
        assert_eq!(code(r#"{"type":"send_message","client_id":"x","text":"a"}"#), ErrorCode::BadFrame);
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(code(&deep), ErrorCode::BadFrame);
    }

    #[test]
    fn an_error_names_the_frame_that_caused_it() {
        let id = "6f1f1bd4-3a0c-4c6e-9f2e-0d7f1f2a3b4c";
        let error = parse_visitor(&format!(r#"{{"type":"send_message","client_id":"{id}"}}"#)).unwrap_err().error;
        assert_eq!(error.client_id, Some(id.parse().unwrap()));
    }

    #[test]
    fn null_counts_as_absent_and_unknown_fields_are_ignored() {
        let frame = parse_visitor(r#"{"type":"hello","token":null,"after":3,"colour":"red"}"#).unwrap();
        let VisitorFrame::Hello(hello) = frame else { panic!("not hello") };
        assert_eq!((hello.token, hello.after), (None, Some(3)));
    }

    #[test]
    fn attributes_may_be_inline_and_numbers_are_text() {
        for text in [
            r#"{"type":"attributes","attributes":{"plan":"pro","seats":3}}"#,
            r#"{"type":"attributes","plan":"pro","seats":3}"#,
        ] {
            let VisitorFrame::Attributes { attributes } = parse_visitor(text).unwrap() else {
                panic!("not attributes")
            };
            assert_eq!(attributes["plan"], "pro");
            assert_eq!(attributes["seats"], "3");
        }
    }

    #[test]
    fn agents_frames_parse() {
        let id = "6f1f1bd4-3a0c-4c6e-9f2e-0d7f1f2a3b4c";
        for text in [
            r#"{"type":"hello"}"#.to_owned(),
            format!(r#"{{"type":"follow","conversation":"{id}","after":0}}"#),
            format!(r#"{{"type":"claim","conversation":"{id}","client_id":"{id}"}}"#),
            format!(r#"{{"type":"reply","conversation":"{id}","client_id":"{id}","text":"hi"}}"#),
            format!(r#"{{"type":"resolve","conversation":"{id}","client_id":"{id}"}}"#),
            r#"{"type":"set_availability","availability":"away"}"#.to_owned(),
            format!(r#"{{"type":"suggest","conversation":"{id}"}}"#),
        ] {
            parse_agent(&text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        }
        assert_eq!(parse_agent(r#"{"type":"claim"}"#).unwrap_err().error.code, ErrorCode::BadFrame);
    }
}
