// The mail composer, re-read by Python's email package.
#include "base/mime.h"

#include <gtest/gtest.h>

#include "base/text.h"

#include "tests/base/mail_reader.h"

namespace base::mime {
namespace {

using Strings = std::vector<std::string>;

HeaderText header(std::string_view value) {
  return HeaderText::from(value).value();
}

Message message_with(std::string_view subject, std::string_view name) {
  return {.from = Mailbox::parse("\"JADA, Inc.\" <bookings@sailjada.example>").value(),
          .to = Mailbox::from(name, "ana@crew.example").value(),
          .reply_to = Mailbox::parse("owner@sailjada.example").value(),
          .subject = header(subject),
          .id = MessageId::from("<job.1@ops.example>").value(),
          .fairlead_id = header("job.1"),
          .date = parse_utc("2027-05-30T23:30:00Z").value(),
          .text = "Hello\nworld\n",
          .html = "<p>Hello</p>\n",
          .invitation = Invitation{ical::Method::request, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}};
}

testing::ReadMail read(const std::string& bytes) {
  EXPECT_EQ(testing::line_faults(bytes), Strings{});
  const auto mail = testing::read_mail(bytes);
  EXPECT_EQ(mail.defects, Strings{}) << bytes;
  return mail;
}

TEST(Mime, all_parts_and_headers_arrive) {
  const std::string bytes = compose(message_with("Crew call", "Ana Reyes")).value();
  const auto mail = read(bytes);
  EXPECT_EQ(mail.types(), (Strings{"multipart/mixed", "multipart/alternative", "text/plain",
                                   "text/html", "text/calendar", "application/ics"}));
  EXPECT_EQ(mail.header("Subject"), "Crew call");
  EXPECT_EQ(mail.from,
            std::pair(std::string("JADA, Inc."), std::string("bookings@sailjada.example")));
  EXPECT_EQ(mail.to, std::pair(std::string("Ana Reyes"), std::string("ana@crew.example")));
  EXPECT_EQ(mail.header("Reply-To"), "owner@sailjada.example");
  EXPECT_EQ(mail.header("Date"), "Sun, 30 May 2027 23:30:00 +0000");
  EXPECT_EQ(mail.header("Message-ID"), "<job.1@ops.example>");
  EXPECT_EQ(mail.header("Auto-Submitted"), "auto-generated");
  EXPECT_EQ(mail.header("X-Fairlead-Id"), "job.1");
  EXPECT_EQ(mail.part("text/plain").body, "Hello\nworld\n");
  EXPECT_EQ(mail.part("text/html").body, "<p>Hello</p>\n");
  EXPECT_EQ(mail.part("text/calendar").method, "REQUEST");
  EXPECT_EQ(mail.part("application/ics").filename, "invite.ics");
  EXPECT_EQ(mail.part("application/ics").disposition, "attachment");
  EXPECT_EQ(mail.part("application/ics").body, mail.part("text/calendar").body);
}

TEST(Mime, a_mail_may_follow_another) {
  Message message = message_with("Changed", "Ana Reyes");
  EXPECT_EQ(read(compose(message).value()).header("In-Reply-To"), "");
  const std::string first = "<" + std::string(100, 'j') + "@ops.example>";
  message.replies_to = MessageId::from(first).value();
  const auto mail = read(compose(message).value());
  // On a line of its own, whose blank Python leaves.
  EXPECT_TRUE(mail.header("In-Reply-To").ends_with(first)) << mail.header("In-Reply-To");
  EXPECT_TRUE(mail.header("References").ends_with(first)) << mail.header("References");
}

TEST(Mime, without_an_invitation_it_is_an_alternative) {
  Message message = message_with("x", "");
  message.invitation.reset();
  message.reply_to.reset();
  const auto mail = read(compose(message).value());
  EXPECT_EQ(mail.types(), (Strings{"multipart/alternative", "text/plain", "text/html"}));
  EXPECT_EQ(mail.header("Reply-To"), "");
}

TEST(Mime, a_repeat_is_the_same_bytes) {
  EXPECT_EQ(compose(message_with("x", "Ana")).value(), compose(message_with("x", "Ana")).value());
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Mime, names_and_subjects_survive_in_any_language) {
  const Strings values = {
      "plain",
      "Crew call: JADA, Sun 30 May 2027, 4:30 PM PDT – captain",
      "Zoë Ångström-Großmann",
      "👩‍✈️ " + repeated("船長さん ", 40),
      repeated("word ", 60),
      repeated("x", 500),
      "looks =?UTF-8?Q?encoded?= but is not",
      "two  spaces and a \"quote\" and a back\\slash",
      "Reyes, Ana <evil@host.example>",
      "\xE2\x80\xAEgnp.exe",
      "<script>alert(1)</script>",
      "(comment) ; : @ [x]",
  };
  for (const std::string& value : values) {
    const std::string bytes = compose(message_with(value, value)).value();
    const auto mail = read(bytes);
    const std::string wanted(trimmed(value));
    EXPECT_EQ(mail.header("Subject"), wanted);
    EXPECT_EQ(mail.to.first, wanted);
    EXPECT_EQ(mail.to.second, "ana@crew.example");
    const std::string head = bytes.substr(0, bytes.find("\r\n\r\n"));
    for (const std::string_view line : split(head, '\n')) EXPECT_LE(line.size(), 79U) << line;
  }
}

TEST(Mime, header_values_refuse_what_ends_a_line) {
  const Strings hostile = {"a\r\nBcc: evil@host.example",
                           "a\nb",
                           "a\rb",
                           std::string("a\0b", 3),
                           "a\x0B",
                           "a\tb",
                           "a\xE2\x80\xA8"
                           "b",
                           "a\xC2\x85",
                           "\xFF",
                           std::string(10'000, 'x')};
  for (const std::string& value : hostile) {
    EXPECT_FALSE(HeaderText::from(value));
    EXPECT_FALSE(Mailbox::from(value, "ana@crew.example"));
    EXPECT_FALSE(Mailbox::from("Ana", "ana@crew.example" + value));
    EXPECT_FALSE(MessageId::from("<" + value + "@host.example>"));
  }
}

TEST(Mime, ids_and_mailboxes_have_a_form) {
  for (const std::string_view bad : {"", "<>", "a@b", "<a@b", "<a b@c>", "<a@b@c>", "<<a@b>>"})
    EXPECT_FALSE(MessageId::from(bad)) << bad;
  for (const std::string_view bad : {"", "Ana", "Ana <ana>", "Ana <a@b.example> x", "<>"})
    EXPECT_FALSE(Mailbox::parse(bad)) << bad;
  const Mailbox quoted = Mailbox::parse("\"Reyes \\\"Skip\\\", Ana\" <ana@crew.example>").value();
  EXPECT_EQ(quoted.name(), "Reyes \"Skip\", Ana");
  EXPECT_EQ(quoted.address(), "ana@crew.example");
  EXPECT_EQ(Mailbox::parse(" ana@crew.example ").value().address(), "ana@crew.example");
}

TEST(Mime, bodies_arrive_whole) {
  Message message = message_with("x", "Ana");
  message.text = "trailing space \n.\n..dots\nFrom here\n=3D = equals\n\n" +
                 repeated("ünï🐬 ", 100) + "\n" + std::string(75, 'a') + "\n" +
                 std::string(76, 'b') + "\n" + std::string(77, 'c') + "\n" + std::string(75, 'd') +
                 " \n--=_boundary\nend";
  const std::string bytes = compose(message).value();
  for (const std::string_view line : split(bytes, '\n')) EXPECT_LE(line.size(), 79U) << line;
  EXPECT_EQ(read(bytes).part("text/plain").body, message.text + "\n");
}

TEST(Mime, bodies_refuse_control_characters) {
  for (const std::string& bad :
       {std::string("a\0b", 3), std::string("a\rb"), std::string("\x1B[0m"), std::string("\xFF"),
        std::string("\xE2\x80\xA8")}) {
    Message message = message_with("x", "Ana");
    message.text = bad;
    EXPECT_FALSE(compose(message));
    message = message_with("x", "Ana");
    message.html = bad;
    EXPECT_FALSE(compose(message));
  }
  Message message = message_with("x", "Ana");
  message.text = "a\r\nb";
  EXPECT_EQ(read(compose(message).value()).part("text/plain").body, "a\nb\n");
  message.fairlead_id = header("two words");
  EXPECT_FALSE(compose(message));
}

}  // namespace
}  // namespace base::mime
