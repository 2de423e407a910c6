// Tides of NOAA's CO-OPS: the high and low waters that it predicts for a station, in metres over
// the mean lower low water. Always: only its own host is asked; a station's name is asked for once.
// Source: api.tidesandcurrents.noaa.gov, product "predictions" with interval "hilo", and the
// metadata of a station.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "ports/forecasts.h"

#include "net/http_client.h"

namespace adapters {

inline constexpr const char* coops_name = "NOAA CO-OPS";

class CoopsTides : public ports::Tides {
 public:
  CoopsTides(net::Endpoint endpoint, std::string user_agent, const net::ClientLimits& limits);

  base::Result<std::optional<domain::TideTable>> turns(const std::string& station,
                                                       const domain::Interval& span) override;

 private:
  base::Result<net::ClientResponse> get(const std::string& target);
  std::string name_of_station(const std::string& station);

  net::HttpClient client_;
  std::string user_agent_;
  std::mutex mutex_;
  std::map<std::string, std::string> names_;
};

}  // namespace adapters
