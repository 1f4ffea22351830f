-- Stand-ins for what Envoy hands to a script. Headers as its documentation has them: their case does not count, several of a
-- name are one with commas, what is replaced is there once. What a script does is said to whoever listens.

local function headers_of(given, say)
  local all = {}
  local self = { all = all }
  function self.said(...) if say then say(...) end end
  function self:get(name) return all[name:lower()] end
  function self:put(name, value)
    local key = name:lower()
    all[key] = all[key] and all[key] .. "," .. value or value
  end
  function self:add(name, value)
    self:put(name, value)
    self.said("add", name, value)
  end
  function self:replace(name, value)
    if type(value) ~= "string" then error("bad argument to replace", 0) end
    all[name:lower()] = value
    self.said("replace", name, value)
  end
  function self:remove(name)
    all[name:lower()] = nil
    self.said("remove", name)
  end
  for name, value in pairs(given) do self:put(name, value) end
  return self
end

local function bag(values, say)
  return { values = values, get = function(self, name) return self.values[name] end,
    set = function(self, name, key, value)
      self.values[name] = self.values[name] or {}
      self.values[name][key] = value
      if say then say("note", name, key, value) end
    end }
end

local function handle(headers, route, say)
  local noted = bag({}, say)
  local self = { answered = nil, sent = headers_of(headers, say), noted = noted }
  function self.headers() return self.sent end
  function self.metadata() return bag(route or {}) end
  function self.streamInfo() return { dynamicMetadata = function() return noted end } end
  function self.respond(_, with, body)
    self.answered = with[":status"]
    if say then say("respond", with[":status"], body or "") end
  end
  return self
end
local function same(what, is, wanted) if is ~= wanted then error(what .. " is " .. tostring(is), 0) end end
