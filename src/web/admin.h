// Admin: what the admin listener serves: health for whoever watches the process. Never reachable
// through a site.
#pragma once

#include "app/tenancy.h"

#include "web/application.h"

namespace web {

class Admin : public Application {
 public:
  explicit Admin(app::Tenancy tenancy) : tenancy_(std::move(tenancy)) {}

  std::shared_ptr<const ReadyAnswer> ready(const ReadyQuestion& question) override;
  Admission admit(const base::RequestHead& head) override;
  base::Response answer(const base::Request& request) override;
  StreamStart open(const base::RequestHead& head) override;
  Shedding shedding(const base::RequestHead& head) override;
  base::Response problem(int status, std::string_view detail) override;

 private:
  app::Tenancy tenancy_;
};

// GET /healthz: the process answers. GET /readyz: and its store does. nullopt: another address.
std::optional<base::Response> health_reply(const app::Tenancy& tenancy,
                                           const base::RequestHead& head);

}  // namespace web
