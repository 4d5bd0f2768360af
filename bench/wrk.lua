-- Sends prepared requests one after the other, for ever, and tells the outcome as one line of JSON.
--
-- The file of requests, named after `--`, holds each as a line with its length and then its bytes.

local requests, at = {}, 0

function init(arguments)
   local file = assert(io.open(arguments[1], "rb"))
   while true do
      local length = file:read("*l")
      if not length then break end
      requests[#requests + 1] = file:read(tonumber(length))
   end
   file:close()
   -- Begin anywhere, so that runs do not all begin with the same accounts.
   math.randomseed(os.time())
   at = math.random(#requests)
end

function request()
   at = at % #requests + 1
   return requests[at]
end

function done(summary, latency, _)
   local errors = summary.errors
   io.write(string.format(
      'OUTCOME {"requests": %d, "micros": %d, "bytes": %d, "connect": %d, "read": %d, ' ..
      '"write": %d, "timeout": %d, "status": %d, "p50": %d, "p99": %d, "max": %d}\n',
      summary.requests, summary.duration, summary.bytes, errors.connect, errors.read,
      errors.write, errors.timeout, errors.status,
      latency:percentile(50), latency:percentile(99), latency.max))
end
