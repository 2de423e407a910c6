#include "web/traffic.h"

#include <algorithm>

namespace web {

Traffic::Traffic() : counts_(routes().size() + 1) {}

void Traffic::count(const Route* route, int status) {
  const std::size_t at =
      route ? static_cast<std::size_t>(route - routes().data()) : routes().size();
  const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 0, 5));
  counts_[at][status_class].fetch_add(1, std::memory_order_relaxed);
}

std::vector<Traffic::Figure> Traffic::figures() const {
  std::vector<Figure> figures;
  for (std::size_t at = 0; at < counts_.size(); ++at) {
    const Route* route = at < routes().size() ? &routes()[at] : nullptr;
    for (std::size_t status_class = 0; status_class < classes; ++status_class) {
      const std::uint64_t count = counts_[at][status_class].load(std::memory_order_relaxed);
      if (count == 0) continue;
      Figure figure{"", "none", static_cast<int>(status_class), count};
      if (route) {
        figure.site = domain::name_of(route->site);
        figure.route =
            std::string(base::name_of(route->method)) + " " + std::string(route->pattern);
      }
      figures.push_back(std::move(figure));
    }
  }
  return figures;
}

}  // namespace web
