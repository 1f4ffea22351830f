-- CreateTable
CREATE TABLE "token_claims" (
    "id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "digest" BYTEA NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" TEXT,
    "voided_at" TIMESTAMPTZ(3),
    "voided_by" TEXT,
    "voided_why" TEXT,

    CONSTRAINT "token_claims_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "token_claims_digest_key" ON "token_claims"("digest");

-- CreateIndex
CREATE INDEX "token_claims_token_id_idx" ON "token_claims"("token_id");

-- AddForeignKey
ALTER TABLE "token_claims" ADD CONSTRAINT "token_claims_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "tokens"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand.
ALTER TABLE "token_claims" ADD CONSTRAINT "token_claims_digest_is_sha256" CHECK (octet_length("digest") = 32);
ALTER TABLE "token_claims" ADD CONSTRAINT "token_claims_used_by_somebody" CHECK (("used_at" IS NULL) = ("used_by" IS NULL));
ALTER TABLE "token_claims" ADD CONSTRAINT "token_claims_voided_for_a_reason" CHECK (num_nonnulls("voided_at", "voided_by", "voided_why") IN (0, 3));
ALTER TABLE "token_claims" ADD CONSTRAINT "token_claims_used_or_voided" CHECK ("used_at" IS NULL OR "voided_at" IS NULL);
-- Of a token's links one opens it at most, and once.
CREATE UNIQUE INDEX "token_claims_one_open" ON "token_claims" ("token_id") WHERE "used_at" IS NULL AND "voided_at" IS NULL;
CREATE UNIQUE INDEX "token_claims_one_used" ON "token_claims" ("token_id") WHERE "used_at" IS NOT NULL;
