-- Queues (teams), what agents may have, and when time alone acts.

CREATE TABLE queues (
    name TEXT PRIMARY KEY,
    -- The whole queue, as JSON.
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE agents ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
-- How many conversations at once; absent is as many as the settings say.
ALTER TABLE agents ADD COLUMN capacity INTEGER;

-- When an agent's console was last heard of, and when they were last given a conversation.
CREATE TABLE presence (
    agent BLOB PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    seen_at INTEGER,
    assigned_at INTEGER
) STRICT, WITHOUT ROWID;

-- When time alone does something next.
ALTER TABLE conversations ADD COLUMN due_at INTEGER;
CREATE INDEX conversations_by_due ON conversations (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_by_agent ON conversations (agent, status) WHERE agent IS NOT NULL;
CREATE INDEX conversations_by_status ON conversations (status, changed_at);
CREATE INDEX events_claimed ON events (at) WHERE kind = 'claimed';
