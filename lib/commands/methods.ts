import { refuse } from "#lib/errors/error";
import { answering } from "./answer";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];
type Handler = (request: Request) => Promise<Response>;

/**
 * Handlers for the methods that a route does not have: 405 with `Allow`, as problem details (RFC 9110 §15.5.6); and for
 * OPTIONS, which tells the same without being refused. No other origin is ever invited (CORS).
 * @param allowed the methods that it has
 */
export function othersThan(...allowed: readonly Method[]): Record<Method | "OPTIONS", Handler> {
  const allow = allowed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  const refusing: Handler = async (request) => {
    const detail = `There is no ${request.method} here. Use ${allow}.`;
    const response = await answering(request, async () => refuse("method_not_allowed", detail));
    response.headers.set("allow", allow);
    return response;
  };
  const telling: Handler = async () => new Response(null, { status: 204, headers: { allow } });
  return { OPTIONS: telling, GET: refusing, POST: refusing, PUT: refusing, PATCH: refusing, DELETE: refusing };
}
