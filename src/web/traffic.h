// Traffic: how many requests each route answered, by class of status. Always: as many numbers as
// there are routes, so that no request can make one more; counting is one relaxed addition. Pages
// answered from memory never come here: the transport counts them.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "web/routes.h"

namespace web {

class Traffic {
 public:
  Traffic();

  // nullptr: no route fits.
  void count(const Route* route, int status);

  struct Figure {
    std::string site;   // "" and "none" for what no route fits
    std::string route;  // "GET /charters/{id}"
    int status_class = 0;
    std::uint64_t count = 0;
  };
  // Those that are not zero.
  std::vector<Figure> figures() const;

 private:
  static constexpr std::size_t classes = 6;  // by the first digit of the status
  using Counts = std::array<std::atomic<std::uint64_t>, classes>;
  std::vector<Counts> counts_;  // in the order of routes(); the last is for none
};

}  // namespace web
