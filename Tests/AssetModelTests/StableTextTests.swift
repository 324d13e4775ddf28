import Testing

@testable import AssetModel

@Suite struct StableTextTests {
  private enum Choice {
    case plain
    case loaded(width: Int, [String])
  }

  private struct Value {
    var name = "a\n\"b"
    var number: Int? = nil
    var words: Set<String> = []
    var table: [String: [Int]] = [:]
    var choice = Choice.plain
  }

  @Test func sameValueHasTheSameText() {
    let words = (0..<50).map { "w\($0)" }
    var a = Value(words: Set(words))
    var b = Value(words: Set(words.reversed()))
    for (index, word) in words.enumerated() { a.table[word] = [index] }
    for (index, word) in words.enumerated().reversed() { b.table[word] = [index] }
    #expect(StableText.of(a) != nil)
    #expect(StableText.of(a) == StableText.of(b))
  }

  @Test func everyDifferenceShows() {
    let values = [
      Value(), Value(name: "a"), Value(number: 0), Value(words: ["x"]), Value(words: ["x", "y"]),
      Value(words: ["x, y"]), Value(table: ["a": [1]]), Value(table: ["a": [1, 2]]),
      Value(choice: .loaded(width: 1, [])), Value(choice: .loaded(width: 2, [])),
      Value(choice: .loaded(width: 1, ["a"])),
    ]
    #expect(Set(values.map { StableText.of($0) ?? "" }).count == values.count)
  }

  @Test func closuresAndObjectsHaveNone() {
    final class Object {}
    struct Holder { var act: () -> Void }
    #expect(StableText.of(Holder {}) == nil)
    #expect(StableText.of([Object()]) == nil)
    #expect(StableText.of(["a": Object()] as [String: Any]) == nil)
  }
}
