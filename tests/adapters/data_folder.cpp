// The small adapters that keep their things in the data folder: lock, server key, maildrop; and the
// local ones.
#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

#include "adapters/folder_lock.h"
#include "adapters/local_topic.h"
#include "adapters/maildrop_mailer.h"
#include "adapters/server_key.h"
#include "adapters/system_clock.h"

#include "tests/contracts/temp_folder.h"

namespace adapters_test {

using adapters::FolderLock;
using adapters::MaildropMailer;
using adapters::read_or_make_server_key;
using base::Kind;
using contracts::TempFolder;
using std::filesystem::path;

namespace {

unsigned mode_of(const path& file) {
  struct stat facts{};
  EXPECT_EQ(::stat(file.c_str(), &facts), 0) << file;
  return facts.st_mode & 0777;
}

std::string contents_of(const path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

ports::OutgoingMail mail(const std::string& id, const std::string& message) {
  return {id, "bookings@sailjada.example", "dana@guest.example", message};
}

}  // namespace

TEST(FolderLock, keeps_a_second_taker_out) {
  TempFolder folder;
  const path data = folder.path() / "data";
  {
    auto lock = FolderLock::take(data);
    ASSERT_TRUE(lock);
    auto second = FolderLock::take(data);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, Kind::conflict);
    EXPECT_EQ(second.error().message, "another fairlead process (pid " +
                                          std::to_string(::getpid()) + ") uses this data folder");
    EXPECT_EQ(mode_of(data / "lock"), 0600U);
    EXPECT_EQ(mode_of(data), 0700U);
    // Handing it on keeps it.
    const FolderLock moved = std::move(lock).value();
    EXPECT_FALSE(FolderLock::take(data));
  }
  EXPECT_TRUE(FolderLock::take(data));
}

TEST(FolderLock, ends_with_its_process) {
  TempFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    auto lock = FolderLock::take(folder.path());
    ::_exit(lock ? 0 : 1);  // without a word to anybody, as a crash does
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(contents_of(folder.path() / "lock"), std::to_string(child) + "\n");
  EXPECT_TRUE(FolderLock::take(folder.path()));
  EXPECT_EQ(contents_of(folder.path() / "lock"), std::to_string(::getpid()) + "\n");
}

TEST(ServerKey, is_made_once_and_stays) {
  TempFolder folder;
  const path data = folder.path() / "data";
  adapters::SystemEntropy entropy;
  auto made = read_or_make_server_key(data, entropy);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->size(), 32U);
  EXPECT_EQ(mode_of(data / "server.key"), 0600U);
  EXPECT_EQ(mode_of(data), 0700U);
  EXPECT_EQ(contents_of(data / "server.key").size(), 65U);
  EXPECT_EQ(read_or_make_server_key(data, entropy).value(), *made);
  EXPECT_NE(read_or_make_server_key(folder.path() / "other", entropy).value(), *made);
}

TEST(ServerKey, of_many_makers_all_get_the_same) {
  TempFolder folder;
  std::vector<std::string> keys(8);
  std::vector<std::thread> makers;
  for (auto& key : keys)
    makers.emplace_back([&] {
      adapters::SystemEntropy entropy;
      auto made = read_or_make_server_key(folder.path() / "data", entropy);
      if (made) key = *made;
    });
  for (auto& maker : makers) maker.join();
  EXPECT_EQ(keys[0].size(), 32U);
  EXPECT_EQ(std::vector<std::string>(8, keys[0]), keys);
}

TEST(ServerKey, refuses_a_file_that_others_can_read) {
  TempFolder folder;
  adapters::SystemEntropy entropy;
  ASSERT_TRUE(read_or_make_server_key(folder.path(), entropy));
  const path file = folder.path() / "server.key";
  for (const mode_t mode : {0640U, 0604U, 0620U}) {
    ASSERT_EQ(::chmod(file.c_str(), mode), 0);
    auto refused = read_or_make_server_key(folder.path(), entropy);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::denied);
    EXPECT_NE(refused.error().message.find("chmod 600"), std::string::npos);
  }
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  EXPECT_TRUE(read_or_make_server_key(folder.path(), entropy));
  ASSERT_EQ(::chmod(folder.path().c_str(), 0777), 0);
  EXPECT_EQ(read_or_make_server_key(folder.path(), entropy).error().kind, Kind::denied);
}

