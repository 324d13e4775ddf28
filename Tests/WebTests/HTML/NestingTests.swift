import Foundation
import Testing

@testable import Web

private func repeated(_ html: String, _ count: Int) -> [UInt8] {
  Array(String(repeating: html, count: count).utf8)
}

@Suite struct NestingTests {
  /// Each nests once for every repetition, however it hides that.
  @Test(arguments: [
    "<div>", "<div></x>", "<b></i>", "<div a=\"</div>\">", "<div><!-- </div> -->", "<div/>", "<x-a>",
    "<svg><path>", "<ul><li>", "<div><script>'</div>'</script>", "<table><td>", "<p><font color='>'>",
    "<div a='x'b='</div>'>", "<DIV></DIVE>",
  ])
  func turnsAwayWhatNestsDeeply(html: String) {
    #expect(RenderedPage(repeated(html, 20_000)) == nil)
  }

  /// Long pages that nest no deeper than others.
  @Test(arguments: [
    "<div></div>", "<p>x<br>", "<li>x<img src='<div>'>", "<DIV></div>", "<!-- <div> -->", "a < b, 1<2 ",
    "<svg><g><path d=''/><ellipse/><polygon points='0'/></g></svg>",
    "<script>for(i=0;i<n;i++)a<b</script>", "<textarea><div></textarea>", "<tr><td>x", "<b><i>x</b></i>",
    "<p title=\"it's <div>\">x</p>", "<a href=x/>y</a>",
  ])
  func parsesLongPages(html: String) throws {
    let page = try #require(RenderedPage(repeated(html, 5_000)))
    #expect(page.tokens.count > 6)
  }

  /// The estimate bounds time and not safety: a page that it misjudges must still not overflow a stack. 512 KiB is
  /// that of Dispatch's threads.
  @Test(arguments: ["<div>", "<svg><path>", "<b></i>"])
  func parsesAnyDepthOnASmallStack(html: String) async {
    let depth = await onSmallStack {
      var depth = 0
      var deepest = 0
      GumboTree.parse(repeated(html, 20_000)) { event in
        if case .start = event { depth += 1 }
        if case .end = event { depth -= 1 }
        deepest = max(deepest, depth)
        return .inside
      }
      return deepest
    }
    #expect(depth > 20_000)
  }

  @Test func givesMemoryThatGumboCanUse() {
    let memory = GumboMemory()
    var blocks = (0..<1_000).map { memory.allocate($0 % 97) }
    for index in stride(from: 0, to: blocks.count, by: 3) {
      memory.deallocate(blocks[index])
      blocks[index] = memory.allocate(index)
    }
    #expect(Set(blocks).count == 1_000)
    #expect(blocks.allSatisfy { $0.map { Int(bitPattern: $0) % 16 == 0 } ?? false })
    memory.deallocate(nil)
    #expect(memory.allocate(.max) == nil)
  }
}

private func onSmallStack<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: work()) }
    thread.stackSize = 512 * 1024
    thread.start()
  }
}
