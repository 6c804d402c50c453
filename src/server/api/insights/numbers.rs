//! How the numbers are counted.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::{
    server::api::insights::{Days, FirstReply, Numbers, Ratings, Solved, Unanswered},
    store::{Course, Questions},
};

/// How long a visitor must be silent for an answer to count as one that helped.
const QUIET: SignedDuration = SignedDuration::from_hours(24);
/// When a visitor who asked for a person should have an answer.
const FIRST_REPLY_TARGET: SignedDuration = SignedDuration::from_secs(60);

/// How a conversation ended, as far as it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The visitor said that the answer helped.
    Confirmed,
    /// Nobody asked further.
    Assumed,
    /// A person took it.
    Passed,
    /// Neither.
    Open,
}

fn outcome(course: &Course, now: Timestamp) -> Outcome {
    let is_quiet = now.duration_since(course.changed_at) >= QUIET;
    match course.helpful {
        _ if course.passed => Outcome::Passed,
        Some(true) => Outcome::Confirmed,
        None if course.answered && is_quiet => Outcome::Assumed,
        Some(false) | None => Outcome::Open,
    }
}

/// The four numbers.
pub(super) fn numbers(courses: &[Course], questions: Questions, now: Timestamp) -> Numbers {
    let count = |wanted| courses.iter().filter(|course| outcome(course, now) == wanted).count();
    Numbers {
        solved: Solved { confirmed: count(Outcome::Confirmed), assumed: count(Outcome::Assumed), of: courses.len() },
        rating: ratings(courses),
        first_reply: first_reply(courses),
        not_answered: Unanswered { count: questions.unanswered, of: questions.asked },
    }
}

fn ratings(courses: &[Course]) -> Ratings {
    let scores: Vec<f64> = courses.iter().filter_map(|course| course.score).map(f64::from).collect();
    let average = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
    Ratings { average, count: scores.len() }
}

fn first_reply(courses: &[Course]) -> FirstReply {
    let asked = courses.iter().filter(|course| course.escalated_at.is_some()).count();
    let wait = |course: &Course| Some(course.replied_at?.duration_since(course.escalated_at?));
    let mut waits: Vec<SignedDuration> = courses.iter().filter_map(wait).collect();
    waits.sort();
    let in_time = waits.iter().filter(|wait| **wait <= FIRST_REPLY_TARGET).count();
    FirstReply { median_s: median(&waits), in_time, of: asked }
}

fn median(sorted: &[SignedDuration]) -> Option<f64> {
    let (low, high) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some(f64::midpoint(low.as_secs_f64(), high.as_secs_f64()))
}

/// The outcomes of each day on which a conversation began.
pub(super) fn days(courses: &[Course], zone: &TimeZone, now: Timestamp) -> Vec<Days> {
    let mut days: BTreeMap<Date, Days> = BTreeMap::new();
    for course in courses {
        let date = course.started_at.to_zoned(zone.clone()).date();
        let day = days.entry(date).or_insert_with(|| Days { day: date.to_string(), ..Days::default() });
        *match outcome(course, now) {
            Outcome::Confirmed => &mut day.confirmed,
            Outcome::Assumed => &mut day.assumed,
            Outcome::Passed => &mut day.passed,
            Outcome::Open => &mut day.open,
        } += 1;
    }
    days.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    fn course(started: i64) -> Course {
        Course {
            started_at: at(started),
            changed_at: at(started),
            passed: false,
            resolved: false,
            helpful: None,
            answered: true,
            escalated_at: None,
            replied_at: None,
            score: None,
        }
    }

    #[test]
    fn solved_is_what_was_confirmed_or_went_quiet_without_a_person() {
        let passed = |course: Course| Course { passed: true, ..course };
        for (course, expected) in [
            (course(0), Outcome::Assumed),
            (course(1), Outcome::Open),
            (Course { answered: false, ..course(0) }, Outcome::Open),
            (Course { helpful: Some(true), ..course(1) }, Outcome::Confirmed),
            (Course { helpful: Some(false), ..course(0) }, Outcome::Open),
            (passed(course(0)), Outcome::Passed),
            (passed(Course { helpful: Some(true), ..course(0) }), Outcome::Passed),
        ] {
            assert_eq!(outcome(&course, at(24)), expected, "{course:?}");
        }
    }

    #[test]
    fn the_first_reply_is_a_median_and_those_without_one_count_too() {
        let after = |seconds: Option<i64>| Course {
            escalated_at: Some(at(0)),
            replied_at: seconds.map(|seconds| at(0) + SignedDuration::from_secs(seconds)),
            ..course(0)
        };
        let reply = first_reply(&[after(Some(30)), after(Some(90)), after(None), course(0)]);
        assert_eq!((reply.median_s, reply.in_time, reply.of), (Some(60.0), 1, 3));
        assert_eq!(first_reply(&[]).median_s, None);
        assert_eq!(first_reply(&[after(Some(10))]).median_s, Some(10.0));
    }

    #[test]
    fn days_are_those_of_the_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let days = days(&[course(21), course(23)], &zone, at(100));
        let names: Vec<_> = days.iter().map(|day| (day.day.as_str(), day.assumed)).collect();
        assert_eq!(names, [("1970-01-01", 1), ("1970-01-02", 1)]);
    }
}
