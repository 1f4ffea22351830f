import { z } from "zod";
import { LATCHKEY } from "#lib/applications/application";
import { id, slug, version } from "#lib/fields";
import { cidrs } from "#lib/networks/network-schema";
import { GATEWAY_ADAPTERS } from "./gateway";

const fields = {
  adapter: z.enum(GATEWAY_ADAPTERS, "An adapter is nginx, forward, envoy or api."),
  applications: z
    .array(slug, "Name applications by key.")
    .max(200, "At most 200 applications.")
    .refine((keys) => !keys.includes(LATCHKEY), "The portal itself stands behind no gateway.")
    .transform((keys) => [...new Set(keys)]),
  peers: cidrs,
  // Whether both can be meant together is judged where the whole gateway is known (trust.ts).
  trustedHops: z
    .int("Give a whole number.")
    .min(0, "Give a number from 0 to 16.")
    .max(16, "Give a number from 0 to 16."),
  trustedRanges: cidrs,
};

const { adapter, applications, ...optional } = fields;

/** What makes a gateway. Without peers it may call from this machine only. */
export const createGatewayInput = z.strictObject({
  key: slug,
  adapter,
  applications,
  ...z.strictObject(optional).exactPartial().shape,
});

/** An edit: only what changes, and the version that was read. The key never changes. */
export const editGatewayInput = z.strictObject({ id, version, ...z.strictObject(fields).exactPartial().shape });
