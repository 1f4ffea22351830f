-- AlterEnum
ALTER TYPE "key_state" ADD VALUE 'leaked';

-- Hand-written: what the datamodel cannot say.

-- A leaked key signs for nobody and is published to nobody. As text: a value may not be used where it is made.
CREATE OR REPLACE VIEW "assertion_keys" WITH (security_barrier) AS
  SELECT "kid", "state", "wrapped", "retired_at" FROM "keys" WHERE "purpose" = 'assertion' AND "state"::text <> 'leaked';
