import { z } from "zod";

/** A pattern of paths: `*` is one segment (or part of one), `**` any number. */
export const pathPattern = z
  .string("Write a path pattern.")
  .max(500, "Use at most 500 characters.")
  .regex(/^\/[\x21-\x7e]*$/, "Begin with a slash; escape what is not ASCII.")
  .refine((text) => !/[?#\\]/.test(text), "Only a path: no query, no fragment, no backslash.")
  .refine(
    (text) => text.split("/").every((part) => part === "**" || (part.match(/\*/g) ?? []).length <= 1),
    "One star in a segment, or ** alone.",
  )
  .refine((text) => text.split("/").every((part) => part !== "." && part !== ".."), "No . or .. as a segment.");
