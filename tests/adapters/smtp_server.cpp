#include "tests/adapters/smtp_server.h"

#include <array>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

namespace adapters_test {

SmtpServer::SmtpServer(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"python3", FAIRLEAD_ROOT "/tests/adapters/smtp_server.py",
                                    folder_.path()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) abort();
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv("/usr/bin/python3", pointers.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) port_.push_back(c);
  ::close(ends[0]);
  EXPECT_FALSE(port_.empty()) << "the mail server did not start";
}

SmtpServer::~SmtpServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::string SmtpServer::url(const std::string& scheme) const {
  return scheme + "://127.0.0.1:" + port_;
}

std::string SmtpServer::contents(const std::string& name) const {
  std::ifstream file(folder_.path() / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string SmtpServer::mail(int number) const {
  return contents(std::to_string(number) + ".eml");
}

std::vector<std::string> SmtpServer::envelope(int number) const {
  std::vector<std::string> facts;
  const std::string text = contents(std::to_string(number) + ".envelope");
  for (const std::string_view line : base::split(text, '\n')) facts.emplace_back(line);
  facts.resize(5);
  return facts;
}

}  // namespace adapters_test
