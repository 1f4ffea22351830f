import { ROUNDING_MS } from "../buckets";
import { FIRST_WINDOW_MS, FORGIVEN_AFTER_MS, LONGEST_WINDOW_MS } from "../failures";

/** Redis' own clock, so that the clocks of verifiers need not agree: epoch milliseconds. */
export const REDIS_CLOCK = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
`;

/** `Buckets.take` in Lua: `look` says what would be left, and `keep` takes it. A bucket that is full again is no key. */
const BUCKET = `
local function text(number) return string.format('%.17g', number) end
local function set(key, value, lasts) redis.call('SET', key, value, 'PX', math.ceil(math.max(lasts, 1))) end
local function look(key, burst, each)
  local emptyAt = now + burst * each
  local known = math.max(tonumber(redis.call('GET', key) or '0'), now)
  if known > emptyAt then set(key, text(emptyAt), emptyAt - now) end
  local next = math.min(known, emptyAt) + each
  local left = emptyAt - next
  if left >= -${ROUNDING_MS} then left = math.max(left, 0) end
  return left, next
end
local function keep(key, next) set(key, text(next), next - now) end
`;

/**
 * Takes one out of each bucket, or out of none. KEYS: the buckets; ARGV: burst and `eachMs` of each in turn.
 * @param clock what says `now`; another one in the tests alone
 * @returns the program; it answers what is left of each
 */
export const takeScript = (clock = REDIS_CLOCK): string => `${clock}${BUCKET}
local lefts, nexts, whole = {}, {}, true
for at, key in ipairs(KEYS) do
  local left, next = look(key, tonumber(ARGV[2 * at - 1]), tonumber(ARGV[2 * at]))
  lefts[at], nexts[at], whole = text(left), next, whole and left >= 0
end
if whole then for at, key in ipairs(KEYS) do keep(key, nexts[at]) end end
return lefts
`;

/**
 * `Failures.note` in Lua. KEYS: the bucket, the window; ARGV: burst, `eachMs`.
 * @returns the program; it answers for how long to wait, and the length of the window
 */
export const failScript = (clock = REDIS_CLOCK): string => `${clock}${BUCKET}
local lastUntil, lastLength = string.match(redis.call('GET', KEYS[2]) or '', '^(%S+) (%S+)$')
lastUntil, lastLength = tonumber(lastUntil), tonumber(lastLength)
if lastUntil and now < lastUntil then
  return { text(math.min(lastUntil - now, lastLength)), text(lastLength) }
end
local left, next = look(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]))
if left >= 0 then
  keep(KEYS[1], next)
  return { '0', '0' }
end
local length = ${FIRST_WINDOW_MS}
if lastUntil and now < lastUntil + ${FORGIVEN_AFTER_MS} then length = math.min(lastLength * 2, ${LONGEST_WINDOW_MS}) end
set(KEYS[2], text(now + length) .. ' ' .. text(length), length + ${FORGIVEN_AFTER_MS})
return { text(length), text(length) }
`;
