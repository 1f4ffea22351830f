import { type Check, finding } from "../check";
import { PATH_RULES, parseTarget } from "../path";
import { canonicalHost, routeTo } from "../route";

/** Step 3: syntax of the request target and its canonical path (the `B` rules, always). */
export const targetCheck: Check = {
  step: 3,
  name: "path",
  judge(c) {
    const target = parseTarget(c.request.target);
    if (!target.ok) return finding("path_refused", `${target.rule}: ${PATH_RULES[target.rule]}`);
    c.learntTarget = target;
    return null;
  },
  alone: "nothing",
  remark: (c) => ({ detail: `The path is ${c.target.path}.` }),
};

/** Step 4: canonical host and path lead to one application, which this gateway may ask about. */
export const applicationCheck: Check = {
  step: 4,
  name: "application",
  judge(c) {
    const { routes } = c.installation;
    // Hosts in the table are canonical: one that is there as it came needs no more looking at.
    const host = routes.has(c.request.host) ? c.request.host : canonicalHost(c.request.host);
    if (host === null) return finding("application_unknown", "host");
    const routed = routeTo(routes, host, c.target);
    if (routed === null) return finding("application_unknown", "route");
    if (routed === "contradiction") return finding("application_unknown", "contradiction");
    const { to, depth } = routed;
    if (!c.gateway.applications.has(to.application.key)) return finding("application_unknown", "gateway");
    c.learntApplication = to;
    c.depth = depth;
    return null;
  },
  // For which of the caller's a token is follows from the token.
  alone(c) {
    const { applications } = c.installation;
    c.candidates = [...c.gateway.applications].flatMap((key) => applications.get(key) ?? []);
    return c.candidates.length === 0 ? finding("application_unknown", "gateway") : null;
  },
  remark: (c) => ({ detail: `It is for the application ${c.known.application.key}.` }),
};
