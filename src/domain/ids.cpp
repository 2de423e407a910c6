#include "domain/ids.h"

namespace domain {

namespace {

// The text before the n-th dot; empty when there are fewer dots.
std::string before_dot(const std::string& text, int n) {
  std::size_t at = 0;
  for (int i = 0; i < n; ++i) {
    at = text.find('.', i == 0 ? 0 : at + 1);
    if (at == std::string::npos) return {};
  }
  return text.substr(0, at);
}

template <class To>
std::optional<To> non_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return To(std::move(text));
}

}  // namespace

std::optional<TenantId> tenant_of(const CharterId& charter) {
  return non_empty<TenantId>(before_dot(charter.text(), 1));
}
std::optional<TenantId> tenant_of(const JobId& job) {
  return non_empty<TenantId>(before_dot(job.text(), 1));
}
std::optional<CharterId> charter_of(const JobId& job) {
  return non_empty<CharterId>(before_dot(job.text(), 2));
}

}  // namespace domain
