import Foundation
import Testing
import TestSupport

/// Each property on mutations of the sample blog's own posts and pages. Seeds are fixed, so a failure repeats.
@Suite struct PropertyTests {
  @Test(arguments: Properties.names, [1, 2, 3, 4] as [UInt64])
  func holdsForMutations(property: String, seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let posts = Self.posts
    for round in 0..<200 {
      let file = Self.mutation(of: posts, &random)
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
    for post in Self.posts { try Properties.check(post, name: property) }
  }

  /// The sample's posts, and pieces of syntax that parsers disagree about.
  private static let posts: [[UInt8]] = {
    let folder = URL(fileURLWithPath: Project.sampleBlog)
    let files = ["_posts", "_layouts", "."].flatMap { name -> [URL] in
      let url = folder.appendingPathComponent(name)
      return ((try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? [])
        .filter { ["md", "html"].contains($0.pathExtension) }
    }
    return files.sorted { $0.path < $1.path }.compactMap { try? Array(Data(contentsOf: $0)) }
  }()

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
  private static func mutation(of posts: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
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
