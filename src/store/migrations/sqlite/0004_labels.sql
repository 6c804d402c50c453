-- What visitors and agents said about the bot's answers. They go with their conversation.
CREATE TABLE labels (
    conversation BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    answer INTEGER NOT NULL,
    judge TEXT NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    locale TEXT NOT NULL,
    -- The article that answers the question; absent when none does.
    article TEXT,
    PRIMARY KEY (conversation, answer, judge)
) STRICT, WITHOUT ROWID;

CREATE INDEX labels_by_time ON labels (at);
