// The headers of a mail: how names, subjects and addresses are written. Part of mime.cpp's work.
// Always: what is appended ends with CRLF and has no other line end than folds.
#pragma once

#include <string>
#include <string_view>

#include "base/mime.h"

namespace base::mime {

inline constexpr std::size_t line_bytes_wanted = 78;

// "From: Ana Reyes <ana@crew.example>".
std::string mailbox_line(std::string_view name, const Mailbox& mailbox);
// A line whose value is a single word of ours that needs no folding.
std::string plain_line(std::string_view name, std::string_view value);

}  // namespace base::mime
