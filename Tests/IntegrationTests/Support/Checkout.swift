import Foundation
import SiteFiles
import Testing
import TestSupport

/// A checkout with the sample blog in `blog`, and a folder of programs with the built product.
struct Checkout {
  let folder: TemporaryFolder
  var workspace: String { folder("checkout") }
  var blog: String { folder("checkout/blog") }
  var path: String {
    folder("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
  }

  /// - Parameter hasProgram: whether the product is on the path.
  init(hasProgram: Bool = true) throws {
    folder = try TemporaryFolder()
    try folder.copy(Project.root + "/Assets/sample-blog", to: "checkout/blog")
    try FileAccess.makeFolder(folder("bin"))
    if hasProgram {
      try FileManager.default.createSymbolicLink(
        atPath: folder("bin/optimize-assets"), withDestinationPath: #require(Product.program))
    }
  }

  /// Adds an image to a post; the file is padded to a length.
  func addHeavyImage() throws {
    let picture = try DrawnSite.picture(120, 80, grain: 9).png()
    try folder.write(
      picture + Data(count: 3_000_000 - picture.count), to: "checkout/blog/assets/images/heavy.png")
    let post = blog + "/_posts/2026-03-14-sea-walk.md"
    try FileAccess.write(
      FileAccess.read(post) + Data("\n![heavy](/assets/images/heavy.png)\n".utf8), to: post)
  }

  /// Copies what installs a release into a folder, as whoever uses a template does.
  func add(installerTo name: String) throws {
    let script = "install-optimize-assets.sh"
    try folder.copy(Project.root + "/Config/ci/" + script, to: name + "/" + script)
  }

  /// Puts a program on the path.
  func install(_ name: String, _ script: String) throws {
    try folder.write("#!/bin/sh\n" + script, to: "bin/" + name)
    chmod(folder("bin/" + name), 0o755)
  }

  func shell(_ script: String, in place: String? = nil, _ environment: [String: String] = [:])
    async throws
    -> Command
  {
    try await Command.run(
      "/bin/bash", ["-c", script], in: place ?? workspace,
      environment: ["PATH": path].merging(environment) { $1 },
      seconds: 900)
  }
}
