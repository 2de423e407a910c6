#include "app/letter.h"

#include <algorithm>

#include "base/html.h"
#include "base/mime.h"

namespace app {
namespace {

using base::Result;
using base::html::lines;
using base::html::Page;
using base::html::text;
using base::html::url;

// A text of several lines, as notes are, on one.
std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

// What is struck is not said by all that read aloud: the arrow stands between in each case.
void write_changes(Page& page, const Letter& letter) {
  if (letter.changes.empty()) return;
  page << "<h2 style=\"margin:0 0 6px;font-size:17px;color:#14395b\">" << text(letter.changes_title)
       << "</h2>\n<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
          "style=\"margin:0 0 24px;border-collapse:collapse\">\n";
  for (const Letter::Change& change : letter.changes)
    page << "<tr><td style=\"padding:4px 16px 4px 0;vertical-align:top;color:#55616f\">"
         << text(change.label)
         << "</td><td style=\"padding:4px 0;vertical-align:top\"><s style=\"color:#55616f\">"
         << lines(change.before) << "</s> \u2192 <strong>" << lines(change.after)
         << "</strong></td></tr>\n";
  page << "</table>\n";
}

void write_facts(Page& page, const Letter& letter) {
  if (letter.facts.empty()) return;
  page << "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
          "style=\"margin:0 0 24px;border-collapse:collapse\">\n";
  for (const Letter::Fact& fact : letter.facts) {
    if (fact.value.empty()) continue;
    page << "<tr><td style=\"padding:4px 16px 4px 0;vertical-align:top;color:#55616f;"
            "white-space:nowrap\">"
         << text(fact.label) << "</td><td style=\"padding:4px 0;vertical-align:top\">";
    if (fact.link.empty())
      page << text(fact.value);
    else
      page << "<a" << url("href", fact.link) << " style=\"color:#14507a\">" << text(fact.value)
           << "</a>";
    page << "</td></tr>\n";
  }
  page << "</table>\n";
}

void write_action(Page& page, const Letter& letter) {
  if (letter.action_link.empty()) return;
  page << "<p style=\"margin:0 0 8px\"><a" << url("href", letter.action_link)
       << " style=\"display:inline-block;padding:14px 24px;border-radius:8px;"
          "background:#14395b;color:#ffffff;font-weight:600;text-align:center;"
          "text-decoration:none\">"
       << text(letter.action_label) << "</a></p>\n";
  page << "<p style=\"margin:0 0 28px;font-size:14px;color:#55616f\">" << text(letter.action_note)
       << "</p>\n";
}

void write_section(Page& page, const Letter::Section& section) {
  if (section.items.empty() && section.text.empty()) return;
  page << "<h2 style=\"margin:0 0 6px;font-size:17px;color:#14395b\">" << text(section.title)
       << "</h2>\n";
  if (!section.text.empty())
    page << "<p style=\"margin:0 0 20px\">" << lines(section.text) << "</p>\n";
  if (section.items.empty()) return;
  page << "<ul style=\"margin:0 0 20px;padding-left:20px\">\n";
  for (const std::string& item : section.items) page << "<li>" << text(item) << "</li>\n";
  page << "</ul>\n";
}

struct Mailboxes {
  base::mime::Mailbox from;
  base::mime::Mailbox to;
  std::optional<base::mime::Mailbox> reply_to;
};

// Here and below each TRY has a line of its own: g++ 12 leaks the members that are already made
// when a TRY returns from within an initializer list.
Result<Mailboxes> mailboxes_of(const MailFrame& frame) {
  auto from = TRY(base::mime::Mailbox::parse(frame.from));
  auto to = TRY(base::mime::Mailbox::from(frame.to_name, frame.to_address));
  Mailboxes boxes{std::move(from), std::move(to), {}};
  if (!frame.reply_to.empty()) boxes.reply_to = TRY(base::mime::Mailbox::parse(frame.reply_to));
  return boxes;
}

Result<base::ical::Person> person_of(const base::mime::Mailbox& mailbox) {
  base::ical::Person person;
  person.name = TRY(base::ical::Text::from(mailbox.name()));
  person.address = mailbox.address();
  return person;
}

// Calendar programs act on a REQUEST, and on a CANCEL, whose organizer is the sender and whose
// attendee is the recipient. Answers are given on the page, so none is asked for by mail. Each
// recipient has an event of their own, so that a CANCEL ends it even where the trip goes on without
// them. Source: RFC 5546 §3.2.2, §3.2.5.
Result<base::mime::Invitation> invitation_of(base::ical::Event event, const Mailboxes& boxes,
                                             const MailFrame& frame) {
  event.uid = TRY(base::ical::Text::from(frame.uid));
  event.sequence = frame.sequence;
  event.stamp = frame.date;
  event.organizer = TRY(person_of(boxes.from));
  event.attendee = TRY(person_of(boxes.to));
  base::ical::Calendar calendar;
  calendar.method = event.status == base::ical::Status::cancelled ? base::ical::Method::cancel
                                                                  : base::ical::Method::request;
  calendar.events.push_back(std::move(event));
  base::mime::Invitation invitation;
  invitation.method = calendar.method;
  invitation.calendar = TRY(base::ical::write(calendar));
  return invitation;
}

}  // namespace

std::string letter_text(const Letter& letter) {
  std::string out = letter.heading + "\n\n" + letter.intro + "\n\n";
  if (!letter.changes.empty()) out += letter.changes_title + '\n';
  for (const Letter::Change& change : letter.changes)
    out += change.label + ": " + on_one_line(change.before) + " \u2192 " +
           on_one_line(change.after) + '\n';
  for (const Letter::Fact& fact : letter.facts) {
    if (fact.value.empty()) continue;
    out += fact.label + ": " + (fact.link.empty() ? fact.value : fact.link) + '\n';
  }
  if (!letter.action_link.empty())
    out +=
        '\n' + letter.action_label + ":\n" + letter.action_link + '\n' + letter.action_note + '\n';
  for (const Letter::Section& section : letter.sections) {
    if (section.items.empty() && section.text.empty()) continue;
    out += '\n' + section.title + '\n';
    if (!section.text.empty()) out += section.text + '\n';
    for (const std::string& item : section.items) out += "- " + item + '\n';
  }
  // "-- " is how mail programs know a signature.
  return out + '\n' + letter.closing + "\n\n-- \n" + letter.signature + '\n';
}

std::string letter_html(const Letter& letter) {
  Page page;
  page << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
       << text(letter.heading)
       << "</title>\n</head>\n<body style=\"margin:0;padding:0;background:#f4f1ea\">\n"
          "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
          "border=\"0\" style=\"background:#f4f1ea\"><tr><td align=\"center\" "
          "style=\"padding:20px 10px\">\n"
          "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
          "border=\"0\" style=\"max-width:580px;background:#ffffff;border-radius:8px\">"
          "<tr><td style=\"padding:14px 24px;background:#123455;border-bottom:3px solid #c9a24d;"
          "border-radius:8px 8px 0 0;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,"
          "sans-serif;font-size:13px;font-weight:600;letter-spacing:1.5px;line-height:1.4;"
          "color:#f8f4ea;text-transform:uppercase\">"
       << text(letter.signature)
       << "</td></tr>\n<tr><td style=\"padding:28px 24px;font-family:-apple-system,"
          "'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.55;"
          "color:#1c2733\">\n"
          "<h1 style=\"margin:0 0 12px;font-family:Georgia,'Times New Roman',serif;"
          "font-weight:400;font-size:27px;line-height:1.25;color:#14395b\">"
       << text(letter.heading) << "</h1>\n<p style=\"margin:0 0 20px\">" << text(letter.intro)
       << "</p>\n";
  write_changes(page, letter);
  write_facts(page, letter);
  write_action(page, letter);
  for (const Letter::Section& section : letter.sections) write_section(page, section);
  page << "<p style=\"margin:8px 0 0;padding-top:16px;border-top:1px solid #dcd6c8;"
          "font-size:14px;color:#55616f\">"
       << text(letter.closing) << "<br>" << text(letter.signature)
       << "</p>\n</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n";
  return std::move(page).bytes();
}

Result<Mail> compose_letter(const std::string& subject, const Letter& letter,
                            std::optional<base::ical::Event> event, const MailFrame& frame) {
  const Mailboxes boxes = TRY(mailboxes_of(frame));
  auto subject_header = TRY(base::mime::HeaderText::from(subject));
  auto id = TRY(base::mime::MessageId::from(frame.message_id));
  auto fairlead_id = TRY(base::mime::HeaderText::from(frame.fairlead_id));
  std::optional<base::mime::MessageId> replies_to;
  if (!frame.replies_to.empty()) replies_to = TRY(base::mime::MessageId::from(frame.replies_to));
  std::optional<base::mime::Invitation> invitation;
  if (event) invitation = TRY(invitation_of(*std::move(event), boxes, frame));
  const base::mime::Message message{.from = boxes.from,
                                    .to = boxes.to,
                                    .reply_to = boxes.reply_to,
                                    .subject = std::move(subject_header),
                                    .id = std::move(id),
                                    .replies_to = std::move(replies_to),
                                    .fairlead_id = std::move(fairlead_id),
                                    .date = frame.date,
                                    .text = letter_text(letter),
                                    .html = letter_html(letter),
                                    .invitation = std::move(invitation)};
  auto bytes = TRY(base::mime::compose(message));
  return Mail{subject, std::move(bytes), boxes.from.address(), boxes.to.address()};
}

}  // namespace app
