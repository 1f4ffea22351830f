import { env } from "#lib/env";
import { answering, answerOf } from "./answer";

/**
 * Makes a GET handler for what everybody may know, signed in or not: it depends on nobody, and reads nothing.
 * @param tell gets the public address of the portal
 */
export function telling(tell: (portalUrl: string) => object) {
  return (request: Request): Promise<Response> => answering(request, async () => answerOf(tell(env().url), 200));
}
