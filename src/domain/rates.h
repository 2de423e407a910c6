// Rates: what an operator pays its crew and the port. Owner-only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/decimal.h"
#include "domain/ids.h"
#include "domain/money.h"

namespace domain {

struct PayRule {
  Money rate;                    // per hour
  std::optional<Decimal> hours;  // hours paid; absent: the charter's length
};

struct FeeRule {
  std::string name;  // "port_tax"
  Decimal percent;   // of the gross
};

struct Rates {
  Currency currency;
  std::map<Role, PayRule> pay;
  std::vector<FeeRule> fees;
};

}  // namespace domain
