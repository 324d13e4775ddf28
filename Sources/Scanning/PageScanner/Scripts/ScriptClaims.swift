import AssetModel
import Web

/// Which images of a page its scripts own: those whose `src` they set, or whose shown file they read.
struct ScriptClaims {
  /// Why an image keeps its markup; nil for one that no script sets.
  private(set) var markupReasons: [Int: String] = [:]
  /// Why an image takes one file of the same size alone.
  private(set) var sizeReasons: [Int: String] = [:]

  /// The framework that renders the page again; nil where none does.
  let framework: String?

  fileprivate static let rendersAgain = " renders the page again and may set the src of an image that stays"

  private let tree: PageTree
  private let styles: PageSelectors

  init(_ tree: PageTree, bytes: [UInt8], scripts: PageScripts, styles: PageSelectors) {
    self.tree = tree
    self.styles = styles
    let images = tree.nodes.indices.filter { ["img", "amp-img"].contains(tree.nodes[$0].name) }
    framework = PageFramework.name(of: tree, bytes: bytes)
    guard !images.isEmpty else { return }
    if let framework {
      let reason = framework + Self.rendersAgain
      for image in images { markupReasons[image] = reason }
      return
    }
    for image in images { markupReasons[image] = byMarks(image) }
    let shared = Set(scripts.all.flatMap(\.use.selectors))
    for script in scripts.all {
      for touch in script.use.touches {
        claim(touch, script, images, selectors: script.use.exports ? shared : script.use.selectors)
      }
    }
  }

  /// What the elements around an image, and its own attributes, say.
  private func byMarks(_ image: Int) -> String? {
    let bound = tree.nodes[image].element.attributes.keys.contains { name in
      [":src", "v-bind:src", "x-bind:src", "ng-src", "[src]", "data-bind"].contains(name)
    }
    if bound { return "a script is told by an attribute to set its src" }
    return tree.ancestors(of: image).contains(where: PageFramework.isIsland)
      ? "it stands in an island, which a script renders again" : nil
  }

  private mutating func claim(
    _ touch: ScriptUse.Touch, _ script: PageScripts.Script, _ images: [Int], selectors: Set<String>
  ) {
    switch touch.target {
    case .selected(let selector):
      take(images.filter { styles.matches(selector, $0) }, touch.effect, script)
    case .this:
      guard let element = script.element else { return claimUnnamed(touch, script, images, selectors) }
      take(images.filter { $0 == element }, touch.effect, script)
    case .unknown: claimUnnamed(touch, script, images, selectors)
    }
  }

  /// A script that names no element may mean each that it selects by, and what stands in it; one that selects none, or that
  /// changes pages itself, any.
  private mutating func claimUnnamed(
    _ touch: ScriptUse.Touch, _ script: PageScripts.Script, _ images: [Int], _ selectors: Set<String>
  ) {
    guard !selectors.isEmpty, !script.use.navigates else { return take(images, touch.effect, script) }
    take(
      images.filter { image in
        let chain = [image] + styles.tree.ancestors(of: image)
        return selectors.contains { selector in chain.contains { styles.matches(selector, $0) } }
      }, touch.effect, script)
  }

  private mutating func take(_ images: [Int], _ effect: ScriptUse.Effect, _ script: PageScripts.Script) {
    for image in images {
      switch effect {
      case .setsSource where markupReasons[image] == nil:
        markupReasons[image] = "\(script.name) sets the src of such images"
      case .readsShownFile where sizeReasons[image] == nil:
        sizeReasons[image] = "\(script.name) reads which file such images show"
      default: break
      }
    }
  }
}

extension Reference {
  /// Whether the image keeps its markup because a framework renders its page again, which its generator could give candidates.
  package var isLeftToFramework: Bool { keptBecause?.hasSuffix(ScriptClaims.rendersAgain) ?? false }
}
