#include "TooDeep.hpp"

#include "CTOML.h"

namespace {

constexpr auto none = std::string_view::npos;

/// The end of a string that begins at `at` with a quote.
std::size_t string_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool is_long = at + 2 < text.size() && text[at + 1] == quote && text[at + 2] == quote;
  at += is_long ? 3 : 1;
  while (at < text.size()) {
    if (text[at] == '\\' && quote == '"') {
      at += 2;
    } else if (text[at] == '\n' && !is_long) {
      return at;  // toml++ stops here.
    } else if (text[at] != quote) {
      at += 1;
    } else if (!is_long) {
      return at + 1;
    } else if (at + 2 < text.size() && text[at + 1] == quote && text[at + 2] == quote) {
      at += 3;
      // Up to two quotes may stand right in front of the three that end it.
      for (int more = 0; more < 2 && at < text.size() && text[at] == quote; more++) at += 1;
      return at;
    } else {
      at += 1;
    }
  }
  return text.size();
}

/// How many tables and arrays stand around a place.
class Levels {
 public:
  /// A bracket or a brace opens; false where that is too deep.
  bool open() noexcept {
    // Without a key in front it is a header's, whose dots are all that counts.
    if (count == 0 && !has_equals) is_header = true;
    if (is_header) return true;
    if (above[count] + dots + 1 > CTOML_DEPTH) return false;
    above[count + 1] = above[count] + dots + 1;
    count += 1;
    dots = 0;
    return true;
  }

  void close() noexcept {
    if (is_header || count == 0) return;
    count -= 1;
    dots = 0;
  }

  /// A dot of a key, or of a number, which does no harm; false where that is too deep.
  bool dot() noexcept {
    dots += 1;
    return (is_header ? 0 : above[count]) + dots <= CTOML_DEPTH;
  }

  void equals() noexcept { has_equals = true; }

  void comma() noexcept { dots = 0; }

  void line_end() noexcept {
    if (count > 0) return;
    // The last key's table, or the list and the item that `[[` makes.
    if (is_header) above[0] = dots + 2;
    dots = 0;
    has_equals = is_header = false;
  }

 private:
  /// The levels above what each open bracket holds. Each is more than the one before, so there is room.
  std::size_t above[CTOML_DEPTH + 1] = {0};
  std::size_t count = 0;
  std::size_t dots = 0;
  bool has_equals = false, is_header = false;
};

}  // namespace

std::size_t too_deep(std::string_view text) noexcept {
  Levels levels;
  std::size_t at = 0;
  while (at < text.size()) {
    switch (text[at]) {
      case '"':
      case '\'': at = string_end(text, at); continue;
      case '#': {
        const auto end = text.find('\n', at);
        at = end == none ? text.size() : end;
        continue;
      }
      case '[':
      case '{':
        if (!levels.open()) return at;
        break;
      case ']':
      case '}': levels.close(); break;
      case '.':
        if (!levels.dot()) return at;
        break;
      case '=': levels.equals(); break;
      case ',': levels.comma(); break;
      case '\n': levels.line_end(); break;
      default: break;
    }
    at += 1;
  }
  return none;
}
