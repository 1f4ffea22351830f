import { csvOf } from "#lib/csv";
import type { TokenView } from "../view";

/** Tokens as CSV. Times are ISO 8601 UTC, empty where there is none; several of something are apart by blanks. */
export const TOKENS_CSV = csvOf<TokenView>({
  id: (token) => token.id,
  name: (token) => token.name,
  description: (token) => token.description,
  owner: (token) => token.owner.username,
  status: (token) => token.status,
  applications: ({ applications }) => (applications === "all" ? "all" : applications.join(" ")),
  access: (token) => token.access,
  ipRanges: (token) => token.ipRanges.join(" "),
  createdBy: (token) => token.createdBy,
  grant: ({ grant }) => grant.name ?? "",
  createdAt: (token) => token.createdAt,
  expiresAt: (token) => token.expiresAt ?? "",
  lastUsedAt: (token) => token.lastUsedAt ?? "",
  lastUsedIp: (token) => token.lastUsedIp ?? "",
  hint: (token) => token.hint ?? "",
  labels: (token) => token.labels.join(" "),
  contact: (token) => token.contact,
});
