-- Users by their last sign-in, latest first: who never came stands last in either direction, so each has its index.
CREATE INDEX "user_activity_latest_first" ON "user_activity" ("last_sign_in_at" DESC NULLS LAST, "user_id" DESC);
