#include <sqlite3.h>

// What Swift cannot import: a macro that is a cast, and a function with any number of arguments.

/// Tells SQLite to copy what it is given before the call returns.
static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }

/// Sets one of a connection's switches (SQLITE_DBCONFIG_…) that are on or off.
static inline int csqlite_switch(sqlite3 *connection, int option, int isOn) {
  return sqlite3_db_config(connection, option, isOn, (int *)0);
}
