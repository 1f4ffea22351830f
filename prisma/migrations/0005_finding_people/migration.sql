-- Lists of people: every order has an index, and each ends with the id, so that a page has one beginning.
-- CreateIndex
CREATE INDEX "users_display_name_id_idx" ON "users"("display_name", "id");

-- CreateIndex
CREATE INDEX "users_created_at_id_idx" ON "users"("created_at", "id");

-- CreateIndex
CREATE INDEX "user_activity_last_sign_in_at_user_id_idx" ON "user_activity"("last_sign_in_at", "user_id");

-- Every user has a row of activity from the beginning: who never signed in has a place in the order too.
INSERT INTO "user_activity" ("user_id") SELECT "id" FROM "users" ON CONFLICT DO NOTHING;
CREATE FUNCTION "latchkey_activity_begins"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO user_activity (user_id) SELECT id FROM new_rows ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER activity_begins AFTER INSERT ON "users" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_activity_begins();
