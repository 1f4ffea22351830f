-- CreateTable
CREATE TABLE "operations" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "maker_id" UUID NOT NULL,
    "maker_name" TEXT NOT NULL,
    "session_id" UUID,
    "token_id" UUID,
    "address" TEXT NOT NULL,
    "token_ids" UUID[],
    "position" INTEGER NOT NULL DEFAULT 0,
    "refused_count" INTEGER NOT NULL DEFAULT 0,
    "head_seq" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "operations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation_refusals" (
    "operation_id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "operation_refusals_pkey" PRIMARY KEY ("operation_id","token_id")
);

-- CreateIndex
CREATE INDEX "operations_maker_id_created_at_idx" ON "operations"("maker_id", "created_at");

-- AddForeignKey
ALTER TABLE "operation_refusals" ADD CONSTRAINT "operation_refusals_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- Hand-written: what the datamodel cannot say.

ALTER TABLE "operations" ALTER COLUMN "token_ids" SET NOT NULL;
-- Somebody came by something; nobody has had a turn who is not there; what is finished has come to its end.
ALTER TABLE "operations" ADD CONSTRAINT "operations_are_whole" CHECK (
  num_nonnulls("session_id", "token_id") = 1
  AND cardinality("token_ids") BETWEEN 1 AND 10000
  AND "position" BETWEEN 0 AND cardinality("token_ids")
  AND "refused_count" BETWEEN 0 AND "position"
  AND ("finished_at" IS NULL OR "position" = cardinality("token_ids")));
-- Whoever goes on with them looks for these twice a second.
CREATE INDEX "operations_unfinished" ON "operations" ("created_at", "id") WHERE "finished_at" IS NULL;
CREATE INDEX "operations_finished" ON "operations" ("finished_at") WHERE "finished_at" IS NOT NULL;
