//! A part of a message between two marks, and whether it asks for a person.

use crate::knowledge::{
    analysis::Analyzer,
    listener::pattern::{Class, Patterns},
};

/// What a clause wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// A person.
    Person,
    /// No person.
    NoPerson,
}

/// How many unknown words may lie between two that belong together.
struct Gaps {
    contact: usize,
    wish: usize,
    negation: usize,
}

const WORDS: Gaps = Gaps { contact: 1, wish: 0, negation: 0 };
/// Letters instead of words, and no end of a negation's reach.
const LETTERS: Gaps = Gaps { contact: 6, wish: 4, negation: usize::MAX };

/// Nobody says so much without a mark; what belongs together is near.
const MOST_WORDS: usize = 80;

/// A refusal with more unknown words says something else besides.
const MOST_UNKNOWN_REFUSING: usize = 2;

/// The words of a clause with what they are.
pub(super) struct Clause {
    places: Vec<Place>,
    is_unspaced: bool,
}

#[derive(Default)]
struct Place {
    classes: Vec<Class>,
    is_stop_word: bool,
}

impl Clause {
    /// Reads a clause; one that goes on and on is several.
    pub(super) fn read(analyzer: &Analyzer, patterns: &Patterns, text: &str) -> Vec<Self> {
        let words = patterns.words(text);
        words.chunks(MOST_WORDS).map(|words| Self::new(analyzer, patterns, words.to_vec())).collect()
    }

    fn new(analyzer: &Analyzer, patterns: &Patterns, mut words: Vec<String>) -> Self {
        let mut places = Vec::new();
        while places.len() < words.len() {
            let rest = words.get(places.len()..).unwrap_or_default();
            if let Some((length, classes)) = patterns.longest(rest) {
                let classes = classes.to_vec();
                places.extend((0..length).map(|_| Place { classes: classes.clone(), is_stop_word: false }));
                continue;
            }
            let Some(word) = rest.first() else { break };
            let is_stop_word = analyzer.is_stop_word(word);
            let meant = if is_stop_word { None } else { patterns.corrected(word).cloned() };
            if let (Some(meant), Some(place)) = (meant, words.get_mut(places.len())) {
                *place = meant;
                continue;
            }
            places.push(Place { classes: Vec::new(), is_stop_word });
        }
        Self { places, is_unspaced: patterns.is_unspaced() }
    }

    /// All clauses of a message as one.
    pub(super) fn whole(clauses: Vec<Self>) -> Self {
        let is_unspaced = clauses.iter().any(|clause| clause.is_unspaced);
        Self { places: clauses.into_iter().flat_map(|clause| clause.places).collect(), is_unspaced }
    }

    /// Whether it asks for a person or says that none is wanted.
    pub(super) fn wish(&self, is_strict: bool) -> Option<Wish> {
        if is_strict && self.unknown(0, self.places.len()) > self.places.len() / 6 {
            return None;
        }
        let gaps = if self.is_unspaced { LETTERS } else { WORDS };
        let pairs = self.pairs(Class::Contact, &[Class::People], gaps.contact);
        let pairs = pairs.chain(self.pairs(Class::Contact, &[Class::Anybody], 0));
        let pairs = pairs.chain(self.pairs(Class::Wish, &[Class::People], gaps.wish));
        let mut is_refused = false;
        for (from, to) in pairs {
            match self.turned(from, to, gaps.negation) {
                Some(Class::Negation) => is_refused = true,
                Some(_) => {}
                None => return Some(Wish::Person),
            }
        }
        if self.wants_no_bot(gaps.contact) || self.is_bare_request() {
            return Some(Wish::Person);
        }
        let is_short = self.unknown(0, self.places.len()) <= MOST_UNKNOWN_REFUSING;
        (is_short && (is_refused || self.is_bare_refusal(gaps.negation))).then_some(Wish::NoPerson)
    }

    /// Whether nothing in it needs an answer, or it says that no person is wanted.
    pub(super) fn is_idle_or_refuses(&self) -> bool {
        self.wish(false) == Some(Wish::NoPerson)
            || self.is_only(&[Class::Please, Class::Around, Class::Yes, Class::No, Class::Negation])
    }

    /// Whether any of its words is this.
    pub(super) fn has(&self, class: Class) -> bool {
        self.places.iter().any(|place| place.is(class))
    }

    /// Whether every word is one of these.
    pub(super) fn is_only(&self, classes: &[Class]) -> bool {
        !self.places.is_empty() && self.places.iter().all(|place| classes.iter().any(|class| place.is(*class)))
    }

    fn positions(&self, class: Class) -> impl Iterator<Item = usize> {
        self.places.iter().enumerate().filter(move |(_, place)| place.is(class)).map(|(position, _)| position)
    }

    /// Where words of both kinds are near each other: first and last position.
    fn pairs(&self, class: Class, others: &[Class], gap: usize) -> impl Iterator<Item = (usize, usize)> {
        let others: Vec<usize> = others.iter().flat_map(|other| self.positions(*other)).collect();
        let pairs = self
            .positions(class)
            .flat_map(move |one| others.clone().into_iter().map(move |other| (one.min(other), one.max(other))));
        pairs.filter(move |(from, to)| self.unknown(*from, *to) <= gap)
    }

    /// Words between two positions that no list has.
    fn unknown(&self, from: usize, to: usize) -> usize {
        let between = self.places.get(from..to).unwrap_or_default();
        between.iter().filter(|place| place.classes.is_empty() && !place.is_stop_word).count()
    }

    /// What turns a request at these positions into something else, if anything does.
    fn turned(&self, from: usize, to: usize, gap: usize) -> Option<Class> {
        let is_near = |position: usize| {
            self.unknown(position.min(from), position.max(to)) <= gap.saturating_add(self.unknown(from, to))
        };
        let negated =
            self.positions(Class::Negation).any(|position| is_near(position) && !self.is_about_bots(position));
        if negated {
            return Some(Class::Negation);
        }
        self.positions(Class::Mention).any(is_near).then_some(Class::Mention)
    }

    /// Whether a negation's next noun is the bot: "not a robot".
    fn is_about_bots(&self, negation: usize) -> bool {
        let nearest = |class| self.positions(class).map(|position| position.abs_diff(negation)).min();
        let people = nearest(Class::People).into_iter().chain(nearest(Class::Anybody)).min();
        nearest(Class::Bot).is_some_and(|bot| people.is_none_or(|people| bot <= people))
    }

    /// "I do not want to talk to a bot".
    fn wants_no_bot(&self, gap: usize) -> bool {
        let mut talks = self.pairs(Class::Contact, &[Class::Bot], gap);
        talks.any(|_| true) && self.positions(Class::Negation).any(|position| self.is_about_bots(position))
    }

    /// "Human please", "agent now".
    pub(super) fn is_bare_request(&self) -> bool {
        let is_turned = self.has(Class::Mention) || self.positions(Class::Negation).any(|no| !self.is_about_bots(no));
        self.has(Class::People) && self.has(Class::Please) && self.is_bare() && !is_turned
    }

    /// "No agent, thanks".
    fn is_bare_refusal(&self, gap: usize) -> bool {
        let mut people = self.positions(Class::People);
        people.any(|person| self.turned(person, person, gap) == Some(Class::Negation))
    }

    fn is_bare(&self) -> bool {
        let known = [Class::People, Class::Please, Class::Around, Class::Bot, Class::Negation];
        self.places.iter().all(|place| place.is_stop_word || known.iter().any(|class| place.is(*class)))
    }
}

impl Place {
    fn is(&self, class: Class) -> bool {
        self.classes.contains(&class)
    }
}
