#include "CTOML.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "Places.hpp"
#include "TomlPlusPlus.hpp"
#include "TooDeep.hpp"

namespace {

/// What a CTOMLDocument points into.
struct Storage {
  toml::table table;
  std::vector<CTOMLNode> nodes;
  std::string message;

  void add(const toml::node &node) {
    CTOMLNode flat{};
    flat.line = node.source().begin.line;
    sources.push_back({&node.source(), nullptr});
    fill(flat, node);
    nodes.push_back(flat);
    if (const auto *array = node.as_array()) {
      for (const auto &item : *array) add(item);
    } else if (const auto *table = node.as_table()) {
      add_entries(*table);
    }
  }

  /// Writes the byte ranges of all nodes.
  void place(std::string_view text) {
    Places places(text);
    for (size_t i = 0; i < nodes.size(); i++) {
      places.want(sources[i].value->begin, &nodes[i].range.begin);
      places.want(sources[i].value->end, &nodes[i].range.end);
      if (!sources[i].key) continue;
      places.want(sources[i].key->begin, &nodes[i].key_range.begin);
      places.want(sources[i].key->end, &nodes[i].key_range.end);
    }
    places.resolve();
  }

 private:
  struct Source {
    const toml::source_region *value, *key;
  };
  std::vector<Source> sources;

  static void fill(CTOMLNode &flat, const toml::node &node) {
    switch (node.type()) {
      case toml::node_type::table:
        flat.kind = CTOMLKindTable;
        flat.count = node.as_table()->size();
        break;
      case toml::node_type::array:
        flat.kind = CTOMLKindArray;
        flat.count = node.as_array()->size();
        break;
      case toml::node_type::string:
        flat.kind = CTOMLKindString;
        flat.string = node.as_string()->get().data();
        flat.string_length = node.as_string()->get().size();
        break;
      case toml::node_type::integer:
        flat.kind = CTOMLKindInteger;
        flat.integer = node.as_integer()->get();
        break;
      case toml::node_type::floating_point:
        flat.kind = CTOMLKindFloat;
        flat.floating = node.as_floating_point()->get();
        break;
      case toml::node_type::boolean:
        flat.kind = CTOMLKindBoolean;
        flat.integer = node.as_boolean()->get();
        break;
      default: flat.kind = CTOMLKindDate; break;
    }
  }

  /// toml++ sorts a table by its keys.
  void add_entries(const toml::table &table) {
    std::vector<std::pair<const toml::key *, const toml::node *>> entries;
    entries.reserve(table.size());
    for (auto entry = table.cbegin(); entry != table.cend(); ++entry) {
      entries.emplace_back(&entry->first, &entry->second);
    }
    std::sort(entries.begin(), entries.end(), [](const auto &a, const auto &b) {
      return a.first->source().begin < b.first->source().begin;
    });
    for (const auto &[key, node] : entries) {
      const auto index = nodes.size();
      add(*node);
      nodes[index].key = key->data();
      nodes[index].key_length = key->length();
      sources[index].key = &key->source();
    }
  }
};

CTOMLDocument problem(Storage *storage, toml::source_position position) {
  CTOMLDocument document{};
  document.message = storage->message.c_str();
  document.line = position.line;
  document.column = position.column;
  document.storage = storage;
  return document;
}

toml::source_position position(std::string_view text, size_t at) {
  toml::source_position found{1, 1};
  for (const char byte : text.substr(0, at)) {
    if (byte == '\n') {
      found = {found.line + 1, 1};
    } else if ((byte & 0xC0) != 0x80) {
      found.column += 1;
    }
  }
  return found;
}

CTOMLDocument read(std::string_view text) {
  auto storage = std::make_unique<Storage>();
  if (const auto at = too_deep(text); at != std::string_view::npos) {
    storage->message = "keys, tables and arrays stand more than " + std::to_string(CTOML_DEPTH) + " deep in each other";
    return problem(storage.release(), position(text, at));
  }
  auto result = toml::parse(text);
  if (!result) {
    storage->message = result.error().description();
    return problem(storage.release(), result.error().source().begin);
  }
  storage->table = std::move(result).table();
  storage->add(storage->table);
  storage->place(text);
  CTOMLDocument document{};
  document.nodes = storage->nodes.data();
  document.storage = storage.release();
  return document;
}

}  // namespace

CTOMLDocument ctoml_read(const char *text, size_t length) {
  // toml++ throws nothing itself, but memory can run out.
  try {
    return read(std::string_view(text, length));
  } catch (...) {
    CTOMLDocument document{};
    document.message = "not enough memory";
    document.line = document.column = 1;
    return document;
  }
}

void ctoml_free(CTOMLDocument document) { delete static_cast<Storage *>(document.storage); }
