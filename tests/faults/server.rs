//! The real program as whoever drives it from outside needs it: without limits, and with its computing time known.

use std::fs;

/// The settings that would refuse what a test or a bench does in earnest; 0 is without limit.
pub(crate) const LIMITS: [&str; 8] = [
    "MESSAGES_PER_MINUTE",
    "CONVERSATIONS_PER_HOUR",
    "VISITORS_PER_MINUTE",
    "ESCALATIONS_PER_HOUR",
    "CONNECTIONS_PER_ADDRESS",
    "CONNECTIONS_PER_VISITOR",
    "UNAUTHENTICATED_CONNECTIONS",
    "HANDSHAKES_PER_SECOND",
];

/// The kernel counts a process's time in hundredths of a second.
const TICKS: f64 = 100.0;

/// The program that was built with this one, or the one that `FRONTDESK_PROGRAM` names.
pub(crate) fn program() -> String {
    std::env::var("FRONTDESK_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_frontdesk").to_owned())
}

/// Seconds of computing that a process has used; unknown where the kernel does not tell.
pub(crate) fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name, in brackets, may have spaces in it.
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}
