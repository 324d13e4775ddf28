// Nothing for Swift: the C++ target CTOML includes the library. This module only names the package to pkg-config.
