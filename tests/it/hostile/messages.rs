//! What nobody in their right mind would write to a help desk.

/// Letters of many scripts, signs that change direction, join, combine or control, and what people paste.
pub(crate) const PIECES: [&str; 40] = [
    "a",
    "order ",
    "refund",
    " ",
    "\n",
    "?",
    "!!",
    "é",
    "ß",
    "İ",
    "ı",
    "ﬁ",
    "я",
    "ї",
    "ض",
    "لا",
    "א",
    "हि",
    "ि",
    "ก",
    "日",
    "本",
    "ー",
    "한",
    "ᄒ",
    "𝔘",
    "😀",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "\u{301}\u{317}\u{489}",
    "\u{202e}",
    "\u{200d}",
    "\u{feff}",
    "\u{0}",
    "\u{7f}",
    "<b>",
    "'; DROP",
    "{{agent}}",
    "%00",
    "\u{10ffff}",
];

/// Messages of sixteen kilobytes: one sign again and again, and words without end.
pub(crate) fn longest() -> Vec<String> {
    let long = 16 * 1024;
    let mut messages: Vec<String> = PIECES.iter().map(|piece| piece.repeat(long / piece.len())).collect();
    messages.extend([
        (0..long / 6).fold(String::new(), |text, number| text + "w" + &number.to_string() + " "),
        "i want to talk to a human ".repeat(long / 26),
        "not ".repeat(long / 4),
        "a, b. ".repeat(long / 6),
        " ".repeat(long),
        String::new(),
    ]);
    messages
}

/// A small generator of its own, so that every run asks the same.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap_or_default()
    }

    pub(crate) fn message(&mut self) -> String {
        let pieces = [3, 12, 60][self.below(3)];
        (0..=self.below(pieces)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}
