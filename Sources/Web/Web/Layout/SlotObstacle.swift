/// Why the width of an image cannot be told from the rules of its page.
package enum SlotObstacle: String, Hashable, Sendable {
  /// It stands in a flex container that shares its width out.
  case flex
  /// It stands in a grid whose columns are not told by numbers alone.
  case grid
  case table
  /// Something around it is as wide as its content: a float, an inline block.
  case shrinking
  /// It, or something around it, is placed by the page's own coordinates.
  case positioned
  /// It stands in columns of text.
  case columns
  /// Its shape is cut or its height limited.
  case shape
  /// A length depends on what is not known before the page is laid out: letters, containers, heights.
  case length
  /// A rule decides of which nobody can tell whether it counts.
  case uncertain
  /// A stylesheet of the page was not read.
  case unread
}
