import Foundation
import SiteFiles
import Vips
import Web

/// Whether the candidates that built pages offer are what they say they are.
struct CandidateCheck {
  /// What is wrong, one line each.
  private(set) var faults: [String] = []
  /// The `<img>` that show a raster image of the site and offer no candidates: page, and path of the file.
  private(set) var unresponsive: Set<[String]> = []
  /// How many different files were decoded.
  var files: Int { decoded.count }
  /// How many `<img>` show a raster image of the site.
  private(set) var rasters = 0
  /// How many of those offer candidates.
  private(set) var responsive = 0

  private let tree: String
  private var decoded: [String: (type: String, width: Int)] = [:]

  /// Looks at every page of a tree.
  ///
  /// - Parameter publication: where the tree is published, for pages that do not say it.
  init(tree: String, publication: PageAddress.Publication = .init()) throws {
    self.tree = tree
    for page in try SiteComparison.pages(of: tree) {
      guard let parsed = RenderedPage(Array(try FileAccess.read(tree + "/" + page))) else {
        faults.append("\(page): cannot be parsed")
        continue
      }
      let images = PageImages(parsed)
      let address = PageAddress(page: page, location: images.location, publication: publication)
      for picture in images.pictures { check(picture, page: page, address: address) }
    }
  }

  private mutating func check(_ picture: PageImages.Picture, page: String, address: PageAddress) {
    guard let src = picture.img["src"], let path = address.path(of: src),
      !path.lowercased().hasSuffix(".svg"),
      FileManager.default.fileExists(atPath: tree + "/" + path)
    else { return }
    rasters += 1
    if picture.candidates.isEmpty { unresponsive.insert([page, path]) } else { responsive += 1 }
    for (type, candidate) in picture.candidates {
      guard let path = address.path(of: candidate.url), let file = decode(path) else {
        faults.append("\(page): \(candidate.url) cannot be decoded")
        continue
      }
      if file.width != candidate.width {
        faults.append(
          "\(page): \(candidate.url) says \(candidate.width ?? 0)w and is \(file.width) pixels wide")
      }
      if let type, file.type != type {
        faults.append("\(page): \(candidate.url) says \(type) and is \(file.type)")
      }
    }
  }

  /// The type and width of an image file by its content.
  private mutating func decode(_ path: String) -> (type: String, width: Int)? {
    if let known = decoded[path] { return known }
    guard let data = try? FileAccess.read(tree + "/" + path), let (type, loader) = Self.type(of: data),
      let image = try? Image.open(data, with: loader, file: path, failOn: .warning).inMemory()
    else { return nil }
    decoded[path] = (type, image.width)
    return decoded[path]
  }

  private static func type(of data: Data) -> (String, Loader)? {
    let start = [UInt8](data.prefix(12))
    if start.starts(with: [0xFF, 0xD8, 0xFF]) { return ("image/jpeg", .jpeg) }
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return ("image/png", .png) }
    if start.starts(with: Array("RIFF".utf8)), start.dropFirst(8).starts(with: Array("WEBP".utf8)) {
      return ("image/webp", .webp)
    }
    if start.dropFirst(4).starts(with: Array("ftypavi".utf8)) { return ("image/avif", .heif) }
    // A source can be the widest candidate of its image, and a GIF that does not move can be a source.
    if start.starts(with: Array("GIF8".utf8)) { return ("image/gif", .gif) }
    return nil
  }
}
