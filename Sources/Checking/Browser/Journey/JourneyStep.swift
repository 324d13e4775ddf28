/// What a reader does next on a site.
enum JourneyStep: Hashable, Sendable {
  /// Opens a page by its address.
  case load(String)
  /// Follows a link, by its number among the page's.
  case follow(Int, to: String)
  /// Goes back to the page before.
  case back
  /// Presses buttons.
  case press

  /// What was done, for people.
  func text(on page: String) -> String {
    switch self {
    case .load(let path): "load \(path)"
    case .follow(_, let path): "\(page) -> \(path)"
    case .back: "back to \(page)"
    case .press: "buttons on \(page)"
    }
  }
}

/// A link to another page of the site.
package struct PageLink: Codable, Hashable, Sendable {
  /// Its number among all links of the page.
  package var number: Int
  /// The path that it leads to.
  package var path: String

  package init(number: Int, path: String) {
    self.number = number
    self.path = path
  }
}

/// Which way a reader takes: the same one each time for the same links.
///
/// A router uses an element again for the next page of the same template, above all one that came with the HTML. So what
/// follows a load is links to siblings, then one back, then any link, and now and then a load.
struct JourneyPlan {
  private let home: String
  private var visited: Set<String> = []
  private var turn = 0

  /// - Parameters:
  ///   - start: the path of the page that is open.
  ///   - home: that of the site's first page, which a reader goes to where no link leads on.
  init(start: String, home: String = "/") {
    self.home = home
    visited.insert(start)
  }

  /// The next step from a page; nil where no link leads on.
  ///
  /// - Parameters:
  ///   - links: those of the page.
  ///   - canPress: whether something on it can be pressed.
  mutating func next(on page: String, links: [PageLink], canPress: Bool) -> JourneyStep? {
    defer { turn += 1 }
    switch turn % 6 {
    case 0: if canPress { return .press }
    case 3: if turn > 3 || visited.count > 1 { return .back }
    default: break
    }
    guard let link = link(on: page, links, prefersSiblings: turn % 6 < 3) else {
      return visited.insert(home).inserted ? .load(home) : nil
    }
    visited.insert(link.path)
    return turn % 6 == 5 ? .load(link.path) : .follow(link.number, to: link.path)
  }

  private func link(on page: String, _ links: [PageLink], prefersSiblings: Bool) -> PageLink? {
    let folder = Self.folder(of: page)
    let siblings = links.filter { folder != "/" && Self.folder(of: $0.path) == folder }
    let fresh = { (links: [PageLink]) in links.filter { !visited.contains($0.path) } }
    let choices = [
      prefersSiblings ? fresh(siblings) : [], fresh(links), prefersSiblings ? siblings : [], links,
    ]
    guard let choice = choices.first(where: { !$0.isEmpty }) else { return nil }
    // Spread over the page, and not always the first in its header.
    return choice[(turn * 7 + 3) % choice.count]
  }

  /// The folder that a page's address is in, whether it ends in a slash or not.
  private static func folder(of path: String) -> String {
    let parts = path.split(separator: "/").dropLast()
    return parts.isEmpty ? "/" : "/" + parts.joined(separator: "/") + "/"
  }
}
