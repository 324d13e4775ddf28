import Foundation
import SiteFiles

/// How a site is built: the command, and what it needs beside the sources.
struct BuildPlan {
  let command: BuildCommand
  /// Whether it is Jekyll's own command, which gets by without the gems of a `Gemfile`.
  let isJekyll: Bool
  /// The folder of packages that npm installed, absolute; nil where there is none. It is too large to copy, and is linked
  /// to from each copy.
  let packages: String?

  /// The name of the folder of packages.
  static let packageFolder = "node_modules"

  /// Finds out how a site is built: by the configured command, or by that of the generator that was recognized. Only of a
  /// site that nobody has recognized the files are asked.
  ///
  /// - Throws: ``GeneratorOracleError`` where no command is known, or its program is not installed.
  init(
    _ options: GeneratorOracle.Options, site root: SiteRoot, hasDrafts: Bool
  ) throws(GeneratorOracleError) {
    let generator =
      options.generator.map { DeployGenerator(rawValue: $0) } ?? DeployGenerator(filesOf: root)
    // A command of the user's may need them; of the known generators those do that npm installs.
    let needsPackages = options.build != nil || generator?.installer == .npm
    packages = needsPackages ? Self.packages(of: root) : nil
    isJekyll = options.build == nil && generator == .jekyll
    if let build = options.build {
      command = BuildCommand(words: build)
    } else if let generator,
      let words = BuildCommand(
        generator, site: root, hasDrafts: hasDrafts, hasPackages: Self.has(generator.program, packages))
    {
      command = words
    } else {
      throw .unknownGenerator
    }
    let name = command.words.first ?? ""
    // What lies among the packages of a folder above the site is found from there.
    let folder = name.hasPrefix(Self.packageFolder + "/") ? packages.map(FileAccess.folder) : nil
    guard BuildCommand.program(name, folder: folder ?? root.path) != nil else {
      throw .notInstalled(program: options.build?.first ?? generator?.program ?? name)
    }
  }

  /// The folder of packages that Node.js would find for the site: its own, or that of the nearest folder above it.
  static func packages(of root: SiteRoot) -> String? {
    var folder = root.path
    while !folder.isEmpty {
      var info = stat()
      let packages = folder + "/" + packageFolder
      if stat(packages, &info) == 0, info.st_mode & S_IFMT == S_IFDIR { return packages }
      folder = FileAccess.folder(of: folder)
    }
    return nil
  }

  private static func has(_ program: String, _ packages: String?) -> Bool {
    packages.map { access($0 + "/.bin/" + program, X_OK) == 0 } ?? false
  }
}
