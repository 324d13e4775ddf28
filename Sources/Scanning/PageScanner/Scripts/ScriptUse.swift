/// What a script does to the images of a page, as far as its text tells.
struct ScriptUse: Hashable, Sendable {
  /// What happens to an image.
  enum Effect: Hashable, Sendable {
    /// Its `src` is set: an added `srcset` would go on showing the picture before.
    case setsSource
    /// The file that it shows is read (`currentSrc`), to be shown elsewhere.
    case readsShownFile
  }

  /// Which elements.
  enum Target: Hashable, Sendable {
    /// Those that a selector matches.
    case selected(String)
    /// The one whose handler the script is.
    case this
    /// Nobody knows without running it.
    case unknown
  }

  struct Touch: Hashable, Sendable {
    var effect: Effect
    var target: Target
  }

  var touches: Set<Touch> = []
  /// What it selects elements by.
  var selectors: Set<String> = []
  /// Whether it changes the address without loading a page, so that elements outlive theirs.
  var navigates = false
  /// Whether it goes from an element to those around it.
  var walksTree = false
  /// Whether others call it, with elements of theirs.
  var exports = false
  /// Whether it reads candidates of lazy images from `data-srcset`.
  var readsLazyCandidates = false
  /// The scripts that it names, as written: those that it takes in, and chunks that it loads later.
  var imports: Set<String> = []

  /// What is taken for a script that could not be read.
  static var unread: ScriptUse {
    var use = ScriptUse()
    use.touches = [Touch(effect: .setsSource, target: .unknown)]
    use.walksTree = true
    return use
  }
}
