// Words: what pages, mails and calendars say, one file per language under assets/words/.
// Always: a key is a literal, so a test can compare the keys in use with the keys in the file. A
// key or placeholder without a text is a loud marker in the output, never silence.
//
// The file: "key = text with {name}", one a line; lines that start with # are comments.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace base {

class Words {
 public:
  class Key {
   public:
    template <std::size_t N>
    consteval Key(const char (&name)[N]) : name_(name, N - 1) {
      for (const char c : name_)
        if (!((c >= 'a' && c <= 'z') || c == '.' || c == '_')) throw "not a key";
    }
    std::string_view name() const { return name_; }

   private:
    std::string_view name_;
  };

  // What stands for {name}. It is not searched for further placeholders.
  struct Slot {
    std::string_view name;
    std::string_view value;
  };

  // A language without a file answers in English.
  static const Words& of(std::string_view language);

  explicit Words(std::string_view file);

  std::string say(Key key, std::initializer_list<Slot> slots = {}) const;
  // A text that is a list, parted by "|": the names of days and months.
  std::vector<std::string> list(Key key) const;

  const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace base
