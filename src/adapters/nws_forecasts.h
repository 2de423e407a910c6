// Forecasts of the US National Weather Service: a place leads to a square of its grid, the square
// to its hours. Always: only the service's own host is asked, whatever an answer names; which
// square a place is in is remembered. Refuses: redirects. Source: api.weather.gov, "points" and
// "gridpoints"; it wants to know who asks, in User-Agent.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "ports/forecasts.h"

#include "net/http_client.h"

namespace adapters {

// Of the two services alike. A square's hours are some 400 KB.
net::ClientLimits forecast_client_limits();

class NwsForecasts : public ports::Forecasts {
 public:
  NwsForecasts(net::Endpoint endpoint, std::string user_agent, const net::ClientLimits& limits);

  base::Result<std::optional<domain::Forecast>> hourly(double latitude, double longitude) override;

 private:
  base::Result<std::optional<std::string>> square_of(const std::string& place);
  base::Result<net::ClientResponse> get(const std::string& target);
  void forget(const std::string& place);

  net::HttpClient client_;
  std::string user_agent_;
  std::mutex mutex_;
  std::map<std::string, std::string> squares_;  // of places: "SGX/55,12"
};

}  // namespace adapters
