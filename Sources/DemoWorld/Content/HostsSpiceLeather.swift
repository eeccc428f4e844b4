extension Content {
    static let rosa = HostSeed(
        id: "rosa-delgado", code: "RD", name: "Rosa Delgado 🌶️",
        bio: "Salsas, moles y mucho ruido. Eats it first, sells it second.",
        followers: 66_120, currency: "USD", country: "MX", tags: ["food", "spice"], kind: .spice, moderator: "Tía Lupe",
        titles: ["¿Pica o no pica? 🌶️", "Mole from scratch", "Taco Tuesday, every day", "Salsa school with Rosa"],
        products: [
            ProductSeed(
                "Hot sauce “La Tía”", by: "Casa Delgado", "Habanero, carrot, lime; hot, then kind.",
                price: 900, was: 1100, options: [("Heat", ["Mild", "Hot", "Muy hot"])],
                ask: "how hot is muy hot?", answer: "I cried, my brother asked for more"),
            ProductSeed(
                "Mole paste", by: "Casa Delgado", "Twenty-six ingredients, one spoon, dinner.",
                price: 1600, options: [("Kind", ["Negro", "Rojo", "Verde"])],
                ask: "nuts in the mole?", answer: "almonds in negro and rojo, none in verde"),
            ProductSeed(
                "Molcajete", by: "Piedra Viva", "Basalt, 20 cm, seasoned for you.",
                price: 7400, was: 8600, ask: "does the stone leave grit?", answer: "not after we season it, taste this"),
            ProductSeed(
                "Tortilla press", by: "Piedra Viva", "Cast iron, heavier than your excuses.",
                price: 4800, options: [("Size", ["16 cm", "20 cm"])],
                ask: "parchment or plastic?", answer: "a cut-open bag, like my grandmother"),
            ProductSeed(
                "Dried chillies, trio", by: "Casa Delgado", "Ancho, guajillo, pasilla; 60 g each.",
                price: 1400, ask: "how long do they keep?", answer: "a year in a jar, if you hide them"),
            ProductSeed(
                "Blue corn masa", by: "Milpa Azul", "Stone-ground, just add water.",
                price: 1100, options: [("Weight", ["1 kg", "2 kg"])],
                ask: "gluten free?", answer: "it is corn, and nothing but corn"),
        ])

    static let jonas = HostSeed(
        id: "jonas-brunner", code: "JB", name: "Jonas Brunner",
        bio: "Leather, brass, and things with screws. If it cannot be mended it is not here.",
        followers: 9_730, currency: "CHF", country: "CH", tags: ["leather", "craft"], kind: .leather, moderator: "Ahle",
        titles: ["Mended, not new", "Bench hour: a belt from start to buckle", "Everyday carry, Swiss made"],
        products: [
            ProductSeed(
                "Belt “Föhn”", by: "Sattlerei Brunner", "4 mm bridle leather, solid brass.",
                price: 11_900, options: [("Length", ["85", "95", "105", "115"]), ("Colour", ["Cognac", "Black"])],
                ask: "can it be shortened?", answer: "at the buckle, two screws, five minutes"),
            ProductSeed(
                "Card wallet", by: "Sattlerei Brunner", "Six cards, some notes, no logo.",
                price: 6900, was: 7900, options: [("Colour", ["Cognac", "Black", "Forest"])],
                ask: "does it block RFID?", answer: "no, and I never met anybody who was robbed that way"),
            ProductSeed(
                "Pocket knife “Sust”", by: "Werk Uri", "One blade, one corkscrew, one walnut scale.",
                price: 8400, options: [("Wood", ["Walnut", "Plum"])],
                ask: "legal to carry?", answer: "in Switzerland yes, elsewhere ask before you fly"),
            ProductSeed(
                "Weekender", by: "Sattlerei Brunner", "38 litres, waxed canvas, straps that can be replaced.",
                price: 32_900, was: 36_900, options: [("Colour", ["Olive", "Navy"])],
                ask: "cabin size?", answer: "48 by 26 by 24, it fits when you do not overfeed it"),
            ProductSeed(
                "Leather balm", by: "Werk Uri", "Beeswax and patience, 100 ml.",
                price: 1800, ask: "will the balm darken cognac?", answer: "half a shade, and then it glows"),
            ProductSeed(
                "Key hook, brass", by: "Werk Uri", "Turned on a lathe from 1961.",
                price: 3400, ask: "does the brass stain trousers?", answer: "only the first day, wipe it once"),
        ])
}
