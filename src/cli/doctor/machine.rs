//! What the machine gives: files, and the time.

use std::fs;

use jiff::tz::TimeZone;

use crate::{
    cli::{Context, doctor::Finding},
    clock::{Clock, SystemClock},
};

/// Sockets need a file descriptor each.
const FEW_FILES: u64 = 4096;
/// No clock that runs shows an earlier year.
const FIRST_YEAR: i16 = 2026;

pub(super) fn examine(context: &Context) -> Vec<Finding> {
    vec![open_files(u64::from(context.settings.limits.max_connections)), clock()]
}

fn open_files(wanted: u64) -> Finding {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)).and_then(|number| number.parse::<u64>().ok());
    match soft {
        Some(files) if files < FEW_FILES => Finding::look(
            format!("this user may open {files} files, one for each socket"),
            "raise the limit: `LimitNOFILE=65536` in systemd, `ulimit -n` in a shell",
        ),
        Some(files) if wanted > 0 && files < wanted => Finding::look(
            format!("this user may open {files} files, and limits.max_connections is {wanted}"),
            "raise the limit of open files above the number of sockets",
        ),
        Some(files) => Finding::good(format!("this user may open {files} files")),
        None => Finding::look("the limit of open files is not known here", "make it as large as your sockets need"),
    }
}

fn clock() -> Finding {
    let now = SystemClock.now().to_zoned(TimeZone::system());
    let zone = now.time_zone().iana_name().unwrap_or("an unnamed time zone").to_owned();
    let what = format!("it is {} in {zone}", now.strftime("%F %H:%M"));
    if now.year() < FIRST_YEAR {
        return Finding::bad(what, "set the clock, best by NTP: `timedatectl set-ntp true`");
    }
    Finding::good(what)
}
