#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "TomlPlusPlus.hpp"

/// Turns lines and columns into byte offsets, many in one pass over the text.
class Places {
 public:
  explicit Places(std::string_view text) : text(text) {}

  /// Remembers to write the offset of a position to `offset`.
  void want(toml::source_position position, size_t *offset) { wanted.push_back({position, offset}); }

  void resolve() {
    std::sort(wanted.begin(), wanted.end(), [](const auto &a, const auto &b) { return a.position < b.position; });
    // toml++ passes over a byte order mark without counting it.
    size_t at = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
    toml::source_position here{1, 1};
    for (const auto &one : wanted) {
      while (here < one.position && at < text.size()) {
        const bool is_line_end = text[at] == '\n';
        at += 1;
        while (at < text.size() && (text[at] & 0xC0) == 0x80) at += 1;
        here = is_line_end ? toml::source_position{here.line + 1, 1}
                           : toml::source_position{here.line, here.column + 1};
      }
      *one.offset = at;
    }
  }

 private:
  struct Wanted {
    toml::source_position position;
    size_t *offset;
  };
  std::string_view text;
  std::vector<Wanted> wanted;
};
