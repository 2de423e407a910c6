// Admin: what the admin listener serves: health and figures for whoever watches the process. Never
// reachable through a site.
#pragma once

#include <functional>
#include <string>

#include "app/tenancy.h"

#include "web/application.h"

namespace web {

class Admin : public Application {
 public:
  // Writes GET /metrics in Prometheus's text format; without it there is no such address.
  using Metrics = std::function<std::string()>;

  explicit Admin(app::Tenancy tenancy, Metrics metrics = {})
      : tenancy_(tenancy), metrics_(std::move(metrics)) {}

  std::shared_ptr<const ReadyAnswer> ready(const ReadyQuestion& question) override;
  Admission admit(const base::RequestHead& head) override;
  base::Response answer(const base::Request& request) override;
  StreamStart open(const base::RequestHead& head) override;
  Shedding shedding(const base::RequestHead& head) override;
  base::Response problem(int status, std::string_view detail,
                         const base::RequestHead* head) override;

 private:
  app::Tenancy tenancy_;
  Metrics metrics_;
};

// GET /healthz: the process answers. GET /readyz: and its store does. nullopt: another address.
std::optional<base::Response> health_reply(const app::Tenancy& tenancy,
                                           const base::RequestHead& head);

}  // namespace web
