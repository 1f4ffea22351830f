import { checkLog } from "#lib/audit/commands/check";
import { checkAuditChain } from "#lib/audit/queries-chain";
import { now } from "#lib/clock";
import { ok } from "#lib/errors/error";
import { flag } from "./option";
import { verb } from "./verb";

export const audit = {
  verify: verb({
    about: "Check the chain of the audit log and name the first event that is not what was written",
    options: { note: flag("let the log tell that it was checked, which its page in the portal then says") },
    run: ({ note }, desk) => (note ? desk.run(checkLog, ok({})) : desk.ask((viewer) => checkAuditChain(viewer, now()))),
    fails: (answer) => "firstBad" in answer && answer.firstBad !== null,
  }),
};
