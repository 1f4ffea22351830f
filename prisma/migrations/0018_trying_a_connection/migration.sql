-- CreateTable
CREATE TABLE "probe_runs" (
    "application_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "begun_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "results" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "probe_runs_pkey" PRIMARY KEY ("application_id")
);

-- AddForeignKey
ALTER TABLE "probe_runs" ADD CONSTRAINT "probe_runs_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;
