import Foundation
import Testing
import TestSupport

@testable import SiteFiles

@Suite struct SiteRootTests {
  private let folder: TemporaryFolder
  private let root: SiteRoot

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("x", to: "site/a/x.png")
    try folder.write("x", to: "site/b.png")
    try folder.write("secret", to: "outside.png")
    try folder.write("x", to: "site-two/x.png")
    try folder.link("site/in.png", to: "a/x.png")
    try folder.link("site/out.png", to: "../outside.png")
    try folder.link("site/far", to: "/etc")
    try folder.link("site/sibling", to: "../site-two")
    try folder.link("site/dangling.png", to: "nothing.png")
    root = try SiteRoot(folder.path + "/site")
  }

  @Test(arguments: [
    ("a/x.png", SiteRoot.Resolution.file("a/x.png")),
    ("./a/../a//x.png", .file("a/x.png")),
    ("a", .folder),
    ("", .folder),
    ("a/y.png", .missing),
    ("b.png/x", .missing),
    ("a/\u{0}", .missing),
    ("../outside.png", .outside),
    ("a/../../outside.png", .outside),
    ("in.png", .file("in.png")),
    ("out.png", .outside),
    ("far/passwd", .outside),
    ("sibling/x.png", .outside),
    ("dangling.png", .missing),
  ])
  func resolves(path: String, expected: SiteRoot.Resolution) { #expect(root.resolve(path) == expected) }

  @Test func findsANameInEitherNormalizationForm() throws {
    let nfd = "a/caf\u{65}\u{301}/\u{1112}\u{1161}\u{11AB}.png"
    try folder.write("x", to: "site/" + nfd)
    let resolution = root.resolve("a/caf\u{E9}/\u{D55C}.png")
    guard case .file(let path) = resolution else {
      Issue.record("\(resolution)")
      return
    }
    // The spelling is the file system's, byte for byte.
    #expect(Array(path.utf8) == Array(nfd.utf8))
  }

  @Test func aRootThatIsNoFolderIsRefused() {
    #expect(throws: FileError.self) { try SiteRoot(folder.path + "/nothing") }
    #expect(throws: FileError.self) { try SiteRoot(folder.path + "/outside.png") }
  }

  @Test(arguments: [
    ("a/x.png", "site", "a/x.png"),
    ("site/a/x.png", "", "a/x.png"),
    // Nothing of that name in the working folder, so it is the site's.
    ("a/x.png", "", "a/x.png"),
    ("x.png", "site/a", "a/x.png"),
    ("../b.png", "site/a", "b.png"),
    ("./b.png", "site", "b.png"),
    ("in.png", "site", "in.png"),
    ("../outside.png", "site", nil),
    ("outside.png", "", nil),
    ("site/out.png", "", nil),
    ("site/far/hostname", "", nil),
    ("site-two/x.png", "", nil),
    ("site/a", "", nil),
    ("site/gone.png", "", nil),
    ("../../../../../../../../etc/hostname", "site", nil),
    ("", "site", nil),
  ])
  func namesOfUsers(name: String, workingFolder: String, expected: String?) throws {
    let folder = workingFolder.isEmpty ? folder.path : folder.path + "/" + workingFolder
    #expect(root.path(ofNamed: name, workingFolder: folder) == expected)
  }
}
