// TOML as toml++ reads it, for Swift: the values of a text and the places where they stand.
//
// Nothing that toml++ does crosses this border: neither its C++ types nor an exception nor an assertion.
#ifndef CTOML_H
#define CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How deep tables and arrays may stand in each other. Both parsing and freeing a tree take stack for each level.
enum { CTOML_DEPTH = 64 };

enum __attribute__((enum_extensibility(closed))) CTOMLKind {
  CTOMLKindString,
  CTOMLKindInteger,
  CTOMLKindFloat,
  CTOMLKindBoolean,
  /// A date, a time, or both: what its bytes say.
  CTOMLKindDate,
  CTOMLKindArray,
  CTOMLKindTable,
};

/// Bytes of the text, from 0.
typedef struct {
  size_t begin, end;
} CTOMLRange;

/// A value. A table or an array is followed by its `count` entries, each followed by its own.
typedef struct {
  enum CTOMLKind kind;
  /// The entries of a table, in the order of their keys' places, or the items of an array.
  size_t count;
  /// The name in the table around it; NULL for the document and for items of an array.
  const char *key;
  size_t key_length;
  CTOMLRange key_range;
  /// A string without its quotes and with its escapes resolved; it may hold NUL.
  const char *string;
  size_t string_length;
  /// An integer, or 1 for true.
  int64_t integer;
  double floating;
  /// The value with its quotes or brackets. A table with a header has the place of the header, one that a dotted key
  /// made has that of the key.
  CTOMLRange range;
  /// The line on which it begins, from 1.
  size_t line;
} CTOMLNode;

/// What a text holds, or why it is no TOML.
typedef struct {
  /// The document's table and all below it; NULL where the text is no TOML.
  const CTOMLNode *nodes;
  /// What is wrong with the text; NULL where it is TOML.
  const char *message;
  /// Where it is wrong. Both count from 1, and columns count Unicode scalars.
  size_t line, column;
  /// What owns all of the above.
  void *storage;
} CTOMLDocument;

/// Reads TOML 1.1 in UTF-8, with or without a byte order mark. Free the answer with `ctoml_free`.
CTOMLDocument ctoml_read(const char *text, size_t length);

void ctoml_free(CTOMLDocument document);

#ifdef __cplusplus
}
#endif

#endif
