import type { z } from "zod";
import type { ErrorCode } from "#lib/errors/error";

/** What only people can say of an operation; all else follows from its handler. */
export type Words = {
  /** A heading: what it does, without a full stop. */
  readonly does: string;
  /** What somebody must know besides. */
  readonly more?: string;
  /** What it answers: JSON of this schema, or a file of these media types. */
  readonly answers: z.ZodType | readonly string[];
  /** Codes beyond those that follow from the handler. */
  readonly refuses?: readonly ErrorCode[];
  /** The body, where the schema that reads it cannot be drawn. */
  readonly body?: z.ZodType;
};

/** By method and route: `POST tokens/[id]/revoke`. */
export type Chapter = Readonly<Record<string, Words>>;
