// What the page of a member's own days shows: their days, nobody else's, and of trips only that
// there is one.
#pragma once

#include <string>
#include <vector>

#include "domain/availability.h"
#include "domain/ids.h"

namespace domain {

struct AvailabilityDay {
  std::chrono::year_month_day day;
  Sails sails = Sails::can;
  bool has_trip = false;  // that the reader crews
};

// Whole months, one after the other; the first begins with today.
struct AvailabilityView {
  std::string operator_name;
  std::string reader_name;
  std::chrono::year_month_day today;
  std::vector<AvailabilityDay> days;
  std::vector<std::chrono::year_month_day> later;  // that they cannot, after the last of days
  std::chrono::year_month_day last;                // that can be said
  CharterId charter;                               // that the reader came from; empty: none
  std::string refusal;                             // of what the reader has just sent; empty: none
};

}  // namespace domain
