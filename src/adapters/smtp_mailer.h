// ports::Mailer over SMTP: one connection, kept open between mails, one mail at a time.
// Always: certificates are checked; connecting and the whole of a mail have a deadline; proxies of
// the environment are ignored; the bytes arrive as they are (lines that begin with a dot included).
// Answers: unavailable for what may pass later (4xx, network, TLS, a login the server refuses: the
// settings are at fault, not the mail); invalid with the server's words for 5xx about this mail.
// Refuses (invalid): addresses that base::is_mail_address refuses, so no CR or LF; messages with a
// bare CR or LF or a NUL, which some servers read as the end of the mail; messages over 16 MiB.
// Source: RFC 5321, RFC 3207, RFC 4954; libcurl.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"

#include "ports/mailer.h"

namespace adapters {

inline constexpr std::size_t smtp_message_bytes_max = 16 * 1024 * 1024;

struct SmtpSettings {
  // For smtp:// only; smtps:// begins with TLS.
  enum class Starttls { required, if_offered, none };

  std::string url;  // smtp://host:port or smtps://host:port
  Starttls starttls = Starttls::required;
  std::string user;  // empty: no login
  std::string password;
  std::string certificates_file;                      // of an own authority; empty: the system's
  std::string own_name;                               // for EHLO; empty: the machine's name
  std::chrono::milliseconds connect_timeout{10'000};  // until the login is done
  std::chrono::milliseconds total_timeout{60'000};
};

class SmtpMailer : public ports::Mailer {
 public:
  // invalid, naming the setting: a url that is not smtp or smtps, a password without a user.
  static base::Result<std::unique_ptr<SmtpMailer>> open(const SmtpSettings& settings);
  ~SmtpMailer() override;

  // Waits for the mail before it, if there is one.
  base::Result<void> send(const ports::OutgoingMail& mail) override;
  base::Result<void> probe() override;

 private:
  class Connection;
  explicit SmtpMailer(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
};

}  // namespace adapters
