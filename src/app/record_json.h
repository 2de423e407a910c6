// Reading and writing the JSON bodies of our own records. Absent members read as empty: an older
// record stays readable after a member was added.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/time.h"

#include "ports/tenant_store.h"

namespace app {

// A decoded record and the version a commit must name.
template <class T>
struct Loaded {
  T value;
  ports::Version version = ports::absent;
};

// internal when the body is no JSON object.
base::Result<base::json::object> body_of(const ports::Stored& stored);

std::string text_at(const base::json::object& object, std::string_view name);
std::optional<double> optional_double_at(const base::json::object& object, std::string_view name);
std::int64_t number_at(const base::json::object& object, std::string_view name);
bool flag_at(const base::json::object& object, std::string_view name);
const base::json::array& list_at(const base::json::object& object, std::string_view name);
const base::json::object& object_at(const base::json::object& object, std::string_view name);

base::json::object json_of(const base::Moment& moment);
base::Moment moment_at(const base::json::object& object, std::string_view name);
base::Instant instant_at(const base::json::object& object, std::string_view name);
std::optional<base::Instant> optional_instant_at(const base::json::object& object,
                                                 std::string_view name);

std::chrono::year_month_day date_at(const base::json::object& object, std::string_view name);

// get + decode: nullopt when there is no such record.
template <class T, class StoreHandle, class AnyPlace, class Decode>
base::Result<std::optional<Loaded<T>>> load(const StoreHandle& store, const AnyPlace& place,
                                            Decode decode) {
  auto stored = TRY(store.get(place));
  if (!stored) return std::optional<Loaded<T>>{};
  auto body = TRY(body_of(*stored));
  return std::optional<Loaded<T>>(Loaded<T>{decode(body), stored->version});
}

}  // namespace app
