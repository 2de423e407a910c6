// MetricsText: figures in Prometheus's text format, version 0.0.4. Always: help and type stand
// once, before the samples of their family; label values are escaped. Source:
// prometheus.io/docs/instrumenting/exposition_formats.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace base {

class MetricsText {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  enum class Kind { counter, gauge, histogram };

  // The samples that follow belong to it. Requires: name and labels' names are Prometheus's.
  MetricsText& family(std::string_view name, Kind kind, std::string_view help);
  MetricsText& sample(std::uint64_t value, Labels labels = {});
  MetricsText& sample_seconds(double value, Labels labels = {});
  // counts: of each bucket alone, the last one without an end; ends: in seconds.
  MetricsText& histogram(std::span<const double> ends, std::span<const std::uint64_t> counts,
                         double sum);

  std::string take() { return std::move(text_); }

 private:
  void line(std::string_view suffix, Labels labels, std::string_view value);

  std::string text_;
  std::string family_;
};

}  // namespace base
