/// Reads what stands in the parentheses of a media query.
enum MediaFeatureReader {
  /// Nil for what is no feature that we know.
  static func feature(_ values: ArraySlice<ComponentValue>) -> MediaFeature? {
    let values = values.trimmed
    if values.count == 1, let name = values.first?.keyword {
      return
        (MediaFeature.Measure(rawValue: name).map { .isMeasured($0) }
        ?? MediaFeature.Choice(rawValue: name).map { .isChosen($0) }).map(MediaFeature.init)
    }
    if let colon = values.firstIndex(where: { $0.isDelim(":") }) {
      let name = values[..<colon].trimmed
      guard name.count == 1, let name = name.first?.keyword else { return nil }
      return plain(name, values[(colon + 1)...].trimmed)
    }
    return range(values)
  }

  /// `min-width: 40em`, `orientation: portrait`.
  private static func plain(_ written: String, _ value: ArraySlice<ComponentValue>) -> MediaFeature? {
    if let choice = MediaFeature.Choice(rawValue: written) {
      guard value.count == 1, let word = value.first?.keyword else { return nil }
      return MediaFeature(question: .equals(choice, word))
    }
    let (name, relation) = parts(of: written)
    guard let measure = MediaFeature.Measure(rawValue: name), let limit = limit(value, for: measure) else {
      return nil
    }
    return MediaFeature(question: .compares(measure, [.init(relation: relation, limit: limit)]))
  }

  private static func parts(of name: String) -> (name: String, relation: MediaFeature.Relation) {
    for (prefix, relation) in [("min-", MediaFeature.Relation.atLeast), ("max-", .atMost)] {
      if name.hasPrefix(prefix) { return (String(name.dropFirst(prefix.count)), relation) }
      if name == "-webkit-\(prefix)device-pixel-ratio" { return ("-webkit-device-pixel-ratio", relation) }
    }
    return (name, .equal)
  }

  /// `width >= 40em`, `40em <= width`, `40em < width <= 80em`.
  private static func range(_ values: ArraySlice<ComponentValue>) -> MediaFeature? {
    let (sides, relations) = sides(values)
    guard let position = sides.firstIndex(where: { $0.count == 1 && $0.first?.keyword != nil }),
      let name = sides[position].first?.keyword, let measure = MediaFeature.Measure(rawValue: name)
    else { return nil }
    func comparison(_ side: Int, _ relation: MediaFeature.Relation) -> MediaFeature.Comparison? {
      limit(sides[side], for: measure).map { .init(relation: relation, limit: $0) }
    }
    let comparisons: [MediaFeature.Comparison?]
    switch (relations.count, position) {
    case (1, 0): comparisons = [comparison(1, relations[0])]
    case (1, 1): comparisons = [comparison(0, relations[0].reversed)]
    case (2, 1):
      guard relations.allSatisfy({ $0 != .equal }),
        relations[0].rawValue.first == relations[1].rawValue.first
      else { return nil }
      comparisons = [comparison(0, relations[0].reversed), comparison(2, relations[1])]
    default: return nil
    }
    let valid = comparisons.compactMap(\.self)
    return valid.count == comparisons.count ? MediaFeature(question: .compares(measure, valid)) : nil
  }

  /// What stands between the signs, and the signs.
  private static func sides(
    _ values: ArraySlice<ComponentValue>
  ) -> (sides: [ArraySlice<ComponentValue>], relations: [MediaFeature.Relation]) {
    var sides: [ArraySlice<ComponentValue>] = []
    var relations: [MediaFeature.Relation] = []
    var start = values.startIndex
    var at = values.startIndex
    while at < values.endIndex {
      guard ["<", ">", "="].contains(where: values[at].isDelim) else {
        at += 1
        continue
      }
      var sign = values[at].token.text
      sides.append(values[start..<at].trimmed)
      at += 1
      if sign != "=", at < values.endIndex, values[at].isDelim("=") {
        sign += "="
        at += 1
      }
      relations.append(MediaFeature.Relation(rawValue: sign) ?? .equal)
      start = at
    }
    return (sides + [values[start...].trimmed], relations)
  }

  private static func limit(
    _ values: ArraySlice<ComponentValue>, for measure: MediaFeature.Measure
  ) -> MediaFeature.Limit? {
    if measure == .aspectRatio || measure == .deviceAspectRatio { return ratio(values) }
    guard values.count == 1, let value = values.first else { return nil }
    switch measure {
    case .resolution: return value.token.resolution.map { .number($0) }
    case .pixelRatio, .color, .colorIndex, .monochrome, .grid: return number(value).map { .number($0) }
    default:
      if let length = CSSCalculation(MediaFeature.units).length(value) { return .number(length) }
      let isLength = value.token.kind == .function || value.token.kind == .number && !value.token.unit.isEmpty
      return isLength ? .length(value) : nil
    }
  }

  private static func ratio(_ values: ArraySlice<ComponentValue>) -> MediaFeature.Limit? {
    let parts = values.filter { !$0.isSpace }
    guard let over = parts.first.flatMap(number) else { return nil }
    if parts.count == 1 { return .number(over) }
    guard parts.count == 3, parts[1].isDelim("/"), let under = number(parts[2]) else { return nil }
    return .number(over / under)
  }

  private static func number(_ value: ComponentValue) -> Double? {
    value.token.kind == .number && value.token.unit.isEmpty ? value.token.value : nil
  }
}
