#include "app/availability_record.h"

namespace app {

namespace json = base::json;

namespace {

AwayDays days_from(const json::object& body) {
  AwayDays days;
  for (const json::value& value : list_at(body, "away"))
    if (value.is_string())
      if (const auto day = base::parse_date(std::string(value.get_string()))) days.insert(*day);
  return days;
}

}  // namespace

ports::Place away_place(const domain::MemberId& member) {
  return {"member/" + member.text(), "away"};
}

std::string encoded(const AwayDays& days) {
  json::array list;
  for (const std::chrono::year_month_day day : days) list.emplace_back(base::format_date(day));
  return base::to_text(json::object{{"away", std::move(list)}});
}

base::Result<Loaded<AwayDays>> load_away(const ports::TenantStore& store,
                                         const domain::MemberId& member) {
  auto loaded = TRY(load<AwayDays>(store, away_place(member), days_from));
  return loaded ? *std::move(loaded) : Loaded<AwayDays>{};
}

}  // namespace app
