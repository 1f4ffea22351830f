-- Runs scripts for Envoy as a service. SCRIPTS, lua-words.lua and envoy-stand-ins.lua stand before this.

local loaded = {}
for name, text in pairs(SCRIPTS) do
  loaded[name] = setmetatable({}, { __index = _G })
  assert(load(text, name, "t", loaded[name]))()
end

core.register_service("envoy", "http", function(applet)
  local script, phase, given, noted = "", "", {}, {}
  for _, words in ipairs(facts(applet:receive())) do
    if words[1] == "script" then script = words[2]
    elseif words[1] == "phase" then phase = words[2]
    elseif words[1] == "header" then given[#given + 1] = { words[2], words[3] }
    else noted[#noted + 1] = { words[2], words[3], words[4] } end
  end
  local say, done = sayer()
  local asked = handle({}, {}, say)
  for _, header in ipairs(given) do asked.sent:put(header[1], header[2]) end
  for _, each in ipairs(noted) do
    asked.noted.values[each[1]] = asked.noted.values[each[1]] or {}
    asked.noted.values[each[1]][each[2]] = each[3]
  end
  -- A script that fails is logged, and the request goes on with what was done until then.
  local works, failed = pcall(loaded[script][phase] or function() end, asked)
  if not works then say("failed", failed) end
  answer(applet, done)
end)
