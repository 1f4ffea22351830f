import { z } from "zod";
import { id } from "#lib/fields";
import { LONGEST_SENTENCE, OUTCOMES, PROBES } from "./probe";

const LONGEST_URL = 500;
const LONGEST_DOOR = 270;

/** Asks for the connection of an application to be tried; left out: at its first route, and not its own address. */
export const beginProbesInput = z.strictObject({
  id,
  url: z.string("Write an address.").max(LONGEST_URL, "This is too long for an address.").optional(),
  upstream: z.string("Write an address.").max(LONGEST_DOOR, "This is too long for an address.").optional(),
});

/** What became of a run; `begun` is when it began (epoch milliseconds), by which it is known. */
export const finishProbesInput = z.strictObject({
  id,
  begun: z.int().min(0),
  results: z
    .array(
      z.strictObject({
        probe: z.enum(PROBES),
        outcome: z.enum(OUTCOMES),
        sentence: z.string().max(LONGEST_SENTENCE),
      }),
    )
    .max(PROBES.length),
});
