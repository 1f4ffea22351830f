-- A look-up reads the groups of an owner: found in the index alone, where one page has all of them.
CREATE INDEX IF NOT EXISTS "memberships_user_id_group_id_idx" ON "memberships"("user_id", "group_id");
DROP INDEX IF EXISTS "memberships_user_id_idx";
