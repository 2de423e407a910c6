// A file of schema 1 is carried forward with every record, in one transaction or not at all; and
// what the views of schema 2 show, asked as a person with sqlite3 would ask it.
#include "adapters/sqlite_views.h"

#include <sqlite3.h>

#include "tests/contracts/sqlite_fixture.h"

namespace contracts {

using ports::absent;
using ports::Change;
using ports::Table;

namespace {

// Step 1 as it was released; the constants are the file's marks.
constexpr const char* schema_1 = R"(
  CREATE TABLE operations (
    partition TEXT NOT NULL, sort TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    expires_at INTEGER, PRIMARY KEY (partition, sort)) STRICT, WITHOUT ROWID;
  CREATE INDEX operations_expiry ON operations (expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE owner_only (
    partition TEXT NOT NULL, sort TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    expires_at INTEGER, PRIMARY KEY (partition, sort)) STRICT, WITHOUT ROWID;
  CREATE INDEX owner_only_expiry ON owner_only (expires_at) WHERE expires_at IS NOT NULL;
  PRAGMA application_id = 1718379569;
  PRAGMA user_version = 1;
  INSERT INTO operations VALUES ('jada/charter/jada.x', 'charter', 7, '{"id":"jada.x"}', NULL);
  INSERT INTO owner_only VALUES ('jada/charter/jada.x', 'settlement', 3, '{"net":"1.00"}', NULL);
)";

using Row = std::vector<std::string>;

// A connection of somebody else's: rows as text, "NULL" where there is none.
class Person {
 public:
  explicit Person(const std::filesystem::path& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle_), SQLITE_OK);
  }
  Person(const Person&) = delete;
  Person& operator=(const Person&) = delete;
  ~Person() { sqlite3_close(handle_); }

  std::vector<Row> ask(const std::string& sql) {
    std::vector<Row> rows;
    const auto keep = [](void* to, int count, char** values, char**) {
      Row row;
      for (int i = 0; i < count; ++i) row.emplace_back(values[i] ? values[i] : "NULL");
      static_cast<std::vector<Row>*>(to)->push_back(std::move(row));
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(handle_, sql.c_str(), keep, &rows, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle_);
    return rows;
  }

 private:
  sqlite3* handle_ = nullptr;
};

Change put_owner_only(std::string partition, std::string sort, std::string body) {
  Change change = put(std::move(partition), std::move(sort), absent, std::move(body));
  change.key.table = Table::owner_only;
  return change;
}

const char* const charter_body = R"({"id":"jada.x","revision":2,"status":"confirmed",
  "channel":"boatsetter","reference":"XHQGMDH","title":"Boatsetter, Dana","vessel":"jada",
  "dock":"Harbor Island","starts":{"wall":"2027-05-30T16:30","zone":"America/Los_Angeles",
  "offset":-420,"utc":"2027-05-30T23:30:00Z"},"ends":{"wall":"2027-05-30T19:30",
  "zone":"America/Los_Angeles","offset":-420,"utc":"2027-05-31T02:30:00Z"},
  "guest":{"name":"Dana Whitfield","email":"dana@guest.example","phone":"","party_size":6},
  "crew":[{"member":"ana","role":"captain"},{"member":"ben","role":"crew"}],
  "slug":"boatsetter-may-30","booked_at":"2027-05-01T10:00:00Z"})";

const char* const settlement_body = R"({"gross":"840.75","currency":"USD","lines":[
  {"kind":"pay","role":"captain","member":"ana","hours":"3","rate":"50.00","amount":"150.00"},
  {"kind":"fee","name":"port_tax","percent":"18","amount":"151.34"}],"net":"539.41"})";

class SqliteViews : public testing::Test {
 protected:
  SqliteViews() : opened_(clock_) {
    commit(put("jada/charter/jada.x", "charter", absent, charter_body));
    commit(put("jada/charter/jada.x", "answer/ana", absent,
               R"({"answer":"yes","at":"2027-05-02T08:00:00Z"})"));
    commit(put("jada/charter/jada.x", "job/jada.x.guest_page.1", absent,
               R"({"id":"jada.x.guest_page.1","kind":"guest_page","charter":"jada.x","revision":1,
                   "to":"boatsetter-may-30","state":"done","planned_at":"2027-05-01T10:00:00Z",
                   "due_at":"2027-05-01T10:00:01Z","attempts":1,"last_error":"",
                   "finished_at":"2027-05-01T10:00:02Z"})"));
    commit(put_owner_only("jada/charter/jada.x", "settlement", settlement_body));
    // Neighbours that are no charter.
    commit(put("jada/tenant", "tenant", absent, R"({"id":"jada"})"));
    commit(put("jada/page/charter", "page", absent, R"({"charter":"jada.x"})"));
    commit(put_owner_only("jada/tenant", "rates", R"({"currency":"USD"})"));
  }

