-- DropIndex
DROP INDEX "audit_events_at_idx";

-- CreateIndex
CREATE INDEX "audit_events_subject_kind_seq_idx" ON "audit_events"("subject_kind", "seq");

-- CreateIndex
CREATE INDEX "audit_events_subject_id_seq_idx" ON "audit_events"("subject_id", "seq");

-- CreateIndex
CREATE INDEX "audit_events_subject_name_seq_idx" ON "audit_events"("subject_name", "seq");

-- CreateIndex
CREATE INDEX "audit_events_actor_name_seq_idx" ON "audit_events"("actor_name", "seq");

-- CreateIndex
CREATE INDEX "audit_events_at_seq_idx" ON "audit_events"("at", "seq");

-- By hand from here: free text is looked for by trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "audit_events_actor_name_trgm_idx" ON "audit_events" USING gin ("actor_name" gin_trgm_ops);
CREATE INDEX "audit_events_subject_name_trgm_idx" ON "audit_events" USING gin ("subject_name" gin_trgm_ops);
