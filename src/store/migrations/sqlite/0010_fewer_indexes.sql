-- Every turn wrote these anew. One index by time that has the status in it answers what the two did: what was changed
-- last is looked through in order, without the rows of those that have another status.
DROP INDEX conversations_by_status;
DROP INDEX conversations_by_start;
DROP INDEX conversations_by_change;
CREATE INDEX conversations_by_change ON conversations (changed_at, status);
