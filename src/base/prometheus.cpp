#include "base/prometheus.h"

#include <array>
#include <charconv>

namespace base {

namespace {

std::string_view word_for(MetricsText::Kind kind) {
  switch (kind) {
    case MetricsText::Kind::counter:
      return "counter";
    case MetricsText::Kind::gauge:
      return "gauge";
    case MetricsText::Kind::histogram:
      return "histogram";
  }
  return "untyped";
}

std::string text_of(double value) {
  std::array<char, 32> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), written.ptr};
}

void append_escaped(std::string& out, std::string_view value) {
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
}

}  // namespace

MetricsText& MetricsText::family(std::string_view name, Kind kind, std::string_view help) {
  family_ = name;
  text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text_.append("# TYPE ").append(name).append(" ").append(word_for(kind)).append("\n");
  return *this;
}

void MetricsText::line(std::string_view suffix, Labels labels, std::string_view value) {
  text_.append(family_).append(suffix);
  char before = '{';
  for (const auto& [name, label] : labels) {
    text_ += before;
    text_.append(name).append("=\"");
    append_escaped(text_, label);
    text_ += '"';
    before = ',';
  }
  if (labels.size() > 0) text_ += '}';
  text_.append(" ").append(value).append("\n");
}

MetricsText& MetricsText::sample(std::uint64_t value, Labels labels) {
  line("", labels, std::to_string(value));
  return *this;
}

MetricsText& MetricsText::sample_seconds(double value, Labels labels) {
  line("", labels, text_of(value));
  return *this;
}

MetricsText& MetricsText::histogram(std::span<const double> ends,
                                    std::span<const std::uint64_t> counts, double sum) {
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    total += counts[i];
    const std::string end = i < ends.size() ? text_of(ends[i]) : "+Inf";
    line("_bucket", {{"le", end}}, std::to_string(total));
  }
  line("_sum", {}, text_of(sum));
  line("_count", {}, std::to_string(total));
  return *this;
}

}  // namespace base
