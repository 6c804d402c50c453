//! Quotes and lists while they are read, as deep as allowed; what lies deeper is kept one level up.

use crate::block::Block;

/// How many quotes, lists and items may lie in one another.
const MAX_DEPTH: usize = 24;

/// The quotes and lists that are open, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    open: Vec<Holder>,
    too_deep: usize,
}

/// What holds blocks.
#[derive(Debug)]
pub(crate) enum Holder {
    Quote(Vec<Block>),
    List { ordered: bool, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
}

impl Nesting {
    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    pub(crate) fn open(&mut self, holder: Holder) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(holder);
        } else {
            self.too_deep += 1;
        }
    }

    /// Closes the innermost holder and gives it back when nothing holds it in turn.
    pub(crate) fn close(&mut self) -> Option<Block> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        match self.open.pop()? {
            Holder::Quote(blocks) if !blocks.is_empty() => self.push(Block::Quote { blocks }),
            Holder::List { ordered, items } if !items.is_empty() => self.push(Block::List { ordered, items }),
            Holder::Item(blocks) => {
                self.push_item(blocks);
                None
            }
            Holder::Quote(_) | Holder::List { .. } => None,
        }
    }

    /// Puts a block into the innermost holder and gives it back when there is none.
    pub(crate) fn push(&mut self, block: Block) -> Option<Block> {
        match self.open.last_mut() {
            None => return Some(block),
            Some(Holder::Quote(blocks) | Holder::Item(blocks)) => blocks.push(block),
            Some(Holder::List { items, .. }) => items.push(vec![block]),
        }
        None
    }

    fn push_item(&mut self, blocks: Vec<Block>) {
        match self.open.last_mut() {
            Some(Holder::List { items, .. }) if !blocks.is_empty() => items.push(blocks),
            Some(Holder::Quote(_) | Holder::Item(_) | Holder::List { .. }) | None => {}
        }
    }
}
