import { z } from "zod";
import { pathPattern } from "#lib/applications/path-pattern";
import { line, name } from "#lib/fields";
import { zoneNamed } from "#lib/zone";
import { untold } from "./condition-name";
import { DAYS, type RateLimit, type Restrictions } from "./restrictions";

/** Of headers, and of path rules. */
export const MOST_RULES = 50;
const MOST_A_MINUTE = 1_000_000;

const headerName = z
  .string("Write the name of a header.")
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, "This is no name of a header.")
  .toLowerCase();

const toldName = headerName.superRefine((header, context) => {
  const why = untold(header);
  if (why !== null) context.addIssue(why);
});

const conditionsOn = (named: typeof headerName) =>
  z
    .array(
      z.strictObject({
        name: named,
        value: line(500)
          .min(1, "Write the value that the request must carry.")
          .regex(/^[\x20-\x7e]*$/, "A header’s value is plain ASCII."),
      }),
      "Send a list of headers.",
    )
    .max(MOST_RULES, `At most ${MOST_RULES} headers.`)
    .refine(
      (all) => new Set(all.map((each) => each.name)).size === all.length,
      "One header cannot have two values: name each once.",
    );

const METHOD = /^(?:\*|[A-Z][A-Z-]{0,19}) (?=\/)/;

/** `METHOD /path/pattern`: a method or `*`, one blank, and a pattern from the application's context on. */
export const pathRule = z
  .string("Write a method and a path.")
  .max(521, "Use at most 500 characters.")
  .regex(METHOD, "Write a method (or *), a blank and a path: GET /rest/api/2/issue/**.")
  .refine(
    (text) => !METHOD.test(text) || pathPattern.safeParse(text.replace(METHOD, "")).success,
    "After the method: a path from its first slash, * for one segment, ** for any number; escape what is not ASCII.",
  )
  // A second ** would have to be tried at every segment, on the thread that judges everybody's requests.
  .refine((text) => text.split("**").length <= 2, "Use ** once in a rule; * is one segment.");

const pathRules = z
  .array(pathRule, "Send a list of path rules.")
  .max(MOST_RULES, `At most ${MOST_RULES} path rules.`)
  .transform((all) => [...new Set(all)]);

const from = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write a time like 06:00.");
const to = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "Write a time like 20:00, at the latest 24:00.");

const timeWindow = z
  .strictObject({
    zone: name(64).transform((zone, context) => {
      const known = zoneNamed(zone);
      if (known === null) context.addIssue("There is no such time zone. Write one like Europe/Berlin.");
      return known ?? zone;
    }),
    days: z
      .array(z.enum(DAYS, "A day is one of mon, tue, wed, thu, fri, sat, sun."))
      .min(1, "Choose at least one day.")
      .max(7, "A week has seven days.")
      .transform((days) => DAYS.filter((day) => days.includes(day))),
    from,
    to,
  })
  .refine((window) => window.from !== window.to, { path: ["to"], message: "It begins and ends at the same time." });

const count = z
  .int("Give a whole number.")
  .min(1, "At least 1.")
  .max(MOST_A_MINUTE, `At most ${MOST_A_MINUTE.toLocaleString("en")}.`);

/** How often something may come: so many a minute, so many at once. */
export const rateLimit = z.strictObject({ perMinute: count, burst: count });

/** The four restrictions as they are sent, each as it is when said. */
export const restrictionFields = {
  headerConditions: conditionsOn(toldName),
  pathRules,
  timeWindow: timeWindow.nullable(),
  rateLimit: rateLimit.nullable(),
};

// Conditions of before on what no gateway tells stay readable: their tokens are refused in one step, which Explain names.
const stored = z.object({ ...restrictionFields, headerConditions: conditionsOn(headerName) });

/** What the database holds, as restrictions. @throws what is not as it was stored */
export const restrictionsIn = (row: Readonly<Record<keyof Restrictions, unknown>>): Restrictions => stored.parse(row);

/** The same; null where it is not as it was stored. */
export function readableIn(row: Readonly<Record<keyof Restrictions, unknown>>): Restrictions | null {
  const read = stored.safeParse(row);
  return read.success ? read.data : null;
}

/** The rate alone that the database holds; one that cannot be read is none that anybody could count on. */
export function rateIn(held: unknown): RateLimit | null {
  const read = restrictionFields.rateLimit.safeParse(held);
  return read.success ? read.data : null;
}
