import { Buffer } from "node:buffer";

const VISIBLE = /^[\x21-\x24\x26-\x7e]*$/;
const COMMA = 44;
const PERCENT = 37;
const GROUPS_LIMIT = 50;
const GROUPS_BYTES = 4096;

function percentEncode(text: string, comma: boolean): string {
  let encoded = "";
  for (const byte of Buffer.from(text, "utf8")) {
    const plain = byte > 0x20 && byte < 0x7f && byte !== PERCENT && !(comma && byte === COMMA);
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

/** A value for an identity header: visible ASCII, everything else (and `%`) percent-encoded as UTF-8. */
export function headerValue(text: string): string {
  return VISIBLE.test(text) ? text : percentEncode(text, false);
}

function joinedGroups(groups: readonly string[]): string {
  let joined = "";
  for (const group of groups.slice(0, GROUPS_LIMIT)) {
    const one = VISIBLE.test(group) && !group.includes(",") ? group : percentEncode(group, true);
    const longer = joined === "" ? one : `${joined},${one}`;
    if (longer.length > GROUPS_BYTES) break;
    joined = longer;
  }
  return joined;
}

const JOINED = new WeakMap<readonly string[], string>();
/** So many groups are joined before a list of them is found. */
export const FEW = 2;

/**
 * Groups in one header value, joined by commas; a comma inside a group is encoded, or `x,admins` would be two groups.
 * At most 50 groups and 4 KB: what gateways take. Those at the end are left out whole.
 * @param groups a list that does not change: it is joined once, because people are in many groups and ask often
 */
export function groupsValue(groups: readonly string[]): string {
  if (groups.length <= FEW) return joinedGroups(groups);
  let joined = JOINED.get(groups);
  if (joined === undefined) {
    joined = joinedGroups(groups);
    JOINED.set(groups, joined);
  }
  return joined;
}
