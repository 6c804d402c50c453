-- What administrators and programs need: the audit log, keys, small records, tags, words about contacts.

CREATE TABLE audit (
    -- A version 7 UUID.
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor BLOB,
    actor_name TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_time ON audit (at, id);

CREATE TABLE api_keys (
    id BLOB PRIMARY KEY,
    -- SHA-256 of the secret.
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    read_only INTEGER NOT NULL,
    queues TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    owner BLOB REFERENCES agents (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    conversation BLOB REFERENCES conversations (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX records_by_name ON records (kind, ifnull(owner, x''), name COLLATE NOCASE);
CREATE INDEX records_by_conversation ON records (conversation) WHERE conversation IS NOT NULL;

-- How often a canned response was used, also one that lies beside the articles.
CREATE TABLE uses (
    id BLOB PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_tags (
    conversation BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (conversation, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag);

CREATE TABLE contact_notes (
    id BLOB PRIMARY KEY,
    visitor BLOB NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    agent BLOB,
    author TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_notes_by_visitor ON contact_notes (visitor, at);

-- What the numbers count; a message is the most frequent event and is counted by its conversation.
CREATE INDEX events_by_kind ON events (kind, at) WHERE kind IN ('escalated', 'conversation_rated');
CREATE INDEX conversations_by_start ON conversations (started_at);

-- The conversations that the archive has to read again. The database notes every change by itself.
CREATE TABLE unfiled (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation BLOB NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER conversation_begun AFTER INSERT ON conversations
BEGIN INSERT OR REPLACE INTO unfiled (conversation) VALUES (new.id); END;

CREATE TRIGGER conversation_grown AFTER UPDATE OF last_seq ON conversations
BEGIN INSERT OR REPLACE INTO unfiled (conversation) VALUES (new.id); END;

CREATE TRIGGER conversation_erased AFTER DELETE ON conversations
BEGIN INSERT OR REPLACE INTO unfiled (conversation) VALUES (old.id); END;

CREATE TRIGGER note_added AFTER INSERT ON notes
BEGIN INSERT OR REPLACE INTO unfiled (conversation) VALUES (new.conversation); END;

-- The tags that an agent gave while resolving join those that it has.
CREATE TRIGGER conversation_tagged AFTER UPDATE OF status ON conversations
WHEN new.status = 'resolved' AND old.status <> 'resolved'
BEGIN
    INSERT OR IGNORE INTO conversation_tags (conversation, tag)
        SELECT new.id, value FROM json_each(new.state, '$.tags') WHERE type = 'text';
END;

INSERT INTO unfiled (conversation) SELECT id FROM conversations;
