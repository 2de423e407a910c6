// Who calls: the peer, or, when the peer is one of our own proxies, whom the last of them heard.
// Always: only hops that are listed are believed, so nobody can write themselves another address. A
// proxy has to append to X-Forwarded-For, or to set it.
#pragma once

#include <string>
#include <vector>

#include "base/http.h"

namespace web {

class ClientAddress {
 public:
  // Literal addresses of proxies, of [public] proxies in the settings; what is none is passed over.
  explicit ClientAddress(const std::vector<std::string>& proxies);

  // What stands for one client (base/address.h).
  std::string of(const base::RequestHead& head) const;

 private:
  bool is_proxy(std::string_view address) const;

  std::vector<std::string> proxies_;  // as bytes
};

}  // namespace web
