import Foundation
import Testing

@testable import VariantWorkers
@testable import Vips

struct ColourProfileTests {
  @Test func flawsAreFound() throws {
    let image = try Drawing.quarters(4, 4).image().inSpace("p3")
    let profile = try #require(image.bytes("icc-profile-data"))
    #expect(ColourProfile.flaw(in: profile, colours: 3) == nil)
    #expect(ColourProfile.flaw(in: profile + Data(count: 9), colours: 3) == nil)
    for colours in [1, 4] { #expect(ColourProfile.flaw(in: profile, colours: colours) != nil) }
    for count in [0, 40, 131, 140, profile.count - 1] {
      #expect(ColourProfile.flaw(in: profile.prefix(count), colours: 3) != nil, "\(count)")
    }
  }
}
