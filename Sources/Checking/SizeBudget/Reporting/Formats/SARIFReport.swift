import AssetModel
import Foundation

/// The Static Analysis Results Interchange Format, version 2.1.0.
///
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
enum SARIFReport {
  private struct Log: Encodable {
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case version, runs
    }
  }
  private struct Run: Encodable {
    var tool: Tool
    var columnKind = "unicodeCodePoints"
    var invocations: [Invocation]
    var results: [Result]
  }
  private struct Invocation: Encodable {
    var executionSuccessful: Bool
  }
  private struct Tool: Encodable { var driver: Driver }
  private struct Driver: Encodable {
    var name = "optimize-assets"
    var rules: [Rule]
  }
  private struct Rule: Encodable {
    var id: String
    var help: Message?

    /// The documents have no address of their own, so that they are named and not linked (`helpUri` is an absolute URI).
    init(_ rule: Diagnostic.Rule) {
      id = rule.rawValue
      help = rule.documentation.map { Message(text: "\($0) in the project of optimize-assets says more") }
    }
  }
  private struct Message: Encodable { var text: String }
  private struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: String
    var message: Message
    var locations: [Location]
    var partialFingerprints: [String: String]
    var properties: [String: Double]
  }
  private struct Location: Encodable { var physicalLocation: PhysicalLocation }
  private struct PhysicalLocation: Encodable {
    var artifactLocation: ArtifactLocation
    var region: Region?
  }
  private struct ArtifactLocation: Encodable { var uri: String }
  private struct Region: Encodable {
    var startLine: Int
    var startColumn: Int?
  }

  static func text(_ result: CheckResult, prefix: String) throws -> String {
    let rules = Set(result.entries.map(\.rule)).sorted { $0.rawValue < $1.rawValue }
    let indexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
    var counts: [String: Int] = [:]
    let results = result.entries.map { finding in
      Result(
        ruleId: finding.rule.rawValue, ruleIndex: indexes[finding.rule] ?? 0,
        level: finding.severity.rawValue,
        message: Message(text: finding.text),
        locations: [
          Location(
            physicalLocation: PhysicalLocation(
              artifactLocation: ArtifactLocation(uri: uri(finding.path(prefix: prefix))),
              region: finding.line.map { Region(startLine: $0, startColumn: finding.column) }))
        ],
        partialFingerprints: ["optimizeAssets/v1": Fingerprint.of(finding, counts: &counts)],
        properties: finding.figures ?? [:])
    }
    let run = Run(
      tool: Tool(driver: Driver(rules: rules.map(Rule.init))),
      invocations: [Invocation(executionSuccessful: !result.isIncomplete)], results: results)
    return try ReportJSON.text(Log(runs: [run]))
  }

  /// A path as a relative reference (RFC 3986), whose first segment holds no colon.
  private static func uri(_ path: String) -> String {
    var allowed = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
    allowed.insert("@")
    return path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
  }
}
