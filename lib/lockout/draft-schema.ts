import { z } from "zod";
import { editApplicationInput } from "#lib/applications/application-schema";
import { editGatewayInput } from "#lib/gateways/gateway-schema";
import { editNetworkInput, rangeEntries } from "#lib/networks/network-schema";

/** A change that may turn away who comes today, as its own command takes it; no version, for nothing is changed. */
export const lockoutInput = z.discriminatedUnion("change", [
  z.strictObject({ change: z.literal("settings.ranges"), ranges: rangeEntries }),
  editNetworkInput.omit({ version: true }).extend({ change: z.literal("network.edit") }),
  editGatewayInput.omit({ version: true }).extend({ change: z.literal("gateway.edit") }),
  editApplicationInput.omit({ version: true }).extend({ change: z.literal("application.edit") }),
]);

export type LockoutDraft = z.output<typeof lockoutInput>;
