import AssetModel
import Foundation
import Testing

@testable import PostRewriter

/// What is put around images that follow each other without a space.
@Suite struct AdjacentEditsTests {
  @Test func eachIsClosedBeforeTheNextIsOpened() throws {
    let image = "<img>"
    let count = 40
    let bytes = Data(String(repeating: image, count: count).utf8)
    // Sets have another order in each process, and forty of them hardly the right one.
    let groups = Set(
      (0..<count).map { number in
        let (start, end) = (number * image.utf8.count, (number + 1) * image.utf8.count)
        return [
          Edit(range: ByteRange(start, start), text: "<picture>"),
          Edit(range: ByteRange(end - 1, end - 1), text: " width=\(number)"),
          Edit(range: ByteRange(end, end), text: "</picture>"),
        ]
      })
    let expected = (0..<count).map { "<picture><img width=\($0)></picture>" }.joined()
    let edited = try #require(groups.inOrder.flatMap(\.self).applied(to: bytes))
    #expect(String(decoding: edited, as: UTF8.self) == expected)
    let changed = try #require(Change.apply(Change.all(groups, in: bytes), to: bytes))
    #expect(String(decoding: changed, as: UTF8.self) == expected)
  }
}
