#pragma once

/// The version that the program was built as: `1.2.3`, or `development` where nobody said.
const char *_Nonnull optimize_assets_version(void);
