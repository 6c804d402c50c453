-- Ids are UUIDs as 16 bytes; times are nanoseconds since 1970, as INTEGER; JSON is text.

CREATE TABLE conversations (
    id BLOB PRIMARY KEY,
    visitor BLOB NOT NULL,
    status TEXT NOT NULL,
    -- The place in line, kept while an agent has it.
    queue TEXT,
    since INTEGER,
    -- Who has it, or had it last.
    agent BLOB,
    last_seq INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    -- The whole conversation; the columns above are taken from it.
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX conversations_by_visitor ON conversations (visitor, started_at);
CREATE INDEX conversations_by_change ON conversations (changed_at);
CREATE INDEX conversations_with_people ON conversations (since)
    WHERE status IN ('waiting', 'with_agent', 'snoozed');

-- With rowids: without them each body of more than 1 KB takes a page of its own, twice the space and the time.
CREATE TABLE events (
    conversation BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    client_id BLOB,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
) STRICT;

CREATE TABLE receipts (
    sender BLOB NOT NULL,
    client_id BLOB NOT NULL,
    body BLOB NOT NULL,
    conversation BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    PRIMARY KEY (sender, client_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipts_by_conversation ON receipts (conversation);

CREATE TABLE notes (
    conversation BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    after_seq INTEGER NOT NULL,
    agent BLOB NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    client_id BLOB,
    PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE visitors (
    id BLOB PRIMARY KEY,
    name TEXT,
    email TEXT,
    external_id TEXT,
    verified INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    page_url TEXT,
    page_title TEXT,
    referrer TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE agents (
    id BLOB PRIMARY KEY,
    -- In lower case.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    availability TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    -- SHA-256 of the session's secret.
    hash BLOB PRIMARY KEY,
    agent BLOB NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_agent ON sessions (agent);

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One row that is written to see whether writing works.
CREATE TABLE pulse (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    beats INTEGER NOT NULL
) STRICT;

INSERT INTO pulse VALUES (1, 0);
