import Foundation

/// The memory of one parse: a list of every block that gumbo asked for and has not given back.
///
/// gumbo's own `gumbo_destroy_output` frees its tree by recursion, so a page that nests deeply overflows the stack of
/// the thread it runs on. Freeing the list needs no recursion, and nothing is left behind whatever the tree's shape.
final class GumboMemory {
  /// What precedes each block: its neighbours in the list. It is as long as the alignment that `malloc` promises, so
  /// the block behind it is aligned as `malloc`'s would be.
  private struct Header {
    var previous: UnsafeMutablePointer<Header>?
    var next: UnsafeMutablePointer<Header>?
  }

  private static let headerBytes = 16

  private var first: UnsafeMutablePointer<Header>?

  init() { assert(MemoryLayout<Header>.size <= Self.headerBytes) }

  deinit {
    while let header = first {
      first = header.pointee.next
      free(header)
    }
  }

  /// A block for gumbo; nil where there is no memory.
  func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
    let (total, overflow) = count.addingReportingOverflow(Self.headerBytes)
    guard !overflow, let block = malloc(total) else { return nil }
    let header = block.bindMemory(to: Header.self, capacity: 1)
    header.initialize(to: Header(previous: nil, next: first))
    first?.pointee.previous = header
    first = header
    return block + Self.headerBytes
  }

  /// Takes back a block; nil is none.
  func deallocate(_ block: UnsafeMutableRawPointer?) {
    guard let block else { return }
    let header = (block - Self.headerBytes).assumingMemoryBound(to: Header.self)
    if let previous = header.pointee.previous {
      previous.pointee.next = header.pointee.next
    } else {
      first = header.pointee.next
    }
    header.pointee.next?.pointee.previous = header.pointee.previous
    free(header)
  }
}
