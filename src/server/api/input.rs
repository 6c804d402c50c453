//! What callers send: read into types that refuse what they do not know, with words that say what is wrong.

use std::sync::Arc;

use axum::{
    Json,
    extract::{
        FromRequest, FromRequestParts, Path, Query, Request,
        rejection::{JsonRejection, QueryRejection},
    },
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::server::{app::App, error::Problem, session::check_page};

/// A JSON body from a program or the desk's own pages. Other sites' forms cannot send that type, and say where they
/// come from.
#[derive(Debug, Clone)]
pub(crate) struct Input<T>(pub(crate) T);

/// What stands after the `?`.
#[derive(Debug, Clone)]
pub(crate) struct Filter<T>(pub(crate) T);

/// An id in the address; what is no id names nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Id(pub(crate) Uuid);

/// A name in the address.
#[derive(Debug, Clone)]
pub(crate) struct Name(pub(crate) String);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        check_page(app, request.headers())?;
        match Json::<T>::from_request(request, app).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(unreadable(&rejection)),
        }
    }
}

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Filter<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, app).await {
            Ok(Query(query)) => Ok(Self(query)),
            Err(rejection) => Err(invalid(wrong_query(&rejection))),
        }
    }
}

impl FromRequestParts<Arc<App>> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match Path::<Uuid>::from_request_parts(parts, app).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(no_such()),
        }
    }
}

impl FromRequestParts<Arc<App>> for Name {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match Path::<String>::from_request_parts(parts, app).await {
            Ok(Path(name)) => Ok(Self(name)),
            Err(_) => Err(no_such()),
        }
    }
}

/// What is sent is not as it should be.
pub(crate) fn invalid(message: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "invalid", message)
}

/// The same words for what does not exist and for what the caller may not see.
pub(crate) fn no_such() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "there is no such thing here, or you may not see it")
}

/// Something like it is there already, or it was changed meanwhile.
pub(crate) fn taken(message: &str) -> Problem {
    Problem::new(StatusCode::CONFLICT, "taken", message)
}

/// Words to look for, if they are not too many.
pub(crate) fn short(field: &str, text: String, most: usize) -> Result<String, Problem> {
    if text.chars().count() > most {
        return Err(invalid(format!("{field}: at most {most} characters")));
    }
    Ok(text)
}

/// One line of at most so many characters.
pub(crate) fn line(field: &str, text: &str, most: usize) -> Result<String, Problem> {
    let line = text.trim();
    if line.is_empty() || line.chars().count() > most || line.chars().any(char::is_control) {
        return Err(invalid(format!("{field}: one line of 1 to {most} characters")));
    }
    Ok(line.to_owned())
}

/// Words of at most so many characters, with line breaks.
pub(crate) fn text(field: &str, text: &str, most: usize) -> Result<String, Problem> {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let text = text.replace("\r\n", "\n");
    if text.trim().is_empty() || text.chars().count() > most || text.chars().any(is_odd) {
        return Err(invalid(format!("{field}: text of 1 to {most} characters")));
    }
    Ok(text)
}

fn unreadable(rejection: &JsonRejection) -> Problem {
    let because = |what: &str| format!("{what}: {}", reason(&rejection.body_text()));
    match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            let message = "send JSON, with content-type: application/json";
            Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid", message)
        }
        JsonRejection::JsonDataError(_) => invalid(because("a field is missing or wrong")),
        JsonRejection::JsonSyntaxError(_) => invalid(because("this is not JSON")),
        JsonRejection::BytesRejection(_) | _ => {
            Problem::new(rejection.status(), "invalid", "this request cannot be read, or is too large")
        }
    }
}

fn wrong_query(rejection: &QueryRejection) -> String {
    format!("a part of the query is wrong: {}", reason(&rejection.body_text()))
}

/// The reason alone, without the library's own introduction.
fn reason(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_librarys_introduction_is_left_out() {
        assert_eq!(reason("Failed to deserialize: role: unknown variant `boss`"), "role: unknown variant `boss`");
        assert_eq!(reason("nothing to split"), "nothing to split");
    }
}
