//! Numbers that visitors should not have sent: covered before anything is kept, when the settings say so.

use std::ops::Range;

/// What is covered in visitors' words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Masking {
    /// Numbers of payment cards.
    pub cards: bool,
    /// Numbers of bank accounts.
    pub accounts: bool,
    /// E-mail addresses.
    pub emails: bool,
    /// Telephone numbers.
    pub phones: bool,
}

const COVER: char = '•';
const CARD_DIGITS: Range<usize> = 13..20;
const PHONE_DIGITS: Range<usize> = 8..16;
const ACCOUNT_LETTERS: Range<usize> = 15..35;
/// As much of a word with an @ as can be an address.
const MOST_OF_ADDRESS: usize = 254;

impl Masking {
    /// The text with what is to be covered covered.
    pub(crate) fn cover(self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        if self.accounts {
            cover_each(&mut letters, accounts);
        }
        if self.cards {
            cover_each(&mut letters, cards);
        }
        if self.phones {
            cover_each(&mut letters, phones);
        }
        if self.emails {
            cover_each(&mut letters, emails);
        }
        letters.into_iter().collect()
    }
}

fn cover_each(letters: &mut [char], find: impl Fn(&[char]) -> Vec<Range<usize>>) {
    for range in find(letters) {
        for letter in letters.get_mut(range).into_iter().flatten().filter(|letter| letter.is_alphanumeric()) {
            *letter = COVER;
        }
    }
}

/// Runs of digits, as they are written: with single spaces, dots, slashes, brackets or hyphens between them.
fn digit_runs(letters: &[char]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in letters.iter().enumerate().filter(|(_, letter)| letter.is_ascii_digit()) {
        let gap =
            |run: &Range<usize>| letters.get(run.end..at).unwrap_or_default().iter().all(|c| " .-/()".contains(*c));
        match runs.last_mut().filter(|run| at - run.end <= 2 && gap(run)) {
            Some(run) => run.end = at + 1,
            None => runs.push(at..at + 1),
        }
    }
    runs
}

fn digits_in(letters: &[char], run: &Range<usize>) -> Vec<u32> {
    letters.get(run.clone()).unwrap_or_default().iter().filter_map(|letter| letter.to_digit(10)).collect()
}

fn cards(letters: &[char]) -> Vec<Range<usize>> {
    let is_card = |run: &Range<usize>| {
        let digits = digits_in(letters, run);
        CARD_DIGITS.contains(&digits.len()) && digits.iter().any(|digit| *digit > 0) && luhn(&digits)
    };
    digit_runs(letters).into_iter().filter(is_card).collect()
}

/// Every second digit from the right counts twice; the sum ends in 0.
fn luhn(digits: &[u32]) -> bool {
    let twice = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let worth = |(index, digit): (usize, &u32)| if index % 2 == 1 { twice(*digit) } else { *digit };
    digits.iter().rev().enumerate().map(worth).sum::<u32>().is_multiple_of(10)
}

/// A number that begins with + or 0, as people write telephone numbers; dates and order numbers do not.
fn phones(letters: &[char]) -> Vec<Range<usize>> {
    let is_phone = |run: &Range<usize>| {
        let before = run.start.checked_sub(1).and_then(|at| letters.get(at));
        let is_international = before == Some(&'+');
        let has_area = letters.get(run.start) == Some(&'0');
        PHONE_DIGITS.contains(&digits_in(letters, run).len()) && (is_international || has_area)
    };
    digit_runs(letters).into_iter().filter(is_phone).collect()
}

fn accounts(letters: &[char]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in 0..letters.len() {
        let is_begin = start == 0 || letters.get(start - 1).is_none_or(|letter| !letter.is_alphanumeric());
        let is_free = found.last().is_none_or(|last| last.end <= start);
        if is_begin && is_free {
            found.extend(account_from(letters, start));
        }
    }
    found
}

/// Two letters, two check digits and up to thirty more, in groups or not; the whole is 1 modulo 97.
fn account_from(letters: &[char], start: usize) -> Option<Range<usize>> {
    let begins = letters.get(start..start + 4)?;
    let is_begin =
        begins.iter().take(2).all(char::is_ascii_alphabetic) && begins.iter().skip(2).all(char::is_ascii_digit);
    if !is_begin {
        return None;
    }
    let mut taken = Vec::new();
    let mut best = None;
    for (at, letter) in letters.iter().enumerate().skip(start) {
        if letter.is_ascii_alphanumeric() && taken.len() < ACCOUNT_LETTERS.end - 1 {
            taken.push(*letter);
            let is_end = letters.get(at + 1).is_none_or(|next| !next.is_alphanumeric());
            if is_end && ACCOUNT_LETTERS.contains(&taken.len()) && is_account(&taken) {
                best = Some(start..at + 1);
            }
        } else if *letter != ' ' {
            break;
        }
    }
    best
}

fn is_account(letters: &[char]) -> bool {
    let (country, number) = letters.split_at(letters.len().min(4));
    let remainder = number.iter().chain(country).filter_map(|letter| letter.to_digit(36)).fold(0, |sum, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (sum * shift + value) % 97
    });
    remainder == 1
}

fn emails(letters: &[char]) -> Vec<Range<usize>> {
    let is_part = |letter: &char| letter.is_alphanumeric() || "._%+-".contains(*letter);
    let mut found = Vec::new();
    for (at, _) in letters.iter().enumerate().filter(|(_, letter)| **letter == '@') {
        let before = letters.iter().take(at).rev().take(MOST_OF_ADDRESS).take_while(|letter| is_part(letter)).count();
        let after: Vec<_> =
            letters.iter().skip(at + 1).take(MOST_OF_ADDRESS).take_while(|letter| is_part(letter)).collect();
        if before > 0 && after.iter().skip(1).any(|letter| **letter == '.') {
            found.push(at - before..at + 1 + after.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: Masking = Masking { cards: true, accounts: true, emails: true, phones: true };

    #[test]
    fn what_is_covered() {
        for (said, kept) in [
            ("my card is 4111 1111 1111 1111, thanks", "my card is •••• •••• •••• ••••, thanks"),
            ("5500-0000-0000-0004", "••••-••••-••••-••••"),
            ("pay to DE89 3704 0044 0532 0130 00 please", "pay to •••• •••• •••• •••• •••• •• please"),
            ("gb82west12345698765432", "••••••••••••••••••••••"),
            ("write to jonas.brandt+shop@mail.example now", "write to •••••.••••••+••••@••••.••••••• now"),
            ("call +49 30 901820 or 030/901820", "call +•• •• •••••• or •••/••••••"),
        ] {
            assert_eq!(ALL.cover(said), kept);
        }
    }

    #[test]
    fn what_is_not() {
        for said in [
            "order 4111111111111112",
            "my order 2026-11-25 number 100234567",
            "0000 0000 0000 0000",
            "DE89 3704 0044 0532 0130 01 is no account",
            "see you @home, it costs 30.50",
            "EN 1176 and ISO 9001",
            "",
        ] {
            assert_eq!(Masking { phones: false, ..ALL }.cover(said), said);
        }
        let said = "4111 1111 1111 1111 and a@b.example";
        assert_eq!(Masking::default().cover(said), said);
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_length_and_nothing_breaks(text in "\\PC{0,200}|[0-9 +@.A-Z-]{0,80}") {
            prop_assert_eq!(ALL.cover(&text).chars().count(), text.chars().count());
        }
    }
}
