-- AlterTable
ALTER TABLE "refusals" ADD COLUMN     "host" TEXT,
ADD COLUMN     "place" TEXT,
ADD COLUMN     "unkept" TEXT;
