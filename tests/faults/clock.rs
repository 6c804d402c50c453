//! The machine's clock jumps.

use std::{fs, path::PathBuf, time::Duration};

use tokio::time::sleep;

use crate::{client::Line, journal::check, program::Desk, visitors::Crowd};

/// What happens to the clock, and what is asked then: asking the same again and again would fetch a person.
const JUMPS: [(&str, &str); 6] = [
    ("+3600", "what does shipping cost"),
    ("-3600", "how long does delivery take"),
    ("+0 x10", "how do i reset my password"),
    ("+0", "where is my parcel"),
    ("+86400", "how do i delete my account"),
    ("+0", "when do i get my money back"),
];

fn library() -> PathBuf {
    let places = ["/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime"];
    let found = places.iter().map(|place| PathBuf::from(place).join("libfaketimeMT.so.1")).find(|path| path.exists());
    found.expect("please install faketime (Debian: apt-get install faketime)")
}

/// The clock of one desk, which the test sets.
pub(crate) struct Time(PathBuf);

impl Time {
    /// Takes the clock over before the desk starts.
    pub(crate) fn of(desk: &mut Desk) -> Self {
        let time = Self(desk.folder.path().join("time"));
        time.is("+0");
        desk.set_outside("LD_PRELOAD", &library().display().to_string());
        desk.set_outside("FAKETIME_TIMESTAMP_FILE", &time.0.display().to_string());
        desk.set_outside("FAKETIME_NO_CACHE", "1");
        desk.set_outside("DONT_FAKE_MONOTONIC", "1");
        time
    }

    /// How the desk's clock goes from now on, in the words of `faketime`: so many seconds ahead, or faster.
    pub(crate) fn is(&self, words: &str) {
        // In one step: the desk must never read half of it.
        let next = self.0.with_extension("next");
        fs::write(&next, words).unwrap();
        fs::rename(&next, &self.0).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f16_a_clock_that_jumps_changes_neither_order_nor_who_has_what() {
    let mut desk = Desk::new();
    let time = Time::of(&mut desk);
    desk.set("LIMITS__MESSAGES_PER_MINUTE", "0");
    desk.starts().await;
    let crowd = Crowd::starts(desk.address, 8);
    let (mut waiting, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    waiting.asks("opening hours").await.unwrap();
    for (jump, question) in JUMPS {
        time.is(jump);
        let before = crowd.confirmed();
        sleep(Duration::from_millis(400)).await;
        assert!(crowd.confirmed() > before, "after {jump} visitors are still answered");
        waiting.asks(question).await.unwrap();
    }
    let journals = crowd.goes_home().await;
    assert!(!desk.log().contains("panicked"), "{}", desk.log());
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
}
