// What Linux offers a process that wants to be held to little: Landlock, seccomp and some limits. Swift cannot call these,
// because the C library has no functions for them. Elsewhere every function answers that there is nothing of the kind.
#ifndef CCONFINEMENT_H
#define CCONFINEMENT_H

#include <sys/types.h>

/// Turns off core dumps and new privileges, and has the process end with the one that started it. 0, or an errno.
int confinement_begin(pid_t parent);

/// Closes every descriptor from `first` on, as far as the system can.
void confinement_close_from(int first);

/// From now on files are read below `readable` alone, and written below `writable` alone; a path that is not there is left
/// out. It holds for the calling thread and for those that it starts. 1 where it holds, 0 where the kernel has no Landlock.
int confinement_files(const char *const *readable, size_t readable_count, const char *const *writable,
                      size_t writable_count);

/// From now on the process opens no socket and starts no program: both are refused. It holds for all of its threads. 1 where
/// it holds, 0 where the kernel cannot.
int confinement_calls(void);

#endif
