-- One thread is one visitor with one connection: the next request goes out when the last is answered.
-- The script's own argument is a file with one visitor a line: method, path, cookie, token, version (split by tabs).
-- A POST is a true save each time: the version counts up, the answer alternates.

local threads = {}

function setup(thread)
   table.insert(threads, thread)
   thread:set("number", #threads)
end

local function visitor(file)
   local line_number = 0
   for line in io.lines(file) do
      line_number = line_number + 1
      if line_number == number then
         return line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
      end
   end
end

local function post(path, token, first)
   local version = tonumber(first)
   local text = "csrf_token=" .. token .. "&evidence=Minutes+of+our+last+four+meetings&dissent="
   wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
   request = function()
      return wrk.format("POST", path, nil, text .. "&version=" .. version .. "&answer=" .. version % 5)
   end
   response = function(status)
      if status == 302 or status == 200 then
         version = version + 1
         saved = saved + 1
      end
   end
end

function init(args)
   local method, path, cookie, token, version = visitor(args[1])
   saved = 0
   wrk.headers["Accept-Encoding"] = "br, gzip"
   wrk.headers["Cookie"] = cookie
   wrk.path = path
   if method == "POST" then
      post(path, token, version)
   end
end

function done(summary, latency)
   local errors = summary.errors
   local faults = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   local sum = 0
   for _, thread in ipairs(threads) do
      sum = sum + thread:get("saved")
   end
   io.write(string.format("figures %d %d %d %d %d %d\n", summary.requests, summary.duration,
      latency:percentile(50), latency:percentile(95), faults, sum))
end
