//! Long lists come in pages, newest first: `?limit=` says how many, `?after=` where the page before ended.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    server::{api::input::invalid, error::Problem},
    store::{Place, Slice},
};

const USUAL: u32 = 50;
/// The most that a page holds.
pub(crate) const MOST: u32 = 200;

/// A part of a long list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// What is on it.
    items: Vec<T>,
    /// What to send as `after` for the next page; null on the last one.
    next: Option<String>,
}

/// A page that was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    after: Option<Place>,
    limit: u32,
}

impl Wanted {
    /// Reads `limit` and `after`.
    pub(crate) fn of(limit: Option<u32>, after: Option<&str>) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(invalid(format!("limit: a page holds 1 to {MOST}")));
        }
        let wrong = || invalid("after: send what a page before gave as `next`");
        let after = after.map(|text| read_place(text).ok_or_else(wrong)).transpose()?;
        Ok(Self { after, limit })
    }

    /// What to ask of the store: one more, to know whether there is a next page.
    pub(crate) fn slice(self) -> Slice {
        Slice { after: self.after, limit: self.limit + 1 }
    }

    /// The page, from what the store gave.
    pub(crate) fn page<F, T>(
        self,
        mut found: Vec<F>,
        place: impl Fn(&F) -> Place,
        view: impl FnMut(F) -> T,
    ) -> Json<Page<T>> {
        let limit = self.limit as usize;
        let has_next = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| has_next).map(|last| write_place(place(last)));
        Json(Page { items: found.into_iter().map(view).collect(), next })
    }
}

impl<T> Page<T> {
    /// A page whose end is a number of its own.
    pub(crate) fn numbered(items: Vec<T>, next: Option<u64>) -> Self {
        Self { items, next: next.map(|next| next.to_string()) }
    }
}

fn write_place(place: Place) -> String {
    format!("{}-{}", place.at, place.id.simple())
}

fn read_place(text: &str) -> Option<Place> {
    let (at, id) = text.rsplit_once('-')?;
    Some(Place { at: at.parse().ok()?, id: Uuid::try_parse(id).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for at in [0, -5, i64::MAX] {
            let place = Place { at, id: Uuid::from_u128(7) };
            assert_eq!(read_place(&write_place(place)), Some(place));
        }
        for bad in ["", "-", "1", "1-2", "x-00000000000000000000000000000007", "1-0000000000000000000000000000000g"] {
            assert_eq!(read_place(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_page_says_whether_there_is_another() {
        let wanted = Wanted::of(Some(2), None).unwrap();
        assert_eq!(wanted.slice().limit, 3);
        let place = |at: &i64| Place { at: *at, id: Uuid::nil() };
        let Json(page) = wanted.page(vec![9, 8, 7], place, |at| at);
        assert_eq!((page.items, page.next.is_some()), (vec![9, 8], true));
        let Json(page) = wanted.page(vec![9, 8], place, |at| at);
        assert_eq!((page.items, page.next), (vec![9, 8], None));
        assert!(Wanted::of(Some(0), None).is_err() && Wanted::of(Some(201), None).is_err());
    }
}
