-- Nothing of the datamodel changed. Hand-written: what the datamodel cannot say.

-- Verifiers sign assertions: a key that was rotated reaches them as every other fact does.
CREATE TRIGGER facts_inserted AFTER INSERT ON "keys" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed('installation', '');
CREATE TRIGGER facts_updated AFTER UPDATE ON "keys" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed('installation', '');
CREATE TRIGGER facts_deleted AFTER DELETE ON "keys" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed('installation', '');
CREATE TRIGGER facts_truncated AFTER TRUNCATE ON "keys" FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed('installation', '');

-- Of the keys a verifier may read these and no others, whatever it knows besides.
CREATE VIEW "assertion_keys" WITH (security_barrier) AS
  SELECT "kid", "state", "wrapped", "retired_at" FROM "keys" WHERE "purpose" = 'assertion';
