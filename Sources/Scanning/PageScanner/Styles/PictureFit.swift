import Web

/// Finds out around which images of a page a `<picture>` may stand: no rule and no script can tell.
///
/// Selectors are matched against the page with and without the new elements. Only what they can change is compared: the
/// image, its siblings, and what it stands in.
struct PictureFit {
  private let page: PageTree
  private let rules: PictureRules
  private let scripts: PageScripts
  private let before: PageSelectors
  /// Why no image of the page takes a picture; nil where that depends on the image.
  private let general: String?
  /// Whether that is because something cannot be read.
  let isUnsure: Bool

  /// Siblings, with what is in them, that are compared for one image.
  private static let mostCompared = 400
  private static let mostRounds = 4

  init(_ page: PageTree, sheets: PageSheets.Rules, scripts: PageScripts) {
    self.page = page
    self.scripts = scripts
    var rules = sheets.pictures
    for script in scripts.all {
      rules.append(PictureRules(script: script.name, selectors: script.use.selectors))
    }
    self.rules = rules
    before = PageSelectors(PageSelectors.tree(of: page, wrapping: [], gainsStates: true).tree)
    let isAMP = page.nodes.contains { $0.name == "html" && ($0["amp"] != nil || $0["⚡"] != nil) }
    isUnsure = !isAMP
    if isAMP {
      general = "AMP knows no <picture>"
    } else if let url = sheets.unreadPictures {
      general = "the stylesheet \(url) is not in the site, or too long, so that nobody knows its rules"
    } else if let url = scripts.foreign {
      general = "the script \(url) is not in the site, so that nobody knows what it does"
    } else {
      general = nil
    }
  }

  /// What cannot be read, where nothing else is in the way.
  var unsureObstacle: String? { isUnsure ? general : nil }

  /// Why images may not be put into a `<picture>`, or gain a `<source>` in the one they are in; those that may are left out.
  func obstacles(of images: [Int]) -> [Int: String] {
    if let general, !isUnsure {
      return Dictionary(images.map { ($0, general) }, uniquingKeysWith: { first, _ in first })
    }
    var obstacles: [Int: String] = [:]
    for image in images {
      obstacles[image] = scriptObstacle(image) ?? framedObstacle(image) ?? layoutObstacle(image)
    }
    for _ in 0..<Self.mostRounds {
      let wrapped = Set(images.filter { obstacles[$0] == nil && !isInPicture($0) })
      guard !wrapped.isEmpty else { return obstacles }
      let new = differences(wrapped)
      if new.isEmpty { return obstacles }
      obstacles.merge(new) { first, _ in first }
    }
    for image in images where obstacles[image] == nil {
      obstacles[image] = "rules of the page ask what stands beside it"
    }
    return obstacles
  }

  private func isInPicture(_ image: Int) -> Bool {
    page.nodes[image].parent.map { page.nodes[$0].name == "picture" } ?? true
  }

  // MARK: Without the new elements

  private func scriptObstacle(_ image: Int) -> String? {
    let walker = scripts.all.first { script in
      script.use.walksTree && script.use.selectors.contains { before.matches($0, image) }
    }
    return walker.map { "\($0.name) goes from images to what stands around them" }
  }

  private func framedObstacle(_ image: Int) -> String? {
    guard isInPicture(image) else { return nil }
    return rules.sources.first.map { "\($0.name) asks for a <source>" }
  }

  private func layoutObstacle(_ image: Int) -> String? {
    guard !isInPicture(image), let parent = page.nodes[image].parent else { return nil }
    let style = page.nodes[parent]["style"]?.lowercased() ?? ""
    if style.contains("flex") || style.contains("grid") {
      return "what it stands in is laid out child by child"
    }
    return rules.layouts.first { before.certainty($0.selector, parent) != .no }
      .map { "\($0.name) lays out what it stands in child by child" }
  }

  // MARK: With the new elements

  private func differences(_ images: Set<Int>) -> [Int: String] {
    let changed = PageSelectors.tree(of: page, wrapping: images, gainsStates: true)
    let after = PageSelectors(changed.tree)
    let children = before.tree.children
    func differs(_ named: PictureRules.Named, _ element: Int) -> Bool {
      before.certainty(named.selector, element) != after.certainty(named.selector, changed.positions[element])
        || before.isSpent || after.isSpent
    }
    var obstacles: [Int: String] = [:]
    for image in images.sorted() {
      obstacles[image] =
        rules.images.first { differs($0, image) }.map { "\($0.name) asks what it stands in" }
        ?? changed.pictures[image].flatMap { picture in
          rules.boxes.first { after.certainty($0.selector, picture) != .no }
            .map { "\($0.name) would give a <picture> a box of its own" }
        }
        ?? siblingObstacle(image, children, differs)
        ?? containerObstacle(image, differs)
    }
    // What was compared last may have been too much to compare.
    guard before.isSpent || after.isSpent else { return obstacles }
    let reason = "its page has too many rules for them all to be compared"
    return Dictionary(images.map { ($0, obstacles[$0] ?? reason) }, uniquingKeysWith: { first, _ in first })
  }

  private func siblingObstacle(
    _ image: Int, _ children: [[Int]], _ differs: (PictureRules.Named, Int) -> Bool
  ) -> String? {
    guard !rules.siblings.isEmpty, let parent = page.nodes[image].parent else { return nil }
    // The last of too many are too many as well.
    var open = children[parent].suffix(Self.mostCompared + 2).filter { $0 != image }
    var count = 0
    while let element = open.popLast() {
      count += 1
      guard count <= Self.mostCompared else { return "rules of the page ask what stands beside it" }
      if let rule = rules.siblings.first(where: { differs($0, element) }) {
        return "\(rule.name) asks what stands beside it"
      }
      open += children[element]
    }
    return nil
  }

  private func containerObstacle(_ image: Int, _ differs: (PictureRules.Named, Int) -> Bool) -> String? {
    guard !rules.containers.isEmpty else { return nil }
    for ancestor in before.tree.ancestors(of: image) {
      if let rule = rules.containers.first(where: { differs($0, ancestor) }) {
        return "\(rule.name) asks for what an element holds"
      }
    }
    return nil
  }
}
