#pragma once

/// Has two folders of one file system change places at once.
///
/// Returns 0, or -1 with `errno` where the system or the file system cannot do that.
int optimize_assets_exchange(const char *first, const char *second);
