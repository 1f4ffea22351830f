-- AlterTable
ALTER TABLE "refusals" ADD COLUMN     "rule_kinds" TEXT;
