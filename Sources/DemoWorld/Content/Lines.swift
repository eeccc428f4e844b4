/// What people in the chat say. `{p}` stands for the thing on air, `{v}` for one of its variants, `{n}` for a number.
enum Lines {
    static let viewers: [String] = [
        "ana_k", "Björn", "小雨", "mateo.r", "さくら", "zoe", "Yusuf", "نورا", "kaffee_und_keks", "pip", "Luca",
        "oma_hilde", "tofu🐼", "Sunniva", "阿哲", "marga", "josé_luis", "Wren", "이슬", "민준", "dede", "Mirela",
        "north_by_knit", "Tariq", "chloé", "Gustavo", "みかん", "rhubarb", "Ingrid", "Kofi", "nina_p", "quietfox",
        "Ólafur", "Zeynep", "bao bao", "سامي", "hectorr", "Marlene 🌻", "t_o_m", "Ayla", "fernweh", "Isidore",
        "lotte", "Émile", "kumo", "pretzel", "Dmitra", "Sol", "Nadja", "olive", "ريم", "たけし", "vivi", "Hamza",
        "juniper", "Max aus Bern", "lila", "Anouk", "crumbs", "Søren",
    ]

    /// Said at any time.
    static let small: [String] = [
        "hello from Lisbon 👋", "hi everyone", "just got home, what did I miss?", "good evening from Basel",
        "watching from the train 🚆", "こんばんは", "مساء الخير", "안녕하세요", "大家好", "first time here, love it",
        "sound is great today", "can you hold it closer to the camera?", "that laugh 😂", "who else has it already?",
        "greetings from Accra", "the cat in the background!! 🐈", "same", "haha", "yes please", "ooh", "true",
        "my sister needs this", "¡qué bonito!", "wie schön", "trop beau", "かわいい", "예뻐요", "好看", "payday is friday…",
        "remind me what it costs?", "is this being recorded?", "brb tea", "love the light in your room",
    ]

    static let praise: [String] = [
        "I have {p}, would buy again", "{p} is so good", "got {p} for my birthday and use it every day",
        "the {v} one 😍", "{v} or the other one? help", "team {v}", "{v} for sure", "adding {p} to my wish list",
        "that {v} is gorgeous", "{p} finally back!!", "been waiting for {p}",
        "ordered {v}, my bank account says hi", "{p} please stay in stock till friday",
    ]

    static let bought: [String] = [
        "just bought two", "bought! 🎉", "got the {v}", "mine ✅", "ordered, thank you!", "took the last minute deal",
        "two for me, one for mum", "in my basket and out again, done", "購入しました", "買了！", "샀어요!", "comprado ✅",
    ]

    static let bursts: [String] = ["🔥🔥🔥", "❤️❤️❤️", "👏👏👏", "😍😍", "🎉🎉🎉", "LFG", "1", "🔥"]

    static let hostOnAir: [String] = [
        "now on the table: {p}", "let me show you {p}", "next up: {p}", "here it comes, {p} 💛", "{p}, you asked for it",
    ]
    static let hostSmall: [String] = [
        "thank you all for being here", "keep the questions coming", "I read every one of them",
        "two minutes of silence for my coffee",
        "look at this detail", "say hi if you are new", "I will say the size again in a second",
    ]
    static let moderatorOffer: [String] = [
        "📌 {p}: −{n} % while the countdown runs", "📌 deal on {p}: −{n} %, ends with the countdown",
    ]
    static let moderatorSmall: [String] = [
        "please keep it friendly 🙏", "questions about shipping: the total with duties is in the quote",
        "you can follow the host with one key", "the replay will be up right after the show",
        "stock in the card is live, no need to ask 🙂",
    ]
    static let restocked: [String] = ["restocked!", "it's back!!", "back in stock, run", "they found a box 📦"]
    static let soldOut: [String] = [
        "nooo sold out", "gone 😭", "too slow again", "sold out already??", "will it come back?",
    ]
    /// Unpublished by a moderator a few seconds later.
    static let spam: [String] = [
        "FREE followers, ask me how", "cheaper elsewhere, write me", "win a phone!!! click my name", "BUY MY COURSE",
    ]

    /// What fits one kind of thing.
    static func about(_ kind: ProductKind) -> [String] {
        switch kind {
        case .kitchen:
            [
                "does it work on induction?", "my pan is older than me", "what are you cooking tonight?",
                "show the bottom please", "how heavy is it?",
            ]
        case .tea:
            ["what water do you use?", "第三泡最好喝", "I can smell it from here 🍵", "how long per steep?", "cold brew too?"]
        case .stationery:
            ["書き心地どうですか？", "swatch please 🙏", "does it dry fast?", "インクの色きれい", "left-handers, how is it?"]
        case .scent: ["top notes?", "رائحة جميلة", "how is the sillage?", "is it sweet?", "winter scent for sure"]
        case .sound:
            [
                "what are you playing right now?", "side B is better", "which needle?", "is that the first pressing?",
                "my neighbours will love it",
            ]
        case .fashion:
            ["does it have pockets??", "what size are you wearing?", "twirl please 💃", "is it lined?", "true to size?"]
        case .knitwear:
            [
                "which yarn weight?", "is it superwash?", "the cables 😭💛", "can you show the inside?",
                "my hands are cold just looking",
            ]
        case .beauty:
            ["ok for sensitive skin?", "성분 알려주세요", "does it pill under make-up?", "is it scented?", "how many drops?"]
        case .spice:
            [
                "¿pica mucho?", "does it ship to Texas?", "my mouth is watering 🌶️", "what do you eat it with?",
                "vegetarian?",
            ]
        case .leather:
            [
                "how does it age?", "which tannery?", "can it be repaired?", "smells good from here",
                "is it stitched by hand?",
            ]
        case .games: ["音きいてみたい", "sound test please!!", "is it hot-swap?", "欲しすぎる", "how many hours of battery?"]
        case .plants:
            [
                "how often do you water?", "safe for cats?", "mine has brown tips 😢", "new leaf!! 🌱",
                "full sun or shade?",
            ]
        }
    }
}
