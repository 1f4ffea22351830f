-- A verifier says how far it is by these two alone and has no right on the table. All verifiers share one role: a row is
-- told apart by its run, a random id that nobody but that verifier knows, so that none can speak for another.
CREATE FUNCTION "latchkey_write_lease"(verifier text, own_run uuid, of_epoch uuid, up_to bigint, bound int)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  -- By the clock of the database, which is the one that those who revoke look at.
  INSERT INTO verifier_lease (id, run, epoch, applied, seen_at, bound_seconds)
  VALUES (verifier, own_run, of_epoch, up_to, now(), bound)
  ON CONFLICT (id, run) DO UPDATE SET epoch = excluded.epoch, applied = excluded.applied,
    seen_at = excluded.seen_at, bound_seconds = excluded.bound_seconds
  RETURNING xmax = 0;
$$;

-- Those of killed verifiers are swept once they are old: nobody waits for them any more.
CREATE FUNCTION "latchkey_remove_lease"(verifier text, own_run uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM verifier_lease WHERE (id = verifier AND run = own_run) OR seen_at < now() - interval '1 day';
$$;
