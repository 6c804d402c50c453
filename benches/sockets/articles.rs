//! A thousand articles and what visitors ask about them.

use std::{fmt::Write as _, fs, path::Path};

const THINGS: [&str; 40] = [
    "armchair",
    "bookcase",
    "candle holder",
    "carpet",
    "ceiling lamp",
    "chest of drawers",
    "clock",
    "coat rack",
    "coffee machine",
    "cot",
    "curtain",
    "cushion",
    "desk",
    "dining table",
    "doormat",
    "duvet",
    "fan",
    "floor lamp",
    "footstool",
    "freezer",
    "garden bench",
    "headboard",
    "hob",
    "kettle",
    "mattress",
    "microwave",
    "mirror",
    "oven",
    "parasol",
    "picture frame",
    "pillow",
    "radiator",
    "shelf",
    "sink",
    "sofa",
    "stool",
    "teapot",
    "toaster",
    "wardrobe",
    "washing machine",
];
const ACTS: [(&str, &str); 25] = [
    ("assemble", "Lay out all parts, then follow the pictures from the first page on."),
    ("clean", "Use lukewarm water and a soft cloth, never a scouring pad."),
    ("return", "Open Your orders, choose Return and pick a collection day."),
    ("exchange", "Tell us the size or colour that you would rather have."),
    ("insure", "Add the insurance in the basket before you pay."),
    ("register", "Enter the number on the label under Your things."),
    ("repair", "Book a visit; the technician brings the usual spare parts."),
    ("recycle", "We take the old one along when the new one is delivered."),
    ("measure", "Measure at the widest place and add two centimetres."),
    ("paint", "Sand it first, then use a water-based paint."),
    ("polish", "A drop of oil on wool is enough for a year."),
    ("move", "Empty it, take out the drawers and lift it with two people."),
    ("store", "Keep it dry and cover it with a sheet."),
    ("mount", "Use the plugs for your kind of wall; they are not in the box."),
    ("adjust", "Turn the small wheel at the back a quarter at a time."),
    ("reserve", "We hold it in the shop for two days."),
    ("gift-wrap", "Choose wrapping in the basket and write a card."),
    ("upgrade", "Pay the difference within a month and keep the guarantee."),
    ("unlock", "Hold both buttons for three seconds."),
    ("lubricate", "Two drops of silicone oil at the hinges."),
    ("disinfect", "Wipe it with alcohol of seventy per cent."),
    ("label", "Print the label from Your things and stick it underneath."),
    ("rent", "Renting takes three months at least and can become buying."),
    ("finance", "Twelve instalments without interest from two hundred euros on."),
    ("personalise", "Send us the words; engraving takes a week."),
];
const WAYS: [&str; 4] =
    ["how do I {} the *", "can you help me {} my *", "what do I need to {} a *", "is it hard to {} the *"];

/// How many articles there are.
pub(crate) const COUNT: usize = THINGS.len() * ACTS.len();

/// Writes the articles to a new folder.
pub(crate) fn write_to(folder: &Path) {
    fs::create_dir(folder).unwrap();
    for number in 0..COUNT {
        let (act, advice) = ACTS[number % ACTS.len()];
        let mut text = format!("---\ntitle: {}?\nquestions:\n", phrasing(number, 0));
        for way in 1..WAYS.len() {
            writeln!(text, "  - {}", phrasing(number, way)).unwrap();
        }
        let thing = THINGS[number / ACTS.len()];
        write!(text, "---\nThis is about how to {act} the {thing}. {advice}\n\n1. Find your order.\n2. Choose the {thing}.\n3. Follow the steps.\n").unwrap();
        fs::write(folder.join(format!("article-{number}.md")), text).unwrap();
    }
}

fn phrasing(article: usize, way: usize) -> String {
    let (act, thing) = (ACTS[article % ACTS.len()].0, THINGS[article / ACTS.len() % THINGS.len()]);
    WAYS[way % WAYS.len()].replace("{}", act).replace('*', thing)
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// Every question is a new one.
    Different,
    /// A thousand questions, the n-th asked 1/n times as often as the first.
    Repeating,
}

/// Questions, the same ones in every run.
pub(crate) struct Questions {
    asking: Asking,
    dice: u64,
    /// Of each question, how likely it or one before it comes.
    sums: Vec<f64>,
}

impl Questions {
    pub(crate) fn new(asking: Asking, seed: u64) -> Self {
        let mut sum = 0.0;
        let sums = (1..=COUNT).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self { asking, dice: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1), sums: sums.collect() }
    }

    /// Knuth's MMIX constants; the upper bits are good enough to ask by.
    fn roll(&mut self) -> u64 {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.dice >> 33
    }

    pub(crate) fn next(&mut self) -> String {
        let roll = self.roll();
        match self.asking {
            Asking::Different => {
                let article = usize::try_from(roll).unwrap() % COUNT;
                let (way, order) = (self.roll(), self.roll());
                format!("{} from order {order}", phrasing(article, usize::try_from(way).unwrap()))
            }
            Asking::Repeating => {
                let total = self.sums.last().copied().unwrap_or(1.0);
                let at = roll as f64 / f64::from(1_u32 << 31) * total;
                let rank = self.sums.partition_point(|sum| *sum < at).min(COUNT - 1);
                // Neighbours in rank are not neighbours in the shop.
                phrasing(rank * 389 % COUNT, rank)
            }
        }
    }
}
