import Foundation

/// The property to check, by name, from the environment.
private let property = ProcessInfo.processInfo.environment["FUZZ_PROPERTY"] ?? "bodies"

/// libFuzzer's entry: one input. A property that does not hold ends the process, which libFuzzer reports with the
/// input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let file = start.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
  do {
    try Properties.check(file, name: property)
  } catch {
    fatalError("\(property): \(error)")
  }
  return 0
}
