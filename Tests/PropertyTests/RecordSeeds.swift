import AssetCache
import AssetModel
import Foundation

@testable import PostRewriter
@testable import PostScanner

/// What the properties of ``RecordTexts`` start from: files as the program writes them, or its users do.
enum RecordSeeds {
  /// - Parameter root: the project's folder.
  static func files(for property: String, root: String) -> [[UInt8]] {
    switch property {
    case "journals": journals
    case "copy-lists": [Array(copyList.utf8)]
    case "configurations": project(root, ["Config/optimize-assets.yml", "Config/budgets.yml"])
    case "budgets": project(root, ["Config/budgets.yml"]) + budgets.map { Array($0.utf8) }
    case "manifests": [(try? Array(manifest.json())) ?? []]
    case "cache-values": [outcome]
    case "cache-indexes": [cacheIndex]
    case "requests": requests.map { Array($0.utf8) }
    case "worker-messages": WorkerTexts.seeds
    default: []
    }
  }

  private static func project(_ root: String, _ paths: [String]) -> [[UInt8]] {
    paths.compactMap { try? Array(Data(contentsOf: URL(fileURLWithPath: root + "/" + $0))) }
  }

  private static let variant = Variant(
    path: "o/x-320w-8a1f2c3d.webp", source: "x.png", purpose: .responsive, width: 320, height: 240,
    format: .webp, bytes: 9, sha256: "4", settings: EncodingSettings(format: .webp, loss: .lossy))

  private static let journals: [[UInt8]] = {
    var journal = EditJournal()
    journal.folders = ["o"]
    let text = EditJournal.Text(
      sha256: "1",
      spans: [
        .init(old: "", new: "{: srcset=\"/o/x-320w-8a1f2c3d.webp 320w\"}", nth: 1), .init(old: "a", new: "b"),
      ])
    journal.posts = [
      EditJournal.Post(path: "a.md", text: text, previous: text), EditJournal.Post(path: "b.md", text: text),
    ]
    journal.sources = [
      EditJournal.Source(
        path: "x.png", job: "5", content: .photograph, contentReason: "colors", alpha: false,
        placeholder: nil,
        problems: [Diagnostic(.warning, .damaged, file: "x.png", message: "cut short")],
        variants: [EditJournal.RecordedVariant(variant, found: true)])
    ]
    journal.others = [EditJournal.File(path: "o/y-1w-00000000.webp", sha256: "6")]
    guard let json = try? journal.json() else { return [] }
    let lines = String(decoding: json, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let merged = lines.flatMap { line in
      line.contains("a.md")
        ? ["<<<<<<< a", String(line), "||||||| o", "=======", String(line) + ",", ">>>>>>> b"]
        : [String(line)]
    }
    return [Array(json), Array(merged.joined(separator: "\n").utf8)]
  }()

  private static let copyList = """
    optimize-assets copy 1
    site ../my-blog
    12 1700000000123456789 - a%0Ab.md
    3 0 0000000000000000000000000000000000000000000000000000000000000000 link

    """

  private static let budgets = [
    #"[{"path": "/*", "resourceSizes": [{"resourceType": "image", "budget": 300}]}]"#,
    #"{"version": 1, "total": 9, "pages": {"a.md": {"phone": 7}}}"#,
    "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n",
  ]

  private static let manifest: AssetManifest = AssetManifest(
    site: Site(kind: .jekyll, reason: "r", root: "."),
    posts: [Post(path: "a.md", dialect: .kramdown, url: "/a/", bytes: 1, sha256: "s")],
    references: [
      Reference(
        post: "a.md", kind: .markdownInline, range: ByteRange(0, 9), urlRange: ByteRange(5, 8), line: 1,
        column: 1, url: "x.png", alt: "a", status: .local, source: "x.png")
    ],
    sources: [Source(path: "x.png", sha256: "s", bytes: 9, format: .png, width: 640, height: 480)],
    variants: [variant])

  private static let outcome: [UInt8] = {
    var outcome = PostReading.Outcome()
    outcome.post = Post(path: "p.md", dialect: .kramdown, url: "/p/", bytes: 3, sha256: "s")
    outcome.problems = [Diagnostic(.note, .postSkipped, file: "p.md", line: 2, message: "m", advice: "a")]
    outcome.partials = ["_includes/a.md"]
    return CompactEncoder.data(of: outcome).map { Array($0) } ?? []
  }()

  private static let cacheIndex: [UInt8] = {
    let folder = NSTemporaryDirectory() + "/optimize-assets-seed-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let cache = AssetCache(folder: folder)
    cache.set(["a": Data("b".utf8)], in: .posts)
    cache.finish()
    cache.close()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard let name = names.first(where: { $0.hasSuffix(".sqlite") }) else { return [] }
    return (try? Array(Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))) ?? []
  }()

  private static let requests = [
    "GET /a%20b/?q HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n",
    "GET http://127.0.0.1:80/%2e%2e/x HTTP/1.1\r\nhost: a\r\nHost: b\r\n\r\n",
    "CONNECT 127.0.0.1:22 HTTP/1.1\r\n\r\n", "{\"id\":1}\u{0}{\"method\":\"Page.loadEventFired\"}\u{0}",
  ]
}
