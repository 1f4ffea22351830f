-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "restrictions" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- ---------------------------------------------------------------------------------------------------------------------
-- Hand-written: what the datamodel cannot say.

-- Which of a token's restrictions are set, said by the database itself. A verifier refuses a token with a restriction that
-- it does not know; from its own list of columns it could never learn of one that a later version adds.
-- A migration that adds a restriction replaces this function. No migration ever takes a name away that it still stores.
CREATE FUNCTION "latchkey_restrictions_of"(t "tokens") RETURNS text[] LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN cardinality(t.ip_ranges) > 0 THEN 'ip_ranges' END,
    CASE WHEN t.header_conditions NOT IN ('[]', 'null') THEN 'header_conditions' END,
    CASE WHEN cardinality(t.path_rules) > 0 THEN 'path_rules' END,
    CASE WHEN t.time_window <> 'null' THEN 'time_window' END,
    CASE WHEN t.rate_limit <> 'null' THEN 'rate_limit' END], NULL)
$$;

-- A trigger, not a generated column: to change a generated column means to write the whole table anew.
CREATE FUNCTION "latchkey_note_restrictions"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.restrictions := latchkey_restrictions_of(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER restrictions_noted BEFORE INSERT OR UPDATE ON "tokens" FOR EACH ROW EXECUTE FUNCTION latchkey_note_restrictions();

UPDATE "tokens" SET "restrictions" = latchkey_restrictions_of("tokens") WHERE "restrictions" IS DISTINCT FROM latchkey_restrictions_of("tokens");
ALTER TABLE "tokens" ALTER COLUMN "restrictions" SET NOT NULL;
