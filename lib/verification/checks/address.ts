import { formatAddress } from "#lib/networks/address";
import { inRanges } from "#lib/networks/range-set";
import { waysFrom } from "#lib/tokens/rights/way";
import { type Check, finding, unseen } from "../check";
import { refusedBy } from "./source";

const WHOLE = "the installation's ranges";

/** Step 5: the addresses from which the installation may be used at all. */
export const globalAddressCheck: Check = {
  step: 5,
  name: "global addresses",
  judge(c) {
    const { ranges } = c.installation;
    return ranges === null || inRanges(ranges, c.address) ? null : finding("address_refused", WHOLE);
  },
  alone(c) {
    if (c.installation.ranges === null) return null;
    c.candidates = c.candidates.filter(({ application }) => application.introspectRestricted);
    return c.candidates.length === 0 ? finding("address_refused", { kind: "unseen", what: WHOLE }) : null;
  },
  remark: (c) =>
    c.installation.ranges === null
      ? { detail: "The installation allows every address.", applies: false }
      : { detail: `${formatAddress(c.address)} lies in the installation's ranges.` },
};

/** Step 14: addresses of grant, ceiling and token. */
export const tokenAddressCheck: Check = {
  step: 14,
  name: "addresses",
  judge(c) {
    const ways = waysFrom(c.ways, c.address);
    if (ways.length === 0) return finding("token_address_refused", refusedBy(c.ways, { address: c.address }));
    c.ways = ways;
    return null;
  },
  alone(c) {
    const ways = waysFrom(c.ways, null);
    // A way that is open from anywhere is no restriction; where there is none, somebody must have said that it may be unseen.
    if (ways.length === 0) return unseen(c, "token_address_refused", "addresses");
    c.ways = ways;
    return null;
  },
  remark: (c) => ({ detail: `${formatAddress(c.address)} is allowed by token, grant and ceiling.` }),
};
