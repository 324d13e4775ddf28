import AssetModel
import Foundation
import SiteFiles
import TestSupport
import Testing

@testable import AssetPipeline

/// The ledger of pictures that were made lighter.
@Suite("The ledger of lighter pictures")
struct OriginalsLedgerTests {
  private static func record(_ letter: Character, path: String = "a.jpg") -> OriginalRecord {
    OriginalRecord(
      sha256: String(repeating: letter, count: 64), bytes: 10, original: String(repeating: "0", count: 64),
      originalBytes: 20, object: String(repeating: "b", count: 40), target: 85, score: 85.3, path: path)
  }

  private static func ledger(_ records: OriginalRecord...) -> OriginalsLedger {
    var ledger = OriginalsLedger()
    for record in records { ledger[record.sha256] = record }
    return ledger
  }

  @Test func isReadAsItWasWritten() throws {
    let ledger = Self.ledger(Self.record("a"), Self.record("c", path: "with a\nline feed.png"))
    #expect(try OriginalsLedger(ledger.data) == ledger)
    #expect(String(decoding: ledger.data, as: UTF8.self).split(separator: "\n").count == 3)
  }

  @Test func linesAreInTheSameOrderWhateverCameFirst() throws {
    let (first, second) = (Self.record("a"), Self.record("d"))
    #expect(Self.ledger(first, second).data == Self.ledger(second, first).data)
  }

  @Test("what both sides of a merge say is true")
  func merge() throws {
    let lines = [Self.record("a"), Self.record("c")].map {
      String(decoding: Self.ledger($0).data, as: UTF8.self).split(separator: "\n")[1]
    }
    let text = "<<<<<<< HEAD\n\(lines[0])\n||||||| base\n=======\n\(lines[1])\n>>>>>>> branch\n"
    #expect(try OriginalsLedger(Data(text.utf8)) == Self.ledger(Self.record("a"), Self.record("c")))
  }

  @Test(arguments: [
    "{", "{}", "nonsense", #"{"ledger":"optimize-assets originals","version":2}"#,
    String(decoding: ledger(record("a")).data, as: UTF8.self).replacing("bbbb", with: "--up").split(
      separator: "\n")[1]
      .description,
    String(decoding: ledger(record("a")).data, as: UTF8.self).replacing("0000", with: "../x").split(
      separator: "\n")[1]
      .description,
  ])
  func damageIsTold(_ line: String) throws {
    let error = #expect(throws: PipelineError.self) { try OriginalsLedger(Data("\n\(line)\n".utf8)) }
    #expect(error?.diagnostic.line == 2)
    #expect(error?.diagnostic.file == RecordFiles.originals)
  }

  @Test func anEmptyOneLeavesNoFile() throws {
    let folder = try TemporaryFolder()
    let root = try SiteRoot(folder.path)
    try Self.ledger(Self.record("a")).write(to: root)
    #expect(folder.contents == [RecordFiles.originals])
    try OriginalsLedger().write(to: root)
    #expect(folder.contents.isEmpty)
    #expect(try OriginalsLedger(root: root).isEmpty)
  }

  @Test func notesThatSayTheSameAreOne() {
    func note(_ file: String, _ message: String) -> Diagnostic {
      Diagnostic(.note, .passedThrough, file: file, message: message)
    }
    let gathered = [note("a", "x"), note("b", "y"), note("c", "x"), note("d", "x")].gatheredByMessage
    #expect(gathered.map { "\($0.file) \($0.message)" } == ["a x; and so are 2 more", "b y"])
  }
}
