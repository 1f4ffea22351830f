-- Who ends a quarantine accepts another history than the one that journals and verifiers knew: it gets a name of its own.
-- A new epoch hides nothing, every verifier forgets all it knows when it meets one; so the portal may ask for it.
CREATE FUNCTION "latchkey_begin_epoch"() RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE change_head SET epoch = gen_random_uuid() WHERE id = 1 RETURNING epoch;
$$;
