#include "domain/amounts_in_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"

namespace domain {

namespace {

struct Token {
  enum class Kind { number, word, symbol, mark };
  Kind kind = Kind::mark;
  std::string text;  // lower case; a number keeps its separators: "1,234.56"
  bool space_before = false;
};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

constexpr std::array<std::string_view, 10> symbols = {"$", "€", "£", "¥", "₹",
                                                      "₩", "₽", "₺", "฿", "¢"};
constexpr std::array<std::string_view, 34> currencies = {
    "usd", "eur", "gbp",    "cad",     "aud",  "nzd",   "mxn",   "chf",  "jpy",
    "sek", "nok", "dkk",    "dollars", "buck", "bucks", "euros", "euro", "cents",
    "hkd", "sgd", "brl",    "inr",     "cny",  "krw",   "zar",   "pln",  "czk",
    "huf", "thb", "dollar", "kr",      "yen",  "pesos", "quid"};
constexpr std::array<std::string_view, 24> money_words = {
    "gross",   "payout", "price", "fee",     "fees",     "paid",   "cost", "costs",
    "deposit", "owed",   "owes",  "revenue", "tip",      "tips",   "net",  "wage",
    "balance", "salary", "pay",   "pays",    "earnings", "charge", "rate", "income"};
constexpr std::array<std::string_view, 8> linking_words = {"is", "of",    "was",   "are",
                                                           "to", "about", "total", "comes"};
constexpr std::array<std::string_view, 29> number_words = {
    "one",       "two",      "three",    "four",    "five",     "six",      "seven",   "eight",
    "nine",      "ten",      "eleven",   "twelve",  "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty",  "thirty",   "forty",    "fifty",   "sixty",
    "seventy",   "eighty",   "ninety",   "hundred", "thousand"};
constexpr std::array<std::string_view, 5> hour_words = {"h", "hr", "hrs", "hour", "hours"};

// U+FF10 to U+FF19 at the start.
bool is_full_width_digit(std::string_view text) {
  return text.size() >= 3 && text.starts_with("\xef\xbc") && text[2] >= '\x90' && text[2] <= '\x99';
}

// Full-width digits and signs, and the spaces of typographers, become what they stand for; what has
// no width becomes nothing.
std::string plain(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> others = {
      {{"\u00a0", " "},
       {"\u2009", " "},
       {"\u202f", " "},
       {"\u2007", " "},
       {"\uff04", "$"},
       {"\ufe69", "$"},
       {"\uffe0", "¢"},
       {"\uffe1", "£"},
       {"\uffe5", "¥"},
       {"\u00ad", ""},
       {"\u200b", ""},
       {"\u200c", ""},
       {"\u200d", ""},
       {"\u2060", ""},
       {"\ufeff", ""},
       {"\uff0c", ","},
       {"\uff0e", "."}}};
  std::string answer;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    auto known = std::find_if(others.begin(), others.end(),
                              [&](const auto& pair) { return rest.starts_with(pair.first); });
    if (known != others.end()) {
      answer += known->second;
      i += known->first.size();
    } else if (is_full_width_digit(rest)) {
      answer.push_back(static_cast<char>('0' + (rest[2] - '\x90')));
      i += 3;
    } else {
      answer.push_back(text[i++]);
    }
  }
  return base::lowered(answer);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// Length of the number at the start: digits, with single separators between digits.
std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() &&
         (is_digit(text[i]) || ((text[i] == '.' || text[i] == ',' || text[i] == ':') && i > 0 &&
                                i + 1 < text.size() && is_digit(text[i + 1]))))
    ++i;
  return i;
}

