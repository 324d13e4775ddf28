import AssetModel
import Foundation
import TestSupport
import Testing

@testable import PostScanner

/// A format's sources, which are the project's own, and what its real tool was recorded to show of each
/// (`Tests/Formats/record`).
struct FormatTable: CustomTestStringConvertible, Sendable {
  private struct Answers: Decodable {
    var tool: String
    var answers: [String: [[String]]]
  }

  var name: String
  var reader: any BodyReader
  /// How many sources it has at least.
  var least = 60

  var testDescription: String { name }

  static let all = [
    FormatTable(name: "restructuredtext", reader: ReStructuredTextReader()),
    FormatTable(name: "asciidoc", reader: AsciiDocReader()), FormatTable(name: "org", reader: OrgReader()),
    FormatTable(name: "notebook", reader: NotebookReader()),
    FormatTable(name: "textile", reader: TextileReader()), FormatTable(name: "html", reader: HTMLReader()),
  ]

  static let folder = Project.root + "/Tests/Formats"

  /// The sources by their names.
  var sources: [(name: String, text: [UInt8])] {
    get throws {
      let text = try String(contentsOfFile: "\(Self.folder)/sources/\(name).txt", encoding: .utf8)
      return text.components(separatedBy: "%%% ").dropFirst().map { part in
        let name = part.prefix { $0 != "\n" }
        return (String(name), Array(part.dropFirst(name.count + 1).utf8))
      }
    }
  }

  /// What the tool shows of each.
  var answers: [String: [[String]]] {
    get throws {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/answers/\(name).json"))
      return try JSONDecoder().decode(Answers.self, from: data).answers
    }
  }

  /// The images that are found in a source.
  func found(in file: [UInt8]) -> [Candidate] {
    let body = name == "html" ? HTMLPost(file, from: 0).body : 0..<file.count
    return reader.candidates(file: file, masked: file, body: body).filter { $0.kind != .htmlSource }
  }

  /// Whether a candidate is what the tool shows: an address, and the text where the source has one. Of a picture inside the
  /// file, the tool shows its bytes in base 64.
  static func isSame(_ candidate: Candidate, _ image: [String]) -> Bool {
    if let bytes = candidate.embeddedBytes {
      guard image[0].hasPrefix("data:"), let count = image[0].split(separator: " ").last.flatMap({ Int($0) })
      else { return false }
      return (count / 4 * 3 - 2...count / 4 * 3).contains(bytes)
    }
    let url = Entities.decode(candidate.target ?? candidate.url)
    if image[0].hasPrefix("data:") { return url.hasPrefix("data:") }
    let shown = image[0].removingPercentEncoding ?? image[0]
    return (url.removingPercentEncoding ?? url) == shown
      && (candidate.alt == nil || candidate.alt == image[1])
  }
}

@Suite("Posts in other formats than Markdown")
struct FormatTableTests {
  @Test("the scanner finds what the format's own tool shows, and no more", arguments: FormatTable.all)
  func table(_ table: FormatTable) throws {
    let sources = try table.sources
    let answers = try table.answers
    #expect(sources.count >= table.least)
    #expect(Set(sources.map(\.name)) == Set(answers.keys))
    for (name, text) in sources {
      var found = table.found(in: text)
      for image in answers[name] ?? [] {
        let index = found.firstIndex { FormatTable.isSame($0, image) }
        #expect(index != nil, "\(name): \(image) is missed")
        if let index { found.remove(at: index) }
      }
      #expect(found.isEmpty, "\(name): \(found.map { $0.target ?? $0.url }) is shown by nobody")
    }
  }

  @Test("a reference names the bytes of its address", arguments: FormatTable.all)
  func ranges(_ table: FormatTable) throws {
    for (name, text) in try table.sources {
      for image in table.found(in: text) where image.embeddedBytes == nil {
        #expect(image.urlRange.end <= text.count && image.range.end <= text.count, "\(name)")
        let written = text.string(image.urlRange.range)
        let plain = [" ", "\n", "\\", "%"].allSatisfy { !written.contains($0) }
        if plain, table.name != "notebook" { #expect(image.url == written, "\(name)") }
      }
    }
  }

  /// Text that no tool would be given by an author, which must be read in time that grows as its length does.
  @Test(
    "long and deep texts are bounded", .endsAtLast,
    arguments: [
      "- ", "|a ", "*a ", "`a ", "image:", "[[", "((", "+a ", "!a", "> ", "::\n\n  ", "====\n--\n",
      "|===\na|", "[fn:1:",
      "=a ", "@@html:", "+-", "<img ", "{", "[[[[", "_{", "+++", "pass:[", "..\n", "==", "\"cells\":[[",
    ])
  func hostile(_ piece: String) {
    let file = Array(String(repeating: piece, count: 60_000 / piece.utf8.count).utf8)
    for table in FormatTable.all {
      #expect(table.reader.candidates(file: file, masked: file, body: 0..<file.count).count <= file.count)
    }
  }
}

extension FormatTableTests {
  /// Whether a tool is there, so that what is recorded of it can be compared.
  static func has(_ name: String) -> Bool {
    guard let python = Programs.find("python3") else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["\(FormatTable.folder)/record", name, "--can"]
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private func expectRecorded(_ name: String) async throws {
    let python = try #require(Programs.find("python3"))
    let checked = try await Command.run(python, ["\(FormatTable.folder)/record", name, "--check"])
    #expect(checked.status == 0, "\(checked.text)\(checked.errors)")
  }

  @Test(.enabled(if: has("restructuredtext"), "docutils is not installed"))
  func docutilsShowsWhatIsRecorded() async throws { try await expectRecorded("restructuredtext") }

  @Test(.enabled(if: has("asciidoc"), "Asciidoctor is not installed"))
  func asciidoctorShowsWhatIsRecorded() async throws { try await expectRecorded("asciidoc") }

  @Test(.enabled(if: has("org"), "Hugo is not installed"))
  func hugoShowsWhatIsRecorded() async throws { try await expectRecorded("org") }

  @Test(.enabled(if: has("notebook"), "nbconvert is not installed"))
  func nbconvertShowsWhatIsRecorded() async throws { try await expectRecorded("notebook") }

  @Test(.enabled(if: has("textile"), "RedCloth is not installed"))
  func redClothShowsWhatIsRecorded() async throws { try await expectRecorded("textile") }

  @Test(.enabled(if: has("html"), "Pelican is not installed"))
  func pelicanShowsWhatIsRecorded() async throws { try await expectRecorded("html") }
}
