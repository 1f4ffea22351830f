-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "user_kind" AS ENUM ('person', 'service');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'auditor');

-- CreateEnum
CREATE TYPE "access" AS ENUM ('read', 'write');

-- CreateEnum
CREATE TYPE "create_permission" AS ENUM ('no', 'request', 'yes');

-- CreateEnum
CREATE TYPE "power" AS ENUM ('issue', 'end', 'manage', 'approve');

-- CreateEnum
CREATE TYPE "application_kind" AS ENUM ('jira', 'confluence', 'bitbucket', 'generic');

-- CreateEnum
CREATE TYPE "identity_mode" AS ENUM ('none', 'passthrough', 'header', 'jwt');

-- CreateEnum
CREATE TYPE "gateway_adapter" AS ENUM ('nginx', 'forward', 'envoy', 'api');

-- CreateEnum
CREATE TYPE "grant_by" AS ENUM ('tier', 'delegation');

-- CreateEnum
CREATE TYPE "revocation_reason" AS ENUM ('key_compromise', 'superseded', 'affiliation_changed', 'no_longer_needed', 'privilege_withdrawn', 'policy', 'unused');

-- CreateEnum
CREATE TYPE "key_purpose" AS ENUM ('session', 'assertion', 'vault', 'audit', 'mail');

-- CreateEnum
CREATE TYPE "key_state" AS ENUM ('next', 'active', 'retired');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "kind" "user_kind" NOT NULL DEFAULT 'person',
    "username" TEXT NOT NULL,
    "username_key" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "email" TEXT,
    "source" TEXT NOT NULL DEFAULT 'local',
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deactivated_at" TIMESTAMPTZ(3),
    "deactivated_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_activity" (
    "user_id" UUID NOT NULL,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_activity_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "user_aliases" (
    "key" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "alias" TEXT NOT NULL,

    CONSTRAINT "user_aliases_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "user_names" (
    "user_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "user_names_pkey" PRIMARY KEY ("user_id","application_id")
);

-- CreateTable
CREATE TABLE "password_credentials" (
    "user_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_credentials_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "maintainers" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "user_id" UUID,
    "group_id" UUID,

    CONSTRAINT "maintainers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "groups" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'local',
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "added_by" TEXT NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateTable
CREATE TABLE "role_mappings" (
    "group_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "mapped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mapped_by" TEXT NOT NULL,

    CONSTRAINT "role_mappings_pkey" PRIMARY KEY ("group_id")
);

-- CreateTable
CREATE TABLE "policies" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "everyone" BOOLEAN NOT NULL DEFAULT false,
    "service_accounts" BOOLEAN NOT NULL DEFAULT false,
    "use" BOOLEAN NOT NULL DEFAULT false,
    "create" "create_permission" NOT NULL DEFAULT 'no',
    "self_rotate" BOOLEAN NOT NULL DEFAULT false,
    "own" JSONB,
    "ceiling" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_groups" (
    "policy_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "policy_groups_pkey" PRIMARY KEY ("policy_id","group_id")
);

-- CreateTable
CREATE TABLE "delegations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "powers" "power"[] DEFAULT ARRAY[]::"power"[],
    "scope_everyone" BOOLEAN NOT NULL DEFAULT false,
    "scope_service_accounts" BOOLEAN NOT NULL DEFAULT false,
    "issue" JSONB NOT NULL,
    "show_secret" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "delegations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delegation_delegates" (
    "delegation_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "delegation_delegates_pkey" PRIMARY KEY ("delegation_id","group_id")
);

-- CreateTable
CREATE TABLE "delegation_scopes" (
    "delegation_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "delegation_scopes_pkey" PRIMARY KEY ("delegation_id","group_id")
);

-- CreateTable
CREATE TABLE "networks" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "networks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "applications" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "application_kind" NOT NULL,
    "rules" JSONB NOT NULL,
    "exceptions" JSONB NOT NULL DEFAULT '{}',
    "identity" "identity_mode" NOT NULL DEFAULT 'none',
    "credentials" JSONB NOT NULL,
    "usernames" JSONB NOT NULL,
    "paths" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "read_packs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "path_filter" JSONB NOT NULL DEFAULT '{}',
    "web_socket" BOOLEAN NOT NULL DEFAULT false,
    "introspect_restricted" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_routes" (
    "host" TEXT NOT NULL,
    "context" TEXT NOT NULL,
    "application_id" UUID NOT NULL,

    CONSTRAINT "application_routes_pkey" PRIMARY KEY ("host","context")
);

