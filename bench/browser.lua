-- wrk: one page as Chromium asks for it. Arguments: host, accepted encodings. done() prints one line
-- of JSON, which bench/http_load.py reads.
function init(arguments)
  wrk.headers["Host"] = arguments[1]
  wrk.headers["Connection"] = "keep-alive"
  wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 " ..
    "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
  wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif," ..
    "image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
  wrk.headers["Accept-Encoding"] = arguments[2]
  wrk.headers["Accept-Language"] = "en-US,en;q=0.9"
  wrk.headers["Cache-Control"] = "max-age=0"
  wrk.headers["Sec-Fetch-Dest"] = "document"
  wrk.headers["Sec-Fetch-Mode"] = "navigate"
  wrk.headers["Sec-Fetch-Site"] = "none"
  wrk.headers["Sec-Fetch-User"] = "?1"
  wrk.headers["Sec-CH-UA"] = '"Chromium";v="126", "Not/A)Brand";v="8"'
  wrk.headers["Sec-CH-UA-Mobile"] = "?0"
  wrk.headers["Sec-CH-UA-Platform"] = '"Linux"'
  wrk.headers["Upgrade-Insecure-Requests"] = "1"
  ready = wrk.format("GET", wrk.path)
end

function request()
  return ready
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"errors":%d,"p50":%d,"p99":%d}\n', summary.requests,
    summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
