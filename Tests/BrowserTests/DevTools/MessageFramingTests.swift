import Browser
import Foundation
import Testing

struct MessageFramingTests {
  /// However the bytes are cut, the messages are the same.
  @Test(arguments: 1...12)
  func joinsWhatWasCut(length: Int) {
    let messages = [#"{"id":1}"#, "", #"{"text":"한글 é"}"#, "{}"]
    let stream = messages.reduce(into: Data()) { $0 += MessageFraming.framed(Data($1.utf8)) }
    var framing = MessageFraming()
    var got: [Data] = []
    var rest = stream
    while !rest.isEmpty {
      got += framing.take(Data(rest.prefix(length)))
      rest = Data(rest.dropFirst(length))
    }
    #expect(got.map { String(decoding: $0, as: UTF8.self) } == messages)
  }

  @Test func keepsWhatIsNotComplete() {
    var framing = MessageFraming()
    #expect(framing.take(Data("{\"a\":".utf8)).isEmpty)
    #expect(framing.take(Data("1}\0{".utf8)) == [Data("{\"a\":1}".utf8)])
    #expect(framing.take(Data("}\0".utf8)) == [Data("{}".utf8)])
  }
}
