/// What a site's stylesheets say about the markup of its content images.
public struct ThemeFit: Codable, Hashable, Sendable {
  /// The form that keeps every rule working.
  public var form = MarkupForm.srcset
  /// Why, for a person to read.
  public var reason = ""
  /// The stylesheet that decided, relative to the site's root; nil where none did.
  public var file: String?
  /// The line of the rule, from 1.
  public var line: Int?
  /// Whether a `<picture>` is known to break a rule of the theme, so that none may be written in any dialect.
  public var avoidsPicture = false
  /// The images, by ``hintKey(scope:attributes:)``, that must not gain a width and a height.
  public var unhinted: Set<String> = []
  /// Why images keep their markup whose `src` a script of the theme sets, by the layout or post, what
  /// scripts can tell the image by, and its place.
  public var scripted: [String: String] = [:]
  /// Why images do not gain a width and a height; nil where they may.
  public var hintReason: String?
  /// Why files of front-matter images have as many pixels as the author's: the template that shows one as a background of
  /// its own size. nil where none does.
  public var frontMatterReason: String?
  /// Whether `sizes="auto"` shows images at their size: no rule takes the width that the attribute gives.
  public var allowsAutoSizes = false
  /// The layouts in which no image is wider than what it stands in, whatever its file has.
  public var capped: Set<String> = []
  /// Whether a rule may take the width away that an image's attribute gives it.
  public var mayIgnoreWidth = false
  /// The most CSS pixels in width that rules may give images whatever their attribute says, by
  /// ``hintKey(scope:attributes:)``; `Int.max` where that depends on the page, or a stylesheet could not be read.
  public var widest: [String: Int] = [:]
  /// The layouts in which a rule keeps the height of images with both attributes in proportion.
  public var keepsShape: Set<String> = []
  /// How wide images may get, by the layout of the post; layouts with an unknown width are left out.
  public var columns: [String: SlotWidths] = [:]

  /// The widths in CSS pixels of images that something narrows, by ``slotKey(layout:container:attributes:)`` and the
  /// viewport's width.
  public var slots: [String: [Int: Double]] = [:]

  /// The value for a site without readable stylesheets.
  public init(reason: String = "") { self.reason = reason }

  /// The key of an entry of ``slots``: a layout's name, the element around the image, and the attributes that rules can
  /// select it by.
  public static func slotKey(layout: String, container: String, attributes: [String: String]) -> String {
    [layout, container, key(of: attributes)].joined(separator: "\n")
  }

  /// The key of an entry of ``unhinted``.
  ///
  /// - Parameters:
  ///   - scope: a layout's name, or the path of the one post whose own classes let a rule match.
  ///   - attributes: the image's attributes, as the author wrote them.
  public static func hintKey(scope: String, attributes: [String: String]) -> String {
    [scope, key(of: attributes)].joined(separator: "\n")
  }

  /// Whether an image of a post may gain a width and a height.
  package func allowsHints(in post: Post, attributes: [String: String]) -> Bool {
    [post.layout ?? "", post.path].allSatisfy {
      !unhinted.contains(Self.hintKey(scope: $0, attributes: attributes))
    }
  }

  /// Leaves out what is said for a person, by which no markup goes.
  package mutating func forgetWords() {
    (reason, file, line, hintReason) = ("", nil, nil, nil)
    scripted = [:]
  }

  /// The places that scripts are asked about: those that a reference tells, and all others.
  package static let scriptPlaces: [Reference.Context?] = [nil, .link, .heading, .table]

  /// The key of an entry of ``scripted``.
  package static func scriptKey(scope: String, attributes: [String: String], place: Reference.Context?)
    -> String
  {
    [hintKey(scope: scope, attributes: attributes), place?.rawValue ?? ""].joined(separator: "\n")
  }

  /// Why an image of a post keeps its markup: a script that sets its `src`; nil where none does.
  package func scriptReason(_ reference: Reference, in post: Post) -> String? {
    guard !scripted.isEmpty else { return nil }
    let places = Self.scriptPlaces.filter { $0.map(reference.context.contains) ?? true }
    return [post.layout ?? "", post.path].lazy.flatMap { scope in
      places.lazy.compactMap { place in
        scripted[Self.scriptKey(scope: scope, attributes: reference.attributes, place: place)]
      }
    }.first
  }

  /// What rules can tell an image by.
  public static func key(of attributes: [String: String]) -> String {
    [attributes["class"] ?? "", attributes["id"] ?? ""].joined(separator: "#")
  }
}
