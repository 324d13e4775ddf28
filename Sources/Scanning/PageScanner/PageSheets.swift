import SiteFiles
import SystemResources
import Web

/// The stylesheets of a site's pages, each read once, and what they say about images that are shown alike.
struct PageSheets: Sendable {
  private let root: SiteRoot
  private let sheets = Shared<[String: StyleSheet?]>([:])
  private let rules = Shared<[String: LayoutRules]>([:])
  private let slots = Shared<[String: ImageSlot]>([:])

  /// Stylesheets that take in stylesheets, and so on.
  private static let maxImports = 8

  init(root: SiteRoot) { self.root = root }

  /// The rules of a page.
  struct Rules {
    var rules: LayoutRules
    /// The first stylesheet that was not read, as the page names it.
    var unread: String?
  }

  /// How wide an image is shown.
  func slot(of computation: SlotComputation) -> ImageSlot {
    if let slot = slots.withLock({ $0[computation.key] }) { return slot }
    let slot = computation.slot()
    slots.withLock { $0[computation.key] = slot }
    return slot
  }

  /// The rules of all stylesheets of a page, in the order in which they count.
  func rules(of tree: PageTree, page: String, _ urls: PageURLs) -> Rules {
    var reading = Reading()
    for node in tree.nodes {
      switch node.name {
      case "style":
        let type = node["type"]?.lowercased() ?? ""
        guard type.isEmpty || type == "text/css" else { continue }
        let key = "<style>\(node.style)"
        guard let sheet = sheet(key, { node.style }) else { continue }
        add(sheet, key, media: node["media"], urls, &reading, depth: 0)
      case "link": add(node.element, urls, &reading)
      case "script":
        // It makes a stylesheet of the classes that it comes across.
        if let address = node["src"], address.contains("tailwindcss") {
          reading.unread = reading.unread ?? address
        }
      default: break
      }
    }
    let key = reading.keys.joined(separator: "\n")
    if let cached = rules.withLock({ $0[key] }) { return Rules(rules: cached, unread: reading.unread) }
    let layoutRules = LayoutRules(reading.sheets, key: key)
    rules.withLock { $0[key] = layoutRules }
    return Rules(rules: layoutRules, unread: reading.unread)
  }

  // MARK: Reading

  private struct Reading {
    var sheets: [LayoutRules.Sheet] = []
    var keys: [String] = []
    var unread: String?
  }

  private func add(_ link: HTMLElement, _ urls: PageURLs, _ reading: inout Reading) {
    guard let href = link["href"] else { return }
    let relations = link.words("rel")
    let onload = link["onload"] ?? ""
    // Pages that want to be painted early have a stylesheet take effect once it is there.
    let isLate = relations.contains("preload") && onload.contains("stylesheet")
    guard isLate || relations.contains("stylesheet"), !relations.contains("alternate"),
      link["disabled"] == nil
    else { return }
    load(href, media: onload.contains("media") ? nil : link["media"], urls, &reading, depth: 0)
  }

  private func load(
    _ href: String, media: String?, _ urls: PageURLs, _ reading: inout Reading, depth: Int
  ) {
    if let media, !MediaQueryList(media).canHold { return }
    guard depth < Self.maxImports, let file = urls.file(href),
      let sheet = sheet(file, { read(file) })
    else {
      if !StyleSheet.isHarmless(href) { reading.unread = reading.unread ?? href }
      return
    }
    add(sheet, file, media: media, urls.inStylesheet(file), &reading, depth: depth)
  }

  /// Adds a stylesheet behind those that it takes in.
  private func add(
    _ sheet: StyleSheet, _ key: String, media: String?, _ urls: PageURLs, _ reading: inout Reading, depth: Int
  ) {
    for taken in sheet.imports {
      let condition = taken.condition.lowercased()
      if condition.hasPrefix("layer") || condition.hasPrefix("supports") {
        reading.unread = reading.unread ?? taken.target
        continue
      }
      let both = [media ?? "", condition].filter { !$0.isEmpty }
      guard both.count < 2 else {
        reading.unread = reading.unread ?? taken.target
        continue
      }
      load(taken.target, media: both.first, urls, &reading, depth: depth + 1)
    }
    let media = media ?? ""
    reading.sheets.append(LayoutRules.Sheet(sheet, media: media.isEmpty ? nil : media))
    reading.keys.append(media + "|" + key)
  }

  private func read(_ file: String) -> String? {
    (try? FileAccess.read(root.absolute(file))).map { String(decoding: $0, as: UTF8.self) }
  }

  private func sheet(_ key: String, _ text: () -> String?) -> StyleSheet? {
    if let cached = sheets.withLock({ $0[key] }) { return cached }
    let sheet = text().map { StyleSheetParser.parse($0, file: key, isSass: false) }
    sheets.withLock { $0[key] = .some(sheet) }
    return sheet
  }
}
