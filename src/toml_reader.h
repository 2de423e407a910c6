// TomlReader: one table of a TOML file, read strictly: every fault is kept with its line, and so is
// every key that nobody asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

#include "toml_library.h"

namespace fairlead {

inline constexpr std::size_t handle_length_max = 40;

class TomlReader {
 public:
  TomlReader(const toml::table& table, std::vector<base::Fault>& faults, std::string path = {});

  std::optional<std::string> text(std::string_view key, std::size_t length_max = 200);
  std::string required_text(std::string_view key, std::size_t length_max = 200);
  std::string required_handle(std::string_view key);   // lower-case letters, digits and hyphens
  std::string required_address(std::string_view key);  // of mail
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
  std::optional<double> number(std::string_view key, double min, double max);
  // A string or a number that stands for an exact decimal: hours = 5, hours = "2.25".
  std::optional<std::string> decimal(std::string_view key);
  std::vector<std::string> texts(std::string_view key, std::size_t count_max,
                                 std::size_t length_max = 200);
  // Each a handle, none twice.
  std::vector<std::string> handles(std::string_view key, std::size_t count_max);
  // nullopt: absent, or no such list.
  std::optional<std::vector<std::int64_t>> integers(std::string_view key, std::int64_t min,
                                                    std::int64_t max, std::size_t count_max);
  // A date of TOML, or the same in quotes: 2027-06-30.
  std::optional<std::chrono::year_month_day> required_date(std::string_view key);
  // "08:00" as minutes of the day; "24:00" is its end.
  std::optional<base::minutes> time_of_day(std::string_view key);
  const toml::table* table(std::string_view key);
  // [[key]]: the tables of an array.
  std::vector<const toml::table*> tables(std::string_view key, std::size_t count_max);
  std::vector<std::string> keys() const;

  bool has(std::string_view key) const { return table_.contains(key); }
  // At the key's line, or the table's when the key is absent.
  void fault(std::string_view key, const std::string& message);
  void finish();

 private:
  const toml::node* find(std::string_view key);
  void check_text(std::string_view key, const std::string& text, std::size_t length_max);

  const toml::table& table_;
  std::vector<base::Fault>& faults_;
  std::string path_;
  std::vector<std::string> asked_;
};

// Error kind invalid, the fault's field "line N". A file with wrong syntax has one fault.
base::Result<toml::table> parse_toml(const std::string& text);

}  // namespace fairlead