-- CreateTable
CREATE TABLE "gateways" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "adapter" "gateway_adapter" NOT NULL,
    "peers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "trusted_hops" INTEGER NOT NULL DEFAULT 0,
    "trusted_ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "secret_digest" BYTEA NOT NULL,
    "previous_secret_digest" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "gateways_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gateway_applications" (
    "gateway_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,

    CONSTRAINT "gateway_applications_pkey" PRIMARY KEY ("gateway_id","application_id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "contact" TEXT NOT NULL DEFAULT '',
    "labels" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "digest" BYTEA,
    "hint" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "secret_born_at" TIMESTAMPTZ(3),
    "grant_by" "grant_by" NOT NULL,
    "delegation_id" UUID,
    "delegation_name" TEXT,
    "grantor_id" UUID,
    "all_applications" BOOLEAN NOT NULL DEFAULT false,
    "applications" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "access" "access" NOT NULL,
    "ip_ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "header_conditions" JSONB NOT NULL DEFAULT '[]',
    "path_rules" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "time_window" JSONB,
    "rate_limit" JSONB,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "revocation_reason" "revocation_reason",
    "revocation_note" TEXT,
    "denied_at" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "suspended_by" TEXT,
    "suspended_by_owner" BOOLEAN NOT NULL DEFAULT false,
    "suspension_note" TEXT,
    "rotated_from_id" UUID,
    "superseded_at" TIMESTAMPTZ(3),
    "overlap_ends_at" TIMESTAMPTZ(3),
    "overlap_until_first_use" BOOLEAN NOT NULL DEFAULT false,
    "waiver_until" TIMESTAMPTZ(3),
    "waiver_by" TEXT,
    "waiver_why" TEXT,
    "waiver_access" "access",
    "waiver_all_applications" BOOLEAN NOT NULL DEFAULT false,
    "waiver_applications" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "waiver_ip_ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_usage" (
    "token_id" UUID NOT NULL,
    "first_used_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "allowed" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "last_refused_at" TIMESTAMPTZ(3),
    "last_refused_reason" TEXT,
    "last_refused_ip" TEXT,

    CONSTRAINT "token_usage_pkey" PRIMARY KEY ("token_id")
);

-- CreateTable
CREATE TABLE "token_usage_hours" (
    "token_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "allowed" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "token_usage_hours_pkey" PRIMARY KEY ("token_id","hour")
);

-- CreateTable
CREATE TABLE "token_sightings" (
    "token_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "token_sightings_pkey" PRIMARY KEY ("token_id","address","client")
);

-- CreateTable
CREATE TABLE "credential_sightings" (
    "application_key" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "claimed_name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "credential_sightings_pkey" PRIMARY KEY ("application_key","class","outcome","claimed_name","address","client")
);

-- CreateTable
CREATE TABLE "verification_counts" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "gateway_key" TEXT NOT NULL,
    "application_key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "verification_counts_pkey" PRIMARY KEY ("hour","gateway_key","application_key","reason","auth")
);

-- CreateTable
CREATE TABLE "gateway_contacts" (
    "gateway_key" TEXT NOT NULL,
    "last_contact_at" TIMESTAMPTZ(3) NOT NULL,
    "last_address" TEXT NOT NULL,

    CONSTRAINT "gateway_contacts_pkey" PRIMARY KEY ("gateway_key")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "step_up_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttles" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_throttles_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "keys" (
    "kid" TEXT NOT NULL,
    "purpose" "key_purpose" NOT NULL,
    "state" "key_state" NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activated_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "keys_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "installation_id" UUID NOT NULL,
    "bound_url" TEXT NOT NULL,
    "ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "ceiling_persons" JSONB,
    "ceiling_service_accounts" JSONB,
    "token_prefix" TEXT NOT NULL DEFAULT 'lk',
    "retired_prefixes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "ended_retention_days" INTEGER,
    "quarantined_at" TIMESTAMPTZ(3),
    "quarantine_why" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "code_digest" BYTEA,
    "code_expires_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT,
    "subject_name" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "address" TEXT,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "kid" TEXT NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "change_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" UUID NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "audit_seq" BIGINT NOT NULL DEFAULT 0,
    "audit_hash" BYTEA NOT NULL,

    CONSTRAINT "change_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "changes" (
    "id" BIGSERIAL NOT NULL,
    "seq" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifier_lease" (
    "id" TEXT NOT NULL,
    "run" UUID NOT NULL DEFAULT gen_random_uuid(),
    "epoch" UUID NOT NULL,
    "applied" BIGINT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "bound_seconds" INTEGER NOT NULL,

    CONSTRAINT "verifier_lease_pkey" PRIMARY KEY ("id","run")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key_key" ON "users"("username_key");

-- CreateIndex
CREATE UNIQUE INDEX "users_source_external_id_key" ON "users"("source", "external_id");

-- CreateIndex
CREATE INDEX "user_aliases_user_id_idx" ON "user_aliases"("user_id");

-- CreateIndex
CREATE INDEX "maintainers_user_id_idx" ON "maintainers"("user_id");

-- CreateIndex
CREATE INDEX "maintainers_group_id_idx" ON "maintainers"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "maintainers_account_id_user_id_key" ON "maintainers"("account_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "maintainers_account_id_group_id_key" ON "maintainers"("account_id", "group_id");

-- CreateIndex
CREATE UNIQUE INDEX "groups_source_external_id_key" ON "groups"("source", "external_id");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "policies_name_key_key" ON "policies"("name_key");

-- CreateIndex
CREATE UNIQUE INDEX "policies_priority_key" ON "policies"("priority");

-- CreateIndex
CREATE INDEX "policy_groups_group_id_idx" ON "policy_groups"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "delegations_name_key_key" ON "delegations"("name_key");

-- CreateIndex
CREATE INDEX "delegation_delegates_group_id_idx" ON "delegation_delegates"("group_id");

-- CreateIndex
CREATE INDEX "delegation_scopes_group_id_idx" ON "delegation_scopes"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "networks_name_key" ON "networks"("name");

-- CreateIndex
CREATE UNIQUE INDEX "applications_key_key" ON "applications"("key");

-- CreateIndex
CREATE INDEX "application_routes_application_id_idx" ON "application_routes"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "gateways_key_key" ON "gateways"("key");

-- CreateIndex
CREATE INDEX "gateway_applications_application_id_idx" ON "gateway_applications"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_digest_key" ON "tokens"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_rotated_from_id_key" ON "tokens"("rotated_from_id");

-- CreateIndex
CREATE INDEX "tokens_owner_id_created_at_idx" ON "tokens"("owner_id", "created_at");

-- CreateIndex
CREATE INDEX "tokens_created_at_id_idx" ON "tokens"("created_at", "id");

-- CreateIndex
CREATE INDEX "sessions_user_id_ended_at_idx" ON "sessions"("user_id", "ended_at");

-- CreateIndex
CREATE INDEX "audit_events_subject_kind_subject_id_seq_idx" ON "audit_events"("subject_kind", "subject_id", "seq");

-- CreateIndex
CREATE INDEX "audit_events_actor_id_seq_idx" ON "audit_events"("actor_id", "seq");

-- CreateIndex
CREATE INDEX "audit_events_action_seq_idx" ON "audit_events"("action", "seq");

-- CreateIndex
CREATE INDEX "audit_events_at_idx" ON "audit_events"("at");

-- CreateIndex
CREATE INDEX "changes_seq_idx" ON "changes"("seq");

-- AddForeignKey
ALTER TABLE "user_activity" ADD CONSTRAINT "user_activity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_aliases" ADD CONSTRAINT "user_aliases_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_names" ADD CONSTRAINT "user_names_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_names" ADD CONSTRAINT "user_names_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_credentials" ADD CONSTRAINT "password_credentials_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "maintainers" ADD CONSTRAINT "maintainers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "maintainers" ADD CONSTRAINT "maintainers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "maintainers" ADD CONSTRAINT "maintainers_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_mappings" ADD CONSTRAINT "role_mappings_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_groups" ADD CONSTRAINT "policy_groups_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_groups" ADD CONSTRAINT "policy_groups_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_delegates" ADD CONSTRAINT "delegation_delegates_delegation_id_fkey" FOREIGN KEY ("delegation_id") REFERENCES "delegations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_delegates" ADD CONSTRAINT "delegation_delegates_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_scopes" ADD CONSTRAINT "delegation_scopes_delegation_id_fkey" FOREIGN KEY ("delegation_id") REFERENCES "delegations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_scopes" ADD CONSTRAINT "delegation_scopes_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_routes" ADD CONSTRAINT "application_routes_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gateway_applications" ADD CONSTRAINT "gateway_applications_gateway_id_fkey" FOREIGN KEY ("gateway_id") REFERENCES "gateways"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gateway_applications" ADD CONSTRAINT "gateway_applications_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_grantor_id_fkey" FOREIGN KEY ("grantor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_rotated_from_id_fkey" FOREIGN KEY ("rotated_from_id") REFERENCES "tokens"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- Hand-written: what the datamodel cannot say.

-- A list is empty or has something in it; it is never unknown (an unknown list of ranges must not mean anywhere).
DO $$
DECLARE
  list record;
BEGIN
  FOR list IN SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'ARRAY' AND table_name NOT LIKE '\_prisma%' LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET NOT NULL', list.table_name, list.column_name);
  END LOOP;
END $$;

-- Constraints that keep a row true.
ALTER TABLE "change_head" ADD CONSTRAINT "change_head_one_row" CHECK ("id" = 1);
ALTER TABLE "settings" ADD CONSTRAINT "settings_one_row" CHECK ("id" = 1);
ALTER TABLE "setup" ADD CONSTRAINT "setup_one_row" CHECK ("id" = 1);
ALTER TABLE "users" ADD CONSTRAINT "users_token_is_no_username" CHECK ("username_key" <> 'token' AND "username_key" <> '');
ALTER TABLE "user_aliases" ADD CONSTRAINT "user_aliases_token_is_no_alias" CHECK ("key" <> 'token' AND "key" <> '');
ALTER TABLE "groups" ADD CONSTRAINT "groups_local_name_has_no_colon" CHECK ("source" <> 'local' OR position(':' in "external_id") = 0);
ALTER TABLE "maintainers" ADD CONSTRAINT "maintainers_user_or_group" CHECK (num_nonnulls("user_id", "group_id") = 1);
ALTER TABLE "policies" ADD CONSTRAINT "policies_own_only_with_create" CHECK ("create" = 'no' OR "own" IS NOT NULL);
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_digest_is_sha256" CHECK ("digest" IS NULL OR octet_length("digest") = 32);
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_secret_is_born_with_digest" CHECK (("digest" IS NULL) = ("secret_born_at" IS NULL));
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_all_or_named_applications" CHECK (NOT ("all_applications" AND cardinality("applications") > 0));
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_delegation_is_named" CHECK (("grant_by" = 'delegation') = ("delegation_id" IS NOT NULL));
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_revocation_has_a_reason" CHECK (("revoked_at" IS NULL) = ("revocation_reason" IS NULL) AND ("revoked_at" IS NULL) = ("revoked_by" IS NULL));
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_suspension_has_an_author" CHECK (("suspended_at" IS NULL) = ("suspended_by" IS NULL));
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_overlap_has_an_end" CHECK (("superseded_at" IS NULL) = ("overlap_ends_at" IS NULL));
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_overlap_within_expiry" CHECK ("overlap_ends_at" IS NULL OR "expires_at" IS NULL OR "overlap_ends_at" <= "expires_at" OR "overlap_ends_at" = "superseded_at");
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_waiver_is_whole" CHECK (num_nonnulls("waiver_until", "waiver_by", "waiver_why", "waiver_access") IN (0, 4));
-- One active and one next key per purpose.
CREATE UNIQUE INDEX "keys_one_active" ON "keys" ("purpose") WHERE "state" = 'active';
CREATE UNIQUE INDEX "keys_one_next" ON "keys" ("purpose") WHERE "state" = 'next';
-- Quota counts the living tokens of one owner.
CREATE INDEX "tokens_owner_living" ON "tokens" ("owner_id") WHERE "revoked_at" IS NULL AND "superseded_at" IS NULL;

INSERT INTO "change_head" ("id", "epoch", "seq", "audit_seq", "audit_hash") VALUES (1, gen_random_uuid(), 0, 0, decode(repeat('00', 32), 'hex'));
INSERT INTO "setup" ("id") VALUES (1);

-- Propagation rides the transaction: a statement that writes a fact moves the head and says what changed, also from psql.
-- The head's row lock is held to the commit, so changes become visible in the order of their seq, without gaps.
CREATE FUNCTION "latchkey_move_head"() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE moved bigint;
BEGIN
  UPDATE change_head SET seq = seq + 1 WHERE id = 1 RETURNING seq INTO moved;
  IF moved IS NULL THEN RAISE EXCEPTION 'change_head has no row'; END IF;
  IF moved % 1000 = 0 THEN DELETE FROM changes WHERE seq < moved - 100000; END IF;
  PERFORM pg_notify('latchkey', '');
  -- Known to the rest of this transaction: execute reads it to say from which sequence on the change holds.
  PERFORM set_config('latchkey.moved', moved::text, true);
  RETURN moved;
END $$;

-- Arguments: kind, and the SQL expression that makes the key from a changed row (null keys are left out).
-- More than 500 keys in one statement are said as one change of everything.
CREATE FUNCTION "latchkey_facts_changed"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kind text := TG_ARGV[0];
  moved bigint;
  keys text[];
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    kind := 'all'; keys := ARRAY[''];
  ELSIF kind IN ('all', 'installation') THEN
    EXECUTE CASE TG_OP
      WHEN 'INSERT' THEN 'SELECT CASE WHEN EXISTS (SELECT 1 FROM new_rows) THEN ARRAY[''''] END'
      ELSE 'SELECT CASE WHEN EXISTS (SELECT 1 FROM old_rows) THEN ARRAY[''''] END' END INTO keys;
  ELSE
    EXECUTE 'SELECT array_agg(key) FROM (SELECT DISTINCT ' || TG_ARGV[1] || ' AS key FROM ' || CASE TG_OP
      WHEN 'INSERT' THEN 'new_rows'
      WHEN 'DELETE' THEN 'old_rows'
      ELSE '(SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows) AS both_rows' END || ' LIMIT 502) AS changed WHERE key IS NOT NULL' INTO keys;
  END IF;
  IF keys IS NULL THEN RETURN NULL; END IF;
  IF cardinality(keys) > 500 THEN kind := 'all'; keys := ARRAY['']; END IF;
  moved := latchkey_move_head();
  INSERT INTO changes (seq, kind, key) SELECT moved, kind, unnest(keys);
  RETURN NULL;
END $$;

DO $$
DECLARE
  watched record;
BEGIN
  FOR watched IN SELECT * FROM (VALUES
    ('tokens', 'token', 'encode(digest, ''hex'')'),
    ('users', 'user', 'id::text'),
    ('user_aliases', 'user', 'user_id::text'),
    ('user_names', 'user', 'user_id::text'),
    ('memberships', 'user', 'user_id::text'),
    ('role_mappings', 'installation', ''),
    ('policies', 'installation', ''),
    ('policy_groups', 'installation', ''),
    ('delegations', 'installation', ''),
    ('delegation_delegates', 'installation', ''),
    ('delegation_scopes', 'installation', ''),
    ('networks', 'installation', ''),
    ('applications', 'installation', ''),
    ('application_routes', 'installation', ''),
    ('gateways', 'installation', ''),
    ('gateway_applications', 'installation', ''),
    ('settings', 'installation', '')
  ) AS w (name, kind, key) LOOP
    EXECUTE format('CREATE TRIGGER facts_inserted AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed(%L, %L)', watched.name, watched.kind, watched.key);
    EXECUTE format('CREATE TRIGGER facts_updated AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed(%L, %L)', watched.name, watched.kind, watched.key);
    EXECUTE format('CREATE TRIGGER facts_deleted AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed(%L, %L)', watched.name, watched.kind, watched.key);
    EXECUTE format('CREATE TRIGGER facts_truncated AFTER TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed(%L, %L)', watched.name, watched.kind, watched.key);
  END LOOP;
END $$;
-- A group's name and identity are part of its members' facts; a new group has no members yet.
CREATE TRIGGER facts_updated AFTER UPDATE ON "groups" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed('all', '');
CREATE TRIGGER facts_deleted AFTER DELETE ON "groups" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION latchkey_facts_changed('all', '');

-- "Until the new one is first used": the recorder notes the first use of the successor, and that ends the overlap.
CREATE FUNCTION "latchkey_end_overlap"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE tokens AS predecessor SET overlap_ends_at = greatest(predecessor.superseded_at, NEW.first_used_at), version = predecessor.version + 1
  FROM tokens AS successor
  WHERE successor.id = NEW.token_id AND predecessor.id = successor.rotated_from_id
    AND predecessor.overlap_until_first_use AND predecessor.overlap_ends_at > NEW.first_used_at;
  RETURN NULL;
END $$;
CREATE TRIGGER first_use_inserted AFTER INSERT ON "token_usage" FOR EACH ROW WHEN (NEW.first_used_at IS NOT NULL) EXECUTE FUNCTION latchkey_end_overlap();
CREATE TRIGGER first_use_updated AFTER UPDATE ON "token_usage" FOR EACH ROW WHEN (OLD.first_used_at IS NULL AND NEW.first_used_at IS NOT NULL) EXECUTE FUNCTION latchkey_end_overlap();

-- Audit rows are written once.
CREATE FUNCTION "latchkey_audit_is_immutable"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_events is append-only';
END $$;
CREATE TRIGGER audit_is_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_events" FOR EACH STATEMENT EXECUTE FUNCTION latchkey_audit_is_immutable();
