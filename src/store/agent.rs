//! The people who answer.

use crate::conversation::AgentId;

/// A person who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Who.
    pub id: AgentId,
    /// The address to sign in with, in lower case.
    pub email: String,
    /// The name that visitors see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The argon2id hash of their password.
    pub password_hash: String,
    /// Whether they may no longer sign in.
    pub disabled: bool,
    /// Whether they take conversations when their console is open: `online`, `away` or `offline`.
    pub availability: Availability,
    /// The languages that they write, as BCP 47 tags; none named means any.
    pub languages: Vec<String>,
    /// How many conversations they may have at once; absent is as many as the settings say, 0 without limit.
    pub capacity: Option<u32>,
}

/// What an agent may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Answers visitors.
    Agent,
    /// Also sees and takes over others' conversations.
    Supervisor,
    /// Also manages the desk.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 3] = [Self::Agent, Self::Supervisor, Self::Administrator];

    /// The name on the wire and in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }
}

/// Whether an agent takes conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// Takes new ones.
    Online,
    /// Keeps theirs, takes no new ones.
    Away,
    /// Not there.
    Offline,
}

impl Availability {
    /// Every availability.
    pub const ALL: [Self; 3] = [Self::Online, Self::Away, Self::Offline];

    /// The name on the wire and in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Away => "away",
            Self::Offline => "offline",
        }
    }
}
