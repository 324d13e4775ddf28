import Foundation
import Testing

extension Tag {
  /// Tests with other people's blogs and pictures, which are not part of the project: an extra suite for those who have
  /// them. Their suites' names end in `RealCorpora`, so that `swift test --filter RealCorpora` runs them alone.
  @Tag package static var realCorpora: Self
}

/// The folder `../shared` beside the project: other people's blogs and pictures.
package enum RealCorpora {
  /// Where the folder is, or would be.
  package static let root: String = {
    let beside = URL(fileURLWithPath: Project.root).deletingLastPathComponent()
    return beside.appendingPathComponent("shared").path
  }()

  /// The path of something in the folder, whether it is there or not.
  package static func path(_ name: String) -> String { root + "/" + name }

  /// Whether all of some things are there.
  package static func has(_ names: [String]) -> Bool {
    names.allSatisfy { FileManager.default.fileExists(atPath: path($0)) }
  }
}
