import { z } from "zod";
import type { AuditEventView } from "#lib/audit/view";
import type { Problem } from "#lib/errors/problem";
import type { Enforcement } from "#lib/propagation/enforcement";
import { count, id, maybeText, shape, text, texts, time } from "./shape";

const anything = z.json();

export const AUDIT_EVENT = shape<AuditEventView>("AuditEvent", {
  seq: z.string().regex(/^\d+$/),
  at: time,
  actor: z.strictObject({ kind: text, name: text }),
  action: text,
  subject: z.strictObject({ kind: text, id: maybeText, name: text }),
  detail: z.strictObject({ before: anything, after: anything }),
  address: maybeText,
  sentence: text,
});

export const ENFORCEMENT = shape<Enforcement>("Enforcement", {
  sequence: z.string().regex(/^\d+$/),
  acknowledged: texts.describe("Verifiers that have applied the change."),
  outstanding: texts.describe("Verifiers that have not said so yet; empty: it holds everywhere."),
  effectiveBy: time.describe("From then on no verifier allows by what was before."),
});

const source = z.strictObject({
  kind: z.enum(["tier", "delegation", "ceiling", "installation", "token"]),
  name: text,
});

export const PROBLEM = shape<Omit<Problem, "errors"> & { readonly errors: readonly object[] }>("Problem", {
  type: z.string().describe("Where the help explains this code."),
  title: text,
  status: count,
  detail: text.describe("For a person: what is wrong and what to do."),
  code: text,
  requestId: id.describe("To quote to an administrator."),
  errors: z.array(z.strictObject({ path: text, message: text, source: source.optional() })),
});
