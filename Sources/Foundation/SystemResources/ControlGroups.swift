import Foundation

/// The control groups that the process belongs to (Linux, https://docs.kernel.org/admin-guide/cgroup-v2.html), through
/// which containers and services are given less than the whole machine.
///
/// A group's limit holds for the groups below it, so the files of the process's own group and of all above it count.
struct ControlGroups {
  /// The folder that contains `proc` and `sys`: `/`, or one that a test made.
  let root: String

  /// What a file of version 2 says in the process's own group and in each above it, the innermost first.
  func unified(_ file: String) -> [String] {
    guard let membership = memberships.first(where: { $0.controllers.isEmpty }) else { return [] }
    // Where version 1 is in use too, version 2 has a folder beside it.
    return ["sys/fs/cgroup", "sys/fs/cgroup/unified"].flatMap { contents(of: file, in: $0, membership.path) }
  }

  /// What files of version 1 say in the process's own group of a controller and in each above it, the innermost first.
  /// A group that lacks one of the files is left out.
  func legacy(_ controller: String, _ files: [String]) -> [[String]] {
    guard let membership = memberships.first(where: { $0.controllers.contains(controller) }) else {
      return []
    }
    // A hierarchy's folder has the names of all its controllers, and usually a link of each one's.
    let mounts = Set([controller, membership.controllers.joined(separator: ",")])
    return mounts.sorted().flatMap { mount in
      Self.folders(from: membership.path).compactMap { folder in
        let values = files.compactMap { read("sys/fs/cgroup/" + mount + folder + "/" + $0) }
        return values.count == files.count ? values : nil
      }
    }
  }

  /// The lines of `/proc/self/cgroup`: `4:cpu,cpuacct:/user.slice`, or `0::/user.slice` for version 2.
  private var memberships: [(controllers: [String], path: String)] {
    (read("proc/self/cgroup") ?? "").split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      return (parts[1].split(separator: ",").map(String.init), String(parts[2]))
    }
  }

  private func contents(of file: String, in mount: String, _ path: String) -> [String] {
    Self.folders(from: path).compactMap { read(mount + $0 + "/" + file) }
  }

  /// `/a/b`, `/a` and the empty path. In a container the inner ones may be names of the host that lead nowhere; the last
  /// is then the container's own group.
  static func folders(from path: String) -> [String] {
    let names = path.split(separator: "/").filter { $0 != ".." }
    return (0...names.count).reversed().map { count in names.prefix(count).map { "/" + $0 }.joined() }
  }

  private func read(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: (root as NSString).appendingPathComponent(path))
    else {
      return nil
    }
    let text = String(decoding: data, as: UTF8.self)
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
