#define _GNU_SOURCE
#include "CConfinement.h"

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int confinement_begin(pid_t parent) {
  struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return errno;
  // The parent may have ended before that was asked for.
  return getppid() == parent ? 0 : ESRCH;
}

void confinement_close_from(int first) {
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
  if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) return;
  long count = sysconf(_SC_OPEN_MAX);
  for (int number = first; number < (count > 0 && count < 65536 ? count : 65536); number++) close(number);
}

// Landlock (https://docs.kernel.org/userspace-api/landlock.html). Headers older than the kernel lack most of this, so it is
// spelled out; the numbers are the same on every architecture.

struct ruleset_attributes {
  uint64_t handled_access_fs, handled_access_net, scoped;
};

struct path_beneath {
  uint64_t allowed_access;
  int32_t parent_fd;
} __attribute__((packed));

enum { create_ruleset = 444, add_rule = 445, restrict_self = 446 };

#define EXECUTE (1ULL << 0)
#define WRITE_FILE (1ULL << 1)
#define READ_FILE (1ULL << 2)
#define READ_DIR (1ULL << 3)
#define TRUNCATE (1ULL << 14)
#define ON_FILES (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | 1ULL << 15)

/// What each version of Landlock can refuse: 13 rights, renaming across folders, truncating, and commands to devices.
static uint64_t rights(int version) {
  uint64_t all = (1ULL << 13) - 1;
  if (version >= 2) all |= 1ULL << 13;
  if (version >= 3) all |= TRUNCATE;
  if (version >= 5) all |= 1ULL << 15;
  return all;
}

static void allow(int ruleset, const char *path, uint64_t access) {
  int descriptor = open(path, O_PATH | O_CLOEXEC);
  if (descriptor < 0) return;
  struct stat info;
  if (fstat(descriptor, &info) == 0) {
    if (!S_ISDIR(info.st_mode)) access &= ON_FILES;
    struct path_beneath rule = {access, descriptor};
    syscall(add_rule, ruleset, 1, &rule, 0);
  }
  close(descriptor);
}

int confinement_files(const char *const *readable, size_t readable_count, const char *const *writable,
                      size_t writable_count) {
  int version = (int)syscall(create_ruleset, NULL, 0, 1);
  if (version < 1) return 0;
  struct ruleset_attributes attributes = {rights(version), 0, 0};
  size_t size = sizeof attributes.handled_access_fs;
  if (version >= 4) {
    // No TCP port is bound or connected to; seccomp refuses sockets of any kind besides.
    attributes.handled_access_net = 3;
    size += sizeof attributes.handled_access_net;
  }
  if (version >= 6) {
    // Nor is anybody outside signalled, or found by an abstract name.
    attributes.scoped = 3;
    size += sizeof attributes.scoped;
  }
  int ruleset = (int)syscall(create_ruleset, &attributes, size, 0);
  if (ruleset < 0) return 0;
  for (size_t i = 0; i < readable_count; i++) allow(ruleset, readable[i], READ_FILE | READ_DIR);
  // Nothing that it writes can be run.
  for (size_t i = 0; i < writable_count; i++) allow(ruleset, writable[i], rights(version) & ~EXECUTE);
  int holds = syscall(restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return holds;
}

// seccomp (https://docs.kernel.org/userspace-api/seccomp_filter.html)

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

// Calls by which a program reaches another, changes what Landlock does not look at, or gets round a filter of calls. The
// numbers of those that older headers lack are the same on both architectures.
static const int refused[] = {
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_execve, SYS_execveat,
    SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd,
    SYS_keyctl, SYS_add_key, SYS_request_key, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns,
    SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_utimensat,
    SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_truncate,
    SYS_init_module, SYS_finit_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff,
    424 /* pidfd_send_signal */, 425 /* io_uring_setup */, 426 /* io_uring_enter */, 427 /* io_uring_register */,
    434 /* pidfd_open */, 438 /* pidfd_getfd */, 452 /* fchmodat2 */,
#ifdef SYS_chmod
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

enum { refused_count = sizeof refused / sizeof refused[0] };

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define REFUSE (SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA))

int confinement_calls(void) {
  struct sock_filter filter[2 * refused_count + 16];
  unsigned short count = 0;
#define ADD(...) filter[count++] = (struct sock_filter)__VA_ARGS__
  ADD(LOAD(arch));
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
  ADD(ANSWER(REFUSE));
  ADD(LOAD(nr));
#ifdef __x86_64__
  // The calls of x32, which have numbers of their own.
  ADD(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
  ADD(ANSWER(REFUSE));
#endif
  for (int i = 0; i < refused_count; i++) {
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)refused[i], 0, 1));
    ADD(ANSWER(REFUSE));
  }
  // A signal goes to the process itself alone, as that of abort(3).
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 1, 0));
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3));
  ADD(LOAD(args[0]));
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)getpid(), 1, 0));
  ADD(ANSWER(REFUSE));
  ADD(ANSWER(SECCOMP_RET_ALLOW));
#undef ADD
  struct sock_fprog program = {count, filter};
  // SECCOMP_FILTER_FLAG_TSYNC: of all threads.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 1, &program) == 0;
}

#else

int confinement_calls(void) { return 0; }

#endif

#else

int confinement_begin(pid_t parent) {
  (void)parent;
  return 0;
}

void confinement_close_from(int first) { (void)first; }

int confinement_files(const char *const *readable, size_t readable_count, const char *const *writable,
                      size_t writable_count) {
  (void)readable, (void)readable_count, (void)writable, (void)writable_count;
  return 0;
}

int confinement_calls(void) { return 0; }

#endif
