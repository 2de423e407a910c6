// The tree of the project as the house rules read it: every file that git knows or would take, with
// its text. Always: paths are relative to the root, with forward slashes; a fault is one line,
// "path:line: what is wrong".
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace house {

using Files = std::map<std::string, std::string>;  // path -> text
using Faults = std::vector<std::string>;

// The project itself, read once.
const Files& project();

std::string fault(const std::string& path, std::size_t line, std::string_view what);
// "src/app/take_booking.cpp" -> "take_booking"; "src/web/x" -> folder "web"; top level of src: "".
std::string stem_of(const std::string& path);
std::string folder_of(const std::string& path);
bool is_under(const std::string& path, std::string_view folder);  // folder ends in '/'
bool is_cpp(const std::string& path);                             // .cpp and .h
bool is_header(const std::string& path);

std::vector<std::string> lines_of(const std::string& text);
std::size_t line_at(const std::string& text, std::size_t position);

// The same text, each character of a comment or of a literal's inside replaced by a space (newlines
// stay), so that positions hold and words found are code.
std::string code_of(const std::string& text);
// As code_of, with preprocessor lines blanked too.
std::string code_without_directives(const std::string& text);

struct Include {
  std::string name;
  enum class Form { ours, other } form = Form::other;  // "..." or <...>
  std::size_t line = 0;
};
std::vector<Include> includes_of(const std::string& text);

// Every header of ours that the file reaches, however deep, as "base/text.h".
std::set<std::string> reached_from(const Files& files, const std::string& path);

// Fails with one line per fault.
::testing::AssertionResult none(const Faults& faults);

}  // namespace house
