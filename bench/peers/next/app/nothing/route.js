// A Next route handler that does nothing.
export const dynamic = "force-dynamic";
export function GET() {
  return new Response(null, { status: 204, headers: JSON.parse(process.env.ANSWER_HEADERS ?? "{}") });
}
