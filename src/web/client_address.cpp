#include "web/client_address.h"

#include <algorithm>

#include "base/address.h"
#include "base/text.h"

namespace web {

namespace {

// Nobody stands behind more proxies of their own.
constexpr std::size_t hops_max = 16;

// The hops of every X-Forwarded-For, in the order they were written.
std::vector<std::string_view> forwarded(const base::RequestHead& head) {
  std::vector<std::string_view> hops;
  for (const base::Header& one : head.headers)
    if (base::equal_ignoring_case(one.name, "X-Forwarded-For"))
      for (const std::string_view hop : base::split(one.value, ','))
        hops.push_back(base::trimmed(hop));
  return hops;
}

}  // namespace

ClientAddress::ClientAddress(const std::vector<std::string>& proxies) {
  for (const std::string& proxy : proxies)
    if (auto bytes = base::address_bytes(proxy)) proxies_.push_back(*std::move(bytes));
}

bool ClientAddress::is_proxy(std::string_view address) const {
  const auto bytes = base::address_bytes(address);
  return bytes && std::find(proxies_.begin(), proxies_.end(), *bytes) != proxies_.end();
}

std::string ClientAddress::of(const base::RequestHead& head) const {
  std::string_view nearest = head.peer;
  if (!is_proxy(nearest)) return base::client_of(nearest);
  std::vector<std::string_view> hops = forwarded(head);
  for (std::size_t i = 0; i < hops_max && !hops.empty() && is_proxy(nearest); ++i) {
    // A hop that is no address was not written by a proxy of ours.
    if (!base::address_bytes(hops.back())) break;
    nearest = hops.back();
    hops.pop_back();
  }
  return base::client_of(nearest);
}

}  // namespace web
