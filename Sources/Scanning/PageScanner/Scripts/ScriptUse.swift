/// What a script does to the images of a page, as far as its text tells.
package struct ScriptUse: Hashable, Sendable {
  /// What happens to an image.
  package enum Effect: Hashable, Sendable {
    /// Its `src` is set: an added `srcset` would go on showing the picture before.
    case setsSource
    /// The file that it shows is read (`currentSrc`), to be shown elsewhere.
    case readsShownFile
  }

  /// Which elements.
  package enum Target: Hashable, Sendable {
    /// Those that a selector matches.
    case selected(String)
    /// The one whose handler the script is.
    case this
    /// Nobody knows without running it.
    case unknown
  }

  package struct Touch: Hashable, Sendable {
    package var effect: Effect
    package var target: Target
  }

  package var touches: Set<Touch> = []
  /// What it selects elements by.
  package var selectors: Set<String> = []
  /// Whether it changes the address without loading a page, so that elements outlive theirs.
  package var navigates = false
  /// Whether it goes from an element to those around it.
  package var walksTree = false
  /// Whether others call it, with elements of theirs.
  package var exports = false
  /// Whether it reads candidates of lazy images from `data-srcset`.
  var readsLazyCandidates = false
  /// The scripts that it names, as written: those that it takes in, and chunks that it loads later.
  package var imports: Set<String> = []

  /// A script with more bytes than this is taken for one that may do anything.
  private static let mostBytes = 8_000_000

  /// A script that does nothing to images.
  package init() {}

  /// What a script's text says.
  ///
  /// - Parameter file: its path; nil for a text in a page. By it and by their first lines libraries are known that set the
  ///   `src` of no image of a page.
  package init(_ bytes: [UInt8], file: String?) {
    if bytes.count > Self.mostBytes {
      self = .unread
    } else if let file, HarmlessLibraries.isNamed(in: bytes) || HarmlessLibraries.isFile(file, bytes) {
      self.init()
    } else {
      self = ScriptReader.read(bytes)
    }
  }

  /// What is taken for a script that could not be read.
  static var unread: ScriptUse {
    var use = ScriptUse()
    use.touches = [Touch(effect: .setsSource, target: .unknown)]
    use.walksTree = true
    return use
  }
}
