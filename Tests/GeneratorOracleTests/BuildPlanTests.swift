import Foundation
import SiteFiles
import TestSupport
import Testing

@testable import GeneratorOracle

@Suite struct BuildPlanTests {
  private static func plan(
    _ site: String, generator: String?, build: [String]? = nil
  ) throws(GeneratorOracleError) -> BuildPlan {
    guard let root = try? SiteRoot(site) else { throw .unknownGenerator }
    return try BuildPlan(
      GeneratorOracle.Options(generator: generator, build: build), site: root, hasDrafts: false)
  }

  /// A program that writes a page below `public`.
  private static func install(_ name: String, to folder: TemporaryFolder, _ path: String) throws {
    let script = "#!/bin/sh\nmkdir -p public && echo \"<p>$1 $CI</p>\" > public/index.html\n"
    try FileAccess.write(Data(script.utf8), to: folder("\(path)/node_modules/.bin/\(name)"), mode: 0o755)
  }

  /// Hexo's configuration has the name of Jekyll's. What the site was recognized as decides.
  @Test(arguments: ["hexo", "quarto", "nothing"]) func theRecognizedGeneratorDecides(generator: String) throws
  {
    let folder = try TemporaryFolder([
      "site/_config.yml": "theme: landscape\n", "site/source/_posts/a.md": "",
    ])
    do throws(GeneratorOracleError) {
      let plan = try Self.plan(folder("site"), generator: generator)
      Issue.record("\(plan.command.line) would be run")
    } catch {
      #expect(error == (generator == "hexo" ? .notInstalled(program: "hexo") : .unknownGenerator))
    }
  }

  /// npm installs a generator for a site, or for several in a folder above them.
  @Test(arguments: ["site", "."]) func packagesOfTheSiteAreUsed(place: String) throws {
    let folder = try TemporaryFolder(["site/_config.yml": "", "site/source/_posts/a.md": ""])
    try Self.install("hexo", to: folder, place)
    let plan = try Self.plan(folder("site"), generator: "hexo")
    #expect(plan.command.words.first == "node_modules/.bin/hexo" && !plan.isJekyll)
    let builder = try SiteBuilder(in: folder.path)
    defer { builder.close() }
    try builder.prepare(
      SiteRoot(folder("site")), options: GeneratorOracle.Options(generator: "hexo"), hasDrafts: false)
    // The second state of a site is a copy without packages.
    try folder.write("", to: "copy/source/_posts/a.md")
    for state in ["site", "copy"] {
      let built = try builder.build(SiteRoot(folder(state)))
      #expect(try String(contentsOfFile: built + "/index.html", encoding: .utf8) == "<p>generate 1</p>\n")
    }
    #expect(!FileManager.default.fileExists(atPath: folder("site/public")))
  }

  @Test func aCommandOfTheUsersFindsThePackagesInBothStates() throws {
    let folder = try TemporaryFolder(["site/a.md": "", "copy/a.md": ""])
    let script = "#!/bin/sh\nmkdir -p \"$1\" && echo '<p>' > \"$1/index.html\"\n"
    try FileAccess.write(Data(script.utf8), to: folder("site/node_modules/.bin/tiny"), mode: 0o755)
    // A link to packages elsewhere is as good as a folder of them.
    try FileManager.default.moveItem(atPath: folder("site/node_modules"), toPath: folder("packages"))
    try folder.link("site/node_modules", to: "../packages")
    let builder = try SiteBuilder(in: folder.path)
    defer { builder.close() }
    let build = ["node_modules/.bin/tiny", "{destination}"]
    try builder.prepare(
      SiteRoot(folder("site")), options: GeneratorOracle.Options(build: build), hasDrafts: false)
    for state in ["site", "copy"] { _ = try builder.build(SiteRoot(folder(state))) }
  }
}
