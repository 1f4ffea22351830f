-- AlterTable
ALTER TABLE "settings" ADD COLUMN     "failure_rate" JSONB DEFAULT '{"perMinute": 30, "burst": 60}',
ADD COLUMN     "owner_rate" JSONB;
