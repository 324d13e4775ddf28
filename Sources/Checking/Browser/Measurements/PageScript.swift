/// What runs in the pages that are looked at, put together from the files in `Scripts`. It adds nothing that a page shows.
enum PageScript {
  /// Runs before a page's own scripts: notes what shifts and what is painted largest.
  static let observers = text(PackageResources.observers_js)

  /// Runs before a page's own scripts: says when the page has painted something.
  static let painted = text(PackageResources.painted_js)

  /// Waits for what comes to rest once the page has loaded.
  static let rest = function(PackageResources.waiting_js, PackageResources.rest_js)

  /// Reads the page to its end and goes back.
  static let read = function(PackageResources.waiting_js, PackageResources.read_js)

  /// Every box, the styles that count, and every image.
  static let measure = function(PackageResources.places_js, PackageResources.measure_js)

  /// How the page has loaded; see ``PageLoad``.
  static let load = function(PackageResources.waiting_js, PackageResources.load_js)

  /// Waits until a page that a script may have changed does not change any more.
  static let settle = function(PackageResources.waiting_js, PackageResources.settle_js)

  /// What every image shows; see ``PictureLook``.
  static let look = function(
    PackageResources.places_js, PackageResources.waiting_js, PackageResources.look_js)

  /// The links to other pages of the site; see ``PageLink``.
  static let links = function(PackageResources.links_js)

  /// Whether there may be something to press.
  static let canPress = "document.querySelector('button, [role=button], summary, [role=tab]') !== null"

  /// Presses what can be pressed.
  static let press = function(PackageResources.press_js)

  /// Follows one of the page's links, as a click does.
  static func follow(_ link: Int) -> String {
    "(() => { document.querySelectorAll('a[href]')[\(link)]?.click(); return true })()"
  }

  /// The images that are shown; see ``SlotMeasurement``.
  static let slots = function(PackageResources.places_js, PackageResources.slots_js)

  /// How wide each of them is.
  static let slotWidths = function(PackageResources.places_js, PackageResources.slot_widths_js)

  /// Gives each of them a natural width that no column comes near, in CSS pixels.
  static func stretch(to boundless: Int) -> String {
    function(PackageResources.stretch_js, constants: ["boundless": "\(boundless)"])
  }

  /// Tries a form of markup on images, which are named by their places.
  static func experiment(_ form: String, on paths: [String]) -> String {
    function(
      PackageResources.places_js, PackageResources.experiment_js,
      constants: ["form": quoted(form), "wanted": "new Set(\(list(paths)))"])
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Files as the body of a function that is called at once.
  private static func function(_ files: [UInt8]..., constants: [String: String] = [:]) -> String {
    let values = constants.sorted { $0.key < $1.key }.map { "const \($0.key) = \($0.value);\n" }.joined()
    return "(async () => {\n" + values + files.map(text).joined() + "})()"
  }

  /// A list of texts as JavaScript has it.
  static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// A text as JavaScript has it.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x20...0x7E where unit != 0x22 && unit != 0x5C && unit != 0x3C:
        out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return out + "\""
  }
}
