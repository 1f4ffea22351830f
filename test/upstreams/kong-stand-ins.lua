-- Stand-ins for what Kong hands to a function of its plugin pre-function (its sources, 3.x), in the Lua of HAProxy.
-- FUNCTIONS and lua-words.lua stand before this. A question has a line for each fact, an answer one for each thing that was done.

local function by_any_case(headers)
  return setmetatable(headers, { __index = function(all, name) return rawget(all, name:lower()) end })
end

local function add(headers, name, value)
  local before = rawget(headers, name)
  if type(before) == "table" then before[#before + 1] = value
  elseif before then headers[name] = { before, value }
  else headers[name] = value end
end

-- lua-resty-http, as far as it is used: one connection for each question.
local http = {}
function http.new()
  local client = {}
  function client:set_timeouts() self.socket = core.tcp() self.socket:settimeout(1) end
  function client:connect(to)
    if to.scheme ~= "http" then error("not emulated: " .. tostring(to.scheme)) end
    return self.socket:connect(to.host, to.port)
  end
  function client:get_reused_times() return 0 end
  function client:set_keepalive() self.socket:close() end
  function client:close() self.socket:close() end
  function client:request(params)
    local lines = { params.method .. " " .. params.path .. " HTTP/1.1", "connection: close" }
    for name, values in pairs(params.headers) do
      for _, value in ipairs(type(values) == "table" and values or { values }) do
        lines[#lines + 1] = name .. ": " .. value
      end
    end
    if not self.socket:send(table.concat(lines, "\r\n") .. "\r\n\r\n") then return nil end
    local first = self.socket:receive("*l")
    local status = first and first:match("^HTTP/1%.1 (%d%d%d)")
    if not status then return nil end
    local headers = by_any_case({})
    for read in function() return self.socket:receive("*l") end do
      local name, value = read:gsub("\r$", ""):match("^([^:]+):%s*(.*)$")
      if not name then break end
      add(headers, name:lower(), value)
    end
    local answer = { status = tonumber(status), headers = headers }
    function answer.read_body()
      local length = tonumber(headers["content-length"] or "0")
      if length == 0 then return "" end
      return (self.socket:receive(length))
    end
    return answer
  end
  return client
end

local EXITED = {}
local MOST = 100 -- of ngx.req.get_headers, unless it is told another

local function kong_of(asked, say)
  local function set(_, name, value) say("variable", name, value) asked.variables[name] = value end
  local kong = { request = {}, service = { request = {} }, response = {}, client = {}, router = {}, ctx = {} }
  function kong.request.get_method() return asked.method end
  function kong.request.get_forwarded_scheme() return asked.variables.scheme end
  function kong.request.get_headers(most)
    if asked.lines > (most or MOST) then return asked.headers, "truncated" end
    return asked.headers
  end
  function kong.client.get_forwarded_ip() return asked.variables.remote_addr end
  function kong.router.get_route() return { name = asked.route } end
  function kong.service.request.set_header(name, value) say("set", name, value) end
  function kong.service.request.clear_header(name) say("clear", name) end
  function kong.response.clear_header(name) say("hide", name) end
  function kong.response.exit(status, body, headers)
    say("exit", status, body or "")
    for name, values in pairs(headers or {}) do
      for _, value in ipairs(type(values) == "table" and values or { values }) do say("answer", name, value) end
    end
    error(EXITED)
  end
  local function share(_, name, value) say("shared", value) if name ~= "latchkey_auth" then error(name) end end
  kong.ctx.shared = setmetatable({}, { __newindex = share, __index = function() return asked.shared end })
  return kong, { var = setmetatable({}, { __index = asked.variables, __newindex = set }) }
end

local function read(body)
  local asked = { variables = {}, headers = by_any_case({}), lines = 0 }
  for _, words in ipairs(facts(body)) do
    if words[1] == "variable" then asked.variables[words[2]] = words[3]
    elseif words[1] == "header" then
      add(asked.headers, words[2]:lower(), words[3])
      asked.lines = asked.lines + 1
    else asked[words[1]] = words[2] end
  end
  return asked
end

-- What the sandbox leaves: no os, no io, and require for the modules that are allowed.
local function sandbox(kong, ngx)
  local function require(name) return name == "resty.http" and http or error(name .. " not allowed within sandbox") end
  return {
    kong = kong, ngx = ngx, require = require, string = string, table = { concat = table.concat, insert = table.insert },
    pairs = pairs, ipairs = ipairs, type = type, tostring = tostring, tonumber = tonumber, error = error, pcall = pcall,
  }
end

core.register_service("kong", "http", function(applet)
  local asked = read(applet:receive())
  local say, done = sayer()
  local kong, ngx = kong_of(asked, say)
  local works, failed = pcall(function()
    local chunk = assert(load(FUNCTIONS[asked.phase], asked.phase, "t", sandbox(kong, ngx)))
    local made = chunk()
    if type(made) == "function" then made() end
  end)
  if not works and failed ~= EXITED then say("failed", failed) end
  answer(applet, done)
end)
