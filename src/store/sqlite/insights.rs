//! The facts that the desk's numbers are made of.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::Row;

use crate::{
    conversation::Reason,
    store::{
        Course, Insights, Period, Questions, SqliteStore, StoreError,
        rows::{self, nanoseconds},
        sqlite::queries::{all, one},
    },
};

/// One row a conversation, so that every number is a count of conversations.
const COURSES: &str = "
    SELECT started_at, changed_at, status,
        EXISTS (SELECT 1 FROM events e WHERE e.conversation = c.id AND
            (e.kind IN ('claimed', 'contact_left') OR (e.kind = 'message' AND e.body ->> '$.author.kind' = 'agent'))),
        (SELECT e.body ->> '$.helpful' FROM events e WHERE e.conversation = c.id AND e.kind = 'answer_rated'
            ORDER BY e.seq DESC LIMIT 1),
        EXISTS (SELECT 1 FROM events e WHERE e.conversation = c.id AND e.kind = 'message'
            AND e.body ->> '$.decision.verdict' = 'answer'),
        asked.at,
        (SELECT min(e.at) FROM events e WHERE e.conversation = c.id AND e.seq > asked.seq AND e.kind = 'message'
            AND e.body ->> '$.author.kind' = 'agent'),
        (SELECT e.body ->> '$.score' FROM events e WHERE e.conversation = c.id AND e.kind = 'conversation_rated'
            ORDER BY e.seq DESC LIMIT 1)
    FROM conversations c LEFT JOIN events asked ON asked.conversation = c.id AND asked.seq =
        (SELECT min(seq) FROM events e WHERE e.conversation = c.id AND e.kind = 'escalated')
    WHERE c.changed_at >= ?1 AND c.started_at >= ?1 AND c.started_at < ?2 ORDER BY c.started_at";

const QUESTIONS: &str = "
    SELECT count(*), count(*) FILTER (WHERE e.body ->> '$.decision.verdict' = 'escalate')
    FROM conversations c JOIN events e ON e.conversation = c.id
    WHERE c.changed_at >= ?1 AND c.started_at < ?2 AND e.at >= ?1 AND e.at < ?2 AND e.kind = 'message'
        AND e.body ->> '$.decision.verdict' IN ('answer', 'clarify', 'escalate')";

const REASONS: &str = "
    SELECT body ->> '$.reason', count(*) FROM events WHERE kind = 'escalated' AND at >= ?1 AND at < ?2
    GROUP BY 1 ORDER BY 2 DESC, 1";

#[async_trait]
impl Insights for SqliteStore {
    async fn courses(&self, period: Period) -> Result<Vec<Course>, StoreError> {
        self.readers.run(move |db| all(db, COURSES, ends(period), to_course)).await
    }

    async fn questions(&self, period: Period) -> Result<Questions, StoreError> {
        let read =
            |row: &Row<'_>| Ok(Questions { asked: rows::count(row.get(0)?)?, unanswered: rows::count(row.get(1)?)? });
        self.readers.run(move |db| Ok(one(db, QUESTIONS, ends(period), read)?.unwrap_or_default())).await
    }

    async fn reasons(&self, period: Period) -> Result<Vec<(Reason, u64)>, StoreError> {
        let read = |row: &Row<'_>| {
            let reason: String = row.get(0)?;
            Ok((rows::named(Reason::ALL, Reason::as_str, &reason)?, rows::count(row.get(1)?)?))
        };
        self.readers.run(move |db| all(db, REASONS, ends(period), read)).await
    }
}

fn ends(period: Period) -> [i64; 2] {
    [nanoseconds(period.from), nanoseconds(period.until)]
}

fn to_course(row: &Row<'_>) -> Result<Course, StoreError> {
    let status: String = row.get(2)?;
    let is_with_people = matches!(status.as_str(), "waiting" | "with_agent" | "snoozed");
    let had_person: bool = row.get(3)?;
    let time = |column| -> Result<Option<Timestamp>, StoreError> {
        row.get::<_, Option<i64>>(column)?.map(rows::time).transpose()
    };
    Ok(Course {
        started_at: rows::time(row.get(0)?)?,
        changed_at: rows::time(row.get(1)?)?,
        passed: had_person || is_with_people,
        resolved: status == "resolved",
        helpful: row.get(4)?,
        answered: row.get(5)?,
        escalated_at: time(6)?,
        replied_at: time(7)?,
        score: row.get(8)?,
    })
}
