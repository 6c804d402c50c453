//! Words that turn a wish into its opposite.

const LISTS: [(&str, &str); 24] = [
    ("ar", "لا ليس لست لم"),
    ("cs", "ne nechci nepotřebuji není nikdy"),
    ("da", "aldrig ikke nej"),
    ("de", "kein keine keinem keinen keiner nein nicht nie niemand niemandem"),
    ("el", "δεν μην όχι"),
    ("en", "cant didnt doesnt dont isnt never no nobody not wont"),
    ("es", "no nunca tampoco"),
    ("fi", "ei en älä"),
    ("fr", "jamais non pas"),
    ("he", "אין לא"),
    ("hi", "ना नहीं मत"),
    ("hu", "ne nem soha"),
    ("it", "mai no non"),
    ("ja", "ない 不"),
    ("ko", "말고 아니 아니요 안"),
    ("nb", "aldri ikke nei"),
    ("nl", "geen nee niet nooit"),
    ("pl", "nie nigdy"),
    ("pt", "nunca não"),
    ("ro", "niciodată nu"),
    ("ru", "не нет никогда"),
    ("sv", "aldrig inte nej"),
    ("tr", "değil hayır yok"),
    ("zh", "不 别 没"),
];

/// The negations of a language, by its code; none for languages without a list.
pub(super) fn of(code: &str) -> impl Iterator<Item = &'static str> {
    let list = LISTS.into_iter().find(|(language, _)| *language == code).map_or("", |(_, words)| words);
    list.split_ascii_whitespace()
}
