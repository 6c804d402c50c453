//! How long a place in line is likely to take, from how fast the line has moved.

use jiff::{SignedDuration, Timestamp};

/// Pick-ups longer ago say nothing about now.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(30);
/// Fewer pick-ups are chance.
const FEWEST: usize = 3;
/// Nobody believes a wait to the second.
const STEP_S: f64 = 30.0;

/// Shortest and longest likely wait in seconds at a place, from 1, given when conversations were picked up.
/// `None` when too few were.
pub fn wait(position: u32, pickups: &[Timestamp], now: Timestamp) -> Option<[u32; 2]> {
    let recent = pickups.iter().filter(|at| **at <= now && now.duration_since(**at) <= WINDOW);
    let (count, first) = recent.fold((0_usize, now), |(count, first), at| (count + 1, first.min(*at)));
    if count < FEWEST || position == 0 {
        return None;
    }
    let span = now.duration_since(first).as_secs_f64().max(STEP_S);
    let each = span / count as f64;
    let mean = each * f64::from(position);
    // How much the arrivals of a few, and the estimate from a few, usually differ from the mean.
    let spread = (1.0 / f64::from(position) + 1.0 / count as f64).sqrt();
    let low = (mean / (1.0 + spread) / STEP_S).floor() * STEP_S;
    let high = (mean * (1.0 + spread) / STEP_S).ceil() * STEP_S;
    Some([low as u32, high.max(low + STEP_S) as u32])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked_up(minutes_ago: &[i64], now: Timestamp) -> Vec<Timestamp> {
        minutes_ago.iter().map(|ago| now - SignedDuration::from_mins(*ago)).collect()
    }

    #[test]
    fn fewer_than_three_say_nothing() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(9);
        assert_eq!(wait(1, &picked_up(&[1, 2], now), now), None);
        assert_eq!(wait(1, &picked_up(&[1, 2, 31, 45], now), now), None, "long ago");
        assert!(wait(1, &picked_up(&[1, 2, 29], now), now).is_some());
    }

    #[test]
    fn the_range_holds_the_mean_and_grows_with_the_place() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(9);
        let each_two_minutes = picked_up(&[2, 4, 6, 8, 10, 12, 14, 16, 18, 20], now);
        let [low, high] = wait(1, &each_two_minutes, now).unwrap();
        assert!(low <= 120 && (120..=300).contains(&high), "{low} to {high}");
        let [fifth_low, fifth_high] = wait(5, &each_two_minutes, now).unwrap();
        assert!(fifth_low > low && fifth_high > high && (fifth_low..=fifth_high).contains(&600));
        assert!([low, high, fifth_low, fifth_high].iter().all(|seconds| seconds % 30 == 0));
    }
}
