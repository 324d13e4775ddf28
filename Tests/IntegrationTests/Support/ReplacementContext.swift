import Foundation
import SiteFiles
import Testing
import Vips

/// A place in a Markdown text that changes how a renderer reads an image in it; `@` stands for the image.
struct ReplacementContext: Decodable {
  var name: String
  var template: String

  /// All of them; nil where the file is not there.
  static func all() throws -> [Self]? {
    guard let path = Tools.shared("findings/replacement-contexts.json") else { return nil }
    let contexts = try JSONDecoder().decode([Self].self, from: FileAccess.read(path))
    try #require(!contexts.isEmpty)
    return contexts
  }

  /// A PNG of 400 by 300 pixels, of which smaller files are worth having.
  static func drawing() throws -> Data {
    var pixels: [UInt8] = []
    for y in 0..<300 { for x in 0..<400 { pixels += [UInt8(x / 2), UInt8(y / 2), UInt8((x ^ y) & 63)] } }
    return try Image.fromPixels(pixels, width: 400, height: 300, bands: 3, file: "drawing").png()
  }
}
