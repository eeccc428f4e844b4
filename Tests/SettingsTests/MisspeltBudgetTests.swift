import Testing

@testable import Settings

/// A slip of the pen in what guards money stops buying, as a broken budget does.
@Suite struct MisspeltBudgetTests {
    private func parse(_ text: String, actions: Set<String>? = ["buy"]) -> (config: Config, problems: [ConfigProblem]) {
        Config.parse(text, file: "c.toml", actions: actions)
    }

    @Test(arguments: [
        "[Budget]\nper_month = { CHF = \"1\" }", "[budgets]\nper_month = { CHF = \"1\" }", "[BUDGET.per_day]\nCHF = 1",
        "[buget]\nper_month = { CHF = \"1\" }", "[budget]\nper_mounth = { CHF = \"1\" }", "[budget]\nmonth = 1",
        "[[budget]]\nper_month = { CHF = \"1\" }", "per_month = { CHF = \"1\" }", "perMonth = 100", "per-day = 100",
        "CHF = \"200.00\"", "EUR = 200", "Max = 200", "[limits]\nchf = \"200\"", "max_per_order = \"200\"",
        "maximum_total = 3",
        "[spending]\nanything = 1", "[money]\nCHF = \"200\"", "[money.month]\nchf = 200",
        "[account]\nbudget = 100", "[chat]\nmute = []\nper_month = { CHF = \"1\" }",
        "[[channel]]\nname = \"A\"\nserver = \"https://a.example\"\nper_order = { CHF = \"1\" }",
        "[[channel]]\nname = \"A\"\nserver = \"https://a.example\"\n[channel.budget]\nCHF = 1",
        "[keys]\nbuy = \"x\"\nper_month = { CHF = \"1\" }",
    ])
    func nothingIsBought(_ text: String) {
        for actions in [["buy"] as Set<String>, nil] {
            let (config, problems) = parse(text, actions: actions)
            #expect(config.budget.isUnreadable)
            #expect(!problems.isEmpty)
        }
    }

    @Test(arguments: [
        "[Budget]\nper_day = { CHF = 1 }", "per_month = { CHF = 1 }", "[budget]\nper_mounth = { CHF = 1 }",
    ])
    func theConsequenceIsSaid(_ text: String) {
        let problems = parse(text).problems
        #expect(problems.count == 1)
        #expect(problems.first?.message.hasPrefix("unknown key") == true)
        #expect(
            problems.first?.message.hasSuffix("it may be meant as a budget, so nothing is bought until it is mended")
                == true)
    }

    /// What has nothing to do with money stops nothing.
    @Test(arguments: [
        "them = \"x\"", "mose = true", "fps = 30", "[key]\nbuy = \"x\"", "[keys]\nby = \"y\"",
        "[chat]\nmutes = [\"a\"]",
        "[[channel]]\nname = \"A\"\nserver = \"https://a.example\"\nhost = [\"Ana\"]", "reduce-motion = true",
        "[colors]\nred = \"#ff0000\"", "person = \"Ana\"", "max_fps = 30",
    ])
    func otherSlipsStopNothing(_ text: String) {
        let (config, problems) = parse(text)
        #expect(!config.budget.isUnreadable)
        #expect(problems.count == 1 && problems.first?.message.contains("bought") == false)
    }

    @Test func aThemeHasNoBudget() {
        let problems = ThemeFile.parse("[roles]\nlimit = { fg = \"red\" }", file: "t.toml").problems
        #expect(problems.count == 1 && problems.first?.message.contains("bought") == false)
    }
}
