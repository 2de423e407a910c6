// Forms with a file: the same events in one piece and in many, whatever is refused; and the headers
// of a form and of a part alone.
#include "base/multipart.h"

#include "fuzz/harness.h"

namespace {

using Kind = base::FormEvent::Kind;

struct Outcome {
  std::string events;
  std::string file;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

void note(Outcome& outcome, const base::FormEvent& event) {
  if (event.kind == Kind::data) {
    fuzz::require(!event.value.empty());
    outcome.file += event.value;
    return;
  }
  outcome.events += std::to_string(static_cast<int>(event.kind)) + "\n";
  outcome.events += std::string(event.name) + "\n" + std::string(event.filename.value_or("none")) +
                    "\n" + std::string(event.content_type) + "\n";
  if (event.kind == Kind::field) outcome.events += event.value;
}

// False after an error.
bool feed(base::FormReader& reader, std::string_view bytes, Outcome& outcome) {
  for (;;) {
    const auto event = reader.next(bytes);
    if (!event) {
      fuzz::require(!reader.finish());
      outcome.events += event.error().code;
      return false;
    }
    if (event->kind == Kind::more) break;
    note(outcome, *event);
  }
  fuzz::require(bytes.empty());
  return true;
}

Outcome finished(const base::FormReader& reader, Outcome outcome) {
  const auto end = reader.finish();
  if (!end) outcome.events += end.error().code;
  return outcome;
}

Outcome in_one(std::string_view text) {
  base::FormReader reader("b1");
  Outcome outcome;
  return feed(reader, text, outcome) ? finished(reader, outcome) : outcome;
}

Outcome in_pieces(std::string_view text) {
  base::FormReader reader("b1");
  Outcome outcome;
  for (auto& piece : fuzz::pieces_of(text)) {
    if (!feed(reader, fuzz::view_of(piece), outcome)) return outcome;
    std::vector<char>().swap(piece);  // a view kept too long is seen
  }
  return finished(reader, outcome);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  fuzz::require(in_one(text) == in_pieces(text));
  if (const auto boundary = base::form_boundary(text)) {
    fuzz::require(!boundary->empty() && boundary->size() <= 70);  // RFC 2046 §5.1.1
    fuzz::require(base::is_form_data(text));
  }
  static_cast<void>(base::form_part_from(text));
  return 0;
}
