//! Small things that agents make.

use async_trait::async_trait;
use rusqlite::{Row, params};
use uuid::Uuid;

use crate::{
    conversation::{AgentId, ConversationId},
    store::{
        Record, RecordKind, Records, SqliteStore, StoreError,
        rows::{self, nanoseconds},
        sqlite::{
            queries::{all, one, optional_uuid, uuid},
            writes::write,
        },
    },
};

const RECORDS: &str = "SELECT kind, id, owner, name, conversation, body, changed_at FROM records";

#[async_trait]
impl Records for SqliteStore {
    async fn records(&self, kind: RecordKind, owner: Option<AgentId>) -> Result<Vec<Record>, StoreError> {
        let words =
            format!("{RECORDS} WHERE kind = ?1 AND (owner IS NULL OR owner = ?2) ORDER BY name COLLATE NOCASE, id");
        let owner = owner.map(|owner| owner.0.into_bytes());
        self.readers.run(move |db| all(db, &words, params![kind.as_str(), owner], to_record)).await
    }

    async fn record_by_id(&self, kind: RecordKind, id: Uuid) -> Result<Option<Record>, StoreError> {
        let words = format!("{RECORDS} WHERE kind = ?1 AND id = ?2");
        self.readers.run(move |db| one(db, &words, params![kind.as_str(), id.as_bytes()], to_record)).await
    }

    async fn save_record(&self, record: Record) -> Result<(), StoreError> {
        let words = "INSERT INTO records (kind, id, owner, name, conversation, body, changed_at) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (kind, id) DO UPDATE SET \
                     owner = excluded.owner, name = excluded.name, body = excluded.body, \
                     changed_at = excluded.changed_at";
        self.writer
            .run(move |db| {
                let values = params![
                    record.kind.as_str(),
                    record.id.as_bytes(),
                    record.owner.as_ref().map(|owner| owner.0.as_bytes()),
                    record.name,
                    record.conversation.as_ref().map(|conversation| conversation.0.as_bytes()),
                    record.body,
                    nanoseconds(record.changed_at),
                ];
                write(db, words, values).map(drop)
            })
            .await
    }

    async fn remove_record(&self, kind: RecordKind, id: Uuid) -> Result<bool, StoreError> {
        let words = "DELETE FROM records WHERE kind = ?1 AND id = ?2";
        self.writer.run(move |db| write(db, words, params![kind.as_str(), id.as_bytes()]).map(|count| count > 0)).await
    }

    async fn count_use(&self, id: Uuid) -> Result<(), StoreError> {
        let words = "INSERT INTO uses (id, count) VALUES (?1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1";
        self.writer.run(move |db| write(db, words, [id.as_bytes()]).map(drop)).await
    }

    async fn uses(&self) -> Result<Vec<(Uuid, u64)>, StoreError> {
        let read = |row: &Row<'_>| Ok((uuid(row, 0)?, rows::count(row.get(1)?)?));
        self.readers.run(move |db| all(db, "SELECT id, count FROM uses", [], read)).await
    }
}

fn to_record(row: &Row<'_>) -> Result<Record, StoreError> {
    let kind: String = row.get(0)?;
    Ok(Record {
        kind: rows::named(RecordKind::ALL, RecordKind::as_str, &kind)?,
        id: uuid(row, 1)?,
        owner: optional_uuid(row, 2)?.map(AgentId),
        name: row.get(3)?,
        conversation: optional_uuid(row, 4)?.map(ConversationId),
        body: row.get(5)?,
        changed_at: rows::time(row.get(6)?)?,
    })
}
