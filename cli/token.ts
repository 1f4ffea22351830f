import { now } from "#lib/clock";
import { refuse } from "#lib/errors/error";
import { createToken } from "#lib/tokens/commands/create";
import { issueToken } from "#lib/tokens/commands/issue";
import { managedTokensQuery, pageOfManagedTokens } from "#lib/tokens/queries-managed";
import { STATUSES } from "#lib/tokens/status";
import { expiry } from "./expiry";
import { readBody } from "./input";
import { field, flag, JSON_BODY, oneOf, optional, repeated } from "./option";
import { PAGE, queryOf } from "./paging";
import { ending } from "./token-ending";
import { makingSecret, verb } from "./verb";

const ALL = "all";

const create = makingSecret({
  about: "Make a token, the owner's own or, with --delegation, an issued one; prints its secret, once",
  options: {
    owner: field(optional("NAME", "whose it is")),
    name: field(optional("N", "what it is for, in a few words")),
    application: field(repeated("KEY|all", "where it may go")),
    access: field(optional("read|write", "what it may do there", oneOf(["read", "write"]))),
    expires: optional("30d|ISO|never", "when it ends; preset: the default lifetime", expiry),
    ip: repeated("CIDR", "a range or network it may be used from; preset: anywhere"),
    description: optional("TEXT", "its purpose"),
    contact: optional("TEXT", "whom to call when it misbehaves"),
    delegation: optional("NAME", "issue it as a delegate of this one would"),
    override: flag("pass what is judged when a token is made; audited"),
    json: JSON_BODY,
  },
  run: async ({ json, application: keys, expires, ip: ipRanges, override, ...given }, desk) => {
    if (keys.includes(ALL) && keys.length > 1) return refuse("malformed", "Give --application all alone, or the keys.");
    const body = await readBody(json, {
      ...given,
      ipRanges,
      applications: keys.includes(ALL) ? ALL : keys,
      expiresAt: expires?.(now()),
      override: override || undefined,
    });
    if (!body.ok) return body;
    return body.value.delegation === undefined ? desk.run(createToken, body) : desk.run(issueToken, body);
  },
});

/** As REST has them: a flag that is not given asks for nothing. */
const asParameters = (given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === false ? [] : [[name, value === true ? "true" : value]],
    ),
  );

const list = verb({
  about: "Tokens, page by page",
  options: {
    owner: repeated("NAME", "whose"),
    status: repeated("S", `which: ${STATUSES.join(", ")}`, oneOf(STATUSES)),
    group: repeated("G", "whose owner is in it"),
    application: repeated("KEY", "which may go there"),
    access: optional("read|write", "what it may do there", oneOf(["read", "write"])),
    unusedDays: optional("N", "not used for so many days, and older than that"),
    expiresWithinDays: optional("N", "which end within so many days"),
    neverExpires: flag("which never end"),
    noRanges: flag("which may be used from anywhere"),
    issued: flag("which were made under a delegation"),
    breaksPolicy: flag("which today's rules would not allow any more"),
    knocking: flag("which have ended and are used all the same"),
    ...PAGE,
  },
  run: async (given, desk) => {
    const query = queryOf(managedTokensQuery, asParameters(given));
    return query.ok ? desk.ask((viewer) => pageOfManagedTokens(viewer, query.value)) : query;
  },
});

export const token = { create, list, ...ending };
