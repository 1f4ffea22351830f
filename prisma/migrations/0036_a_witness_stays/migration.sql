-- Whether a verifier has said that it knows more than this database, and nobody has ended a quarantine over that since.
-- However long ago: who has ended may have been the only one that knew. Nobody asks about its own row.
CREATE FUNCTION "latchkey_is_missed"(own_run uuid DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM verifier_lease l, change_head h
    WHERE l.knows_more AND l.epoch <> ALL(h.succeeds) AND l.run IS DISTINCT FROM own_run);
$$;

-- Those of killed verifiers are swept once they are old, except where they still say something.
CREATE OR REPLACE FUNCTION "latchkey_remove_lease"(verifier text, own_run uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM verifier_lease l WHERE (l.id = verifier AND l.run = own_run)
    OR (l.seen_at < now() - interval '1 day' AND NOT (l.knows_more AND EXISTS (
      SELECT 1 FROM change_head h WHERE l.epoch <> ALL(h.succeeds))));
$$;

-- A function that is made is everybody's until the grants are applied, which happens behind the last migration. Whatever
-- fails in between, these are nobody's from here on; those that an earlier one of the same run has made were until now.
REVOKE ALL ON FUNCTION "latchkey_move_head", "latchkey_begin_epoch", "latchkey_is_missed", "latchkey_write_lease",
  "latchkey_remove_lease", "latchkey_facts_changed", "latchkey_end_overlap", "latchkey_usage_begins",
  "latchkey_activity_begins" FROM PUBLIC;
