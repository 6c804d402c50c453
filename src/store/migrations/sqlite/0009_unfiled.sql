-- Each change of a conversation is noted here: one table to write instead of a table, an index and a count. A mark is
-- another number every time, so that what has changed again meanwhile is not crossed off.
DROP TRIGGER conversation_erased;
DROP TRIGGER note_added;

CREATE TABLE noted (
    conversation BLOB PRIMARY KEY,
    mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO noted (conversation, mark) SELECT conversation, number FROM unfiled;
DROP TABLE unfiled;
ALTER TABLE noted RENAME TO unfiled;

CREATE TRIGGER conversation_erased AFTER DELETE ON conversations
BEGIN INSERT OR REPLACE INTO unfiled (conversation, mark) VALUES (old.id, random()); END;

CREATE TRIGGER note_added AFTER INSERT ON notes
BEGIN INSERT OR REPLACE INTO unfiled (conversation, mark) VALUES (new.conversation, random()); END;
