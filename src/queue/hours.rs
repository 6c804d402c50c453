//! When a queue is open: hours of the week, holidays, and the time zone that they are meant in.
//!
//! The rules of the calendar are the time zone database's, which is part of the program: what a machine has or
//! lacks changes nothing.

use std::fmt;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// How far ahead the next opening is looked for: a queue with no opening in more than a year has none.
const DAYS_AHEAD: i32 = 400;
const MINUTES_A_DAY: u16 = 24 * 60;

/// When a queue is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hours {
    /// The time zone's IANA name, such as `Europe/Berlin`; empty is UTC.
    pub time_zone: String,
    /// The opening hours of a week; none means always open.
    pub week: Vec<Opening>,
    /// Days on which it stays closed.
    pub holidays: Vec<Date>,
}

/// Opening hours on one day of the week; several on one day make breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The day.
    pub day: Day,
    /// From when, `HH:MM`.
    pub from: Minute,
    /// Until when, `HH:MM`, at most `24:00`.
    pub to: Minute,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the days of the week")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A minute of a day, written `HH:MM`; `24:00` is its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(u16);

impl Minute {
    /// Reads `HH:MM`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let is_plain = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_plain(hour) || !is_plain(minute) {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let total = hour * 60 + minute;
        (minute < 60 && total <= MINUTES_A_DAY).then_some(Self(total))
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for Minute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Minute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("write times of day as HH:MM"))
    }
}

/// A stretch of time in which a queue is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    opens: Timestamp,
    closes: Timestamp,
}

impl Hours {
    /// Whether it is open at that time.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.week.is_empty() || self.stretches(now, 1).any(|stretch| stretch.opens <= now && now < stretch.closes)
    }

    /// When it opens next; `None` when it is open, or never opens again.
    pub fn opens_at(&self, now: Timestamp) -> Option<Timestamp> {
        if self.is_open(now) {
            return None;
        }
        self.stretches(now, DAYS_AHEAD).map(|stretch| stretch.opens).find(|opens| *opens > now)
    }

    /// The zone; UTC when the name is unknown, which [`Hours::fault`] tells of.
    fn zone(&self) -> TimeZone {
        zone(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// What is wrong with it, in words for whoever wrote it.
    pub fn fault(&self) -> Option<&'static str> {
        if zone(&self.time_zone).is_none() {
            return Some("this time zone is not known: write a name like Europe/Berlin");
        }
        if self.week.iter().any(|opening| opening.from >= opening.to) {
            return Some(
                "opening hours end after they begin: for hours past midnight write two, up to 24:00 and from 00:00",
            );
        }
        None
    }

    /// The stretches of the days from yesterday on, in order.
    fn stretches(&self, now: Timestamp, days: i32) -> impl Iterator<Item = Stretch> {
        let zone = self.zone();
        let today = now.to_zoned(zone.clone()).date();
        (-1..=days).filter_map(move |offset| today.checked_add(offset.days()).ok()).flat_map(move |date| {
            let zone = zone.clone();
            let mut openings = self.on(date);
            openings.sort_by_key(|opening| opening.from);
            openings.into_iter().filter_map(move |opening| stretch(date, opening, &zone))
        })
    }

    fn on(&self, date: Date) -> Vec<Opening> {
        if self.holidays.contains(&date) {
            return Vec::new();
        }
        let day = Day::from(date.weekday());
        self.week.iter().copied().filter(|opening| opening.day == day).collect()
    }
}

fn zone(name: &str) -> Option<TimeZone> {
    if name.is_empty() || name == "UTC" {
        return Some(TimeZone::UTC);
    }
    TimeZoneDatabase::bundled().get(name).ok()
}

/// When clocks change, a time that comes twice opens at the first and closes at the second, and one that is left
/// out means the moment after the gap: nothing begins late or ends early.
fn stretch(date: Date, opening: Opening, zone: &TimeZone) -> Option<Stretch> {
    let opens = zone.to_ambiguous_timestamp(moment(date, opening.from)?).compatible().ok()?;
    let closes = zone.to_ambiguous_timestamp(moment(date, opening.to)?).later().ok()?;
    (opens < closes).then_some(Stretch { opens, closes })
}