  void commit(const Change& change) { ASSERT_TRUE(opened_.store().commit({change})); }
  std::vector<Row> ask(const std::string& sql) { return Person(opened_.file()).ask(sql); }

 private:
  FakeClock clock_;
  OpenedSqlite opened_;
};

class SchemaSteps : public testing::Test {
 protected:
  SchemaSteps() : file_(folder_.path() / "fairlead.db") { Person(file_).ask(schema_1); }

  auto open() { return adapters::SqliteStore::open(file_, clock_); }
  Row schema() {
    return Person(file_).ask(
        "SELECT user_version, (SELECT count(*) FROM sqlite_schema WHERE "
        "type = 'view') FROM pragma_user_version")[0];
  }

  FakeClock clock_;
  TempFolder folder_;
  std::filesystem::path file_;
};

}  // namespace

TEST_F(SqliteViews, charters_are_readable) {
  const auto rows = ask(
      "SELECT charter, tenant, status, revision, channel, reference, vessel, starts_at, ends_at, "
      "timezone, starts_at_utc, ends_at_utc, guest_name, party_size, slug FROM charters");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0], (Row{"jada.x", "jada", "confirmed", "2", "boatsetter", "XHQGMDH", "jada",
                          "2027-05-30T16:30", "2027-05-30T19:30", "America/Los_Angeles",
                          "2027-05-30T23:30:00Z", "2027-05-31T02:30:00Z", "Dana Whitfield", "6",
                          "boatsetter-may-30"}));
}

TEST_F(SqliteViews, assignments_have_a_row_for_each_slot_with_the_answer) {
  EXPECT_EQ(
      ask("SELECT charter, tenant, member, role, answer, answered_at_utc, starts_at "
          "FROM assignments ORDER BY member"),
      (std::vector<Row>{
          {"jada.x", "jada", "ana", "captain", "yes", "2027-05-02T08:00:00Z", "2027-05-30T16:30"},
          {"jada.x", "jada", "ben", "crew", "none", "NULL", "2027-05-30T16:30"}}));
}

TEST_F(SqliteViews, settlements_keep_their_amounts_as_text) {
  EXPECT_EQ(ask("SELECT charter, tenant, currency, gross, net, net_if_channel_pays, typeof(net) "
                "FROM settlements"),
            (std::vector<Row>{{"jada.x", "jada", "USD", "840.75", "539.41", "NULL", "text"}}));
  EXPECT_EQ(ask("SELECT line.value ->> 'member', line.value ->> 'amount' FROM settlements, "
                "json_each(lines) AS line WHERE line.value ->> 'kind' = 'pay'"),
            (std::vector<Row>{{"ana", "150.00"}}));
}

TEST_F(SqliteViews, jobs_say_what_became_of_them) {
  EXPECT_EQ(ask("SELECT job, charter, tenant, kind, state, recipient, finished_at_utc FROM jobs"),
            (std::vector<Row>{{"jada.x.guest_page.1", "jada.x", "jada", "guest_page", "done",
                               "boatsetter-may-30", "2027-05-01T10:00:02Z"}}));
}

TEST_F(SchemaSteps, a_file_of_schema_1_keeps_its_records) {
  EXPECT_EQ(schema(), (Row{"1", "0"}));
  {
    const auto opened = open();
    ASSERT_TRUE(opened);
    ports::Store& store = **opened;
    const auto charter = store.get({Table::operations, "jada/charter/jada.x", "charter"});
    ASSERT_TRUE(charter && *charter);
    EXPECT_EQ((*charter)->version, 7U);
    const auto books = store.get({Table::owner_only, "jada/charter/jada.x", "settlement"});
    ASSERT_TRUE(books && *books);
    EXPECT_EQ((*books)->body, R"({"net":"1.00"})");
    EXPECT_TRUE(store.commit({put("jada/charter/jada.x", "charter", 7)}));
  }
  EXPECT_EQ(schema(), (Row{"2", "4"}));
  EXPECT_EQ(Person(file_).ask("SELECT net FROM settlements"), (std::vector<Row>{{"1.00"}}));
  EXPECT_TRUE(open()) << "and the next start finds nothing left to do";
}

TEST_F(SchemaSteps, a_step_that_fails_leaves_the_file_as_it_was) {
  Person(file_).ask("CREATE TABLE jobs (mine TEXT)");
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("jobs"), std::string::npos) << opened.error().message;
  EXPECT_EQ(schema(), (Row{"1", "0"}));
  EXPECT_EQ(Person(file_).ask("SELECT version FROM operations"), (std::vector<Row>{{"7"}}));
  Person(file_).ask("DROP TABLE jobs");
  EXPECT_TRUE(open());
}

}  // namespace contracts
