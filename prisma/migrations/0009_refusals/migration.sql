-- CreateTable
CREATE TABLE "refusals" (
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "rule" TEXT,
    "gateway_key" TEXT,
    "application_key" TEXT,
    "auth" TEXT,
    "token_id" UUID,
    "claimed_name" TEXT,
    "method" TEXT,
    "path" TEXT,
    "address" TEXT,
    "client" TEXT NOT NULL,

    CONSTRAINT "refusals_pkey" PRIMARY KEY ("request_id")
);

-- CreateIndex
CREATE INDEX "refusals_at_idx" ON "refusals"("at");
