import AssetModel
import Testing
import Web

@testable import SizeBudget

struct CheckResultOnlyTests {
  /// Two pages that show an image each, one both, and findings about all of them.
  private func result() -> CheckResult {
    func page(_ path: String, _ files: String...) -> PageWeight {
      PageWeight(
        path: path,
        images: files.map { file in
          let lighter = Download(file: "lighter/" + file, bytes: 1, isInFirstView: true)
          return PlacedImage(url: "/" + file, file: file, downloads: ["phone": lighter])
        })
    }
    let files = ["a.png", "b.png", "unused.png"].map {
      PublishedImage(path: $0, bytes: 1, format: .png, width: nil, height: nil, digest: $0)
    }
    func problem(_ file: String) -> Diagnostic {
      Diagnostic(.error, .undecodable, file: file, message: "cannot be read")
    }
    let weight = SiteWeight(
      devices: Screen.standard,
      pages: [page("a.md", "a.png"), page("b.md", "b.png"), page("ab.md", "a.png", "b.png")],
      files: files, problems: [problem("broken.png"), problem("b.md"), problem("_config.yml")])
    var result = CheckResult(weight, budgets: [], levels: [:])
    result.findings = ["a.md", "b.md", "ab.md", "unused.png", "."].map {
      Diagnostic(.error, .heavyGIF, file: $0, message: "", advice: "")
    }
    return result
  }

  @Test(arguments: [
    (["a.md"], ["a.md"], ["_config.yml"]),
    (["b.md"], ["b.md"], ["b.md", "_config.yml"]),
    (["a.png"], ["a.md", "ab.md"], ["_config.yml"]),
    (["lighter/b.png"], ["b.md", "ab.md"], ["b.md", "_config.yml"]),
    (["unused.png", "a.md"], ["a.md", "unused.png"], ["_config.yml"]),
    (["broken.png"], [], ["broken.png", "_config.yml"]),
    (["style.css", "."], [], ["_config.yml"]),
    ([], [], ["_config.yml"]),
  ])
  func keepsWhatConcernsTheFiles(files: [String], findings: [String], problems: [String]) {
    let only = result().only(Set(files))
    #expect(only.findings.map(\.file) == findings)
    #expect(only.weight.problems.map(\.file) == problems)
    #expect(only.weight.pages.map(\.path) == findings.filter { $0.hasSuffix(".md") })
    #expect(only.weight.total == result().weight.total)
  }
}
