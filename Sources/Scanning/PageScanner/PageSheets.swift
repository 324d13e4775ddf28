import AssetModel
import SiteFiles
import SystemResources
import Web

/// The stylesheets of a site's pages, each read once: what they say about images that are shown alike, and what could tell that
/// one stands in a `<picture>`.
struct PageSheets: Sendable {
  /// A stylesheet, and its rules by which pictures are told.
  private struct Sheet: Sendable {
    var sheet: StyleSheet
    var pictures: PictureRules
  }

  private let root: SiteRoot
  private let sheets = Shared<[String: Sheet?]>([:])
  private let rules = Shared<[String: LayoutRules]>([:])
  private let slots = Shared<[String: ImageSlot]>([:])

  /// Stylesheets that take in stylesheets, and so on.
  private static let maxImports = 8

  init(root: SiteRoot) { self.root = root }

  /// The rules of a page.
  struct Rules {
    var rules: LayoutRules
    /// The first stylesheet that was not read, as the page names it, or whose place among the others is not known.
    var unread: String?
    /// The rules by which a `<picture>` could be told, those of stylesheets that are switched off included.
    var pictures: PictureRules
    /// The first stylesheet of which these are not known.
    var unreadPictures: String?
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
        if let media = node["media"], !media.isEmpty, !MediaQueryList(media).canHold { continue }
        // Pages have the same one, each in a file of its own.
        let key = "<style>\(node.style)"
        guard node.style.utf8.count <= StyleSheet.mostBytes, reading.allowance.takesOne() else {
          reading.unread = reading.unread ?? "<style>"
          reading.unreadPictures = reading.unreadPictures ?? "<style>"
          continue
        }
        guard var sheet = sheet(key, file: "", { node.style }) else { continue }
        sheet.pictures.name(file: page)
        add(sheet, key, Place(media: node["media"]), urls, &reading)
      case "link": add(node.element, urls, &reading)
      case "script":
        // It makes a stylesheet of the classes that it comes across.
        if let address = node["src"], address.contains("tailwindcss") {
          reading.unread = reading.unread ?? address
        }
      default: break
      }
    }
    return Rules(
      rules: rules(of: reading), unread: reading.unread, pictures: reading.pictures,
      unreadPictures: reading.unreadPictures)
  }

  private func rules(of reading: Reading) -> LayoutRules {
    // Of stylesheets in the page it is their text, and it is a part of what tells each image from others.
    let key = ContentDigest.sha256(reading.keys.joined(separator: "\n"))
    if let cached = rules.withLock({ $0[key] }) { return cached }
    let layoutRules = LayoutRules(reading.sheets, key: key)
    rules.withLock { $0[key] = layoutRules }
    return layoutRules
  }

  // MARK: Reading

  private struct Reading {
    var sheets: [LayoutRules.Sheet] = []
    var keys: [String] = []
    var unread: String?
    var pictures = PictureRules()
    var unreadPictures: String?
    var allowance = SheetAllowance()
  }

  /// Where a stylesheet stands: the media queries before it, and the stylesheets that take it in.
  private struct Place {
    var media: String?
    /// Whether it counts, and its place among the others is known.
    var isOrdered = true
    var outer: [String] = []
  }

  private func add(_ link: HTMLElement, _ urls: PageURLs, _ reading: inout Reading) {
    guard let href = link["href"] else { return }
    let relations = link.words("rel")
    let onload = link["onload"] ?? ""
    // Pages that want to be painted early have a stylesheet take effect once it is there.
    let isLate = relations.contains("preload") && onload.contains("stylesheet")
    guard isLate || relations.contains("stylesheet") else { return }
    let isOff = relations.contains("alternate") || link["disabled"] != nil
    load(
      href, Place(media: onload.contains("media") ? nil : link["media"], isOrdered: !isOff), urls, &reading)
  }

  private func load(_ href: String, _ place: Place, _ urls: PageURLs, _ reading: inout Reading) {
    if let media = place.media, !media.isEmpty, !MediaQueryList(media).canHold { return }
    let target = reading.allowance.takesOne() && place.outer.count < Self.maxImports ? urls.file(href) : nil
    // Browsers pass over a stylesheet that takes in itself.
    if let target, place.outer.contains(target) { return }
    guard let file = target, let sheet = sheet(file, file: file, { read(file) }) else {
      guard !StyleSheet.isHarmless(href) else { return }
      if place.isOrdered { reading.unread = reading.unread ?? href }
      reading.unreadPictures = reading.unreadPictures ?? href
      return
    }
    add(sheet, file, place, urls.inStylesheet(file), &reading)
  }

  /// Adds a stylesheet behind those that it takes in.
  private func add(
    _ sheet: Sheet, _ key: String, _ place: Place, _ urls: PageURLs, _ reading: inout Reading
  ) {
    reading.allowance.add(rules: sheet.sheet.rules.count)
    for taken in sheet.sheet.imports {
      let condition = taken.condition.lowercased()
      let both = [place.media ?? "", condition].filter { !$0.isEmpty }
      var inner = Place(media: both.first, isOrdered: place.isOrdered, outer: place.outer + [key])
      if both.count > 1 || condition.hasPrefix("layer") || condition.hasPrefix("supports") {
        if place.isOrdered { reading.unread = reading.unread ?? taken.target }
        (inner.media, inner.isOrdered) = (nil, false)
      }
      load(taken.target, inner, urls, &reading)
    }
    reading.pictures.append(sheet.pictures)
    guard place.isOrdered else { return }
    let media = place.media ?? ""
    reading.sheets.append(LayoutRules.Sheet(sheet.sheet, media: media.isEmpty ? nil : media))
    reading.keys.append(media + "|" + key)
  }

  private func read(_ file: String) -> String? {
    guard let data = try? FileAccess.read(root.absolute(file)), data.count <= StyleSheet.mostBytes else {
      return nil
    }
    return String(decoding: data, as: UTF8.self)
  }

  private func sheet(_ key: String, file: String, _ text: () -> String?) -> Sheet? {
    if let cached = sheets.withLock({ $0[key] }) { return cached }
    let sheet = text().map { text in
      let sheet = StyleSheetParser.parse(text, file: file, isSass: false)
      return Sheet(sheet: sheet, pictures: PictureRules(sheet))
    }
    sheets.withLock { $0[key] = .some(sheet) }
    return sheet
  }
}
