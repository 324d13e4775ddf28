import Foundation
import Testing

@testable import AssetModel

@Suite struct CompactCodingTests {
  @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 127, 128, 1 << 40, .max, .min])
  func numbers(_ number: Int) {
    var writer = CompactWriter()
    writer.write(number)
    let read = CompactReader.read(Data(writer.bytes)) { reader throws(CompactReader.Failure) in
      try reader.int()
    }
    #expect(read == number)
  }

  @Test func textsListsAndNothing() {
    var writer = CompactWriter()
    writer.write("größe")
    writer.write(nil as String?)
    writer.write(["", "b"])
    writer.write(7 as Int?)
    let read = CompactReader.read(Data(writer.bytes)) { reader throws(CompactReader.Failure) in
      (try reader.string(), try reader.optionalString(), try reader.strings(), try reader.optionalInt())
    }
    #expect(read?.0 == "größe")
    #expect(read?.1 == nil)
    #expect(read?.2 == ["", "b"])
    #expect(read?.3 == 7)
  }

  @Test(arguments: [[], [0x80], [0xFF] + [UInt8](repeating: 0xFF, count: 20), [0x10, 0x61]] as [[UInt8]])
  func damageIsAnError(_ bytes: [UInt8]) {
    let read = CompactReader.read(Data(bytes)) { reader throws(CompactReader.Failure) in try reader.string() }
    #expect(read == nil)
  }
}
