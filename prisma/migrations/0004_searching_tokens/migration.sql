-- The token manager over a million tokens: every filter and every order has an index, text is found by trigrams.
-- Letters and digits of any alphabet count; pg_trgm is a trusted extension, so that the owner may make it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- What free text is searched in, folded. Generated columns want an immutable expression; array_to_string is only stable
-- because of types whose text form depends on settings, and text[] is none of them.
CREATE FUNCTION "latchkey_search_text"(VARIADIC parts text[]) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT lower(array_to_string(parts, E'\n')) $$;

ALTER TABLE "tokens" ADD COLUMN "search_text" text COLLATE "C"
  GENERATED ALWAYS AS (latchkey_search_text(VARIADIC ARRAY["name", "description", coalesce("hint", ''), "contact"] || "labels")) STORED;
ALTER TABLE "users" ADD COLUMN "search_text" text COLLATE "C"
  GENERATED ALWAYS AS (latchkey_search_text("username", "display_name", coalesce("email", ''))) STORED;

CREATE INDEX "tokens_search_text" ON "tokens" USING gin ("search_text" gin_trgm_ops);
CREATE INDEX "users_search_text" ON "users" USING gin ("search_text" gin_trgm_ops);

-- Orders. Every order ends with the id, so that a page has one beginning; what is missing comes last.
CREATE INDEX "tokens_by_name" ON "tokens" (lower("name") COLLATE "C", "id");
CREATE INDEX "tokens_by_creator" ON "tokens" ("created_by" COLLATE "C", "id");
CREATE INDEX "tokens_by_access" ON "tokens" ("access", "id");
CREATE INDEX "tokens_by_end" ON "tokens" ((coalesce("expires_at", 'infinity'::timestamptz)), "id");
CREATE INDEX "tokens_by_owner" ON "tokens" ("owner_id", "id");
CREATE INDEX "users_by_name" ON "users" ("username_key" COLLATE "C", "id");
-- Every token has its row of usage from the beginning: tokens that were never used have a place in the order too.
INSERT INTO "token_usage" ("token_id") SELECT "id" FROM "tokens" ON CONFLICT DO NOTHING;
CREATE FUNCTION "latchkey_usage_begins"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO token_usage (token_id) SELECT id FROM new_rows ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER usage_begins AFTER INSERT ON "tokens" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_usage_begins();
CREATE INDEX "token_usage_by_last_use" ON "token_usage" ((coalesce("last_used_at", '-infinity'::timestamptz)), "token_id");

-- Filters that few tokens pass.
CREATE INDEX "tokens_applications" ON "tokens" USING gin ("applications");
CREATE INDEX "tokens_ranges" ON "tokens" USING gin ("ip_ranges");
CREATE INDEX "tokens_revoked" ON "tokens" ("revoked_at") WHERE "revoked_at" IS NOT NULL;
CREATE INDEX "tokens_denied" ON "tokens" ("denied_at") WHERE "denied_at" IS NOT NULL;
CREATE INDEX "tokens_suspended" ON "tokens" ("suspended_at") WHERE "suspended_at" IS NOT NULL;
CREATE INDEX "tokens_superseded" ON "tokens" ("superseded_at") WHERE "superseded_at" IS NOT NULL;
CREATE INDEX "tokens_pending" ON "tokens" ("created_at") WHERE "secret_born_at" IS NULL;
CREATE INDEX "tokens_by_delegation" ON "tokens" ("delegation_id") WHERE "delegation_id" IS NOT NULL;
CREATE INDEX "users_deactivated" ON "users" ("deactivated_at") WHERE "deactivated_at" IS NOT NULL;
CREATE INDEX "token_usage_refused" ON "token_usage" ("last_refused_at") WHERE "last_refused_at" IS NOT NULL;
