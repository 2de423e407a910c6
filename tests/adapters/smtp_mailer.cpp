// The SMTP mailer against a real mail server.
#include "adapters/smtp_mailer.h"

#include <chrono>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/adapters/smtp_server.h"

namespace adapters_test {

using adapters::SmtpMailer;
using adapters::SmtpSettings;
using base::Kind;
using base::Result;
using std::chrono::milliseconds;
using Starttls = SmtpSettings::Starttls;

namespace {

SmtpSettings plain(const std::string& url) {
  SmtpSettings settings;
  settings.url = url;
  settings.starttls = Starttls::none;
  settings.own_name = "boats.example";
  settings.connect_timeout = milliseconds(2000);
  settings.total_timeout = milliseconds(5000);
  return settings;
}

ports::OutgoingMail mail_to(const std::string& recipient,
                            const std::string& message = "Subject: Hello\r\n\r\nHi\r\n") {
  return {"jada.1.mail", "bookings@sailjada.example", recipient, message};
}

Result<void> send(const SmtpSettings& settings, const ports::OutgoingMail& mail) {
  auto mailer = SmtpMailer::open(settings);
  if (!mailer) return mailer.error();
  return (*mailer)->send(mail);
}

// A port of this machine that takes connections and says nothing, or (after drop()) nobody listens
// on.
class SilentPort {
 public:
  SilentPort() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(socket_, generic, size), 0);
    EXPECT_EQ(::listen(socket_, 5), 0);
    EXPECT_EQ(::getsockname(socket_, generic, &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~SilentPort() { drop(); }
  void drop() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  int port_ = 0;
};

}  // namespace

TEST(SmtpMailer, delivers_every_byte) {
  SmtpServer server;
  std::string message =
      "Subject: Fr\xc3\xbch\r\n\r\n.\r\n..\r\n.dot\r\n\r\n.\r\nend. \xe6\x97\xa9\r\n";
  // Dots at the start of lines on either side of every buffer's end.
  for (int i = 0; i < 30'000; ++i) message += ".." + std::string(std::size_t(i % 7), 'x') + "\r\n";
  auto mailer = SmtpMailer::open(plain(server.url()));
  ASSERT_TRUE(mailer);
  auto sent = (*mailer)->send(mail_to("dana@guest.example", message));
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_TRUE(server.mail(1) == message);
  const auto envelope = server.envelope(1);
  EXPECT_EQ(envelope[0], "bookings@sailjada.example");
  EXPECT_EQ(envelope[1], "dana@guest.example");
  EXPECT_EQ(envelope[2], "plain");
}

TEST(SmtpMailer, a_message_may_begin_with_a_dot) {
  SmtpServer server;
  ASSERT_TRUE(send(plain(server.url()), mail_to("dana@guest.example", ".\r\n.\r\n")));
  EXPECT_EQ(server.mail(1), ".\r\n.\r\n");
}

TEST(SmtpMailer, keeps_its_connection_and_survives_refusals) {
  SmtpServer server;
  auto mailer = SmtpMailer::open(plain(server.url()));
  ASSERT_TRUE(mailer);
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE((*mailer)->send(mail_to("dana@guest.example")));
  EXPECT_EQ(server.envelope(3)[4], "1");
  EXPECT_FALSE((*mailer)->send(mail_to("refused@guest.example")));
  EXPECT_TRUE((*mailer)->send(mail_to("dana@guest.example", "Subject: After\r\n\r\n")));
  EXPECT_EQ(server.mail(4), "Subject: After\r\n\r\n");
}

TEST(SmtpMailer, threads_may_share_it) {
  SmtpServer server;
  auto mailer = SmtpMailer::open(plain(server.url()));
  ASSERT_TRUE(mailer);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 5; ++n) EXPECT_TRUE((*mailer)->send(mail_to("dana@guest.example")));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_FALSE(server.mail(20).empty());
  EXPECT_TRUE(server.mail(21).empty());
}

TEST(SmtpMailer, a_refused_recipient_is_final_and_in_the_servers_words) {
  SmtpServer server;
  auto sent = send(plain(server.url()), mail_to("refused@guest.example"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::invalid);
  EXPECT_NE(sent.error().message.find("550 5.1.1 No such mailbox here"), std::string::npos)
      << sent.error().message;
  EXPECT_LE(sent.error().message.size(), 250U);
  sent = send(plain(server.url()), mail_to("spam@guest.example"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::invalid) << sent.error().message;
  EXPECT_TRUE(server.mail(1).empty());
}

TEST(SmtpMailer, what_may_pass_later_is_unavailable) {
  SmtpServer server;
  for (const char* recipient : {"busy@guest.example", "full-later@guest.example"}) {
    auto sent = send(plain(server.url()), mail_to(recipient));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().kind, Kind::unavailable) << sent.error().message;
    EXPECT_NE(sent.error().message.find(": 45"), std::string::npos) << sent.error().message;
  }
}

TEST(SmtpMailer, a_server_that_takes_nothing_at_all_is_unavailable) {
  SmtpServer server({"--greeting", "554 No service here"});
  auto sent = send(plain(server.url()), mail_to("dana@guest.example"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::unavailable);
}

TEST(SmtpMailer, a_server_that_is_down_or_silent_is_unavailable_in_time) {
  SilentPort port;
  SmtpSettings settings = plain(port.url());
  settings.connect_timeout = milliseconds(300);
  settings.total_timeout = milliseconds(600);
  const auto start = std::chrono::steady_clock::now();
  auto sent = send(settings, mail_to("dana@guest.example"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::unavailable);
  port.drop();
  sent = send(settings, mail_to("dana@guest.example"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

TEST(SmtpMailer, a_slow_server_meets_the_deadline) {
  SmtpServer server;
  SmtpSettings settings = plain(server.url());
  settings.total_timeout = milliseconds(700);
  const auto start = std::chrono::steady_clock::now();
  auto sent = send(settings, mail_to("slow@guest.example"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(SmtpMailer, required_tls_that_is_not_offered_sends_nothing) {
  SmtpServer server;
  SmtpSettings settings = plain(server.url());
  settings.starttls = Starttls::required;
  auto sent = send(settings, mail_to("dana@guest.example"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::unavailable);
  EXPECT_TRUE(server.mail(1).empty());
  settings.starttls = Starttls::if_offered;
  EXPECT_TRUE(send(settings, mail_to("dana@guest.example")));
  EXPECT_EQ(server.envelope(1)[2], "plain");
}

TEST(SmtpMailer, starttls_checks_the_certificate_and_logs_in) {
  SmtpServer server({"--starttls", "--login", "jada", "s3cret"});
  SmtpSettings settings = plain(server.url());
  settings.starttls = Starttls::required;
  settings.user = "jada";
  settings.password = "s3cret";
  auto stranger = send(settings, mail_to("dana@guest.example"));
  ASSERT_FALSE(stranger);  // its certificate is its own
  EXPECT_EQ(stranger.error().kind, Kind::unavailable);

  settings.certificates_file = server.certificate();
  auto sent = send(settings, mail_to("dana@guest.example"));
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(server.envelope(1)[2], "tls");
  EXPECT_EQ(server.envelope(1)[3], "jada");

  settings.password = "wrong";
  auto refused = send(settings, mail_to("dana@guest.example"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::unavailable);
  EXPECT_NE(refused.error().message.find("user and password"), std::string::npos)
      << refused.error().message;
  EXPECT_NE(refused.error().message.find("535 5.7.8"), std::string::npos)
      << refused.error().message;
  EXPECT_EQ(refused.error().message.find("wrong"), std::string::npos);
  EXPECT_TRUE(server.mail(2).empty());
}

TEST(SmtpMailer, smtps_begins_with_tls) {
  SmtpServer server({"--tls"});
  SmtpSettings settings = plain(server.url("smtps"));
  settings.certificates_file = server.certificate();
  auto sent = send(settings, mail_to("dana@guest.example"));
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_FALSE(server.mail(1).empty());
}

TEST(SmtpMailer, refuses_what_would_be_read_as_another_mail) {
  SmtpServer server;
  for (const std::string recipient :
       {"", "dana", "dana@guest.example\r\nRCPT TO:<x@guest.example>", "d@x.example> <y@x.example",
        "dana@guest.example\n", "d ana@guest.example"}) {
    auto sent = send(plain(server.url()), mail_to(recipient));
    ASSERT_FALSE(sent) << recipient;
    EXPECT_EQ(sent.error().kind, Kind::invalid);
    ports::OutgoingMail mail = mail_to("dana@guest.example");
    mail.sender = recipient;
    EXPECT_EQ(send(plain(server.url()), mail).error().kind, Kind::invalid) << recipient;
  }
  for (const std::string& message :
       {std::string("a\n.\nb\r\n"), std::string("a\r.\r\n"), std::string("a\r"),
        std::string("a\0b\r\n", 5), std::string(), std::string(17u << 20, 'x')})
    EXPECT_EQ(send(plain(server.url()), mail_to("dana@guest.example", message)).error().kind,
              Kind::invalid);
  EXPECT_TRUE(server.mail(1).empty());
}

TEST(SmtpMailer, refuses_settings_that_are_no_mail_server) {
  for (const char* url : {"", "mail.example", "http://mail.example", "file:///etc/passwd",
                          "smtp://", "smtp://user:pw@mail.example", "smtp://mail.example/path"}) {
    auto opened = SmtpMailer::open(plain(url));
    ASSERT_FALSE(opened) << url;
    EXPECT_EQ(opened.error().kind, Kind::invalid);
    EXPECT_EQ(opened.error().faults.at(0).field, "mail.smtp");
  }
  SmtpSettings settings = plain("smtp://mail.example");
  settings.password = "s3cret";
  EXPECT_EQ(SmtpMailer::open(settings).error().faults.at(0).field, "mail.user");
}

TEST(SmtpMailer, ignores_the_environments_proxies) {
  SmtpServer server;
  for (const char* name : {"all_proxy", "ALL_PROXY", "smtp_proxy"})
    ::setenv(name, "http://127.0.0.1:1", 1);
  auto sent = send(plain(server.url()), mail_to("dana@guest.example"));
  for (const char* name : {"all_proxy", "ALL_PROXY", "smtp_proxy"}) ::unsetenv(name);
  EXPECT_TRUE(sent);
}

}  // namespace adapters_test
