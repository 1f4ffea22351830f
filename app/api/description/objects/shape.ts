import { z } from "zod";

/**
 * The schema of a view: a field too many, or one that is missing, does not compile. `description` says of a field what
 * its name and kind do not.
 */
export const shape = <View extends object>(
  id: string,
  fields: { readonly [Key in keyof View]-?: z.ZodType<View[Key]> },
) => z.strictObject(fields).meta({ id });

export const text = z.string();
export const texts = z.array(z.string());
export const flag = z.boolean();
export const count = z.int().min(0);
export const id = z.uuid();
export const version = z.int().min(1).describe("What PATCH sends back.");
/** ISO 8601, UTC. */
export const time = z.iso.datetime();
export const maybeTime = time.nullable();
export const maybeText = text.nullable();

/** A page of a list. */
export const listOf = (item: z.ZodType) =>
  z.strictObject({
    items: z.array(item).max(100),
    nextCursor: maybeText.describe("For the next page; null on the last."),
    previousCursor: maybeText.describe("For the page before; null on the first."),
  });
