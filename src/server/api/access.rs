//! Who calls, and whether they may. The first extractor of a handler is one of these:
//!
//! | Extractor | Lets in |
//! |---|---|
//! | [`Caller`] | every agent who is signed in, and every key |
//! | [`Person`] | every agent who is signed in |
//! | [`Supervisor`] | supervisors, administrators and their like among the keys |
//! | [`Administrator`] | administrators and their like among the keys |
//!
//! What a session changes must come from the desk's own pages: some browsers send the cookie with other sites'
//! requests too, so their `Origin` is refused.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};

use crate::{
    server::{
        app::App,
        error::Problem,
        session::{check_page, signed_in},
    },
    store::{Actor, Agent, ApiKey, Role, Sight},
};

/// Somebody, or a program, that has said who it is.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    /// Somebody who is signed in.
    Agent(Agent),
    /// A program with a key.
    Key(ApiKey),
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Person(pub(crate) Agent);

/// A caller who sees every conversation.
#[derive(Debug, Clone)]
pub(crate) struct Supervisor(pub(crate) Caller);

/// A caller who manages the desk.
#[derive(Debug, Clone)]
pub(crate) struct Administrator(pub(crate) Caller);

impl Caller {
    pub(crate) fn role(&self) -> Role {
        match self {
            Self::Agent(agent) => agent.role,
            Self::Key(key) => key.role,
        }
    }

    /// As the audit log names them.
    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::Agent(agent) => agent.to_actor(),
            Self::Key(key) => key.to_actor(),
        }
    }

    /// The agent, when it is one.
    pub(crate) fn agent(&self) -> Option<&Agent> {
        match self {
            Self::Agent(agent) => Some(agent),
            Self::Key(_) => None,
        }
    }

    /// What they may see.
    pub(crate) fn sight(&self, app: &App) -> Sight {
        match self {
            Self::Agent(agent) => app.chat.sight(agent),
            Self::Key(key) if key.role == Role::Agent => {
                app.chat.sight_of(None, |queue| key.queues.contains(&queue.name))
            }
            Self::Key(_) => Sight::Everything,
        }
    }

    /// The caller, if they may do as much as this role.
    pub(crate) fn with_role(self, least: Role) -> Result<Self, Problem> {
        if self.role() >= least {
            return Ok(self);
        }
        Err(forbidden(match least {
            Role::Agent => "only agents may do this",
            Role::Supervisor => "only supervisors and administrators may do this",
            Role::Administrator => "only administrators may do this",
        }))
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        if let Some(secret) = bearer(&parts.headers) {
            let key = app.chat.key(secret).await?;
            let key = key.ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "denied", "this key is not valid"))?;
            if key.read_only && !parts.method.is_safe() {
                return Err(forbidden("this key may only read"));
            }
            return Ok(Self::Key(key));
        }
        if !parts.method.is_safe() {
            check_page(app, &parts.headers)?;
        }
        signed_in(app, &parts.headers).await.map(Self::Agent)
    }
}

impl FromRequestParts<Arc<App>> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match Caller::from_request_parts(parts, app).await? {
            Caller::Agent(agent) => Ok(Self(agent)),
            Caller::Key(_) => Err(forbidden("this is for people who are signed in, not for keys")),
        }
    }
}

impl FromRequestParts<Arc<App>> for Supervisor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        Caller::from_request_parts(parts, app).await?.with_role(Role::Supervisor).map(Self)
    }
}

impl FromRequestParts<Arc<App>> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        Caller::from_request_parts(parts, app).await?.with_role(Role::Administrator).map(Self)
    }
}

fn forbidden(message: &str) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "forbidden", message)
}

/// The key in `Authorization: Bearer …`; an empty one when the header says something else.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().unwrap_or_default();
    let (scheme, secret) = value.split_once(' ').unwrap_or((value, ""));
    Some(if scheme.eq_ignore_ascii_case("bearer") { secret.trim() } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_holds_no_key_is_a_wrong_key_not_a_session() {
        let mut headers = HeaderMap::new();
        assert_eq!(bearer(&headers), None);
        for (value, secret) in
            [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("abc", ""), ("", "")]
        {
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            assert_eq!(bearer(&headers), Some(secret), "{value}");
        }
    }
}
