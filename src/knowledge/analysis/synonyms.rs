//! Words and phrases that mean the same become one term.

use std::collections::{HashMap, HashSet};

use crate::knowledge::analysis::Token;

/// The longest phrase that can be a synonym, in words that are no stop words.
const LONGEST: usize = 3;

/// What stands for what.
#[derive(Default)]
pub(super) struct Synonyms {
    replacements: HashMap<Vec<String>, Token>,
    terms: HashSet<String>,
}

impl Synonyms {
    /// Groups of phrases; the first of each stands for the others.
    pub(super) fn new(groups: Vec<Vec<Vec<Token>>>) -> Self {
        let mut replacements = HashMap::new();
        for group in groups {
            let Some(first) = group.iter().find(|phrase| !phrase.is_empty()) else { continue };
            let canonical = joined(first);
            for phrase in group.iter().filter(|phrase| (1..=LONGEST).contains(&phrase.len())) {
                let terms = phrase.iter().map(|token| token.term.clone()).collect();
                replacements.entry(terms).or_insert_with(|| canonical.clone());
            }
        }
        let terms = replacements.keys().flatten().cloned().collect();
        Self { replacements, terms }
    }

    /// Whether the term occurs in any group.
    pub(super) fn knows(&self, term: &str) -> bool {
        self.terms.contains(term)
    }

    /// The tokens with each phrase that has a replacement replaced, longest first.
    pub(super) fn replace(&self, tokens: Vec<Token>) -> Vec<Token> {
        if self.replacements.is_empty() {
            return tokens;
        }
        let mut replaced = Vec::with_capacity(tokens.len());
        let mut rest = tokens.as_slice();
        while let [first, after @ ..] = rest {
            let found = (1..=LONGEST.min(rest.len())).rev().find_map(|length| self.replacement(rest, length));
            let (token, remaining) = found.unwrap_or_else(|| (first.clone(), after));
            replaced.push(token);
            rest = remaining;
        }
        replaced
    }

    fn replacement<'a>(&self, tokens: &'a [Token], length: usize) -> Option<(Token, &'a [Token])> {
        let (phrase, rest) = tokens.split_at_checked(length)?;
        let terms: Vec<String> = phrase.iter().map(|token| token.term.clone()).collect();
        self.replacements.get(&terms).map(|token| (token.clone(), rest))
    }
}

fn joined(phrase: &[Token]) -> Token {
    let join = |part: fn(&Token) -> &str| phrase.iter().map(part).collect::<Vec<_>>().join("_");
    Token { term: join(|token| &token.term), word: join(|token| &token.word) }
}
