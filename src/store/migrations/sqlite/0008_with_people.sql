-- The same index as before in other words: for a list of three, SQLite makes a table of its own with every write.
DROP INDEX conversations_with_people;
CREATE INDEX conversations_with_people ON conversations (since)
    WHERE status <> 'with_bot' AND status <> 'resolved';
