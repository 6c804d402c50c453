-- Whoever writes a conversation notes it for the archive in a statement of its own: a trigger that may fail makes SQLite
-- keep copies of every page that the statement changes, which was a quarter of each commit.
DROP TRIGGER conversation_begun;
DROP TRIGGER conversation_grown;
