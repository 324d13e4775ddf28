/// Tries out on an open page whether a form of markup keeps its layout.
package enum MarkupExperiment: String, CaseIterable, Sendable {
  /// `<picture>` around each image.
  case picture
  /// `width`, `height` and `height:auto` on each image that has neither these nor a style.
  case hints

  /// What of a comparison a form can be to blame for.
  private static let kinds: Set<LayoutComparison.Kind> = [.moved, .restyled, .elements, .broken]

  /// What changes on a page when its images get the form.
  ///
  /// What a page changes by itself (a fade, a random quote) is left out: only what two trials on two visits change in the
  /// same way counts.
  ///
  /// - Parameter pictures: the places of the images, as in ``SlotMeasurement/Picture/path``.
  /// - Throws: `ChromiumError`
  package func changes(
    on page: String, of pictures: [String], at viewport: Viewport, browser: Browser, server: StaticServer
  ) throws -> [LayoutComparison.Change] {
    let first = try once(on: page, of: pictures, at: viewport, browser, server)
    guard !first.isEmpty else { return [] }
    let second = Set(try once(on: page, of: pictures, at: viewport, browser, server))
    return first.filter(second.contains)
  }

  private func once(
    on page: String, of pictures: [String], at viewport: Viewport, _ browser: Browser, _ server: StaticServer
  ) throws -> [LayoutComparison.Change] {
    let tab = try PageVisit(browser: browser, server: server).open(page, at: viewport)
    defer { tab.close() }
    func view() throws -> PageView {
      _ = try tab.evaluate(PageScript.rest, as: Bool.self)
      _ = try tab.evaluate(PageScript.read, as: Bool.self)
      return try tab.evaluate(PageScript.measure, as: PageView.self)
    }
    let first = try view()
    let before = try view()
    let unstable = LayoutComparison.unstable(first, before)
    _ = try tab.evaluate(script(pictures), as: Bool.self)
    let after = try view()
    // What goes on changing was not changed by the form.
    let moving = LayoutComparison.unstable(after, try view())
    return LayoutComparison(before, after, density: viewport.density, unstable: unstable.union(moving))
      .changes
      .filter { Self.kinds.contains($0.kind) }
  }

  private func script(_ pictures: [String]) -> String {
    PageScript.experiment(self == .picture ? "picture" : "hints", on: pictures)
  }
}
