#include "base/log.h"

#define FMT_HEADER_ONLY
#include <memory>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/text.h"

namespace base::log {

namespace {

// A value longer than this is cut: a log line is for reading, and its length must not be a sender's
// choice.
constexpr std::size_t value_bytes_max = 1024;

spdlog::logger& logger() {
  static spdlog::logger one = [] {
    spdlog::logger made("fairlead", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %L %v", spdlog::pattern_time_type::utc, "\n"));
    made.set_level(spdlog::level::info);
    return made;
  }();
  return one;
}

void append_hex(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\x";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

// Bytes that could end a line, move a terminal's cursor or close a quote become escapes. Other
// scripts stay readable unless the text is broken or hides control characters among them.
void append_escaped(std::string& out, std::string_view text) {
  const bool readable = is_utf8(text) && !has_control_characters_besides_newline(text);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !readable))
      append_hex(out, byte);
    else
      out += c;
  }
}

bool is_plain(std::string_view value) {
  if (value.empty()) return false;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || c == '"' || c == '=' || c == '\\') return false;
  }
  return true;
}

void append_value(std::string& out, std::string_view value) {
  if (is_plain(value)) {
    out += value;
    return;
  }
  out += '"';
  append_escaped(out, value);
  out += '"';
}

void write(spdlog::level::level_enum level, std::string_view what, Pairs pairs) {
  std::string line;
  append_escaped(line, cut_utf8(what, value_bytes_max));
  for (const auto& [key, value] : pairs) {
    ((line += ' ') += key) += '=';
    append_value(line, cut_utf8(value, value_bytes_max));
  }
  logger().log(level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void info(std::string_view what, Pairs pairs) {
  write(spdlog::level::info, what, pairs);
}
void warning(std::string_view what, Pairs pairs) {
  write(spdlog::level::warn, what, pairs);
}
void error(std::string_view what, Pairs pairs) {
  write(spdlog::level::err, what, pairs);
}

}  // namespace base::log
