#include "CVersion.h"

// Package.swift defines it from $OPTIMIZE_ASSETS_VERSION. It is in a C file of its own because a define that changes
// recompiles what sees it: here one line, and in Swift every module that imports it.
#ifndef OPTIMIZE_ASSETS_VERSION
#define OPTIMIZE_ASSETS_VERSION "development"
#endif

const char *optimize_assets_version(void) { return OPTIMIZE_ASSETS_VERSION; }
