import Foundation
import SiteFiles

/// What the files of a site say of how it is built.
struct DeployFiles {
  let root: SiteRoot
  /// The packages that `package.json` depends on, and its scripts.
  private let package: Package

  init(_ root: SiteRoot) {
    self.root = root
    package = Self.text(of: "package.json", in: root).flatMap(Package.init) ?? Package()
  }

  func has(_ path: String) -> Bool {
    if case .file = root.resolve(path) { return true }
    return false
  }

  /// The configuration of a name that is a program, in any of the languages that JavaScript is written in.
  func configuration(_ name: String) -> String? {
    ["js", "mjs", "cjs", "ts", "mts", "cts"].map { "\(name).\($0)" }.first(where: has)
  }

  /// Whether a list of what is no source names a folder of the site.
  func ignores(_ folder: String) -> Bool {
    [".gitignore", ".eleventyignore"].contains { name in
      (Self.text(of: name, in: root) ?? "").split(whereSeparator: \.isNewline).contains { line in
        line.split(separator: "/").joined(separator: "/").trimmingCharacters(in: .whitespaces) == folder
      }
    }
  }

  func dependsOn(_ name: String) -> Bool { package.dependencies.contains(name) }

  var hasBuildScript: Bool { package.hasBuildScript }

  /// The folder of Sphinx's `conf.py`, relative to the site; empty for the site itself.
  var sphinxFolder: String? {
    ["", "source/", "docs/", "docs/source/", "doc/"].first { folder in
      has(folder + "conf.py") && (has(folder + "index.rst") || has(folder + "index.md"))
    }
  }

  /// The folder of VitePress's pages: that of its configuration.
  var vitePressFolder: String { root.resolve("docs/.vitepress") == .folder ? "docs" : "." }

  /// What installs the packages that `package.json` names, as the lock file says.
  var packageInstallation: String {
    let tools = [
      ("pnpm-lock.yaml", "pnpm install"), ("yarn.lock", "yarn install"), ("bun.lock", "bun install"),
      ("bun.lockb", "bun install"), ("package-lock.json", "npm ci"),
    ]
    return tools.first { has($0.0) }?.1 ?? "npm install"
  }

  /// The text of a small file of the site; nil where there is none.
  func text(of path: String) -> String? { Self.text(of: path, in: root) }

  private static func text(of path: String, in root: SiteRoot) -> String? {
    guard case .file(let file) = root.resolve(path),
      let data = try? FileAccess.read(root.absolute(file), atMost: 1 << 20)
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// What `package.json` says.
  private struct Package {
    var dependencies: Set<String> = []
    var hasBuildScript = false

    init() {}

    init?(_ text: String) {
      guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
        return nil
      }
      for key in ["dependencies", "devDependencies"] {
        dependencies.formUnion((object[key] as? [String: Any])?.keys.map { $0 } ?? [])
      }
      hasBuildScript = (object["scripts"] as? [String: Any])?["build"] is String
    }
  }
}
