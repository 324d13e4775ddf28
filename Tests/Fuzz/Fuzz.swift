import Foundation

/// The property to check, by name, from the environment.
private let property = ProcessInfo.processInfo.environment["FUZZ_PROPERTY"] ?? "bodies"

/// Called by libFuzzer before it reads its inputs: writes those that the property starts from to `FUZZ_SEEDS`.
@_cdecl("LLVMFuzzerInitialize")
public func initializeFuzzer(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  guard RecordTexts.checks[property] != nil,
    let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"]
  else { return 0 }
  let root = FileManager.default.currentDirectoryPath
  for (number, seed) in RecordSeeds.files(for: property, root: root).enumerated() {
    try? Data(seed).write(to: URL(fileURLWithPath: "\(folder)/\(property)-\(number)"))
  }
  return 0
}

/// libFuzzer's entry: one input. A property that does not hold ends the process, which libFuzzer reports with the
/// input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let file = start.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
  do {
    if property == "bodies" {
      // One language an input: six would take six times as long, and the length of an input is as good as chance.
      try Properties.bodies(file, [Properties.languages[count % Properties.languages.count]])
    } else {
      try Properties.check(file, name: property)
    }
  } catch {
    fatalError("\(property): \(error)")
  }
  return 0
}
