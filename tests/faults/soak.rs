//! A long day: memory and files do not grow, and nothing is lost. Seconds in `scripts/test`, half an hour in
//! `scripts/soak`.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::{articles, journal::check, number, program::Desk, visitors::Crowd};

/// How much memory may grow in ten minutes, in KiB, once everything has warmed up.
const SLOPE_KIB: f64 = 1024.0;
/// What caches and the search over conversations take while they fill, in KiB: in a short day they are not done with it.
const NOISE_KIB: f64 = 64.0 * 1024.0;
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
async fn f26_nothing_grows_in_a_long_day() {
    let (visitors, seconds) = (number("FRONTDESK_SOAK_VISITORS", 60), number("FRONTDESK_SOAK_SECONDS", 16));
    let every = Duration::from_millis(number("FRONTDESK_SOAK_PAUSE_MS", 500) as u64);
    let folder = articles::of(500);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("LIMITS__MAX_CONNECTIONS", "0");
    desk.starts().await;
    let crowd = Crowd::starts_slowly(desk.address, visitors, every);
    let day = Duration::from_secs(seconds as u64);
    sleep(day / 4).await;
    let files = desk.open_files();
    let mut looks = Vec::new();
    let started = Instant::now();
    while started.elapsed() < day * 3 / 4 {
        looks.push((started.elapsed().as_secs_f64(), desk.memory_kib() as f64));
        sleep(BETWEEN_LOOKS).await;
    }
    let grown = slope(&looks) * started.elapsed().as_secs_f64();
    let allowed = SLOPE_KIB * started.elapsed().as_secs_f64() / 600.0 + NOISE_KIB;
    let now = desk.open_files();
    let course: Vec<_> =
        looks.iter().step_by(looks.len().div_ceil(10).max(1)).map(|(_, kib)| *kib as u64 / 1024).collect();
    println!(
        "F26: {visitors} visitors, {} messages in {:?}: memory grows by {grown:.0} KiB ({:.0} in ten minutes), \
         in MiB {course:?}, {files} then {now} files",
        crowd.confirmed(),
        started.elapsed(),
        slope(&looks) * 600.0
    );
    assert!(grown <= allowed, "{grown:.0} KiB in {:?}: {looks:?}", started.elapsed());
    assert!(now <= files + 16, "{files} open files became {now}");
    let journals = crowd.goes_home().await;
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
    assert!(!desk.log().contains("panicked"), "{}", desk.log());
}

/// By how much the second grows with each one of the first: the line with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0 / count, sum.1 + point.1 / count));
    let both: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    both / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>().max(f64::MIN_POSITIVE)
}

#[test]
fn a_slope_is_what_grows_and_not_what_swings() {
    let points: Vec<_> = (0..100).map(|n| (f64::from(n), 3.0 * f64::from(n) + f64::from(n % 2))).collect();
    assert!((slope(&points) - 3.0).abs() < 0.01, "{}", slope(&points));
}
