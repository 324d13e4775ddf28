// toml++ as it is compiled here: so that no text ends the process, or is undefined behavior.
#pragma once

#if !__has_include(<toml++/toml.h>)
#error "toml++ is not here: sudo apt-get install libtomlplusplus-dev, or brew install tomlplusplus"
#endif

// The flags of toml++'s .pc file are for its shared library; the headers are all that is needed.
#undef TOML_HEADER_ONLY
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
// TOML 1.1, which generators have begun to take.
#define TOML_ENABLE_UNRELEASED_FEATURES 1
// Texts that are no TOML (`[<`, `a = [}`) break what toml++ asserts, and it finds the mistake a step later. An
// assertion would end the process, and NDEBUG would promise the compiler that it always holds.
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)

// Two things are mended in the headers that tell characters apart. Asked whether "é" is white space, toml++ up to 3.4
// comes to where it has promised the compiler never to come (its pull request 305). And TOML 1.1 came without the bare
// keys in Unicode that toml++ expected of it.
#if __has_include(<toml++/impl/unicode.hpp>)
#include <toml++/impl/forward_declarations.hpp>
#else
#include <toml++/impl/forward_declarations.h>
#endif
#pragma push_macro("TOML_UNREACHABLE")
#pragma push_macro("TOML_LANG_UNRELEASED")
#undef TOML_UNREACHABLE
#undef TOML_LANG_UNRELEASED
#define TOML_UNREACHABLE return false
#define TOML_LANG_UNRELEASED 0
#if __has_include(<toml++/impl/unicode.hpp>)
#include <toml++/impl/unicode.hpp>
#else
#include <toml++/impl/unicode.h>
#endif
#pragma pop_macro("TOML_UNREACHABLE")
#pragma pop_macro("TOML_LANG_UNRELEASED")

#include <toml++/toml.h>
