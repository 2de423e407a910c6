// Router: the Application behind every door. Host to site, path to route, guard, handler; 404, 405
// and 421 otherwise.
#pragma once

#include "app/prove_credential.h"
#include "app/tenancy.h"

#include "web/application.h"
#include "web/page_cache.h"

namespace web {

class Router : public Application {
 public:
  Router(app::Tenancy tenancy, const app::World& world, PageCache& pages);

  std::shared_ptr<const ReadyAnswer> ready(const ReadyQuestion& question) override;
  Admission admit(const base::RequestHead& head) override;
  base::Response answer(const base::Request& request) override;
  StreamStart open(const base::RequestHead& head) override;
  Shedding shedding(const base::RequestHead& head) override;
  base::Response problem(int status, std::string_view detail) override;

 private:
  base::Response route(const base::Request& request);
  StreamStart route_stream(const base::RequestHead& head);

  app::Tenancy tenancy_;
  const app::World& world_;
  PageCache& pages_;
  app::BcryptGate gate_;
};

}  // namespace web
