/// Some of a page's rules, found by what their selectors end in: of a page with very many elements nearly no rule is for one.
struct RuleIndex {
  private var byName: [String: [Int]] = [:]
  private var byClass: [String: [Int]] = [:]
  private var byID: [String: [Int]] = [:]
  private var others: [Int] = []
  private(set) var isEmpty = true

  init() {}

  /// - Parameter isWanted: which rules it holds.
  init(_ rules: [ImageRule], where isWanted: (ImageRule) -> Bool) {
    for (number, rule) in rules.enumerated() where isWanted(rule) {
      isEmpty = false
      for selector in rule.selectors { add(number, selector.parts.last?.compound) }
    }
  }

  private mutating func add(_ rule: Int, _ compound: Selector.Compound?) {
    if let id = compound?.id {
      byID[id, default: []].append(rule)
    } else if let name = compound?.classes.first(where: { !$0.hasSuffix("*") }) {
      byClass[name, default: []].append(rule)
    } else if let name = compound?.name {
      byName[name, default: []].append(rule)
    } else {
      others.append(rule)
    }
  }

  /// The numbers of the rules that an element could match, by its name, classes and identifier alone; one may stand twice.
  func candidates(for element: StyleTree.Element) -> [Int] {
    if isEmpty { return [] }
    var rules = others
    if !byName.isEmpty, case .exactly(let name) = element.name { rules += byName[name] ?? [] }
    if !byClass.isEmpty { for name in element.classes.keys { rules += byClass[name] ?? [] } }
    if !byID.isEmpty, let id = element.id { rules += byID[id] ?? [] }
    return rules
  }
}
