#include "tests/base/mail_reader.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

#include "base/json.h"

namespace base::testing {
namespace {

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

// Through a file of its own, because a pipe to and from one process is a deadlock in waiting.
std::string answer_of_python(const std::string& bytes) {
  char name[] = "/tmp/fairlead-mail-XXXXXX";
  const int handle = mkstemp(name);
  if (handle < 0) return {};
  close(handle);
  std::ofstream(name, std::ios::binary) << bytes;
  const std::string command =
      "/usr/bin/python3 " FAIRLEAD_ROOT "/tests/base/read_mail.py < " + std::string(name);
  std::string answer;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    char block[4096];
    for (std::size_t got = 0; (got = fread(block, 1, sizeof block, pipe)) > 0;)
      answer.append(block, got);
    pclose(pipe);
  }
  std::remove(name);
  return answer;
}

std::pair<std::string, std::string> first_address(const json::object& read, const char* name) {
  const json::object& all = read.at("addresses").as_object();
  if (!all.contains(name)) return {};
  const json::array& one = all.at(name).as_array();
  return {std::string(one.at(0).as_string()), std::string(one.at(1).as_string())};
}

ReadPart part_of(const json::object& read) {
  return {text_at(read, "type"), text_at(read.at("parameters").as_object(), "method"),
          text_at(read, "disposition"), text_at(read, "filename"), text_at(read, "body")};
}

}  // namespace

std::vector<std::string> ReadMail::types() const {
  std::vector<std::string> all;
  for (const ReadPart& one : parts) all.push_back(one.type);
  return all;
}

std::string ReadMail::header(std::string_view name) const {
  std::string all;
  for (const auto& [key, value] : headers)
    if (key == name) all += (all.empty() ? "" : " | ") + value;
  return all;
}

const ReadPart& ReadMail::part(std::string_view type) const {
  static const ReadPart none;
  for (const ReadPart& one : parts)
    if (one.type == type) return one;
  return none;
}

ReadMail read_mail(const std::string& bytes) {
  ReadMail mail;
  const std::string answer = answer_of_python(bytes);
  const auto read = parse_json_object(answer);
  if (!read) {
    mail.defects.push_back("not read: " + read.error().message);
    return mail;
  }
  for (const auto& header : read->at("headers").as_object())
    for (const json::value& value : header.value().as_array())
      mail.headers.emplace_back(std::string(header.key()), std::string(value.as_string()));
  for (const json::value& part : read->at("parts").as_array()) {
    mail.parts.push_back(part_of(part.as_object()));
    for (const json::value& defect : part.as_object().at("defects").as_array())
      mail.defects.emplace_back(defect.as_string());
  }
  for (const json::value& defect : read->at("defects").as_array())
    mail.defects.emplace_back(defect.as_string());
  mail.from = first_address(*read, "From");
  mail.to = first_address(*read, "To");
  return mail;
}

std::vector<std::string> line_faults(const std::string& bytes) {
  std::vector<std::string> faults;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto end = bytes.find("\r\n", at);
    if (end == std::string::npos) {
      faults.push_back("the last line has no end");
      break;
    }
    const std::string line = bytes.substr(at, end - at);
    if (line.size() > 998) faults.push_back("too long: " + line.substr(0, 60));
    for (const char c : line)
      if (c == '\r' || c == '\n' || c == '\0' || (c & 0x80) != 0) faults.push_back("byte: " + line);
    at = end + 2;
  }
  return faults;
}

}  // namespace base::testing
