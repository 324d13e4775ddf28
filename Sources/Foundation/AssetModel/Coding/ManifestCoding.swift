import Foundation

extension AssetManifest {
  /// The manifest as JSON: sorted keys, two-space indent, slashes as they are, a newline at the end.
  ///
  /// - Throws: `EncodingError`, which the manifest's own types never cause.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a manifest.
  ///
  /// - Throws: `DecodingError` when the JSON is not a manifest, or is one of another version.
  public init(json: Data) throws {
    struct Header: Decodable { var version: Int }
    let decoder = JSONDecoder()
    let version = try decoder.decode(Header.self, from: json).version
    guard version == Self.currentVersion else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: [],
          debugDescription: "manifest version \(version), expected \(Self.currentVersion)"))
    }
    self = try decoder.decode(AssetManifest.self, from: json)
  }
}
