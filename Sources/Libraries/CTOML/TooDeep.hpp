#pragma once

#include <cstddef>
#include <string_view>

/// Where a text goes deeper than `CTOML_DEPTH`, as a byte offset; `std::string_view::npos` where it does not.
///
/// toml++ bounds brackets, but not the tables that dotted keys make (`a.a.a`), whose destruction then takes more stack
/// than there is. So this looks first. It follows strings and comments as toml++ does; where a text is no TOML it may
/// count what toml++ would not come to.
std::size_t too_deep(std::string_view text) noexcept;
