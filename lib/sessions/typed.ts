import { z } from "zod";

/** A name as somebody types it who is to be known by it. NUL stands in no name, and no database takes it. */
export const typedName = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !text.includes("\0"), "Leave out control characters.");

/** A password as typed, right or wrong. */
export const typedPassword = z.string().min(1).max(1024);
