// Forms as browsers and official clients send them, in every split; and everything that is refused.
#include "base/multipart.h"

#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace base {
namespace {

using Kind = FormEvent::Kind;
using namespace std::string_literals;

// What a form came to, data joined, one line per event; an error ends it with its code.
struct Outcome {
  std::string events;
  std::string file;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

void note(Outcome& outcome, const FormEvent& event) {
  const auto head = [&](std::string_view word) {
    outcome.events += std::string(word) + " " + std::string(event.name);
    if (event.filename) outcome.events += " [" + std::string(*event.filename) + "]";
    if (!event.content_type.empty()) outcome.events += " (" + std::string(event.content_type) + ")";
  };
  if (event.kind == Kind::field) {
    head("field");
    outcome.events += "=" + std::string(event.value);
  }
  if (event.kind == Kind::file) head("file");
  if (event.kind == Kind::data) {
    EXPECT_FALSE(event.value.empty());
    outcome.file += event.value;
    return;
  }
  if (event.kind == Kind::file_end) outcome.events += "file_end";
  if (event.kind == Kind::end) outcome.events += "end";
  outcome.events += "\n";
}

// Each piece is a copy of its own, so that a view kept too long is found by the sanitizer.
Outcome read(const std::vector<std::string>& pieces, FormLimits limits = {},
             std::string_view boundary = "b1") {
  FormReader reader(boundary, limits);
  Outcome outcome;
  for (const std::string& one : pieces) {
    const auto piece = std::make_unique<std::string>(one);
    std::string_view bytes = *piece;
    for (;;) {
      const auto event = reader.next(bytes);
      if (!event) {
        EXPECT_FALSE(reader.next(bytes));
        EXPECT_FALSE(reader.finish());
        outcome.events += "error " + event.error().code;
        return outcome;
      }
      if (event->kind == Kind::more) break;
      note(outcome, *event);
    }
    EXPECT_TRUE(bytes.empty());
  }
  const auto finished = reader.finish();
  if (!finished) outcome.events += "error " + finished.error().code;
  return outcome;
}

std::string part(std::string_view disposition, std::string_view body, std::string_view more = "") {
  return "--b1\r\nContent-Disposition: form-data; " + std::string(disposition) + "\r\n" +
         std::string(more) + "\r\n" + std::string(body) + "\r\n";
}

const std::string key_part = part("name=\"key\"", "quarantine/jada.7k3m2q/6f1c.jpg");
const std::string file_part =
    part("name=\"file\"; filename=\"C:\\dir\\boat.jpg\"", "\xFF\xD8\xFF\r\n--b\r\r\n--b2 boat\r",
         "Content-Type: application/octet-stream\r\n");
const std::string form = key_part + file_part + "--b1--\r\n";
const Outcome form_outcome{
    "field key=quarantine/jada.7k3m2q/6f1c.jpg\n"
    "file file [C:\\dir\\boat.jpg] (application/octet-stream)\nfile_end\nend\n",
    "\xFF\xD8\xFF\r\n--b\r\r\n--b2 boat\r"};

TEST(Multipart, a_form_comes_whole) {
  EXPECT_EQ(read({form}), form_outcome);
}

TEST(Multipart, a_form_comes_whole_in_every_split) {
  for (std::size_t first = 0; first <= form.size(); ++first) {
    EXPECT_EQ(read({form.substr(0, first), form.substr(first)}), form_outcome) << first;
    for (std::size_t second = first; second <= form.size(); second += 3)
      ASSERT_EQ(
          read({form.substr(0, first), form.substr(first, second - first), form.substr(second)}),
          form_outcome)
          << first << " " << second;
  }
  std::vector<std::string> bytes;
  for (const char c : form) bytes.emplace_back(1, c);
  EXPECT_EQ(read(bytes), form_outcome);
}

TEST(Multipart, random_forms_in_random_splits) {
  std::mt19937 chance(20261125);
  const std::string alphabet = "\r\n-b1xy"s;
  for (int round = 0; round < 400; ++round) {
    std::string file;
    for (auto i = chance() % 3000; i > 0; --i) file += alphabet[chance() % alphabet.size()];
    // The delimiter itself cannot stand in a file: senders choose a boundary that does not.
    for (std::size_t at; (at = file.find("\r\n--b1")) != std::string::npos;) file[at] = '-';
    if (("\r\n" + file).find("\r\n--b1") == 0) file.insert(0, "x");
    const std::string whole = key_part + part("name=\"file\"", file) + "--b1--";
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < whole.size();) {
      const std::size_t size = 1 + chance() % (1 + chance() % 200);
      pieces.push_back(whole.substr(at, size));
      at += size;
    }
    const Outcome outcome = read(pieces);
    ASSERT_EQ(outcome.file, file) << round;
    ASSERT_TRUE(outcome.events.ends_with("file file\nfile_end\nend\n")) << outcome.events;
  }
}

TEST(Multipart, data_is_the_fed_bytes_themselves) {
  FormReader reader("b1");
  std::string head = part("name=\"file\"", "");
  head.resize(head.size() - 2);
  std::string_view bytes = head;
  ASSERT_EQ(reader.next(bytes)->kind, Kind::file);
  ASSERT_EQ(reader.next(bytes)->kind, Kind::more);
  const std::string data(100'000, 'x');
  bytes = data;
  const auto event = reader.next(bytes);
  EXPECT_EQ(event->value.data(), data.data());
  EXPECT_EQ(event->value.size(), data.size());
}

struct Case {
  std::string name;
  std::string form;
  std::string events;
};

TEST(Multipart, what_clients_send_is_taken) {
  const std::string end = "--b1--";
  const std::vector<Case> cases{
      {"CRLF before the first boundary", "\r\n" + file_part + end,
       "file file [C:\\dir\\boat.jpg] (application/octet-stream)\nfile_end\nend\n"},
      {"no filename", part("name=\"file\"", "x") + end, "file file\nfile_end\nend\n"},
      {"an empty file and an empty filename", part("name=\"file\"; filename=\"\"", "") + end,
       "file file []\nfile_end\nend\n"},
      {"a name in another case", part("name=\"FILE\"", "x") + end, "file FILE\nfile_end\nend\n"},
      {"an empty field", part("name=\"a\"", "") + part("name=\"file\"", "x") + end,
       "field a=\nfile file\nfile_end\nend\n"},
      {"names without quotes", part("name=file;filename=a.jpg", "x") + end,
       "file file [a.jpg]\nfile_end\nend\n"},
      {"escaped quote and backslash",
       part("name=\"file\"; filename=\"a\\\"b\\\\c;.jpg\"", "x") + end,
       "file file [a\"b\\c;.jpg]\nfile_end\nend\n"},
      {"filename* wins",
       part("name=\"file\"; filename=\"a\"; filename*=utf-8'en'%C3%A9.jpg", "x") + end,
       "file file [\xC3\xA9.jpg]\nfile_end\nend\n"},
      {"UTF-8 in a name and a value",
       part("name=\"\xC3\xA9\"", "\xC3\xA8") + part("name=\"file\"; filename=\"\xC3\xA9\"", "x") +
           end,
       "field \xC3\xA9=\xC3\xA8\nfile file [\xC3\xA9]\nfile_end\nend\n"},
      {"headers in any case and order",
       "--b1\r\nCONTENT-TYPE:image/png\r\nX-Other: 1\r\ncontent-transfer-encoding: BINARY\r\n"
       "content-disposition:FORM-DATA; NAME=\"file\"\r\n\r\nx\r\n" +
           end,
       "file file (image/png)\nfile_end\nend\n"},
      {"lines in a field",
       part("name=\"policy\"", "a\r\nb\nc\r") + part("name=\"file\"", "x") + end,
       "field policy=a\r\nb\nc\r\nfile file\nfile_end\nend\n"},
      {"parts after the file are read over",
       file_part + part("name=\"late\"", "\xFF") + end + "\r\n",
       "file file [C:\\dir\\boat.jpg] (application/octet-stream)\nfile_end\nend\n"},
  };
  for (const Case& one : cases) EXPECT_EQ(read({one.form}).events, one.events) << one.name;
}

TEST(Multipart, what_is_malformed_is_refused_in_every_split) {
  const std::string end = "--b1--\r\n";
  const std::vector<Case> cases{
      {"a preamble", "x\r\n" + form, ""},
      {"two CRLF first", "\r\n\r\n" + form, ""},
      {"another boundary", "--b2\r\n" + form, ""},
      {"LF line ends", "--b1\nContent-Disposition: form-data; name=\"file\"\n\nx\n--b1--\n", ""},
      {"LF after a boundary", "--b1\n" + file_part.substr(6) + end, ""},
      {"blanks after a boundary", "--b1 \r\n" + file_part.substr(6) + end, ""},
      {"a longer boundary", "--b12\r\n" + file_part.substr(6) + end, ""},
      {"a boundary within", part("name=\"a\"", "x\r\n--b1x") + file_part + end, ""},
      {"one hyphen at the end", file_part + "--b1-", ""},
      {"an epilogue", form + "x", ""},
      {"CRLF twice at the end", form + "\r\n", ""},
      {"CR alone at the end", file_part + "--b1--\r", ""},
      {"no headers", "--b1\r\n\r\nx\r\n" + end, ""},
      {"no name", part("filename=\"a\"", "x") + end, ""},
      {"an empty name", part("name=\"\"", "x") + end, ""},
      {"an attachment", "--b1\r\nContent-Disposition: attachment; name=\"file\"\r\n\r\n\r\n" + end,
       ""},
      {"a name twice", part("name=\"a\"; name=\"file\"", "x") + end, ""},
      {"a disposition twice",
       part("name=\"file\"", "x", "Content-Disposition: form-data; name=\"a\"\r\n") + end, ""},
      {"a type twice",
       part("name=\"file\"", "x", "Content-Type: a/b\r\nContent-Type: a/b\r\n") + end, ""},
      {"an open quote", part("name=\"file", "x") + end, ""},
      {"something after a quote", part("name=\"file\"x", "x") + end, ""},
      {"a folded header", part("name=\"file\"", "x", "X-A: 1\r\n folded\r\n") + end, ""},
      {"a bare CR in a header", part("name=\"file\"", "x", "X-A: 1\r2\r\n") + end, ""},
      {"a bare LF in a header", part("name=\"file\"", "x", "X-A: 1\n2\r\n") + end, ""},
      {"NUL in a name", part("name=\"fi\0le\""s, "x") + end, ""},
      {"NUL in a field", part("name=\"a\"", "x\0y"s) + file_part + end, ""},
      {"a header without a colon", part("name=\"file\"", "x", "X-A\r\n") + end, ""},
      {"a blank before a colon", part("name=\"file\"", "x", "X-A : 1\r\n") + end, ""},
      {"a name that is not UTF-8", part("name=\"\xFF\"", "x") + end, ""},
      {"a field that is not UTF-8", part("name=\"a\"", "\xFF") + file_part + end, ""},
      {"base64", part("name=\"file\"", "x", "Content-Transfer-Encoding: base64\r\n") + end, ""},
      {"filename* in Latin-1", part("name=\"file\"; filename*=iso-8859-1''%E9", "x") + end, ""},
      {"filename* with a NUL", part("name=\"file\"; filename*=utf-8''%00", "x") + end, ""},
      {"filename* broken", part("name=\"file\"; filename*=utf-8''%zz", "x") + end, ""},
      {"no closing boundary", file_part, ""},
      {"no end of the file", file_part.substr(0, file_part.size() - 2), ""},
      {"nothing", "", ""},
  };
  for (const Case& one : cases) {
    EXPECT_TRUE(read({one.form}).events.ends_with("error malformed-form"))
        << one.name << "\n"
        << read({one.form}).events;
    std::vector<std::string> bytes;
    for (const char c : one.form) bytes.emplace_back(1, c);
    EXPECT_EQ(read(bytes), read({one.form})) << one.name;
  }
}

TEST(Multipart, a_form_has_one_file) {
  EXPECT_TRUE(read({file_part + file_part + "--b1--"}).events.ends_with("error form-second-file"));
  EXPECT_TRUE(read({key_part + "--b1--"}).events.ends_with("error form-without-file"));
  EXPECT_TRUE(read({"--b1--"}).events.ends_with("error form-without-file"));
}

TEST(Multipart, limits_hold) {
  const auto code_of = [](const std::string& whole, FormLimits limits = {}) {
    const std::string events = read({whole}, limits).events;
    return events.substr(events.rfind("\n") + 1);
  };
  const std::string end = "--b1--";
  const std::size_t around = key_part.size() + part("name=\"a\"", "").size() +
                             part("name=\"file\"", "").size() + end.size();
  const auto with_field = [&](std::size_t size) {
    return key_part + part("name=\"a\"", std::string(size, 'x')) +
           part("name=\"file\"", std::string(100'000, 'y')) + end;
  };
  EXPECT_EQ(code_of(with_field(20'480 - around)), "");
  EXPECT_EQ(code_of(with_field(20'481 - around)), "error form-too-large");
  EXPECT_EQ(code_of(file_part + part("name=\"a\"", std::string(20'480, 'x')) + end),
            "error form-too-large");
  EXPECT_EQ(code_of(part("name=\"file\"", "x", "X-A: " + std::string(16'384, 'x') + "\r\n")),
            "error form-too-large");
  EXPECT_EQ(code_of("--b1\r\n" + std::string(16'385, 'x')), "error form-too-large");
  std::string many;
  for (int i = 0; i < 100; ++i) many += part("name=a", "");
  EXPECT_EQ(code_of(many + end), "error form-without-file");
  EXPECT_EQ(code_of(many + file_part + end), "error form-too-many-parts");
}

TEST(Multipart, boundaries_are_read_by_their_grammar) {
  const auto boundary_of = [](std::string_view type) {
    const auto boundary = form_boundary(type);
    return boundary ? *boundary : "refused";
  };
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=b1"), "b1");
  EXPECT_EQ(boundary_of("Multipart/Form-Data;charset=utf-8;BOUNDARY=\"a b:'\""), "a b:'");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=----WebKitFormBoundaryPuQ7aTg"),
            "----WebKitFormBoundaryPuQ7aTg");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(70, 'x')),
            std::string(70, 'x'));
  for (const std::string& type :
       {""s, "multipart/form-data"s, "multipart/mixed; boundary=b1"s,
        "multipart/form-data; boundary="s, "multipart/form-data; boundary=\"\""s,
        "multipart/form-data; boundary=a; boundary=a"s,
        "multipart/form-data; boundary=\"a "s + "\"", "multipart/form-data; boundary=\"a\r\n\""s,
        "multipart/form-data; boundary=\"\xC3\xA9\""s, "multipart/form-data; boundary=a b"s,
        "multipart/form-data boundary=a"s, "multipart/form-data; boundary=\"a"s,
        "multipart/form-data; boundary=" + std::string(71, 'x')})
    EXPECT_EQ(boundary_of(type), "refused") << type;
  EXPECT_TRUE(is_form_data("multipart/form-data"));
  EXPECT_FALSE(is_form_data("multipart/form-data2; boundary=a"));
  EXPECT_FALSE(is_form_data("application/x-www-form-urlencoded"));
}

}  // namespace
}  // namespace base
