-- CreateTable
CREATE TABLE "leak_reports" (
    "digest" BYTEA NOT NULL,
    "address" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leak_reports_pkey" PRIMARY KEY ("digest")
);
