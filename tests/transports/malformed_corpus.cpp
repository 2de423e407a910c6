#include "tests/transports/malformed_corpus.h"

#include <fstream>
#include <stdexcept>

#include "base/text.h"

namespace transports::testing {
namespace {

std::string start_of(char letter) {
  const std::string host = " HTTP/1.1\r\nHost: site.example\r\n";
  const std::string chunked = host + "Transfer-Encoding: chunked\r\n\r\n";
  if (letter == 'G') return "GET /echo" + host;
  if (letter == 'P') return "POST /echo" + host;
  if (letter == 'C') return "POST /echo" + chunked;
  if (letter == 'S') return "POST /stream" + chunked;
  throw std::runtime_error("no such beginning");
}

// The byte of the escape at the front, which is taken off.
char take_escape(std::string_view& text) {
  const std::string_view escape = text.substr(0, 2);
  text.remove_prefix(std::min<std::size_t>(2, text.size()));
  if (escape == "\\r") return '\r';
  if (escape == "\\n") return '\n';
  if (escape == "\\t") return '\t';
  if (escape == "\\\\") return '\\';
  if (escape == "\\\"") return '"';
  if (escape != "\\x" || text.size() < 2) throw std::runtime_error("no such escape");
  const int value = std::stoi(std::string(text.substr(0, 2)), nullptr, 16);
  text.remove_prefix(2);
  return static_cast<char>(value);
}

std::string decoded(std::string_view text);

// "${text*N}" at the front, which is taken off.
std::string take_repeated(std::string_view& text) {
  const std::size_t end = text.find('}');
  const std::size_t star = text.rfind('*', end);
  if (end == std::string_view::npos || star == std::string_view::npos) {
    throw std::runtime_error("a repetition without its end");
  }
  const std::string piece = decoded(text.substr(2, star - 2));
  const auto count = base::parse_unsigned(text.substr(star + 1, end - star - 1));
  if (!count) throw std::runtime_error("a repetition without its number");
  text.remove_prefix(end + 1);
  std::string repeated;
  for (auto left = *count; left > 0; --left) repeated += piece;
  return repeated;
}

std::string decoded(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    if (text.starts_with("${")) {
      bytes += take_repeated(text);
    } else if (text.front() == '\\') {
      bytes += take_escape(text);
    } else {
      bytes += text.front();
      text.remove_prefix(1);
    }
  }
  return bytes;
}

Malformed read_line(const std::string& line) {
  const std::size_t first = line.find(" | ");
  const std::size_t second = line.find(" | ", first + 3);
  if (first == std::string::npos || second == std::string::npos) {
    throw std::runtime_error("not: status | name | bytes");
  }
  Malformed wrong;
  wrong.status = std::stoi(line.substr(0, first));
  wrong.name = line.substr(first + 3, second - first - 3);
  std::string_view bytes = std::string_view(line).substr(second + 3);
  if (bytes.size() > 1 && bytes[0] == '$' && bytes[1] != '{') {
    wrong.bytes = start_of(bytes[1]);
    bytes.remove_prefix(2);
  }
  wrong.bytes += decoded(bytes);
  return wrong;
}

}  // namespace

std::vector<Malformed> read_malformed_corpus() {
  std::ifstream file(FAIRLEAD_ROOT "/tests/transports/malformed.corpus");
  std::vector<Malformed> corpus;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    try {
      corpus.push_back(read_line(line));
    } catch (const std::exception& error) {
      throw std::runtime_error("malformed.corpus:" + std::to_string(number) + ": " + error.what());
    }
  }
  return corpus;
}

}  // namespace transports::testing
