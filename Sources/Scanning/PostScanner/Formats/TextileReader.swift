struct TextileReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] { [] }
}
