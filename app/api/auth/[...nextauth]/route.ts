import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { nextAuthOptions } from "#lib/auth/next-auth-options";
import { addressOf } from "#lib/auth/request-actor";
import { answering } from "#lib/commands/answer";
import { env } from "#lib/env";
import { ok } from "#lib/errors/error";

type Context = { params: Promise<{ nextauth: string[] }> };

// next-auth 4 reads its own address from the environment only.
async function handler(request: NextRequest, context: Context): Promise<Response> {
  process.env.NEXTAUTH_URL ??= env().url;
  return answering(request, async () => {
    const userAgent = request.headers.get("user-agent") ?? "";
    const options = await nextAuthOptions({ address: addressOf(request.headers), userAgent });
    return ok(await NextAuth(request, context, options));
  });
}

export { handler as GET, handler as POST };
