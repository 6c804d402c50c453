-- Visitors who were erased, and when: what a backup still has of them is erased again.
CREATE TABLE erased (
    visitor BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
