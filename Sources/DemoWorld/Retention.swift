import Domain
import ShowServer

extension World {
    /// Ended shows that nobody announced are kept by number, announced ones by age, so that a server that runs for
    /// months does not grow for months.
    private static var popUpsKept: Int { 20 }
    private static var daysKept: Int64 { 8 }

    func forgetOld(_ studio: Studio) throws {
        try studio.forgetShows(
            announcedBefore: studio.now - .seconds(Self.daysKept * 86_400), unannouncedBeyond: Self.popUpsKept)
        try studio.forgetPrices(before: studio.now - .seconds(31 * 86_400))
    }
}
