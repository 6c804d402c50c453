//! Canned responses: agents' prepared texts.
