/// One row of a picture in linear light: red, green and blue in 0…1.
struct LinearRow {
  let red: UnsafePointer<Float>
  let green: UnsafePointer<Float>
  let blue: UnsafePointer<Float>
}

/// The same row while it is written.
struct MutableLinearRow {
  let red: UnsafeMutablePointer<Float>
  let green: UnsafeMutablePointer<Float>
  let blue: UnsafeMutablePointer<Float>

  var written: LinearRow { LinearRow(red: .init(red), green: .init(green), blue: .init(blue)) }
}
