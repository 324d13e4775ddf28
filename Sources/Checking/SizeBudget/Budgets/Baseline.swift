import AssetModel
import Foundation

/// What a site weighed at an earlier time, and what has become worse since.
package struct Baseline: Codable, Hashable, Sendable {
  /// The form of the file.
  package var version = 1
  /// The bytes of all published images.
  package var total: Int
  /// The bytes that each device downloads, by page and device.
  package var pages: [String: [String: Int]]

  /// Takes down what a site weighs.
  package init(_ weight: SiteWeight) {
    total = weight.total
    pages = Dictionary(
      weight.pages.map { page in
        (
          page.path,
          Dictionary(
            weight.devices.map { ($0.name, page.total(on: $0.name)) }, uniquingKeysWith: { first, _ in first }
          )
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads a file that ``json()`` wrote.
  ///
  /// - Throws: `DecodingError`
  package init(json: [UInt8]) throws {
    self = try JSONDecoder().decode(Baseline.self, from: Data(json))
    guard version == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [CodingKeys.version], debugDescription: "\(version) is not 1"))
    }
  }

  /// The baseline as JSON, sorted, so that it can be kept in version control.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// What is worse now: pages that make a device download more, and the site as a whole.
  ///
  /// - Parameters:
  ///   - weight: what the site weighs now.
  ///   - allowed: how many bytes a page, and the site, may grow by. A new page is held against nothing.
  package func findings(_ weight: SiteWeight, allowed: Int) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for page in weight.pages {
      let before = pages[page.path]
      var worst: (device: String, was: Int, now: Int)?
      for device in weight.devices {
        let was = before?[device.name] ?? 0
        let now = page.total(on: device.name)
        if now - was > worst.map({ $0.now - $0.was }) ?? allowed { worst = (device.name, was, now) }
      }
      guard let worst else { continue }
      let image = page.images.max {
        $0.downloads[worst.device]?.bytes ?? 0 < $1.downloads[worst.device]?.bytes ?? 0
      }
      findings.append(
        Diagnostic(
          .error, .baselinePage, file: image?.writtenIn ?? page.path, line: image?.line,
          column: image?.column,
          message:
            "a \(worst.device) downloads \(Self.text(worst.now)), \(Self.text(worst.now - worst.was)) more than "
            + (before == nil ? "nothing: the page is new" : "the \(Self.text(worst.was)) before"),
          advice: image.map {
            "make \($0.url) lighter: it takes \(Self.text($0.downloads[worst.device]?.bytes ?? 0))"
          } ?? "make its images lighter",
          figures: [
            "before": Double(worst.was), "value": Double(worst.now), "over": Double(worst.now - worst.was),
          ]))
    }
    if weight.total - total > allowed {
      findings.append(
        Diagnostic(
          .error, .baselineSite, file: ".",
          message:
            "the site's images take \(Self.text(weight.total)), \(Self.text(weight.total - total)) more than the "
            + "\(Self.text(total)) before",
          advice: "make the images that were added lighter",
          figures: [
            "before": Double(total), "value": Double(weight.total), "over": Double(weight.total - total),
          ]))
    }
    return findings
  }

  private static func text(_ bytes: Int) -> String { BudgetCheck.bytes(Double(bytes)) }
}
