import Foundation
import Testing
import TestSupport

/// Each property on mutations of the sample blog's own posts and pages, or of its stylesheets. Seeds are fixed, so a failure repeats.
@Suite struct PropertyTests {
  @Test(arguments: Properties.names, [1, 2, 3, 4] as [UInt64])
  func holdsForMutations(property: String, seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let files = Self.files(for: property)
    let pieces = property == "styles" ? Self.stylePieces : Self.pieces
    for round in 0..<200 {
      let file = Self.mutation(of: files, pieces, &random)
      do {
        try Properties.check(file, name: property)
      } catch {
        Issue.record(
          "\(property), seed \(seed), round \(round): \(error)\n\(String(decoding: file, as: UTF8.self))")
        return
      }
    }
  }

  @Test(arguments: Properties.names) func holdsForThePostsThemselves(property: String) throws {
    for file in Self.files(for: property) { try Properties.check(file, name: property) }
  }

  /// The files that a property is about.
  private static func files(for property: String) -> [[UInt8]] {
    let records = RecordSeeds.files(for: property, root: Project.root)
    return records.isEmpty ? property == "styles" ? sheets : posts : records
  }

  private static let posts = read(["_posts", "_layouts", "."], ["md", "html"])
  private static let sheets = read(["assets"], ["css"])

  private static func read(_ folders: [String], _ extensions: Set<String>) -> [[UInt8]] {
    let root = URL(fileURLWithPath: Project.sampleBlog)
    let files = folders.flatMap { name -> [URL] in
      let url = root.appendingPathComponent(name)
      return ((try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? [])
        .filter { extensions.contains($0.pathExtension) }
    }
    return files.sorted { $0.path < $1.path }.compactMap { try? Array(Data(contentsOf: $0)) }
  }

  /// Syntax of stylesheets, of values, and of the attributes that are read like them.
  private static let stylePieces = [
    "{", "}", "(", ")", "[", "]", ";", ":", ",", "&", "& & {", ":is(&, .a) {", ":not(", ":has(> img)",
    "::before",
    "[class~=a]", "[id^='b']", "#{$a}", "$a: 1px;", "@media (min-width: 1e2px) and ", "(width >= 40em)",
    "not (", "@import url(a.css);", "url(", "url('a", "image-set('a' 1x, url(b) 2dppx)", "calc(1px + ",
    "min(2em, ", "clamp(", "var(--a, ", "--a: var(--b);", "--b: var(--a);", "1e309px", "-.5e-3vw", "+", "-",
    "*",
    "/ 0", "/*", "*/", "//", "\\", "\\31 ", "\"", "'", "\n", "<!--", "@include a;", "@else {", "!important",
    "한",
    "\u{FEFF}", "\u{0}", "infinity", "auto, ", "100vw",
  ].map { Array($0.utf8) }

  /// Pieces of syntax that parsers of posts disagree about.
  private static let pieces = [
    "![", "](", ")", "]", "![a](/x.png)", "![a][b]", "\n[b]: /x.png \"t\"\n", "<img src=",
    "<img src='x.png'>",
    "/>", "`", "```\n", "{% raw %}", "{% endraw %}", "{{ ", " }}", "{:.a}", "{: x=\"|\"}", "|", "\n> ",
    "\n- ",
    "\n    ", "\t", "<!--", "-->", "<div>\n", "</div>\n", "\r\n", "\u{FEFF}", "\\", "\"", "&amp;", "---\n",
    "+++\n",
    "image: \"/x.png\"\n", "image = '/x.png'\n", "{{< figure src=\"x.png\" >}}", "{::comment}", "$$",
    "<div markdown=\"1\">\n", "!!! note\n    ", "    ![a](x.png){: .c }\n", "import a from './a.png'\n\n",
    "{a ? ",
    "style=\"background:url(x.png)\"", "url('", "\u{0}", "한",
    "&a ", "*a", "<<: *a\n", ": ", "- ", "[", "{", ">-\n  ", "!!str ", "? ", "\u{2028}", "'",
  ].map { Array($0.utf8) }

  /// A post cut, spliced and sprinkled: up to twelve changes.
  private static func mutation(
    of posts: [[UInt8]], _ pieces: [[UInt8]], _ random: inout SplitMix
  ) -> [UInt8] {
    guard var file = posts.randomElement(using: &random) else { return [] }
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let at = Int.random(in: 0...file.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: file.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: at)
      case 1: file.removeSubrange(at..<min(file.count, at + Int.random(in: 0...30, using: &random)))
      case 2:
        let other = posts.randomElement(using: &random) ?? []
        let from = Int.random(in: 0...other.count, using: &random)
        file.insert(contentsOf: other[from..<min(other.count, from + 80)], at: at)
      default: if at < file.count { file[at] = UInt8.random(in: 0...255, using: &random) }
      }
    }
    return file
  }
}
