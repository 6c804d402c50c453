//! The readable view of a conversation.
