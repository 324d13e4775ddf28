import Foundation
import Web

/// The same way through two builds of a site, as a reader goes it: a page is opened, links are followed by clicks, so that
/// the site's own scripts change the page, then back, and what can be pressed is pressed. After each step every picture must
/// be the one that it was before.
///
/// A first load does not tell that: where a script sets the `src` of an element that has got a `srcset`, the picture before
/// goes on being shown.
package struct ReaderJourney: Sendable {
  /// What a journey came to.
  package struct Outcome: Codable, Hashable, Sendable {
    /// One step after which something was not as before.
    package struct Step: Codable, Hashable, Sendable {
      /// What the reader did.
      package var action: String
      package var changes: [PictureChange]

      package init(action: String, changes: [PictureChange]) {
        self.action = action
        self.changes = changes
      }
    }

    /// Steps that were taken, the first load included.
    package var steps = 0
    /// Pictures that were compared.
    package var pictures = 0
    /// The steps with changes, in order.
    package var changed: [Step] = []
    /// What scripts complain of in the build after alone.
    package var errors: [String] = []
    /// Paths that the build after alone asks for in vain.
    package var notFound: [String] = []
    /// Bytes of all images of the journey, each file once.
    package var bytesBefore = 0
    package var bytesAfter = 0

    package init() {}

    /// Whether a reader sees the same.
    package var isSame: Bool { changed.isEmpty && errors.isEmpty && notFound.isEmpty }

    /// How many changes of a kind there are.
    package func count(_ kind: PictureChange.Kind) -> Int {
      changed.reduce(0) { $0 + $1.changes.count { $0.kind == kind } }
    }
  }

  private let browser: Browser
  private let before: StaticServer
  private let after: StaticServer

  /// - Parameters:
  ///   - before: the build before.
  ///   - after: the build with lighter images.
  package init(browser: Browser, before: StaticServer, after: StaticServer) {
    self.browser = browser
    self.before = before
    self.after = after
  }

  /// Goes through the site. What differs between two journeys through the build before as well is not counted.
  ///
  /// - Parameters:
  ///   - page: the page that it begins on, its path in the built site.
  ///   - steps: how many there are at most.
  /// - Throws: `ChromiumError`
  package func walk(from page: String, steps: Int, at viewport: Screen) throws -> Outcome {
    let start = String(before.url(of: page).dropFirst("http://127.0.0.1:\(before.port)".count))
    var outcome = try walk(start, steps, viewport, before, after)
    guard !outcome.isSame else { return outcome }
    let control = try walk(start, steps, viewport, before, before)
    outcome.drop(control)
    return outcome
  }

  private func walk(
    _ start: String, _ steps: Int, _ viewport: Screen, _ first: StaticServer, _ second: StaticServer
  ) throws -> Outcome {
    let old = try ReaderSide(browser, first, at: viewport)
    defer { old.close() }
    let new = try ReaderSide(browser, second, at: viewport)
    defer { new.close() }
    var outcome = Outcome()
    var plan = JourneyPlan(start: start, home: first.baseurl + "/")
    var next: JourneyStep? = .load(start)
    while let step = next, outcome.steps < steps {
      let page = step.isFollowing ? try old.page() : ""
      try old.take(step)
      try new.take(step)
      let (before, after) = (try old.look(), try new.look())
      outcome.steps += 1
      outcome.pictures += before.count
      let here = try old.page()
      let changes = PictureChange.all(before, after)
      if !changes.isEmpty {
        outcome.changed.append(
          Outcome.Step(action: step.text(on: step.isFollowing ? page : here), changes: changes))
      }
      next = plan.next(on: here, links: try old.links(), canPress: try old.canPress())
    }
    let earlierComplaints = Set(old.complaints)
    outcome.errors = new.complaints.filter { !earlierComplaints.contains($0) }
    outcome.notFound = new.notFound.subtracting(old.notFound).sorted()
    (outcome.bytesBefore, outcome.bytesAfter) = (old.imageBytes, new.imageBytes)
    return outcome
  }
}

extension JourneyStep {
  fileprivate var isFollowing: Bool {
    if case .follow = self { true } else { false }
  }
}

extension ReaderJourney.Outcome {
  /// Leaves out what changes by itself: the places that differ after the same step of a journey through one build.
  fileprivate mutating func drop(_ control: Self) {
    let moving = Dictionary(
      control.changed.map { ($0.action, Set($0.changes.map(\.path))) }, uniquingKeysWith: { $0.union($1) })
    changed = changed.compactMap { step in
      var step = step
      let movingPaths = moving[step.action] ?? []
      step.changes.removeAll { movingPaths.contains($0.path) }
      return step.changes.isEmpty ? nil : step
    }
    let noise = Set(control.errors)
    errors.removeAll { noise.contains($0) }
    let gone = Set(control.notFound)
    notFound.removeAll { gone.contains($0) }
  }
}
