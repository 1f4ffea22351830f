-- Latchkey for Apache httpd (mod_lua): asks the verifier about a request. Tested with httpd 2.4 and lua-socket of Debian 12.
-- What an operator changes is marked EDIT; everything else is the contract with the verifier and stays as it is.
package.path = "/usr/share/lua/5.3/?.lua;" .. package.path
package.cpath = "/usr/lib/x86_64-linux-gnu/lua/5.3/?.so;/usr/lib/aarch64-linux-gnu/lua/5.3/?.so;" .. package.cpath
local http = require("socket.http")
local ltn12 = require("ltn12")
http.TIMEOUT = 1 -- the verifier decides within 150 ms or refuses

local VERIFIER = "http://127.0.0.1:3001/v1/authz/forward/gw1" -- EDIT: the verifier, and the gateway's key
local KEY = os.getenv("LATCHKEY_GATEWAY_KEY") or ""           -- the gateway's secret, from the service's environment
-- EDIT: the headers in which applications take tokens, in any case, and the parameters, in lower case. What comes with one
-- is asked about; the headers are taken away from a token's request. Tokens that come in any other are refused.
local TOKEN_HEADERS = { "X-Api-Token" }
local TOKEN_PARAMETERS = { "access_token" }
-- EDIT: true for applications that know the user by X-Remote-User (Radicale). The client's own never arrives.
local REMOTE_USER = false

-- EDIT: a verifier on a socket, "/run/latchkey/verifier.sock". One with TLS (it needs the package lua-sec): these lines
-- without `--tls`; where it asks for a certificate, `--mutual` too.
local SOCKET = nil
local SECURE = nil
--tls SECURE = { cafile = "/etc/latchkey/verifier-ca.pem" }  -- EDIT: who signed the verifier's certificate
--tls SECURE.name = "verifier.example.com"                   -- EDIT: a name or an address in it, without asterisks
--mutual SECURE.certificate = "/etc/latchkey/gateway.pem"    -- EDIT: the gateway's own
--mutual SECURE.key = "/etc/latchkey/gateway.key"            -- EDIT

local IDENTITY = {
  "X-Latchkey-Auth", "X-Latchkey-User", "X-Latchkey-User-Id", "X-Latchkey-Groups", "X-Latchkey-Access",
  "X-Latchkey-Token-Id", "X-Latchkey-Request-Id", "X-Latchkey-Assertion",
}
local CLASSES = { token = true, password = true, foreignBearer = true, oauth1 = true, otherScheme = true, none = true }
local REFUSALS = { [400] = true, [401] = true, [403] = true, [429] = true, [503] = true }
local RELAYED = { "WWW-Authenticate", "Retry-After", "RateLimit", "RateLimit-Policy", "Cache-Control", "X-Latchkey-Request-Id" }
local WITHHELD = { cookie = true, connection = true, ["content-length"] = true, ["transfer-encoding"] = true, host = true,
  expect = true, te = true, ["keep-alive"] = true }
local ABSENT = '{"type":"about:blank","title":"Service Unavailable","status":503,"code":"unavailable","detail":'
  .. '"Access cannot be checked at the moment. Nothing is wrong with your token: try again in a few seconds."}'
local NOBODY = '{"type":"about:blank","title":"Misdirected Request","status":421,"code":"application_unknown","detail":'
  .. '"No application is set up at this address. Tell whoever runs it."}'

local TOO_LARGE = '{"type":"about:blank","title":"Request Header Fields Too Large","status":431,"code":"request_unreadable",'
  .. '"detail":"The headers of this request are too large to be checked. Send fewer or shorter ones."}'
local MOST_BYTES = 60000 -- of headers; the verifier reads 64 KB

local CLAIMS = { ["x-rewrite-url"] = true, ["x-real-ip"] = true, ["x-remote-user"] = true, forwarded = true, proxy = true,
  ["proxy-authorization"] = true, te = true, trailer = true }

