import { checkAuditChain } from "#lib/audit/queries-chain";
import { now } from "#lib/clock";
import { verb } from "./verb";

export const audit = {
  verify: verb({
    about: "Check the chain of the audit log and name the first event that is not what was written",
    options: {},
    run: (_given, desk) => desk.ask((viewer) => checkAuditChain(viewer, now())),
    fails: (answer) => "firstBad" in answer && answer.firstBad !== null,
  }),
};
