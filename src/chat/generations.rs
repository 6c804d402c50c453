//! What was used lately, bounded: a map that forgets the older half of what it knows when it is full.

use std::{
    collections::{HashMap, hash_map},
    hash::Hash,
};

/// So many that were forgotten are dropped for each one that is remembered.
const DROPPED: usize = 2;

/// What was used lately, by key.
#[derive(Debug)]
pub(crate) struct Generations<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    /// Dropped little by little: whoever remembers the next one must not wait for thousands.
    forgotten: hash_map::IntoIter<K, V>,
    /// How many keys a generation has.
    size: usize,
}

impl<K: Eq + Hash + Clone, V: Clone> Generations<K, V> {
    /// Remembers the last `size` keys that were used, and at most as many older ones.
    pub(crate) fn of(size: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), forgotten: HashMap::new().into_iter(), size }
    }

    pub(crate) fn get(&mut self, key: &K) -> Option<V> {
        self.look(key).cloned()
    }

    pub(crate) fn look(&mut self, key: &K) -> Option<&V> {
        if !self.young.contains_key(key) {
            let (key, value) = self.old.remove_entry(key)?;
            self.put(key, value);
        }
        self.young.get(key)
    }

    pub(crate) fn put(&mut self, key: K, value: V) {
        if self.young.len() >= self.size && !self.young.contains_key(&key) {
            let young = HashMap::with_capacity(self.size);
            let old = std::mem::replace(&mut self.old, std::mem::replace(&mut self.young, young));
            self.forgotten = old.into_iter();
        }
        self.forgotten.by_ref().take(DROPPED).for_each(drop);
        self.old.remove(&key);
        self.young.insert(key, value);
    }

    pub(crate) fn forget(&mut self, key: &K) {
        self.young.remove(key);
        self.old.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_is_forgotten() {
        let mut generations = Generations::of(10);
        generations.put(0, "zero");
        for key in 1..1000 {
            generations.put(key, "other");
            assert_eq!(generations.get(&0), Some("zero"));
            assert!(generations.young.len() + generations.old.len() <= 20);
            assert!(generations.forgotten.len() <= 10);
        }
        for key in 1000..1009 {
            generations.put(key, "other");
        }
        assert!(generations.forgotten.len() <= 10 - DROPPED);
        assert_eq!(generations.get(&1), None);
        generations.forget(&0);
        assert_eq!(generations.get(&0), None);
    }

    #[test]
    fn the_newest_value_counts() {
        let mut generations = Generations::of(1);
        generations.put("a", 1);
        generations.put("b", 1);
        generations.put("a", 2);
        assert_eq!(generations.get(&"a"), Some(2));
        generations.put("c", 1);
        generations.put("d", 1);
        assert_eq!(generations.get(&"a"), None);
    }
}