-- Nothing of the client's may look like the gateway's or the verifier's word. Names with an underscore are another
-- spelling of ours to CGI and WSGI applications. A header that the client names in Connection would be dropped on the way.
local function clean(r)
  local listed = r.subprocess_env["LATCHKEY_IN_FRONT"] -- a proxy in front, where the site names some
  for name in pairs(r:headers_in_table()) do
    local lower = name:lower()
    if lower:find("_", 1, true) or lower:find("^x%-latchkey%-") or lower:find("^x%-original%-")
      or (lower:find("^x%-forwarded%-") and not (listed and lower == "x-forwarded-for")) or CLAIMS[lower] then
      r.headers_in[name] = nil
    end
  end
  local websocket = (r.headers_in["Upgrade"] or ""):lower() == "websocket"
  if not websocket then r.headers_in["Upgrade"] = nil end
  r.headers_in["HTTP2-Settings"] = nil
  local closes = (r.headers_in["Connection"] or ""):lower():find("close", 1, true)
  r.headers_in["Connection"] = websocket and "Upgrade" or closes and "close" or nil
end

-- LuaSec compares no names.
local function is_named(certificate)
  local alternatives = certificate and certificate:extensions()["2.5.29.17"] or {}
  for _, kind in ipairs({ "dNSName", "iPAddress" }) do
    for _, name in ipairs(alternatives[kind] or {}) do
      if name:lower() == SECURE.name:lower() then return true end
    end
  end
  return false
end

-- Each gives what is connected, or nil.
local function to_socket(sock)
  return sock:connect(SOCKET) and sock
end

local function by_tls(sock, host, port)
  local ssl = require("ssl")
  if not sock:connect(host:match("^%[(.*)%]$") or host, port) then return nil end
  local secured = ssl.wrap(sock, {
    mode = "client", protocol = "any", options = { "all", "no_sslv2", "no_sslv3", "no_tlsv1", "no_tlsv1_1" },
    verify = { "peer", "fail_if_no_peer_cert" }, cafile = SECURE.cafile, certificate = SECURE.certificate, key = SECURE.key,
  })
  if not secured then return nil end
  secured:sni(SECURE.name)
  secured:settimeout(http.TIMEOUT)
  return secured:dohandshake() and is_named(secured:getpeercertificate()) and secured
end

-- What socket.http speaks through, where that is no plain address.
local function through(make, connect)
  return function()
    local sock = make()
    local function connects(_, host, port)
      sock = connect(sock, host, port)
      return sock and 1, "unreachable"
    end
    return setmetatable({ connect = connects }, {
      __index = function(_, name)
        return function(_, ...) return sock and sock[name](sock, ...) end
      end,
    })
  end
end

local function connection()
  if SOCKET then return through(require("socket.unix"), to_socket) end
  if SECURE then return through(require("socket").tcp, by_tls) end
end

local function ask(r)
  local headers, bytes = { connection = "close" }, #r.unparsed_uri
  for name, value in pairs(r:headers_in_table()) do
    if not WITHHELD[name:lower()] then
      headers[name:lower()] = value
      bytes = bytes + #name + #value + 4
    end
  end
  if bytes > MOST_BYTES then return 431, {}, "" end
  headers["cookie"] = r.headers_in["Cookie"] and "withheld" or nil -- it is told that there are some, and none of them
  headers["x-forwarded-method"] = r.method
  headers["x-forwarded-uri"] = r.unparsed_uri
  headers["x-forwarded-host"] = r.headers_in["Host"] or ""
  headers["x-forwarded-proto"] = r.is_https and "https" or "http"
  local list = r.headers_in["X-Forwarded-For"] -- left only of proxies in front
  headers["x-forwarded-for"] = list and list .. ", " .. r.useragent_ip or r.useragent_ip
  headers["x-latchkey-gateway-key"] = KEY
  headers["x-latchkey-withholds"] = table.concat(TOKEN_HEADERS, ",")
  local body = {}
  local ok, status, answer = http.request({
    url = VERIFIER, method = "GET", headers = headers, sink = ltn12.sink.table(body), redirect = false,
    create = connection(),
  })
  if not ok then return 0, {}, "" end
  return status, answer, table.concat(body)
end

