import { REASONS, type ReasonCode } from "./reasons";

/** Codes that nginx can see and put into words itself: it keeps the text of 401 and 503 in its configuration. */
function wordsFor(): { code: ReasonCode; sentence: string; help: string }[] {
  const codes = Object.keys(REASONS).filter((code): code is ReasonCode => code in REASONS);
  return codes.flatMap((code) => {
    const { status, sentence, help } = REASONS[code];
    return status === 400 || status === 403 || status === 429 ? [{ code, sentence, help }] : [];
  });
}

function mapOf(variable: string, fallback: string, entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([code]) => code.length), "default".length);
  const line = (key: string, value: string) => `  ${key.padEnd(width)} ${JSON.stringify(value)};`;
  const lines = [line("default", fallback), ...entries.map(([key, value]) => line(key, value))];
  return `map $latchkey_reason ${variable} {\n  volatile;\n${lines.join("\n")}\n}\n`;
}

/**
 * The reason → sentence map that gateways/nginx includes, because nginx discards the body of a refusal.
 * A test keeps gateways/nginx/reasons.conf equal to it; `node docs/generate.mjs` writes it.
 */
export function nginxReasonMap(): string {
  const words = wordsFor();
  return [
    "# Generated from lib/verification/reasons.ts by `node docs/generate.mjs`. Do not edit.\n",
    mapOf(
      "$latchkey_sentence",
      "This request was refused. Ask whoever runs this gateway, and name the request id.",
      words.map(({ code, sentence }) => [code, sentence]),
    ),
    mapOf(
      "$latchkey_help",
      "request",
      words.map(({ code, help }) => [code, help]),
    ),
  ].join("\n");
}
