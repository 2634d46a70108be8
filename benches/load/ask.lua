-- What wrk asks a server: traces of pages that are not on file, or with SOAK a mixture of what people look at.
local pages, articles, soak = {}, tonumber(os.getenv("ARTICLES")), os.getenv("SOAK")
local number = tonumber(os.getenv("FIRST"))
for line in io.lines(os.getenv("PAGES")) do
  pages[#pages + 1] = line
end

local function trace()
  local headers = { ["Content-Type"] = "application/json" }
  return wrk.format("POST", "/api/1/trace", headers, pages[number % #pages + 1])
end

function request()
  number = number + 1
  if not soak then
    return trace()
  end
  local at, turn = number * 7919 % articles + 1, number % 50
  if turn == 0 then
    return trace()
  elseif turn == 1 then
    return wrk.format("GET", "/api/1/articles?limit=50&offset=" .. at)
  elseif turn == 2 then
    return wrk.format("GET", "/store")
  end
  return wrk.format("GET", "/api/1/articles/" .. at)
end

-- Requests, microseconds, the 50th, 95th and 99th percentile in microseconds, answers that were refusals, broken requests.
function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), wrong.status,
    wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
