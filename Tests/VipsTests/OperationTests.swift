import Foundation
import Testing

@testable import Vips

struct OperationTests {
  @Test func unknownNamesAndWrongValuesAreErrors() throws {
    let image = try Samples.gradient(8, 8)
    let cases: [(String, KeyValuePairs<String, VipsCall.Argument>)] = [
      ("no-such-operation", [:]),
      ("resize", ["in": .image(image), "scale": .double(0.5), "no-such-argument": .int(1)]),
      ("resize", ["in": .image(image), "scale": .text("half")]),
      ("resize", ["in": .image(image), "scale": .double(0.5), "kernel": .text("no-such-kernel")]),
      ("resize", ["in": .int(1), "scale": .double(0.5)]),
      ("resize", ["scale": .double(0.5)]),
      ("extract_band", ["in": .image(image), "band": .int(1 << 40)]),
    ]
    for (name, arguments) in cases {
      let error = #expect(throws: VipsError.self) { try VipsCall(name, file: "a.png", arguments).image() }
      #expect(error?.operation == name)
      #expect(error?.file == "a.png")
      #expect(error?.message.isEmpty == false)
    }
  }

  @Test func messageNamesFileOperationAndReason() throws {
    let error = #expect(throws: VipsError.self) {
      try Image.open(Data("not a png".utf8), with: .png, file: "posts/a.png", failOn: .truncated)
    }
    #expect(error?.description.hasPrefix("posts/a.png: pngload_buffer: ") == true)
  }

  /// A failure at the end of a chain of operations still names the file that the pixels came from.
  @Test func damageFoundLateNamesTheFile() throws {
    let data = try Samples.jpeg(400, 400)
    let image = try Image.open(data.prefix(data.count / 2), with: .jpeg, file: "half.jpg", failOn: .truncated)
    let error = #expect(throws: VipsError.self) { try image.resized(width: 20, height: 20).inMemory() }
    #expect(error?.file == "half.jpg")
    #expect(error?.message.isEmpty == false)
  }

  @Test func messagesAreOneLineEachThingOnce() {
    #expect(VipsError.clean("a: b\na: b\n\nc\n") == "a: b; c")
    #expect(VipsError.clean("\u{1} \n") == "")
    #expect(VipsError.clean("source: bad seek to 8\nsource: bad seek to 5\njpeg: bad\n") == "jpeg: bad")
  }

  /// libvips' error buffer is shared by all threads: every failure still has its own file and operation and some
  /// message.
  @Test func failuresOfManyThreadsKeepTheirNames() throws {
    let loaders = Loader.allCases.filter(\.isAvailable)
    #expect(loaders.contains(.jpeg))
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 400) { number in
      let loader = loaders[number % loaders.count]
      do {
        let image = try Image.open(
          Data("bad file \(number)".utf8),
          with: loader,
          file: "\(number)",
          failOn: .truncated
        )
        _ = try image.inMemory()
      } catch {
        failures.add(number, error, loader)
      }
    }
    let errors = failures.all
    #expect(errors.count == 400)
    for (number, error, loader) in errors {
      #expect(error?.file == "\(number)")
      #expect(error?.operation == loader.rawValue)
      #expect(error?.message.isEmpty == false)
    }
  }

  private final class Failures: @unchecked Sendable {
    // Safe to share: `found` is touched only with `lock` held.
    private let lock = NSLock()
    private var errors: [(Int, VipsError?, Loader)] = []

    func add(_ number: Int, _ error: any Error, _ loader: Loader) {
      lock.withLock { errors.append((number, error as? VipsError, loader)) }
    }

    var all: [(Int, VipsError?, Loader)] { lock.withLock { errors } }
  }

  /// 300 pictures of 3 MB each, and what is made of them, would leave 900 MB behind if one reference too many
  /// were kept. Other tests run meanwhile, so the bound is wide.
  @Test func picturesAreFreed() throws {
    let pixels = [UInt8](repeating: 9, count: 1000 * 1000 * 3)
    let before = VipsLibrary.trackedBytes
    for _ in 0..<300 {
      let image = try Image.fromPixels(pixels, width: 1000, height: 1000, bands: 3, file: "plain")
      let small = try image.resized(width: 900, height: 900).inMemory()
      _ = try small.oriented(6).withoutMetadata().inMemory()
      _ = try? VipsCall("resize", file: "x", ["in": .image(small), "scale": .double(-1)])
    }
    #expect(VipsLibrary.trackedBytes - before < 400 << 20)
  }
}
