//! Programs' keys.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::store::{
    ApiKey, Keys, SqliteStore, StoreError,
    rows::{self, nanoseconds},
    sqlite::{
        queries::{all, one, uuid},
        writes::{changed, write},
    },
};

const KEYS: &str = "SELECT id, name, role, read_only, queues, made_by, made_at, used_at, revoked_at FROM api_keys";

#[async_trait]
impl Keys for SqliteStore {
    async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.readers.run(|db| all(db, &format!("{KEYS} ORDER BY made_at DESC, id DESC"), [], to_key)).await
    }

    async fn api_key(&self, hash: [u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        self.readers
            .run(move |db| one(db, &format!("{KEYS} WHERE hash = ?1 AND revoked_at IS NULL"), [hash], to_key))
            .await
    }

    async fn key_was_used(&self, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
        let words = "UPDATE api_keys SET used_at = ?1 WHERE id = ?2";
        self.writer.run(move |db| write(db, words, params![nanoseconds(at), id.as_bytes()]).map(drop)).await
    }
}

pub(super) fn add(db: &Connection, key: &ApiKey, hash: [u8; 32]) -> Result<(), StoreError> {
    let words = "INSERT INTO api_keys (id, hash, name, role, read_only, queues, made_by, made_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let values = params![
        key.id.as_bytes(),
        hash,
        key.name,
        key.role.as_str(),
        key.read_only,
        rows::to_json(&key.queues)?,
        key.made_by,
        nanoseconds(key.made_at),
    ];
    write(db, words, values).map(drop)
}

pub(super) fn revoke(db: &Connection, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let words = "UPDATE api_keys SET revoked_at = ?1 WHERE id = ?2 AND revoked_at IS NULL";
    changed(write(db, words, params![nanoseconds(at), id.as_bytes()])?)
}

fn to_key(row: &Row<'_>) -> Result<ApiKey, StoreError> {
    let role: String = row.get(2)?;
    let queues: String = row.get(4)?;
    Ok(ApiKey {
        id: uuid(row, 0)?,
        name: row.get(1)?,
        role: rows::role(&role)?,
        read_only: row.get(3)?,
        queues: rows::from_json(&queues)?,
        made_by: row.get(5)?,
        made_at: rows::time(row.get(6)?)?,
        used_at: row.get::<_, Option<i64>>(7)?.map(rows::time).transpose()?,
        revoked_at: row.get::<_, Option<i64>>(8)?.map(rows::time).transpose()?,
    })
}