TEST(ServerKey, refuses_a_damaged_file_and_never_overwrites_it) {
  TempFolder folder;
  adapters::SystemEntropy entropy;
  const path file = folder.path() / "server.key";
  for (const std::string& text :
       {std::string(), std::string("abc"), std::string(63, 'a'), std::string(65, 'a'),
        std::string(64, 'g'), std::string(1000, 'a')}) {
    write(file, text);
    ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
    auto refused = read_or_make_server_key(folder.path(), entropy);
    ASSERT_FALSE(refused);
    EXPECT_EQ(contents_of(file), text);
  }
}

TEST(MaildropMailer, writes_private_files_of_the_exact_bytes) {
  TempFolder folder;
  const path drop = folder.path() / "data" / "maildrop";
  MaildropMailer mailer(drop);
  const std::string message = "Subject: x\r\n\r\n.\r\n\xc3\xbc\r\n";
  ASSERT_TRUE(mailer.send(mail("jada.7k3m2q.guest_mail.1", message)));
  EXPECT_EQ(contents_of(drop / "jada.7k3m2q.guest_mail.1.eml"), message);
  EXPECT_EQ(mode_of(drop / "jada.7k3m2q.guest_mail.1.eml"), 0600U);
  EXPECT_EQ(mode_of(drop), 0700U);
}

TEST(MaildropMailer, the_same_id_is_the_same_file) {
  TempFolder folder;
  MaildropMailer mailer(folder.path());
  ASSERT_TRUE(mailer.send(mail("a", "one")));
  ASSERT_TRUE(mailer.send(mail("a", "two")));
  ASSERT_TRUE(mailer.send(mail("b", "three")));
  EXPECT_EQ(contents_of(folder.path() / "a.eml"), "two");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 2);
}

TEST(MaildropMailer, an_id_cannot_lead_out_of_the_folder) {
  TempFolder folder;
  const path drop = folder.path() / "drop";
  MaildropMailer mailer(drop);
  const std::vector<std::string> ids = {"../a",
                                        "..",
                                        ".",
                                        ".hidden",
                                        "a/b",
                                        "a%2Fb",
                                        "a b",
                                        std::string("a\0b", 3),
                                        "\n",
                                        std::string(5000, 'a'),
                                        std::string(5000, 'a') + "b"};
  for (const auto& id : ids) ASSERT_TRUE(mailer.send(mail(id, id))) << id;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(drop)) {
    EXPECT_TRUE(entry.is_regular_file());
    EXPECT_EQ(entry.path().extension(), ".eml");
    EXPECT_FALSE(entry.path().filename().string().starts_with('.'));
    ++files;
  }
  EXPECT_EQ(files, ids.size());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
  EXPECT_EQ(mailer.send(mail("", "x")).error().kind, Kind::invalid);
}

TEST(MaildropMailer, a_reader_of_eml_files_never_sees_a_part) {
  TempFolder folder;
  MaildropMailer mailer(folder.path());
  std::atomic<bool> done = false;
  int torn = 0;
  std::thread reader([&] {
    while (!done)
      for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        if (entry.path().extension() == ".eml" && contents_of(entry.path()).size() != 200'000)
          ++torn;
  });
  for (int i = 0; i < 40; ++i)
    EXPECT_TRUE(mailer.send(mail("m" + std::to_string(i % 4), std::string(200'000, 'x'))));
  done = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

TEST(MaildropMailer, a_folder_that_cannot_be_written_is_unavailable) {
  TempFolder folder;
  write(folder.path() / "drop", "a file in the way");
  MaildropMailer mailer(folder.path() / "drop");
  auto sent = mailer.send(mail("a", "x"));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::unavailable);
}

TEST(LocalTopic, hands_on_what_is_announced_and_answered) {
  std::vector<std::string> heard;
  adapters::LocalTopic topic([&](const ports::CrewAnnouncement& announcement) {
    heard.push_back(announcement.charter.text());
    return heard.size() == 1 ? base::ok() : base::Result<void>(base::unavailable("later"));
  });
  const ports::CrewAnnouncement call{domain::TenantId("jada"), domain::CharterId("jada.1"), 1};
  EXPECT_TRUE(topic.announce(call));
  EXPECT_EQ(topic.announce(call).error().kind, Kind::unavailable);
  EXPECT_EQ(heard, (std::vector<std::string>{"jada.1", "jada.1"}));
}

TEST(SystemClock, moves_and_entropy_differs) {
  adapters::SystemClock clock;
  const auto now = clock.now();
  EXPECT_LT(std::chrono::system_clock::now() - now, std::chrono::seconds(5));
  EXPECT_LE(now, clock.now());
  adapters::SystemEntropy entropy;
  EXPECT_EQ(entropy.bytes(16).size(), 16U);
  EXPECT_NE(entropy.bytes(16), entropy.bytes(16));
}

}  // namespace adapters_test
