import Foundation

/// Eight-bit sRGB values in linear light.
enum SRGB {
  /// The linear light of an encoded value in 0…1, by the transfer function of IEC 61966-2-1.
  static func linear(_ encoded: Double) -> Double {
    encoded <= 0.04045 ? encoded / 12.92 : pow((encoded + 0.055) / 1.055, 2.4)
  }

  /// The linear light of each of the 256 values that a byte has.
  static let ofByte: [Float] = (0...255).map { Float(linear(Double($0) / 255)) }

  /// The steps between 0 and 1 in ``ofBlend``.
  static let steps = 4096

  /// The linear light at ``steps`` + 1 equidistant encoded values and once more at the end, for values between two
  /// bytes, which blending makes. With linear interpolation it errs by less than 1e-7.
  static let ofBlend: [Float] = (0...steps + 1).map { Float(linear(min(1, Double($0) / Double(steps)))) }
}

/// Turns a picture's rows of bytes into linear light.
struct RowDecoder {
  let bytes: UnsafePointer<UInt8>
  let width: Int
  /// 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.
  let bands: Int
  /// The gray, encoded in 0…1, that shines through where alpha is below 255.
  let background: Float
  let table: UnsafePointer<Float>
  let blendTable: UnsafePointer<Float>

  /// Calls `body` with a decoder of `pixels`.
  static func with<Result>(
    _ pixels: Pixels,
    over background: Float,
    _ body: (RowDecoder) -> Result
  ) -> Result? {
    SRGB.ofByte.withUnsafeBufferPointer { table in
      SRGB.ofBlend.withUnsafeBufferPointer { blendTable in
        guard let bytes = pixels.bytes.baseAddress, let table = table.baseAddress,
          let blendTable = blendTable.baseAddress
        else { return nil }
        return body(
          RowDecoder(
            bytes: bytes.assumingMemoryBound(to: UInt8.self),
            width: pixels.width,
            bands: pixels.bands,
            background: background,
            table: table,
            blendTable: blendTable
          )
        )
      }
    }
  }

  func decode(_ y: Int, into row: MutableLinearRow) {
    let start = bytes + y * width * bands
    switch bands {
    case 1:
      for i in 0..<width {
        let value = table[Int(start[i])]
        row.red[i] = value
        row.green[i] = value
        row.blue[i] = value
      }
    case 2:
      for i in 0..<width {
        let value = blended(start[2 &* i], alpha: start[2 &* i &+ 1])
        row.red[i] = value
        row.green[i] = value
        row.blue[i] = value
      }
    case 3:
      for i in 0..<width {
        row.red[i] = table[Int(start[3 &* i])]
        row.green[i] = table[Int(start[3 &* i &+ 1])]
        row.blue[i] = table[Int(start[3 &* i &+ 2])]
      }
    default:
      for i in 0..<width {
        let alpha = start[4 &* i &+ 3]
        row.red[i] = blended(start[4 &* i], alpha: alpha)
        row.green[i] = blended(start[4 &* i &+ 1], alpha: alpha)
        row.blue[i] = blended(start[4 &* i &+ 2], alpha: alpha)
      }
    }
  }

  /// The linear light of a value over the background. They are blended as encoded values, as the reference tool
  /// does (libjxl `tools/ssimulacra2.cc`, `AlphaBlend`) and as browsers do.
  @inline(__always)
  private func blended(_ value: UInt8, alpha: UInt8) -> Float {
    if alpha == 255 { return table[Int(value)] }
    let opacity = Float(alpha) * (1 / 255)
    let encoded = Float(value) * (1 / 255) * opacity + (1 - opacity) * background
    let position = max(0, min(1, encoded)) * Float(SRGB.steps)
    let index = Int(position)
    let low = blendTable[index]
    return low + (blendTable[index &+ 1] - low) * (position - Float(index))
  }
}
