/// The rules of a page's stylesheets that the sizes of boxes depend on, found by what their selectors end in.
package struct LayoutRules: Sendable {
  /// A rule of the list, and one of its selectors.
  struct Entry: Sendable {
    var rule: Int
    var selector: Int
  }

  /// A stylesheet, and the media queries that the page puts in front of it.
  package struct Sheet: Sendable {
    var sheet: StyleSheet
    var media: MediaQueryList?

    package init(_ sheet: StyleSheet, media: String? = nil) {
      self.sheet = sheet
      self.media = media.map { MediaQueryList($0) }
    }
  }

  /// The rules in the order in which they are written, with the declarations that count here alone.
  let rules: [StyleSheet.Rule]
  /// Tells these rules from those of other pages.
  let key: String
  /// The attributes that some selector asks an image for.
  package let imageAttributes: Set<String>
  private var byName: [String: [Entry]] = [:]
  private var byClass: [String: [Entry]] = [:]
  private var byID: [String: [Entry]] = [:]
  private var others: [Entry] = []
  private var layers: [String: Int] = [:]

  /// - Parameters:
  ///   - sheets: the page's stylesheets in the order in which they count.
  ///   - key: is equal for equal stylesheets alone.
  package init(_ sheets: [Sheet], key: String) {
    self.key = key
    var rules: [StyleSheet.Rule] = []
    var attributes: Set<String> = []
    for sheet in sheets {
      for rule in sheet.sheet.rules {
        for selector in rule.selectors { Self.collect(selector, &attributes) }
        var rule = rule
        rule.declarations.removeAll { !LayoutProperty.counts($0) }
        if let media = sheet.media { rule.media.append(media) }
        guard !rule.declarations.isEmpty, rule.media.allSatisfy(\.canHold) else { continue }
        rules.append(rule)
      }
      for layer in sheet.sheet.layers where layers[layer] == nil { layers[layer] = layers.count }
    }
    self.rules = rules
    imageAttributes = attributes
    for (number, rule) in rules.enumerated() {
      for (index, selector) in rule.selectors.enumerated() where Self.isAtRest(selector) {
        add(Entry(rule: number, selector: index), selector)
      }
    }
  }

  private mutating func add(_ entry: Entry, _ selector: Selector) {
    guard let last = selector.parts.last?.compound, last.pseudoElement == nil else { return }
    if let id = last.id {
      byID[id, default: []].append(entry)
    } else if let name = last.classes.first(where: { !$0.hasSuffix("*") }) {
      byClass[name, default: []].append(entry)
    } else if let name = last.name {
      byName[name, default: []].append(entry)
    } else {
      others.append(entry)
    }
  }

  /// The selectors that an element could match, by its name, classes and identifier alone.
  func candidates(for element: HTMLElement) -> [Entry] {
    var entries = others + (byName[element.name] ?? [])
    for name in Self.classes(of: element) { entries += byClass[String(name)] ?? [] }
    if let id = element["id"] { entries += byID[id] ?? [] }
    return entries
  }

  /// How many ``candidates(for:)`` are.
  func candidateCount(for element: HTMLElement) -> Int {
    others.count + (byName[element.name]?.count ?? 0)
      + Self.classes(of: element).reduce(0) { $0 + (byClass[String($1)]?.count ?? 0) }
      + (element["id"].flatMap { byID[$0]?.count } ?? 0)
  }

  private static func classes(of element: HTMLElement) -> Set<Substring> {
    Set((element["class"] ?? "").split(whereSeparator: \.isWhitespace))
  }

  /// The selectors of classes that scripts may give the root or the body to tell a state of the page.
  var stateCandidates: [Entry] {
    byClass.flatMap { PageState.contains($0.key) ? $0.value : [] }
  }

  /// How much a layer counts: by its place among its siblings at each depth, what stands in a layer directly behind all
  /// layers in it, and what stands in none behind all.
  func rank(ofLayer layer: String?) -> [Int] {
    guard let layer else { return [.max] }
    var parts: [Substring] = []
    return layer.split(separator: ".").map { part in
      parts.append(part)
      return layers[parts.joined(separator: ".")] ?? 0
    } + [.max]
  }

  /// Whether a selector can match while nobody points at anything.
  private static func isAtRest(_ selector: Selector) -> Bool {
    let states: Set<String> = [
      "hover", "focus", "active", "focus-within", "focus-visible", "target", "target-within", "visited",
      "fullscreen", "-webkit-full-screen", "-moz-full-screen", "popover-open", "modal",
    ]
    return !selector.parts.contains { part in
      part.compound.pseudos.contains { states.contains($0.name) }
    }
  }

  private static func collect(_ selector: Selector, _ attributes: inout Set<String>) {
    for part in selector.parts where part.compound.name == nil || part.compound.name == "img" {
      for attribute in part.compound.attributes { attributes.insert(attribute.name) }
      for pseudo in part.compound.pseudos {
        for inner in pseudo.selectors { collect(inner, &attributes) }
      }
    }
  }
}
