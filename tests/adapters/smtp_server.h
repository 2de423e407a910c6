// A real mail server (aiosmtpd) in a process of its own for the time of a test.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/contracts/temp_folder.h"

namespace adapters_test {

class SmtpServer {
 public:
  // arguments: those of smtp_server.py after its folder.
  explicit SmtpServer(const std::vector<std::string>& arguments = {});
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer();

  // scheme: "smtp" or "smtps".
  std::string url(const std::string& scheme = "smtp") const;
  std::string certificate() const { return folder_.path() / "certificate.pem"; }
  // Mails count from 1. "" when there is none.
  std::string mail(int number) const;
  // sender, recipient, "tls" or "plain", user, connection number
  std::vector<std::string> envelope(int number) const;

 private:
  std::string contents(const std::string& name) const;

  contracts::TempFolder folder_;
  pid_t process_ = -1;
  std::string port_;
};

}  // namespace adapters_test
