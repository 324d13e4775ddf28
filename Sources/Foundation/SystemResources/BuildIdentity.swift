import Foundation

/// The identity of this build of the program. Results of earlier builds must not be used as results of this one.
///
/// The linker's own digest of its output: the same for each copy of a program, stripped or not, and for each way that
/// it is packaged. Where there is none, the file's length and time say as much.
package enum BuildIdentity {
  /// A line of text.
  package static let text = linked ?? stamp

  private static var stamp: String {
    let path = OwnProgram.path ?? ""
    var status = stat()
    guard stat(path, &status) == 0 else { return "unknown" }
    #if canImport(Darwin)
    return "\(status.st_size) \(status.st_mtimespec.tv_sec)"
    #else
    return "\(status.st_size) \(status.st_mtim.tv_sec)"
    #endif
  }

  private static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String? {
    bytes.isEmpty ? nil : bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}

#if canImport(Darwin)
extension BuildIdentity {
  /// `LC_UUID` of the image that holds this code.
  /// Source: https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h
  private static var linked: String? {
    let image = #dsohandle
    let commands = Int(image.load(fromByteOffset: 16, as: UInt32.self))
    var offset = 32
    for _ in 0..<commands {
      let command = image.load(fromByteOffset: offset, as: UInt32.self)
      let size = Int(image.load(fromByteOffset: offset + 4, as: UInt32.self))
      if command == 0x1B { return hexadecimal(UnsafeRawBufferPointer(start: image + offset + 8, count: 16)) }
      guard size > 0 else { return nil }
      offset += size
    }
    return nil
  }
}
#else
extension BuildIdentity {
  /// `struct dl_phdr_info` of dl_iterate_phdr(3), which Glibc declares for GNU programs alone, so that Swift does not see it.
  private struct LoadedObject {
    var base: UInt
    var name: UnsafePointer<CChar>?
    var headers: UnsafePointer<ProgramHeader>?
    var count: UInt16
  }

  /// `Elf64_Phdr` of elf(5).
  private struct ProgramHeader {
    var type: UInt32
    var flags: UInt32
    var offset: UInt
    var address: UInt
    var physical: UInt
    var fileSize: UInt
    var memorySize: UInt
    var alignment: UInt
  }

  private typealias Visit =
    @convention(c) (UnsafeRawPointer, Int, UnsafeMutableRawPointer) -> Int32
  private typealias Iterate = @convention(c) (Visit, UnsafeMutableRawPointer) -> Int32

  /// The search and its result.
  private struct Search {
    /// Somewhere in the object that holds this code.
    let address: UInt
    var identity: String?
  }

  /// The note `.note.gnu.build-id` of the object that holds this code.
  private static var linked: String? {
    guard MemoryLayout<UInt>.size == 8, let symbol = dlsym(dlopen(nil, RTLD_LAZY), "dl_iterate_phdr") else {
      return nil
    }
    var search = Search(address: UInt(bitPattern: #dsohandle))
    withUnsafeMutablePointer(to: &search) { search in
      _ = unsafeBitCast(symbol, to: Iterate.self)(
        { object, _, search in
          BuildIdentity.visit(
            object.load(as: LoadedObject.self), &search.assumingMemoryBound(to: Search.self).pointee)
        }, search)
    }
    return search.identity
  }

  /// Looks at one object; a number other than 0 ends the search.
  private static func visit(_ object: LoadedObject, _ search: inout Search) -> Int32 {
    let headers = UnsafeBufferPointer(start: object.headers, count: Int(object.count))
    for header in headers where header.type == 1 {
      let start = object.base &+ header.address
      guard start <= search.address, search.address < start &+ header.memorySize else { continue }
      for note in headers where note.type == 4 && search.identity == nil {
        let memory = UnsafeRawPointer(bitPattern: object.base &+ note.address)
        search.identity = buildID(UnsafeRawBufferPointer(start: memory, count: Int(note.memorySize)))
      }
      return 1
    }
    return 0
  }

  /// The identity in a segment of notes: each has the lengths of its name and of what it holds, a type, and both padded
  /// to four bytes.
  private static func buildID(_ notes: UnsafeRawBufferPointer) -> String? {
    var offset = 0
    while offset + 12 <= notes.count {
      func word(_ number: Int) -> Int {
        Int(notes.loadUnaligned(fromByteOffset: offset + 4 * number, as: UInt32.self))
      }
      let name = offset + 12
      let content = name + (word(0) + 3) / 4 * 4
      let end = content + word(1)
      guard end <= notes.count else { return nil }
      if word(2) == 3, notes[name..<name + word(0)].elementsEqual("GNU\0".utf8) {
        return hexadecimal(UnsafeRawBufferPointer(rebasing: notes[content..<end]))
      }
      offset = content + (word(1) + 3) / 4 * 4
    }
    return nil
  }
}
#endif
