-- Which histories this one goes on from: who ends a quarantine says so of those that journals and verifiers knew. A
-- verifier takes another epoch than its own for today's only where its own is among them: a backup from before does not
-- name what came after it.
ALTER TABLE "change_head" ADD COLUMN "succeeds" UUID[] NOT NULL DEFAULT '{}';

-- A verifier that has applied what this database does not know says so, and the portal puts it into quarantine.
ALTER TABLE "verifier_lease" ADD COLUMN "knows_more" BOOLEAN NOT NULL DEFAULT false;

DROP FUNCTION "latchkey_begin_epoch"();
CREATE FUNCTION "latchkey_begin_epoch"(instead_of uuid DEFAULT NULL) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE change_head SET epoch = gen_random_uuid(), succeeds = ARRAY(
    SELECT DISTINCT known FROM unnest(succeeds || epoch || instead_of || ARRAY(SELECT l.epoch FROM verifier_lease l WHERE l.knows_more)) AS known
    WHERE known IS NOT NULL)
  WHERE id = 1 RETURNING epoch;
$$;

DROP FUNCTION "latchkey_write_lease"(text, uuid, uuid, bigint, int);
CREATE FUNCTION "latchkey_write_lease"(verifier text, own_run uuid, of_epoch uuid, up_to bigint, bound int, more boolean DEFAULT false)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  -- By the clock of the database, which is the one that those who revoke look at.
  INSERT INTO verifier_lease (id, run, epoch, applied, seen_at, bound_seconds, knows_more)
  VALUES (verifier, own_run, of_epoch, up_to, now(), bound, more)
  ON CONFLICT (id, run) DO UPDATE SET epoch = excluded.epoch, applied = excluded.applied,
    seen_at = excluded.seen_at, bound_seconds = excluded.bound_seconds, knows_more = excluded.knows_more
  RETURNING xmax = 0;
$$;
