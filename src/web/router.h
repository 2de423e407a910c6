// Router: the Application behind every door. Host to site, path to route, guard, handler; 404, 405
// and 421 otherwise.
#pragma once

#include "app/prove_credential.h"
#include "app/tenancy.h"

#include "web/application.h"
#include "web/client_address.h"
#include "web/page_cache.h"
#include "web/site_finder.h"
#include "web/traffic.h"

namespace web {

struct RouterOptions {
  std::vector<std::string> proxies = {};    // whose X-Forwarded-For is believed (client_address.h)
  std::vector<std::string> api_hosts = {};  // where the credential names the operator
  Serving serving = Serving::everything;
};

class Router : public Application {
 public:
  Router(app::Tenancy tenancy, const app::World& world, PageCache& pages,
         const RouterOptions& options = {});

  std::shared_ptr<const ReadyAnswer> ready(const ReadyQuestion& question) override;
  Admission admit(const base::RequestHead& head) override;
  base::Response answer(const base::Request& request) override;
  StreamStart open(const base::RequestHead& head) override;
  Shedding shedding(const base::RequestHead& head) override;
  base::Response problem(int status, std::string_view detail,
                         const base::RequestHead* head) override;

  const Traffic& traffic() const { return traffic_; }
  std::uint64_t bcrypt_checks() const {
    return keys_.gate.checks() + keys_.gate_of_strangers.checks();
  }

 private:
  // route: the one that answered; nullptr when none fits.
  base::Response routed(const base::Request& request, const Route*& route);
  base::Response no_such_site(const base::RequestHead& head) const;
  StreamStart route_stream(const base::RequestHead& head, const Route*& route);

  app::Tenancy tenancy_;
  SiteFinder sites_;
  const app::World& world_;
  PageCache& pages_;
  ClientAddress clients_;
  app::WrongTries tries_;
  app::WrongTries forms_;
  app::ServiceKeyDesk keys_;
  Traffic traffic_;
};

}  // namespace web
