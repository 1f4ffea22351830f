-- CreateTable
CREATE TABLE "token_breaches" (
    "token_id" UUID NOT NULL,

    CONSTRAINT "token_breaches_pkey" PRIMARY KEY ("token_id")
);

-- CreateTable
CREATE TABLE "breach_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL DEFAULT -1,
    "rules" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "breach_state_pkey" PRIMARY KEY ("id")
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Hand-written: what the datamodel cannot say.

ALTER TABLE "breach_state" ADD CONSTRAINT "breach_state_one_row" CHECK ("id" = 1);
INSERT INTO "breach_state" ("id") VALUES (1);
-- No foreign key to tokens: it would be asked about a hundred thousand times when rules change, and a row too many here
-- is found by nobody.
