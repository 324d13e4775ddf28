// Reads mutants of TOML texts with CTOML, and checks that what it answers lies in the text. Built by `run` alone, with
// sanitizers: they cannot be had for Swift's part as well.
//
// TOML NUMBER [FILE…]: the files are texts to begin with, whole or between two lines of `+++`.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "CTOML.h"

namespace {

std::mt19937 chance(20261128);

size_t below(size_t limit) { return limit == 0 ? 0 : chance() % limit; }

/// What TOML is made of, and what its readers stumbled over.
const std::vector<std::string> pieces = {
    "\"", "'", "\"\"\"", "'''", "\\", "\\u00e9", "\\U0001F600", "\\x41", "\\e", "\\\n", "\\\r\n", "[", "]", "[[", "]]", "{", "}",
    "=", ",", ".", "#", "\n", "\r\n", "\r", "\t", " ", "\xEF\xBB\xBF", "\xC3\xA9", "\xEA\xB0\x80", "\xF0\x9F\x98\x80", "\xE3\x80\x80",
    "\xC2\xA0", "\xE2\x80\x83", "\xC2\x85", "\xFF", "\xC3", "\xED\xA0\x80", "\x7F", "true", "inf", "nan", "+", "-", "_", "0x", "0b1",
    "0o7", "0x1.8p3", "1e5", "1.5", "9223372036854775808", "1979-05-27", "T07:32:00", "07:32", ".999999", "Z", "+09:00", "a", "a.b",
    "\"a b\"", "a = ", "[a]\n", "[[a.b]]\n", "{a = 1}", std::string(1, '\0'),
};

const std::vector<std::string> texts = {
    "# a\ntitle = \"b \\u00e9\"\n[a.b]\nc = [1, 2.5, 'd', {e = 1, f.g = true}]\n[[h]]\ni = 1979-05-27T07:32:00Z\n[[h]]\n",
    "'\xED\x95\x9C' = \"\"\"\n\xEA\xB8\x80\\\n  \xC3\xA9\"\"\"\nb = '''c'''\r\nd = [\n  0x1F, 0b11, # e\n  +inf,\n]\n",
    "a.b.c = 1\n\"d\".'e' = 07:32:00.5\n[f]\ng = { h = {}, i = [[], [1]] }\nj = 1979-05-27 07:32:00-07:00\n",
};

std::string read(const char *path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (text.compare(0, 4, "+++\n") == 0) {
    const auto end = text.find("\n+++", 3);
    text = text.substr(4, end == std::string::npos ? end : end - 3);
  }
  return text.substr(0, 8192);
}

/// Changes a text in one place.
void mutate(std::string &text, const std::vector<std::string> &seeds) {
  const auto at = below(text.size() + 1);
  const auto length = below(1 + below(1 + below(text.size() - at + 1)));
  switch (below(7)) {
    case 0: text.erase(at, length); break;
    case 1: text.insert(at, text.substr(below(text.size() + 1), length)); break;
    case 2: text.resize(at); break;
    case 3:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
      break;
    case 4: {
      const auto &other = seeds[below(seeds.size())];
      text.insert(at, other.substr(below(other.size() + 1), below(64)));
      break;
    }
    default: {
      const auto &piece = pieces[below(pieces.size())];
      for (auto times = below(20) == 0 ? 1 + below(300) : 1; times > 0; times--) text.insert(at, piece);
    }
  }
}

[[noreturn]] void fail(const char *reason, const std::string &text) {
  std::fprintf(stderr, "%s:\n%s\n", reason, text.c_str());
  std::abort();
}

/// Checks one value, and all that it holds; gives what comes behind.
const CTOMLNode *check(const CTOMLNode *node, const std::string &text) {
  if (node->range.begin > node->range.end || node->range.end > text.size()) fail("a value outside the text", text);
  if (node->key_range.begin > node->key_range.end || node->key_range.end > text.size()) fail("a key outside", text);
  const auto *next = node + 1;
  size_t previous = 0;
  for (size_t i = 0; i < node->count; i++) {
    if (node->kind == CTOMLKindTable && next->key_range.begin < previous) fail("keys out of order", text);
    previous = next->key_range.begin;
    next = check(next, text);
  }
  if (node->kind != CTOMLKindString) return next;
  const char quote = node->range.end - node->range.begin < 2 ? 0 : text[node->range.begin];
  if ((quote != '"' && quote != '\'') || text[node->range.end - 1] != quote) fail("a string without its quotes", text);
  return next;
}

/// Whether a text is TOML.
bool check(const std::string &text) {
  // A copy without room behind it, so that reading too far is found.
  std::vector<char> bytes(text.begin(), text.end());
  const auto document = ctoml_read(bytes.data(), bytes.size());
  const bool isTOML = document.nodes != nullptr;
  if (isTOML == (document.message != nullptr)) fail("neither values nor a problem", text);
  if (isTOML) check(document.nodes, text);
  if (!isTOML && (document.line == 0 || document.column == 0)) fail("a problem without a place", text);
  ctoml_free(document);
  return isTOML;
}

}  // namespace

int main(int count, char **arguments) {
  const auto number = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 100000;
  auto seeds = texts;
  for (int i = 2; i < count; i++) seeds.push_back(read(arguments[i]));
  size_t readable = 0;
  for (const auto &seed : seeds) readable += check(seed);
  std::printf("%zu of %zu texts are TOML\n", readable, seeds.size());
  readable = 0;
  for (size_t i = 0; i < number; i++) {
    auto text = seeds[below(seeds.size())];
    for (auto times = 1 + below(6); times > 0; times--) mutate(text, seeds);
    readable += check(text);
  }
  std::printf("%zu of %zu mutants are TOML\n", readable, static_cast<size_t>(number));
}
