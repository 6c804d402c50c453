//! What the archive still has to read.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::{
    conversation::ConversationId,
    store::{
        ArchiveFeed, SqliteStore, StoreError, Unfiled,
        sqlite::{
            queries::{all, uuid},
            writes::write,
        },
    },
};

/// The archive has to read this conversation again: a new mark says that it has grown, should it be read right now.
pub(super) fn note(db: &Connection, conversation: Uuid) -> Result<(), StoreError> {
    let words = "INSERT OR REPLACE INTO unfiled (conversation, mark) VALUES (?1, random())";
    write(db, words, [conversation.as_bytes()]).map(drop)
}

#[async_trait]
impl ArchiveFeed for SqliteStore {
    async fn unfiled(&self, limit: u32) -> Result<Vec<Unfiled>, StoreError> {
        let words = "SELECT mark, conversation FROM unfiled ORDER BY conversation LIMIT ?1";
        let read = |row: &Row<'_>| Ok(Unfiled { mark: row.get(0)?, conversation: ConversationId(uuid(row, 1)?) });
        self.readers.run(move |db| all(db, words, [limit], read)).await
    }

    async fn filed(&self, read: Vec<Unfiled>) -> Result<(), StoreError> {
        let words = "DELETE FROM unfiled WHERE mark = ?1 AND conversation = ?2";
        self.writer
            .run(move |db| {
                read.iter()
                    .try_for_each(|one| write(db, words, params![one.mark, one.conversation.0.as_bytes()]).map(drop))
            })
            .await
    }

    async fn refile_all(&self) -> Result<(), StoreError> {
        let words = "INSERT OR IGNORE INTO unfiled (conversation, mark) SELECT id, random() FROM conversations";
        self.writer.run(move |db| write(db, words, []).map(drop)).await
    }
}
