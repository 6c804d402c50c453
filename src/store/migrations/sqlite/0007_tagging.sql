-- Whoever resolves a conversation writes its tags in a statement of its own: SQLite got ready to undo every change of a
-- conversation because of a trigger that one in many needs.
DROP TRIGGER conversation_tagged;
