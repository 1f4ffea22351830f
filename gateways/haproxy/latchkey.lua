-- Latchkey for HAProxy: asks the verifier about a request (action `lua.latchkey`). Tested with HAProxy 2.6 (Debian 12).
-- What an operator changes is marked EDIT; everything else is the contract with the verifier and stays as it is.
local VERIFIER = "http://127.0.0.1:3001/v1/authz/forward/gw1" -- EDIT: the verifier, and the gateway's key
local KEY = os.getenv("LATCHKEY_GATEWAY_KEY") or ""           -- the gateway's secret, from the service's environment
-- EDIT: for a verifier on a socket "unix@/run/latchkey/verifier.sock", with TLS "abns@latchkey-verifier" (see latchkey.cfg)
local THROUGH = nil
-- EDIT: the headers in which applications take tokens, in lower case; latchkey.cfg names them for its main host. They are
-- taken away from a token's request. Tokens that come in any other are refused.
local TOKEN_HEADERS = { "x-api-token" }

local IDENTITY = {
  "x-latchkey-auth", "x-latchkey-user", "x-latchkey-user-id", "x-latchkey-groups", "x-latchkey-access",
  "x-latchkey-token-id", "x-latchkey-request-id", "x-latchkey-assertion",
}
local CLASSES = { token = true, password = true, foreignBearer = true, oauth1 = true, otherScheme = true, none = true }
local REFUSALS = { [400] = true, [401] = true, [403] = true, [429] = true, [503] = true }
local RELAYED = {
  "content-type", "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy", "cache-control",
  "x-latchkey-request-id",
}
-- The verifier needs none of these, so it gets none; of cookies it is told that there are some.
local WITHHELD = { cookie = true, connection = true, ["content-length"] = true, ["transfer-encoding"] = true, host = true,
  expect = true, te = true, ["keep-alive"] = true }
local ABSENT = '{"type":"about:blank","title":"Service Unavailable","status":503,"code":"unavailable","detail":'
  .. '"Access cannot be checked at the moment. Nothing is wrong with your token: try again in a few seconds."}'

-- HAProxy counts the values of a header from 0.
local function each(values)
  local list = {}
  if values then
    for index = 0, #values do
      if values[index] then list[#list + 1] = values[index] end
    end
  end
  return list
end

local function first(answer, name)
  local values = answer and answer.headers and answer.headers[name]
  return values and values[0] or ""
end

-- HAProxy has room for a hundred lines in a question, and 2.6 does not look whether they fit.
local MOST_LINES = 90

local function question(txn)
  -- A name that is not the frontend's would be judged as another application's: latchkey.cfg refuses it before this runs.
  if not txn:get_var("txn.latchkey_backend") then return nil end
  local came, headers, lines = txn.http:req_get_headers(), {}, 0
  for name, values in pairs(came) do
    if not WITHHELD[name] then
      headers[name] = each(values)
      lines = lines + #headers[name]
    end
  end
  headers["cookie"] = came["cookie"] and { "withheld" } or nil
  headers["x-forwarded-method"] = { txn.sf:method() }
  headers["x-forwarded-uri"] = { txn.sf:pathq() }
  headers["x-forwarded-host"] = { txn.sf:req_fhdr("host") or "" } -- a name that the frontend is for
  headers["x-forwarded-proto"] = { txn.f:ssl_fc() == 1 and "https" or "http" }
  -- A list is left here only of proxies in front, where the configuration names them.
  local list = headers["x-forwarded-for"] or {}
  list[#list + 1] = tostring(txn.f:src())
  headers["x-forwarded-for"] = { table.concat(list, ", ") }
  headers["x-latchkey-gateway-key"] = { KEY }
  headers["x-latchkey-withholds"] = { table.concat(TOKEN_HEADERS, ",") }
  return lines <= MOST_LINES and headers or nil
end

local function refuse(txn, answer, status)
  local reply = txn:reply()
  if REFUSALS[status] and first(answer, "x-latchkey-request-id") ~= "" then
    reply:set_status(status)
    for _, name in ipairs(RELAYED) do
      for _, value in ipairs(each(answer.headers[name])) do reply:add_header(name, value) end
    end
    reply:set_body(answer.body or "")
  else -- an absent verifier (HAProxy makes up a 503 for it), or one that says what no verifier says
    reply:set_status(503)
    reply:add_header("content-type", "application/problem+json")
    reply:add_header("cache-control", "no-store")
    reply:add_header("retry-after", "5")
    reply:set_body(ABSENT)
  end
  txn:done(reply)
end

core.register_action("latchkey", { "http-req" }, function(txn)
  -- HAProxy asks again, three times, when there is no answer: so the time for one is short.
  local headers = question(txn)
  local answer = headers and core.httpclient():get({ url = VERIFIER, headers = headers, timeout = 1000, dst = THROUGH })
  local status = answer and answer.status or 0
  local auth = first(answer, "x-latchkey-auth")
  if status ~= 200 or not CLASSES[auth] then return refuse(txn, answer, status == 200 and 0 or status) end
  for _, name in ipairs(IDENTITY) do
    local value = first(answer, name)
    txn.http:req_del_header(name)
    if value ~= "" then txn.http:req_set_header(name, value) end
  end
  txn.http:req_del_header("authorization")
  local authorization = first(answer, "authorization")
  if authorization ~= "" then txn.http:req_set_header("authorization", authorization) end
  if auth == "token" then
    for _, name in ipairs(TOKEN_HEADERS) do txn.http:req_del_header(name) end
  end
  txn:set_var("txn.latchkey_auth", auth)
end, 0)
