import AssetModel
import Foundation

/// Images that several programs are to make the same files of.
struct TaskSet: Codable {
  struct Picture: Codable {
    /// The file, absolute.
    var path: String
    var width: Int
    var height: Int
    /// The widths wanted.
    var widths: [Int]
  }

  var pictures: [Picture]
  /// Whether AVIF is wanted beside WebP and JPEG or PNG.
  var avif: Bool

  /// 320 to 1920 as far as the source goes, and the source's own width.
  static func widths(of width: Int) -> [Int] {
    Set([320, 640, 960, 1280, 1920].filter { $0 <= width } + [width]).sorted(by: >)
  }

  init(_ sources: [Source], site: String, avif: Bool) {
    self.avif = avif
    pictures = sources.map {
      Picture(
        path: site + "/" + $0.path, width: $0.width, height: $0.height, widths: Self.widths(of: $0.width))
    }
  }

  /// The 60 rasters next to each other by bytes whose pixels together are nearest to 71 megapixels: what the set `mid`
  /// of earlier measurements had. A site with fewer gives all it has.
  static func mid(_ manifest: AssetManifest) -> [Source] {
    let rasters = rasters(manifest).sorted { ($0.bytes, $0.path) < ($1.bytes, $1.path) }
    guard rasters.count > 60 else { return rasters }
    let windows = (0...(rasters.count - 60)).map { Array(rasters[$0..<($0 + 60)]) }
    func distance(_ window: [Source]) -> Int {
      abs(window.reduce(0) { $0 + $1.width * $1.height } - 71_000_000)
    }
    return windows.min { distance($0) < distance($1) } ?? []
  }

  /// The images of the first post that has seven; the seven in the middle by bytes where no post has.
  static func small(_ manifest: AssetManifest) -> [Source] {
    let rasters = rasters(manifest)
    let known = Dictionary(rasters.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let posts = Dictionary(grouping: manifest.references.filter { $0.status == .local }, by: \.post)
    for post in posts.keys.sorted() {
      let images = Set(posts[post, default: []].compactMap(\.source)).compactMap { known[$0] }
      if images.count == 7 { return images.sorted { $0.path < $1.path } }
    }
    let sorted = rasters.sorted { ($0.bytes, $0.path) < ($1.bytes, $1.path) }
    return Array(sorted.dropFirst(max(0, sorted.count / 2 - 3)).prefix(7))
  }

  private static func rasters(_ manifest: AssetManifest) -> [Source] {
    var seen: Set<String> = []
    return manifest.sources.filter {
      [.jpeg, .png].contains($0.format) && $0.frames == 1 && seen.insert($0.sha256).inserted
    }
  }

  /// Megapixels of the sources.
  var megapixels: Double { pictures.reduce(0) { $0 + Double($1.width * $1.height) / 1e6 } }

  /// Files wanted.
  var files: Int { pictures.reduce(0) { $0 + $1.widths.count } * (avif ? 3 : 2) }

  /// Whether a program made what was asked for. One that does not know a format may leave it out without a word, and
  /// would look fast.
  ///
  /// - Throws: ``Incomplete``
  func check(_ folder: String) throws {
    let made = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let wanted = pictures.reduce(0) { $0 + $1.widths.count }
    for ending in avif ? ["webp", "avif"] : ["webp"] {
      let count = made.count { $0.hasSuffix("." + ending) }
      guard count >= wanted else { throw Incomplete(format: ending, made: count, wanted: wanted) }
    }
  }

  /// A program that did not make all files.
  struct Incomplete: Error, CustomStringConvertible {
    var format: String
    var made: Int
    var wanted: Int

    var description: String { "it made \(made) of \(wanted) \(format) files" }
  }

  /// Writes a site that shows the images, and the configuration that asks for the task.
  func write(to folder: String) throws -> (site: String, configuration: String) {
    let site = folder + "/site"
    for name in ["_posts", "images"] {
      try FileManager.default.createDirectory(atPath: site + "/" + name, withIntermediateDirectories: true)
    }
    try Data("title: A task\n".utf8).write(to: URL(fileURLWithPath: site + "/_config.yml"))
    var lines = ["---\ntitle: A task\n---", ""]
    for (number, picture) in pictures.enumerated() {
      let isJPEG = ["jpg", "jpeg"].contains(URL(fileURLWithPath: picture.path).pathExtension.lowercased())
      let name = "images/\(number).\(isJPEG ? "jpg" : "png")"
      try FileManager.default.copyItem(atPath: picture.path, toPath: site + "/" + name)
      lines += ["![](/\(name))", ""]
    }
    try Data(lines.joined(separator: "\n").utf8)
      .write(to: URL(fileURLWithPath: site + "/_posts/2020-01-01-task.md"))
    let configuration = folder + "/task.yml"
    try Data(yaml.utf8).write(to: URL(fileURLWithPath: configuration))
    return (site, configuration)
  }

  private var yaml: String {
    """
    markup: picture
    quality: fixed
    widths: [320, 640, 960, 1280, 1920]
    ownWidth: true
    formats:
      \(avif ? "avif: {quality: 50, effort: 4}\n  avifGraphic: {quality: 50}" : "avif: none")
      webp: {quality: 75, effort: 4}
      webpGraphic: {quality: 75, loss: lossy, smartSubsample: false}
      jpeg: {quality: 75}
      png: {loss: lossless}
    apply:
      - {glob: "*.jpg", content: photograph}
      - {glob: "*.png", content: graphic}

    """
  }
}
