/**
 * Request headers that steer Next itself, or that only a proxy may set. Next answers `200 {}` to `POST /api/…` with
 * `x-middleware-prefetch: 1` without running the handler (packages/next/src/server/base-server.ts), and takes scheme,
 * host and nonce from headers: all of that comes from us or not at all.
 */
const FOREIGN =
  /^(x-middleware-.*|x-nextjs-.*|x-invoke-.*|x-matched-path|x-next-.*|next-action|next-resume|x-prerender-.*|x-action-.*|x-vercel-.*|x-now-.*|x-latchkey-.*|x-forwarded-.*|x-original-.*|x-rewrite-url|x-http-method(-override)?|x-method-override|forwarded|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|content-security-policy(-report-only)?)$/i;

/** Whether a request header is not for clients to send. */
export const isForeign = (name: string): boolean => FOREIGN.test(name);

/** Names and values in turn, as Node gives raw headers, without what clients may not send. */
export function withoutForeign(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = "", value = ""] = [rawHeaders[i], rawHeaders[i + 1]];
    if (!isForeign(name)) kept.push(name, value);
  }
  return kept;
}

/** Every value of one header, in order. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_value, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}

/** Every header with all its values. */
export function distinctOf(rawHeaders: readonly string[]): Record<string, string[]> {
  const distinct = new Map<string, string[]>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = "", value = ""] = [rawHeaders[i]?.toLowerCase(), rawHeaders[i + 1]];
    const values = distinct.get(name);
    if (values === undefined) distinct.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(distinct);
}

/**
 * sonner (toasts) makes one style element, without a nonce, first empty and then with its text: these are the hashes of
 * both. Another version has another text; toast-styles.test.ts computes them anew from the package.
 */
const TOAST_STYLES =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

/** Scripts carry the nonce of their response; nothing may be framed, and nothing comes from elsewhere. */
export function contentSecurityPolicy(nonce: string, https: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}' ${TOAST_STYLES}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "frame-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** For what is not a page: nothing in it may be run or shown. */
export const NOTHING_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** On every response, whoever answers. */
export function securityHeaders(policy: string, https: boolean): Readonly<Record<string, string>> {
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "origin-agent-cluster": "?1",
    "permissions-policy":
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()",
    ...(https ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}

/** Hashed by the build, so that its content never changes under its name. */
export const isHashedAsset = (path: string): boolean => path.startsWith("/_next/static/");