std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> tokens;
  bool space = true;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    Token token{Token::Kind::mark, {}, space};
    std::size_t length = 1;
    auto symbol = std::find_if(symbols.begin(), symbols.end(),
                               [&](std::string_view s) { return rest.starts_with(s); });
    if (rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t') {
      space = true;
      ++i;
      continue;
    }
    if (symbol != symbols.end()) {
      token.kind = Token::Kind::symbol;
      length = symbol->size();
    } else if (is_digit(rest[0])) {
      token.kind = Token::Kind::number;
      length = number_length(rest);
    } else if (is_letter(rest[0])) {
      token.kind = Token::Kind::word;
      while (length < rest.size() && is_letter(rest[length]) &&
             std::none_of(
                 symbols.begin(), symbols.end(),
                 [&](std::string_view s) { return rest.substr(length).starts_with(s); }))
        ++length;
    }
    token.text = std::string(rest.substr(0, length));
    tokens.push_back(std::move(token));
    space = false;
    i += length;
  }
  return tokens;
}

// "840.75", "1.234,56", "840,75": a last separator with exactly two digits behind it, and no colon.
bool has_cents(const std::string& number) {
  if (number.find(':') != std::string::npos || number.size() < 4) return false;
  const char separator = number[number.size() - 3];
  if (separator != '.' && separator != ',') return false;
  // Dates and addresses such as 30.05.27 or 10.0.0.12 have the same separator before.
  return number.substr(0, number.size() - 3).find(separator) == std::string::npos;
}

// "1,234" and "12,345,678".
bool has_thousands(const std::string& number) {
  const auto parts = base::split(number, ',');
  if (parts.size() < 2 || parts[0].size() > 3) return false;
  return std::all_of(parts.begin() + 1, parts.end(),
                     [](std::string_view p) { return p.substr(0, p.find('.')).size() == 3; });
}

bool is_clock(const std::string& number) {
  return number.find(':') != std::string::npos;
}

struct Reader {
  const std::vector<Token>& tokens;

  const Token* at(std::size_t i) const { return i < tokens.size() ? &tokens[i] : nullptr; }
  bool is(std::size_t i, Token::Kind kind) const {
    return i < tokens.size() && tokens[i].kind == kind;
  }
  bool is_word(std::size_t i, const auto& list) const {
    return is(i, Token::Kind::word) && is_one_of(tokens[i].text, list);
  }

  bool currency_beside(std::size_t i) const {
    const bool before = i > 0 && (is(i - 1, Token::Kind::symbol) || is_word(i - 1, currencies));
    return before || is(i + 1, Token::Kind::symbol) || is_word(i + 1, currencies);
  }

  // "50/h", "50 per hour", "50 an hour"
  bool per_hour(std::size_t i) const {
    const Token* link = at(i + 1);
    if (!link || !is_word(i + 2, hour_words)) return false;
    return link->text == "/" || link->text == "per" || link->text == "an";
  }

  // "gross: 840", "deposit of 500", "paid 500 in cash"; not "paid 2 weeks ago".
  bool after_money_word(std::size_t i) const {
    std::size_t before = i;
    for (int steps = 0; before > 0 && steps < 3; ++steps) {
      const Token& token = tokens[before - 1];
      const bool link = token.text == ":" || token.text == "=" || token.text == "-" ||
                        is_word(before - 1, linking_words);
      if (!link) break;
      --before;
    }
    if (before == 0 || !is_word(before - 1, money_words)) return false;
    const bool small = tokens[i].text.size() < 3;
    return !(small && (is(i + 1, Token::Kind::word) || (at(i + 1) && at(i + 1)->text == "%")));
  }

  bool is_amount(std::size_t i) const {
    const std::string& number = tokens[i].text;
    if (currency_beside(i)) return true;
    if (is_clock(number)) return false;
    const bool bare = !is(i + 1, Token::Kind::word);
    return has_cents(number) || (has_thousands(number) && bare) || per_hour(i) ||
           after_money_word(i);
  }
};

}  // namespace

bool looks_like_amount(std::string_view text) {
  const std::vector<Token> tokens = tokens_of(plain(text));
  const Reader reader{tokens};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == Token::Kind::number && reader.is_amount(i)) return true;
    if (reader.is_word(i, number_words) && reader.is_word(i + 1, currencies)) return true;
  }
  return false;
}

}  // namespace domain
