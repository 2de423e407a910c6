#include "net/endpoint.h"

#include "base/text.h"

namespace net {

using base::Result;

namespace {

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;
constexpr std::size_t host_bytes_max = 253;

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > host_bytes_max) return false;
  for (const char c : host) {
    const bool name = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!name && c != ':' && c != '_') return false;
  }
  return true;
}

base::Error not_an_endpoint(std::string_view url) {
  return base::invalid("url", "\"" + std::string(base::cut_utf8(url, 100)) +
                                  "\" is not like \"https://host\" or \"http://host:8000\"");
}

}  // namespace

Result<Endpoint> Endpoint::parse(std::string_view url) {
  Endpoint endpoint;
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
    endpoint.scheme = Scheme::http;
    endpoint.port = http_port;
  } else {
    return not_an_endpoint(url);
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const bool bracketed = rest.starts_with('[');
  const std::size_t host_end = bracketed ? rest.find(']') : rest.find(':');
  if (bracketed && host_end == rest.npos) return not_an_endpoint(url);
  endpoint.host =
      base::lowered(bracketed ? rest.substr(1, host_end - 1) : rest.substr(0, host_end));
  rest = host_end == rest.npos ? std::string_view() : rest.substr(host_end + (bracketed ? 1 : 0));
  if (!is_host(endpoint.host) || (!bracketed && endpoint.host.find(':') != std::string::npos))
    return not_an_endpoint(url);
  if (rest.empty()) return endpoint;
  const auto port = rest[0] == ':' ? base::parse_unsigned(rest.substr(1)) : std::nullopt;
  if (!port || *port < 1 || *port > 65535) return not_an_endpoint(url);
  endpoint.port = static_cast<std::uint16_t>(*port);
  return endpoint;
}

std::string Endpoint::authority() const {
  const bool is_address = host.find(':') != std::string::npos;
  std::string text = is_address ? "[" + host + "]" : host;
  const bool usual = port == (scheme == Scheme::https ? https_port : http_port);
  return usual ? text : text + ":" + std::to_string(port);
}

}  // namespace net
