import { z } from "zod";
import { explainInput } from "#lib/verification/queries";
import { pastInput } from "#lib/verification/queries-past";
import { AUDIT_EVENT } from "../objects/events";
import { listOf } from "../objects/shape";
import { APPLICATION, EXPLAINED, GATEWAY, GATEWAY_WITH_SECRET, PAST_EXPLAINED, PROBE_RUN } from "../objects/upstreams";
import type { Chapter } from "./words";

/** Applications, the gateways in front of them, and what became of requests. */
export const UPSTREAMS: Chapter = {
  "GET applications": { does: "List applications", answers: listOf(APPLICATION) },
  "POST applications": { does: "Make an application", answers: APPLICATION },
  "GET applications/[id]": { does: "Read an application", answers: APPLICATION },
  "PATCH applications/[id]": {
    does: "Edit an application",
    more: "To become `generic`, or to be told who it is by header or assertion, every rule and exception that lets something through is stated.",
    answers: APPLICATION,
  },
  "DELETE applications/[id]": {
    does: "Delete an application that nothing names",
    answers: APPLICATION,
    refuses: ["in_use"],
  },
  "POST admin/applications/[id]/probes": {
    does: "Try how an application is connected",
    more: "Asks at `url`, one of its own routes, from the portal’s machine: without a credential, with a read token of yours that ends at once, and with `DELETE` of a name that nothing has. `upstream` (host and port of the application itself) is only knocked at. Takes up to a minute; one run of an application at a time.",
    answers: PROBE_RUN,
    refuses: ["too_many_requests", "ended"],
  },
  "GET gateways": { does: "List gateways", answers: listOf(GATEWAY) },
  "POST gateways": { does: "Make a gateway", answers: GATEWAY_WITH_SECRET },
  "GET gateways/[id]": { does: "Read a gateway", answers: GATEWAY },
  "PATCH gateways/[id]": { does: "Edit a gateway", answers: GATEWAY },
  "DELETE gateways/[id]": { does: "Delete a gateway that never called", answers: GATEWAY, refuses: ["in_use"] },
  "POST gateways/[id]/rotate-secret": {
    does: "Give a gateway a new secret",
    more: "The old one is accepted until `previousUntil`.",
    answers: GATEWAY_WITH_SECRET,
  },
  "POST explain": {
    does: "See why a request is let through or refused",
    more: "A request described, or by its `requestId` one that was refused in the last 30 days. `at` judges it by the clock of another time and the facts of now. Changes nothing.",
    answers: z.union([EXPLAINED, PAST_EXPLAINED]),
    refuses: ["not_found"],
    body: z.union([explainInput, pastInput]),
  },
  "GET audit-events": { does: "Search the audit log", more: "Newest first.", answers: listOf(AUDIT_EVENT) },
  "GET audit-events/[seq]": { does: "Read one event of the audit log", answers: AUDIT_EVENT },
  "GET audit-events/export": {
    does: "Take the audit log away",
    more: "Oldest first, as CSV or one JSON object a line. The log tells who did.",
    answers: ["text/csv", "application/x-ndjson"],
  },
};
