// Letter: the content of a mail, once, from which its text and its HTML are both made.
// Always: the link of the action stands exactly once in each; a calendar part asks for the trip
// (METHOD:REQUEST) or, when its event is cancelled, takes it out again (METHOD:CANCEL).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/icalendar.h"
#include "base/result.h"

#include "app/mail.h"

namespace app {

struct Letter {
  struct Fact {
    std::string label;
    std::string value;  // empty: the fact is left out
    std::string link;   // empty: plain text
  };
  // One line: label, old, new.
  struct Change {
    std::string label;
    std::string before;
    std::string after;
  };
  struct Section {
    std::string title;
    std::vector<std::string> items;  // a list, if more than text
    std::string text;
  };

  std::string heading;
  std::string intro;
  std::string changes_title;
  std::vector<Change> changes;
  std::vector<Fact> facts;
  std::string action_label;
  std::string action_link;
  std::string action_note;  // small print below the link
  std::vector<Section> sections;
  std::string closing;
  std::string signature;
};

// The same words as plain text and as HTML for mail programs (inline styles, no style sheet).
std::string letter_text(const Letter& letter);
std::string letter_html(const Letter& letter);

// The whole mail, with an invitation for the recipient where there is an event. Error kind invalid:
// a value that cannot stand in a header or a calendar.
base::Result<Mail> compose_letter(const std::string& subject, const Letter& letter,
                                  std::optional<base::ical::Event> event, const MailFrame& frame);

}  // namespace app
