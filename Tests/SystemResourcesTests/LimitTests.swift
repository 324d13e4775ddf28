import Foundation
import Testing
import TestSupport

@testable import SystemResources

/// Each with a made-up `/proc` and `/sys`.
@Suite("What the process may use of the machine")
struct LimitTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var files: [String: String]
    var expected: Int
  }

  @Test(
    "Cores of a machine with eight that the process may run on",
    arguments: [
      Case(testDescription: "no control groups", files: [:], expected: 8),
      Case(
        testDescription: "a quota of the process's own group, rounded up",
        files: ["proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/cpu.max": "150000 100000\n"], expected: 2),
      Case(
        testDescription: "a smaller quota farther up",
        files: [
          "proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
          "sys/fs/cgroup/a/cpu.max": "300000 100000\n", "sys/fs/cgroup/cpu.max": "600000 100000\n",
        ], expected: 3),
      Case(
        testDescription: "no quota anywhere",
        files: ["proc/self/cgroup": "0::/a\n", "sys/fs/cgroup/a/cpu.max": "max 100000\n"], expected: 8),
      Case(
        testDescription: "a container that sees the host's name of its group",
        files: ["proc/self/cgroup": "0::/docker/4f\n", "sys/fs/cgroup/cpu.max": "100000 100000\n"],
        expected: 1),
      Case(
        testDescription: "a fraction of a core",
        files: ["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "20000 100000\n"], expected: 1),
      Case(
        testDescription: "more than there is",
        files: ["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "6400000 100000\n"], expected: 8),
      Case(
        testDescription: "version 1",
        files: [
          "proc/self/cgroup": "5:cpu,cpuacct:/docker/4f\n0::/\n",
          "sys/fs/cgroup/cpu,cpuacct/docker/4f/cpu.cfs_quota_us": "400000\n",
          "sys/fs/cgroup/cpu,cpuacct/docker/4f/cpu.cfs_period_us": "100000\n",
        ], expected: 4),
      Case(
        testDescription: "version 1 without a quota",
        files: [
          "proc/self/cgroup": "5:cpu:/\n", "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
          "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        ], expected: 8),
      Case(
        testDescription: "three that it is tied to",
        files: ["proc/self/status": "Name:\tx\nCpus_allowed:\t1,00000003\nCpus_allowed_list:\t0-1,32\n"],
        expected: 3),
      Case(
        testDescription: "files that make no sense",
        files: ["proc/self/cgroup": "x\n0::/\n", "sys/fs/cgroup/cpu.max": "0 0 0\n"], expected: 8),
    ])
  func cores(_ test: Case) throws {
    let tree = try TemporaryFolder(test.files)
    #expect(Cores.available(root: tree.path, active: 8) == test.expected)
  }

  @Test(
    "Bytes of a machine with a thousand",
    arguments: [
      Case(testDescription: "no control groups", files: [:], expected: 1000),
      Case(
        testDescription: "the process's own group",
        files: ["proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "500\n"], expected: 500),
      Case(
        testDescription: "a smaller limit farther up",
        files: [
          "proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "max\n",
          "sys/fs/cgroup/a/memory.max": "300\n",
        ], expected: 300),
      Case(
        testDescription: "version 1",
        files: [
          "proc/self/cgroup": "9:memory:/x\n",
          "sys/fs/cgroup/memory/x/memory.limit_in_bytes": "9223372036854771712\n",
          "sys/fs/cgroup/memory/memory.limit_in_bytes": "700\n",
        ], expected: 700),
      Case(
        testDescription: "both versions at once",
        files: [
          "proc/self/cgroup": "9:memory:/\n0::/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "700\n",
          "sys/fs/cgroup/unified/memory.max": "600\n",
        ], expected: 600),
    ])
  func memory(_ test: Case) throws {
    let tree = try TemporaryFolder(test.files)
    #expect(MemoryAllowance.bytes(root: tree.path, physical: 1000, addressSpace: nil) == test.expected)
    #expect(
      MemoryAllowance.bytes(root: tree.path, physical: 1000, addressSpace: 250) == min(250, test.expected))
  }

  @Test("This machine gives sensible numbers")
  func here() {
    #expect((1...8192).contains(Cores.available))
    #expect(MemoryAllowance.bytes > 16 << 20)
    if let resident = MemoryAllowance.resident {
      #expect((1 << 20...MemoryAllowance.bytes).contains(resident))
    }
  }
}
