-- AlterTable
ALTER TABLE "token_sightings" ADD COLUMN "last_request" TEXT;

-- CreateIndex
CREATE INDEX "refusals_token_id_at_idx" ON "refusals"("token_id", "at");
