-- wrk's script: every request is HEAD_BEFORE .. secret .. HEAD_AFTER, the secrets in turn; the result as one line of JSON.
local before, after, secrets, at = nil, nil, {}, 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  before = file:read("*l"):gsub("\\r\\n", "\r\n")
  after = file:read("*l"):gsub("\\r\\n", "\r\n")
  for line in file:lines() do secrets[#secrets + 1] = line end
  file:close()
  at = tonumber(args[2] or "0")
end

function request()
  at = at + 1
  return before .. secrets[at % #secrets + 1] .. after
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"microseconds":%d,"errors":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
