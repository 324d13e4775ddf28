import Testing

@testable import Browser

@Suite struct JourneyPlanTests {
  private static let links = ["/", "/posts/a/", "/posts/b/", "/posts/c/", "/about/"].enumerated().map {
    PageLink(number: $0.offset, path: $0.element)
  }

  /// The steps of a reader on a site where each page has the same links.
  private static func steps(from start: String, _ count: Int, canPress: Bool) -> [JourneyStep] {
    var plan = JourneyPlan(start: start)
    var page = start
    var history: [String] = []
    return (0..<count).compactMap { _ in
      guard let step = plan.next(on: page, links: links.filter { $0.path != page }, canPress: canPress) else {
        return nil
      }
      switch step {
      case .follow(_, let path), .load(let path):
        history.append(page)
        page = path
      case .back: page = history.popLast() ?? page
      case .press: break
      }
      return step
    }
  }

  @Test func isTheSameEachTime() {
    #expect(
      Self.steps(from: "/posts/a/", 24, canPress: true) == Self.steps(from: "/posts/a/", 24, canPress: true))
  }

  /// What a router reuses shows on the way from a page to its sibling, and on the way back.
  @Test func goesToSiblingsFirstAndBack() throws {
    let steps = Self.steps(from: "/posts/a/", 12, canPress: true)
    #expect(steps.count == 12 && steps.first == .press)
    guard case .follow(_, let sibling) = steps[1] else {
      Issue.record("\(steps[1]) is no link that is followed")
      return
    }
    #expect(sibling.hasPrefix("/posts/") && sibling != "/posts/a/")
    #expect(steps[3] == .back)
    #expect(steps.contains { if case .load = $0 { true } else { false } })
    #expect(!Self.steps(from: "/posts/a/", 12, canPress: false).contains(.press))
  }

  @Test func goesToTheFirstPageOnceWhereNothingLeadsOn() {
    var plan = JourneyPlan(start: "/blog/a/", home: "/blog/")
    #expect(plan.next(on: "/blog/a/", links: [], canPress: false) == .load("/blog/"))
    #expect(plan.next(on: "/blog/", links: [], canPress: false) == nil)
    var alone = JourneyPlan(start: "/")
    #expect(alone.next(on: "/", links: [], canPress: false) == nil)
  }
}
