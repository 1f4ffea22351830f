-- DropIndex
DROP INDEX "tokens_created_at_id_idx";

-- Searching a million tokens. In the order of when they were made, a status, or whose they are, is told from the index: what
-- has expired may begin a long way from the newest. In the order of who made them likewise whose they are.
CREATE INDEX "tokens_by_creation" ON "tokens" ("created_at", "id")
  INCLUDE ("owner_id", "expires_at", "revoked_at", "denied_at", "suspended_at", "superseded_at", "overlap_ends_at", "secret_born_at");
DROP INDEX "tokens_by_creator";
CREATE INDEX "tokens_by_creator" ON "tokens" ("created_by" COLLATE "C", "id") INCLUDE ("owner_id");
-- In the order of when they end, when they were made.
DROP INDEX "tokens_by_end";
CREATE INDEX "tokens_by_end" ON "tokens" ((coalesce("expires_at", 'infinity'::timestamptz)), "id") INCLUDE ("expires_at", "created_at");
-- What was made under a delegation is found by its name, and lies together in the order of who made it: one of ten tokens,
-- whose makers are few, so that in the order of all of them it lies far from the beginning.
CREATE INDEX "tokens_by_delegation_name" ON "tokens" ("delegation_name" COLLATE "C", "id") WHERE "delegation_id" IS NOT NULL;
CREATE INDEX "tokens_issued_by_creator" ON "tokens" ("created_by" COLLATE "C", "id") INCLUDE ("owner_id") WHERE "delegation_id" IS NOT NULL;
