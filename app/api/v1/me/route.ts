import { z } from "zod";
import { reading } from "#lib/commands/reading";
import { findMe } from "#lib/users/me";

export const GET = reading(z.strictObject({}), findMe);
