// The commands of the binary besides serve. Each answers an exit code: 0 done, 1 refused or failed,
// 3 wrong settings; reasons go to stderr.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace fairlead {

enum class Output { text, json };

int apply_tenant_command(const std::filesystem::path& data, const std::string& file, Output output);
int list_tenants_command(const std::filesystem::path& data);
int show_tenant_command(const std::filesystem::path& data, const std::string& name);
int rotate_command(const std::filesystem::path& data, const std::string& name,
                   const std::string& kind);
int book_command(const std::filesystem::path& data, const std::string& file,
                 const std::string& tenant, Output output);
int receipt_command(const std::filesystem::path& data, const std::string& charter, Output output);
int replay_command(const std::filesystem::path& data, const std::string& job);

// Says what is wrong, one line per fault, and answers the exit code for it.
int report(const base::Error& error);

}  // namespace fairlead

// The value of a Result, or report its error and return the exit code.
#define COMMAND_TRY_(expression, name)                      \
  __extension__({                                           \
    auto name = (expression);                               \
    if (!(name)) return ::fairlead::report((name).error()); \
    std::move(name).value();                                \
  })
#define COMMAND_TRY(expression) COMMAND_TRY_(expression, BASE_JOIN(command_try_, __COUNTER__))
