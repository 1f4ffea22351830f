-- How a test talks with Lua that runs as a service: a line for each fact, words with spaces between.

local function plain(word)
  return (word:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function escaped(word)
  return (tostring(word):gsub("[^%w%-_.]", function(byte) return string.format("%%%02X", string.byte(byte)) end))
end

local function facts(body)
  local all = {}
  for each in body:gmatch("[^\n]+") do
    local words = {}
    for word in (each .. " "):gmatch("(.-) ") do words[#words + 1] = plain(word) end
    all[#all + 1] = words
  end
  return all
end

local function sayer()
  local done = {}
  local function say(...)
    local words = { ... }
    for at, word in ipairs(words) do words[at] = escaped(word) end
    done[#done + 1] = table.concat(words, " ")
  end
  return say, done
end

local function answer(applet, done)
  local text = table.concat(done, "\n")
  applet:set_status(200)
  applet:add_header("content-length", tostring(#text))
  applet:start_response()
  applet:send(text)
end