fn moment(date: Date, Minute(minute): Minute) -> Option<jiff::civil::DateTime> {
    date.at(0, 0, 0, 0).checked_add(i64::from(minute).minutes()).ok()
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_DAY: [Day; 7] =
        [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

    fn hours(time_zone: &str, from: &str, to: &str) -> Hours {
        let (from, to) = (Minute::parse(from).unwrap(), Minute::parse(to).unwrap());
        let week = EVERY_DAY.map(|day| Opening { day, from, to }).to_vec();
        Hours { time_zone: time_zone.to_owned(), week, holidays: Vec::new() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn without_hours_it_is_always_open() {
        let always = Hours::default();
        assert!(always.is_open(at("2026-01-01T03:00:00Z")));
        assert_eq!(always.opens_at(at("2026-01-01T03:00:00Z")), None);
    }

    #[test]
    fn clocks_change_and_hours_stay_right() {
        let berlin = || hours("Europe/Berlin", "09:00", "17:00");
        let night = || hours("Europe/Berlin", "00:00", "02:30");
        for (hours, time, is_open, opens_at) in [
            // The day before clocks go forward, and the day itself: nine o'clock comes an hour earlier.
            (berlin(), "2026-03-28T07:59:59Z", false, Some("2026-03-28T08:00:00Z")),
            (berlin(), "2026-03-28T08:00:00Z", true, None),
            (berlin(), "2026-03-29T06:59:59Z", false, Some("2026-03-29T07:00:00Z")),
            (berlin(), "2026-03-29T07:00:00Z", true, None),
            (berlin(), "2026-03-29T14:59:59Z", true, None),
            (berlin(), "2026-03-29T15:00:00Z", false, Some("2026-03-30T07:00:00Z")),
            // The day clocks go back: five o'clock comes an hour later.
            (berlin(), "2026-10-25T15:59:59Z", true, None),
            (berlin(), "2026-10-25T16:00:00Z", false, Some("2026-10-26T08:00:00Z")),
            // Half past two comes twice: closed after the second.
            (night(), "2026-10-25T00:45:00Z", true, None),
            (night(), "2026-10-25T01:29:59Z", true, None),
            (night(), "2026-10-25T01:30:00Z", false, Some("2026-10-25T23:00:00Z")),
            // Half past two is left out: closed at the same time after it, never before.
            (night(), "2026-03-29T01:00:00Z", true, None),
            (night(), "2026-03-29T01:30:00Z", false, Some("2026-03-29T22:00:00Z")),
            // On the other side of the world it is tomorrow already.
            (hours("Pacific/Auckland", "09:00", "17:00"), "2026-06-30T21:00:00Z", true, None),
            (hours("America/St_Johns", "09:00", "17:00"), "2026-01-05T12:29:59Z", false, Some("2026-01-05T12:30:00Z")),
        ] {
            assert_eq!(hours.is_open(at(time)), is_open, "{time}");
            assert_eq!(hours.opens_at(at(time)), opens_at.map(at), "{time}");
        }
    }

    #[test]
    fn the_year_ends_and_holidays_are_closed() {
        let mut office = hours("Europe/London", "09:00", "17:00");
        office.week.retain(|opening| !matches!(opening.day, Day::Saturday | Day::Sunday));
        office.holidays = ["2026-12-25", "2026-12-28", "2027-01-01"].map(|date| date.parse().unwrap()).to_vec();
        for (time, opens_at) in [
            ("2026-12-24T17:00:00Z", "2026-12-29T09:00:00Z"),
            ("2026-12-25T12:00:00Z", "2026-12-29T09:00:00Z"),
            ("2026-12-31T23:59:59Z", "2027-01-04T09:00:00Z"),
            ("2027-01-01T10:00:00Z", "2027-01-04T09:00:00Z"),
        ] {
            assert!(!office.is_open(at(time)), "{time}");
            assert_eq!(office.opens_at(at(time)), Some(at(opens_at)), "{time}");
        }
        assert!(office.is_open(at("2026-12-31T16:59:59Z")));
    }

    #[test]
    fn midnight_is_no_gap_and_breaks_are() {
        let round_the_clock = hours("Europe/Paris", "00:00", "24:00");
        for time in ["2026-12-31T22:59:59.999Z", "2026-12-31T23:00:00Z", "2026-03-29T01:00:00Z"] {
            assert!(round_the_clock.is_open(at(time)), "{time}");
        }
        let (noon, one) = (Minute::parse("12:00").unwrap(), Minute::parse("13:00").unwrap());
        let mut with_break = hours("UTC", "09:00", "12:00");
        let afternoon = Opening { day: Day::Monday, from: one, to: Minute::parse("17:00").unwrap() };
        with_break.week.insert(0, afternoon);
        assert!(noon < one && !with_break.is_open(at("2026-11-23T12:30:00Z")));
        assert_eq!(with_break.opens_at(at("2026-11-23T12:30:00Z")), Some(at("2026-11-23T13:00:00Z")));
    }

    #[test]
    fn what_cannot_be_is_told() {
        assert!(hours("Mars/Olympus", "09:00", "17:00").fault().unwrap().contains("time zone"));
        assert!(hours("UTC", "17:00", "09:00").fault().unwrap().contains("24:00"));
        assert_eq!(hours("Asia/Kolkata", "09:00", "24:00").fault(), None);
        for bad in ["", "9:00", "24:01", "12:60", "ab:cd", "-1:00", "12:0", "1200"] {
            assert_eq!(Minute::parse(bad), None, "{bad}");
        }
        let json = serde_json::to_string(&Minute::parse("07:05").unwrap()).unwrap();
        assert_eq!(json, "\"07:05\"");
    }
}
