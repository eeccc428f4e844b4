import Testing

@testable import DemoWorld

@Suite struct SplitMix64Tests {
    /// The first numbers of the authors' own program for the seed 1234567.
    @Test func itsNumbersAreTheAuthors() {
        var numbers = SplitMix64(1_234_567)
        #expect(numbers.next() == 6_457_827_717_110_365_317)
        #expect(numbers.next() == 3_203_168_211_198_807_973)
        #expect(numbers.next() == 9_817_491_932_198_370_423)
    }
}
