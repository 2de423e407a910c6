// I-25: mails invited guests to a page that did not exist. Here a mail leaves after its pages, and
// each link in it on our hosts opens for that trip.
#include <fstream>
#include <regex>
#include <sstream>

#include "app/due_jobs.h"
#include "app/run_job.h"

#include "tests/base/mail_reader.h"
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

namespace {

// Sends through a maildrop, and keeps the words of what was sent.
class KeptMails : public ports::Mailer {
 public:
  std::vector<std::string> texts;
  std::function<void()> on_mail;

  base::Result<void> send(const ports::OutgoingMail& mail) override {
    if (on_mail) on_mail();
    for (const auto& part : base::testing::read_mail(mail.message).parts)
      if (part.type.starts_with("text/")) texts.push_back(part.body);
    return {};
  }
  base::Result<void> probe() override { return {}; }
};

}  // namespace

class PromiseWithoutAPage : public WebTest {
 protected:
  void run_jobs_with(KeptMails& mails) {
    app::JobDesk work = desk();
    work.mailer = &mails;
    while (true) {
      const auto next = app::next_due(work).value();
      if (!next) return;
      if (*next > clock().now()) clock().advance(*next - clock().now());
      const auto due = app::due_jobs(work, 100).value();
      for (const domain::JobId& id : due) ASSERT_TRUE(app::run_job(work, id));
    }
  }
  // The status at the end of a link's road, cookies kept as a browser keeps them.
  int status_of(const std::string& host, std::string target) {
    Ask question{Method::get, host, target.substr(0, target.find('#')), {}, {}};
    Response response = ask(question);
    for (int hops = 0; response.status / 100 == 3 && hops < 3; ++hops) {
      const std::string cookie = header_of(response, "Set-Cookie");
      question = {Method::get, host, header_of(response, "Location"), {}, {}};
      if (!cookie.empty()) question = question.with("Cookie", cookie.substr(0, cookie.find(';')));
      response = ask(question);
    }
    return response.status;
  }
};

TEST_F(PromiseWithoutAPage, each_link_in_each_mail_opens) {
  book_example();
  KeptMails mails;
  run_jobs_with(mails);
  static const std::regex link(R"(https://([a-z.]+\.jada\.localhost)(/[^\s"<>)]*))");
  int links = 0;
  for (const std::string& text : mails.texts)
    for (auto at = std::sregex_iterator(text.begin(), text.end(), link);
         at != std::sregex_iterator(); ++at) {
      ++links;
      EXPECT_EQ(status_of(at->str(1), at->str(2)), 200) << at->str();
    }
  EXPECT_GE(links, 4) << "one for each member of the crew, and one for the guest";
}

TEST_F(PromiseWithoutAPage, no_guest_mail_leaves_before_its_page_is_published) {
  json::object body = example_booking();
  body["crew"] = json::array();
  book(jada(), body);
  KeptMails mails;
  int sent = 0;
  mails.on_mail = [&] {
    ++sent;
    const ports::ObjectName page{domain::TenantId("jada"), "boatsetter-may-30.html"};
    EXPECT_TRUE(desk().world.objects->get(page).value());
  };
  run_jobs_with(mails);
  EXPECT_EQ(sent, 4) << "the confirmation, and three reminders";
}

}  // namespace incidents
