import Foundation
import Testing
import TestSupport

@testable import VariantWorkers

/// Workers of tests.
enum Workers {
  /// Limits that nothing meets.
  static let patient = WorkerLimits(seconds: { _, _ in .infinity }, memory: { _, _ in .max })

  /// The command, built beside the tests.
  static func real(_ limits: WorkerLimits = patient) throws -> WorkerProgram {
    WorkerProgram(path: try #require(Programs.optimizeAssets), limits: limits)
  }

  /// A program that says something and does something then, whatever it is told.
  ///
  /// - Parameter end: lines of a shell's.
  static func scripted(
    _ events: [WorkerEvent], then end: String, in folder: String, limits: WorkerLimits = patient
  ) throws -> WorkerProgram {
    try scripted(bytes: try events.flatMap(frame), then: end, in: folder, limits: limits)
  }

  /// An event as it is sent.
  static func frame(_ event: WorkerEvent) throws -> [UInt8] {
    let body = try JSONEncoder().encode(event)
    return withUnsafeBytes(of: UInt32(body.count).bigEndian) { Array($0) } + Array(body)
  }

  /// A program that says some bytes.
  static func scripted(
    bytes: [UInt8], then end: String, in folder: String, limits: WorkerLimits = patient
  ) throws -> WorkerProgram {
    let lines = stride(from: 0, to: bytes.count, by: 4096).map { start in
      let part = bytes[start..<min(start + 4096, bytes.count)]
      return "printf '\(part.map { "\\" + octal($0) }.joined())' >&0"
    }
    let path = folder + "/worker-\(UUID().uuidString)"
    try (["#!/bin/sh"] + lines + [end, ""]).joined(separator: "\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return WorkerProgram(path: path, limits: limits)
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
