import { timeIn } from "../ui/zoned";

/** What the form says, as the API takes it; or which field keeps it from being asked. */
export type Typed = { readonly body: object } | { readonly path: string; readonly message: string };

const text = (data: FormData, name: string): string => String(data.get(name) ?? "").trim();

/** `Name: value`, one a line. @returns null for a line that is none */
export function typedHeaders(lines: string): Record<string, string[]> | null {
  const headers: Record<string, string[]> = {};
  for (const line of lines.split("\n").filter((each) => each.trim() !== "")) {
    const [, name, value] = /^\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    headers[name] = [...(headers[name] ?? []), value];
  }
  return headers;
}

/** A URL as it was called is host and path of a request; its bytes stay as they were typed. */
export function typedAddress(url: string): { proto: string; host: string; uri: string } | null {
  const [, proto, host, rest = ""] = /^(https?):\/\/([^/?#\s]+)([^#\s]*)/i.exec(url) ?? [];
  if (proto === undefined || host === undefined) return null;
  return { proto: proto.toLowerCase(), host, uri: rest.startsWith("/") ? rest : `/${rest}` };
}

/** @param zone in which the time is typed */
export function typedRequest(data: FormData, zone: string): Typed {
  const address = typedAddress(text(data, "url"));
  if (address === null) return { path: "uri", message: "Write the whole address: https://jira.example.com/rest/…" };
  const headers = typedHeaders(String(data.get("headers") ?? ""));
  if (headers === null) return { path: "headers", message: "Write headers as Name: value, one a line." };
  const [time, at] = [text(data, "at"), timeIn(text(data, "at"), zone)];
  if (time !== "" && at === null) return { path: "at", message: "Write date and time, or leave it empty for now." };
  const [token, secret, gateway] = [text(data, "token"), text(data, "secret"), text(data, "gateway")];
  const pasted = token === "paste" && secret !== "" ? { Authorization: [`Bearer ${secret}`] } : {};
  return {
    body: {
      ...address,
      method: text(data, "method"),
      clientIp: text(data, "clientIp"),
      headers: { ...headers, ...pasted },
      ...(token !== "" && token !== "paste" ? { tokenId: token } : {}),
      ...(gateway === "" ? {} : { gateway }),
      ...(at === null ? {} : { at: new Date(at).toISOString() }),
    },
  };
}
