import Foundation
import Testing

/// The generators that `Tests/Samples/install` puts into a folder of the project's, because no system packages them.
package enum SampleGenerators {
  /// The folder of their programs.
  package static let folder = Project.root + "/.build/generators/bin"

  /// The path of one of them, or of a program of the system's; nil where neither is there.
  package static func find(_ name: String) -> String? {
    let own = folder + "/" + name
    return Programs.isProgram(own) ? own : Programs.find(name)
  }

  /// Whether what the sample sites need of PyPI is there.
  static var isComplete: Bool {
    FileManager.default.fileExists(atPath: Project.root + "/.build/generators/installed")
  }
}

extension Trait where Self == ConditionTrait {
  /// Needs MkDocs with Material's theme, Pelican and Sphinx with ablog.
  package static var needsPythonGenerators: Self {
    .enabled(
      if: SampleGenerators.isComplete, "Tests/Samples/install has not installed the generators of Python")
  }
}
