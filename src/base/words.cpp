#include "base/words.h"

#include <algorithm>

#include "base/assets.h"
#include "base/text.h"

namespace base {
namespace {

std::string marker(std::string_view what) {
  return "\xE2\x9F\xA6" + std::string(what) + "\xE2\x9F\xA7";  // ⟦what⟧
}

}  // namespace

const Words& Words::of(std::string_view language) {
  // One object per file, made at the first question and never moved.
  static const auto languages = [] {
    std::map<std::string, Words, std::less<>> all;
    constexpr std::string_view folder = "words/";
    constexpr std::string_view ending = ".txt";
    for (const Asset& file : assets()) {
      if (!file.name.starts_with(folder) || !file.name.ends_with(ending)) continue;
      const auto length = file.name.size() - folder.size() - ending.size();
      all.emplace(file.name.substr(folder.size(), length), Words(file.bytes));
    }
    all.emplace("en", Words(""));  // without its file, markers rather than a crash
    return all;
  }();
  const auto found = languages.find(language);
  return found != languages.end() ? found->second : languages.find("en")->second;
}

Words::Words(std::string_view file) {
  for (const std::string_view raw : split(file, '\n')) {
    const std::string_view line = trimmed(raw);
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    texts_.emplace(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
  }
}

std::string Words::say(Key key, std::initializer_list<Slot> slots) const {
  const auto found = texts_.find(key.name());
  if (found == texts_.end()) return marker(key.name());
  std::string_view rest = found->second;
  std::string out;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    const auto close = rest.find('}', open == std::string_view::npos ? rest.size() : open);
    out.append(rest.substr(0, close == std::string_view::npos ? rest.size() : open));
    if (close == std::string_view::npos) break;
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const auto* slot =
        std::find_if(slots.begin(), slots.end(), [&](const Slot& one) { return one.name == name; });
    out.append(slot != slots.end() ? std::string(slot->value) : marker(name));
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::vector<std::string> Words::list(Key key) const {
  std::vector<std::string> parts;
  const std::string whole = say(key);
  for (const std::string_view part : split(whole, '|')) parts.emplace_back(trimmed(part));
  return parts;
}

}  // namespace base
