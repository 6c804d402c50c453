//! Web addresses that stand in a text without brackets.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// An address that begins with `http://` or `https://`.
    Address(&'a str),
}

/// Cuts a text into words and addresses; the pieces together are the text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, length)) = next_address(rest) {
        let (words, address_on) = rest.split_at(start);
        let (address, after) = address_on.split_at(length);
        pieces.extend((!words.is_empty()).then_some(Piece::Words(words)));
        pieces.push(Piece::Address(address));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Words(rest)));
    pieces
}

/// Where the next address begins, and its length in bytes.
fn next_address(text: &str) -> Option<(usize, usize)> {
    let starts = text.match_indices("http").map(|(start, _)| start);
    starts.filter(|&start| is_word_start(text, start)).find_map(|start| {
        let rest = text.get(start..)?;
        let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
        let end = rest.find(|letter: char| letter.is_whitespace() || "<>\"`".contains(letter)).unwrap_or(rest.len());
        let address = without_punctuation(rest.get(..end)?);
        (host.starts_with(char::is_alphanumeric) && address.len() > rest.len() - host.len())
            .then_some((start, address.len()))
    })
}

fn is_word_start(text: &str, start: usize) -> bool {
    !text.get(..start).unwrap_or_default().ends_with(char::is_alphanumeric)
}

/// The sentence's own punctuation after an address is not part of it; neither is a bracket that opened before it.
fn without_punctuation(address: &str) -> &str {
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    let mut address = address;
    loop {
        let trimmed =
            address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', ']', '}', '…', '。', '，']);
        match trimmed.strip_suffix(')') {
            Some(inner) if closed > opened => address = inner,
            Some(_) | None => return trimmed,
        }
        closed -= 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn addresses(text: &str) -> Vec<&str> {
        let address = |piece| if let Piece::Address(address) = piece { Some(address) } else { None };
        pieces(text).into_iter().filter_map(address).collect()
    }

    #[test]
    fn an_address_ends_before_the_sentences_punctuation() {
        for (text, expected) in [
            ("See https://a.example/x_y?z=1.", vec!["https://a.example/x_y?z=1"]),
            ("(http://a.example/b), https://c.example!", vec!["http://a.example/b", "https://c.example"]),
            ("https://a.example/b_(c)", vec!["https://a.example/b_(c)"]),
            ("xhttps://a.example https:// http", vec![]),
            ("no address", vec![]),
        ] {
            assert_eq!(addresses(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in "(https?://|[a-z .()é])*") {
            let joined: String = pieces(&text).into_iter().map(|piece| match piece {
                Piece::Words(text) | Piece::Address(text) => text,
            }).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
