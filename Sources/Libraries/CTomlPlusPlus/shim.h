// Nothing for Swift: the C++ target CTOML includes the library. This module only names the package that has it.
