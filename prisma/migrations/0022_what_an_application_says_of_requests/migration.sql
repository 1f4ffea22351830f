-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "preflight" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "path_sightings" (
    "application_key" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "token_id" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "last_request" TEXT,

    CONSTRAINT "path_sightings_pkey" PRIMARY KEY ("application_key","rule","auth","token_id")
);
