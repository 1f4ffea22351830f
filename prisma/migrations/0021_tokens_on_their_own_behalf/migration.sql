-- AlterTable
ALTER TABLE "tokens" ADD COLUMN "leak_reported_at" TIMESTAMPTZ(3),
ADD COLUMN "rotated_itself_at" TIMESTAMPTZ(3);

-- What the overviews look for is rare: of a million tokens these hold a handful.
CREATE INDEX "tokens_leak_reported" ON "tokens" ("leak_reported_at") WHERE "leak_reported_at" IS NOT NULL;
CREATE INDEX "tokens_rotated_itself" ON "tokens" ("rotated_itself_at") WHERE "rotated_itself_at" IS NOT NULL;
