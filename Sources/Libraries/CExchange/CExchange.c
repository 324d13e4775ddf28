// Swift's view of glibc has no renameat2, which is declared for programs that ask for GNU's own functions alone.
#define _GNU_SOURCE

#include "CExchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>

// RENAME_EXCHANGE of linux/fs.h.
enum { exchange = 2 };

int optimize_assets_exchange(const char *first, const char *second) {
  // The system call itself: musl and older C libraries have no function for it.
  return (int)syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, exchange);
}
#elif defined(__APPLE__)
int optimize_assets_exchange(const char *first, const char *second) {
  return renamex_np(first, second, RENAME_SWAP);
}
#else
int optimize_assets_exchange(const char *first, const char *second) {
  (void)first, (void)second;
  errno = ENOSYS;
  return -1;
}
#endif
