// The socket for commands against clients that are slow, loud, gone or many.
#include "transports/control_socket.h"

#include <atomic>
#include <filesystem>
#include <latch>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/contracts/temp_folder.h"

namespace transports {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

Deadline within(std::chrono::milliseconds span) {
  return {steady_clock::now() + span};
}

std::string echo(const base::Result<std::string>& request) {
  return request ? "heard " + *request : "refused: " + request.error().message;
}

class Control : public testing::Test {
 protected:
  std::string file(const std::string& below = {}) const {
    return (folder_.path() / below / "control.sock").string();
  }
  static ControlLimits quick() {
    ControlLimits limits;
    limits.request_bytes_max = 1000;
    limits.request = 300ms;
    limits.answer = 300ms;
    return limits;
  }
  // "" when nobody listens.
  static std::string ask(const std::string& at, const std::string& line) {
    const auto client = UnixSocket::connect(at);
    if (!client || !*client) return "";
    static_cast<void>((*client)->write_line(line, within(5s)));
    const auto answer = (*client)->read_line(100'000, within(5s));
    return answer ? *answer : "no answer: " + answer.error().message;
  }

  contracts::TempFolder folder_;
};

TEST_F(Control, one_line_in_one_line_out) {
  ControlSocket control(file(), echo);
  ASSERT_TRUE(control.start());
  EXPECT_EQ(ask(file(), "this"), "heard this");
  EXPECT_EQ(ask(file(), ""), "heard ");
  struct stat found{};
  ASSERT_EQ(::stat(file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600U);
  control.stop();
  EXPECT_FALSE(std::filesystem::exists(file()));
  EXPECT_EQ(ask(file(), "this"), "");
}

TEST_F(Control, a_socket_that_a_crash_left_is_replaced) {
  {
    const auto left = UnixSocket::listen(file());
  }
  ASSERT_TRUE(std::filesystem::exists(file()));
  EXPECT_EQ(ask(file(), "this"), "") << "nobody listens";
  ControlSocket control(file(), echo);
  ASSERT_TRUE(control.start());
  EXPECT_EQ(ask(file(), "this"), "heard this");
}

TEST_F(Control, a_file_that_is_no_socket_is_left_alone) {
  ASSERT_EQ(::mkdir(file().c_str(), 0700), 0);
  ControlSocket control(file(), echo);
  const auto started = control.start();
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().message.find("control.sock"), std::string::npos);
}

TEST_F(Control, the_folder_may_have_a_long_name) {
  const std::string below = std::string(100, 'a') + "/" + std::string(100, 'b');
  std::filesystem::create_directories(folder_.path() / below);
  ControlSocket control(file(below), echo);
  ASSERT_TRUE(control.start());
  EXPECT_EQ(ask(file(below), "this"), "heard this");
  control.stop();
  EXPECT_FALSE(std::filesystem::exists(file(below)));
}

TEST_F(Control, too_long_too_late_or_cut_is_said) {
  ControlSocket control(file(), echo, quick());
  ASSERT_TRUE(control.start());
  EXPECT_EQ(ask(file(), std::string(1001, 'x')), "refused: the line is longer than 1000 bytes");
  EXPECT_NE(ask(file(), std::string(5'000'000, 'x')).find("longer than 1000"), std::string::npos);
  const auto slow = UnixSocket::connect(file());
  ASSERT_TRUE(slow && *slow);
  EXPECT_EQ((*slow)->read_line(1000, within(5s)).value(), "refused: the other side took too long");
  const auto cut = UnixSocket::connect(file());
  ASSERT_TRUE(cut && *cut);
  ASSERT_EQ(::send((*cut)->number(), "half", 4, MSG_NOSIGNAL), 4);
  ASSERT_EQ(::shutdown((*cut)->number(), SHUT_WR), 0);
  EXPECT_EQ((*cut)->read_line(1000, within(5s)).value(),
            "refused: the other side ended before its line did");
}

TEST_F(Control, slow_clients_do_not_hold_others_up) {
  ControlLimits limits = quick();
  limits.request = 20s;
  ControlSocket control(file(), echo, limits);
  ASSERT_TRUE(control.start());
  std::vector<UnixSocket> slow;
  for (unsigned i = 0; i + 1 < limits.at_once_max; ++i) {
    auto client = UnixSocket::connect(file());
    ASSERT_TRUE(client && *client);
    slow.push_back(*std::move(client).value());
  }
  const auto start = steady_clock::now();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(ask(file(), "this"), "heard this");
  EXPECT_LT(steady_clock::now() - start, 5s);
  control.stop();  // does not wait for them either
  EXPECT_LT(steady_clock::now() - start, 10s);
}

TEST_F(Control, an_answer_that_nobody_takes_is_dropped) {
  ControlSocket control(file(), [](const auto&) { return std::string(50'000'000, 'y'); }, quick());
  ASSERT_TRUE(control.start());
  const auto client = UnixSocket::connect(file());
  ASSERT_TRUE(client && *client);
  ASSERT_TRUE((*client)->write_line("go", within(5s)));
  std::this_thread::sleep_for(500ms);
  const auto answer = (*client)->read_line(100'000'000, within(5s));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, "the other side ended before its line did");
}

TEST_F(Control, a_command_under_way_is_finished_and_answered) {
  std::latch begun(1);
  std::latch finish(1);
  ControlSocket control(file(), [&](const auto& request) {
    begun.count_down();
    finish.wait();
    return echo(request);
  });
  ASSERT_TRUE(control.start());
  std::string answer;
  std::thread client([&] { answer = ask(file(), "this"); });
  begun.wait();
  std::thread stopping([&] { control.stop(); });
  while (std::filesystem::exists(file())) std::this_thread::sleep_for(1ms);
  finish.count_down();
  stopping.join();
  client.join();
  EXPECT_EQ(answer, "heard this");
}

}  // namespace
}  // namespace transports