local function refuse(r, status, answer, body)
  if status == 431 then -- trying again would change nothing
    body, answer = TOO_LARGE, { ["cache-control"] = "no-store" }
  elseif not (REFUSALS[status] and answer["x-latchkey-request-id"]) then
    -- an absent verifier, or one that says what no verifier says
    status, body, answer = 503, ABSENT, { ["retry-after"] = "5", ["cache-control"] = "no-store" }
  end
  for _, name in ipairs(RELAYED) do
    if answer[name:lower()] then r.err_headers_out[name] = answer[name:lower()] end
  end
  r.status = status
  r.content_type = "application/problem+json"
  r:write(body)
  return apache2.DONE
end

local function decide(r)
  local status, answer, body = ask(r)
  local auth = answer["x-latchkey-auth"]
  if status ~= 200 or not CLASSES[auth] then return refuse(r, status == 200 and 0 or status, answer, body) end
  for _, name in ipairs(IDENTITY) do
    local value = answer[name:lower()]
    r.headers_in[name] = (value ~= "" and value) or nil
  end
  if REMOTE_USER then r.headers_in["X-Remote-User"] = r.headers_in["X-Latchkey-User"] end
  local authorization = answer["authorization"]
  r.headers_in["Authorization"] = (authorization ~= "" and authorization) or nil
  if auth == "token" then
    -- The application's own session, which would outlive the token and know nothing of read-only, neither goes there
    -- nor comes back.
    for _, name in ipairs({ "Cookie", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" }) do
      r.headers_in[name] = nil
    end
    for _, name in ipairs(TOKEN_HEADERS) do r.headers_in[name] = nil end
    r.subprocess_env["LATCHKEY_TOKEN"] = "1"
  end
  return apache2.DECLINED
end

-- What makes a request of the main host one that must be asked about. A parameter whose name is escaped counts, because
-- the application would unescape it; so does a path that servers rewrite (`..`).
local function must_ask(r)
  if r.headers_in["Authorization"] then return true end
  for _, name in ipairs(TOKEN_HEADERS) do
    if r.headers_in[name] then return true end
  end
  local path, query = r.unparsed_uri:match("^([^?]*)%??(.*)$")
  for parameter in query:gmatch("[^&;]+") do
    local name = parameter:match("^[^=]*")
    local lower = name:lower()
    if (name:find("%%") and parameter:find("=", 1, true)) or lower:find("^os_") or lower:find("^oauth_") then return true end
    for _, taken in ipairs(TOKEN_PARAMETERS) do
      if lower == taken then return true end
    end
  end
  if r.method ~= "POST" then return false end
  local plain = path:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end):lower()
  local before = ""
  for segment in plain:gmatch("[^/]+") do
    local name = segment:gsub(";.*", "")
    if name == "." or name == ".." then return true end -- another path to whoever resolves it
    if name ~= "" then
      if before:find("^rest") and name:find("^auth") then return true end
      before = name
    end
  end
  return false
end

local function never(r)
  return r.method == "TRACE" or r.method == "TRACK" or r.method == "CONNECT"
end

-- httpd takes the first host of an address where it knows no better: what is judged by a name must not reach what has
-- another. The site says which are its own. Where the request line has an address, httpd has made that the Host.
local function is_ours(r)
  local asked = (r.headers_in["Host"] or ""):lower():gsub(":%d*$", ""):gsub("%.$", "")
  for name in (r.subprocess_env["LATCHKEY_HOSTS"] or ""):lower():gmatch("%S+") do
    if name == asked then return true end
  end
  return false
end

local function misdirected(r)
  r.err_headers_out["Cache-Control"] = "no-store"
  r.status = 421
  r.content_type = "application/problem+json"
  r:write(NOBODY)
  return apache2.DONE
end

-- For a host name of its own for API traffic: every request is asked about.
function api_host(r)
  if never(r) then return 405 end
  if not is_ours(r) then return misdirected(r) end
  clean(r)
  return decide(r)
end

-- For the name that browsers use too: all requests without a credential go straight on, lose our identity headers, and
-- survive the verifier's absence. They may come in any name: nothing is judged by it.
function main_host(r)
  if never(r) then return 405 end
  clean(r)
  if not must_ask(r) then return apache2.DECLINED end
  if not is_ours(r) then return misdirected(r) end
  return decide(r)
end
