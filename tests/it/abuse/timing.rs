//! How long an answer takes tells nothing, and is nobody's to spoil.

use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{PASSWORD, Received, TestServer, Visitor, new_id};

/// Two ways to be refused take the same time when their medians differ by less than this share.
const SAME: f64 = 0.2;
const TRIES: usize = 500;
/// Another attempt, because the machine does other things too: who always differs, differs in each.
const ATTEMPTS: usize = 4;

fn percentile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize]
}

/// By how much two kinds of requests, tried in turn, differ in their medians.
fn difference(mut one: Vec<Duration>, mut other: Vec<Duration>) -> f64 {
    let (one, other) = (percentile(&mut one, 0.5).as_secs_f64(), percentile(&mut other, 0.5).as_secs_f64());
    (one - other).abs() / one.max(other)
}

#[tokio::test]
async fn a09_a_foreign_id_and_no_id_take_the_same_time() {
    let server = TestServer::start().await;
    let mut victim = server.visitor().await;
    victim.asks("opening hours").await;
    let real = victim.conversation.clone().unwrap();
    let mut thief = server.visitor().await;
    thief.asks("opening hours").await;
    let mut differences = Vec::new();
    for _ in 0..ATTEMPTS {
        let (mut foreign, mut absent) = (Vec::new(), Vec::new());
        for _ in 0..TRIES {
            for (id, times) in [(real.clone(), &mut foreign), (new_id(), &mut absent)] {
                let started = Instant::now();
                thief.sends(json!({ "type": "hello", "token": thief.token, "conversation": id, "after": 9 })).await;
                thief.reads_a("welcome").await;
                times.push(started.elapsed());
            }
        }
        differences.push(difference(foreign, absent));
        if differences.last().is_some_and(|difference| *difference <= SAME) {
            return;
        }
    }
    panic!("the medians differ by {differences:.2?}");
}

#[tokio::test]
async fn a17_a_known_and_an_unknown_address_take_the_same_time() {
    let server = TestServer::start_with(|settings, _| {
        settings.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
    })
    .await;
    server.employs("Ada", frontdesk::store::Role::Agent).await;
    let client = Client::new();
    let mut number = 0_u32;
    let mut guess = async |email: &str| {
        number += 1;
        let from = format!("203.{}.{}.1", number / 250, number % 250);
        let body = json!({ "email": email, "password": format!("not {PASSWORD}") });
        let request = client.post(server.url("/api/v1/session")).header("x-forwarded-for", from).json(&body);
        let started = Instant::now();
        assert_eq!(request.send().await.unwrap().status(), 401);
        started.elapsed()
    };
    let mut differences = Vec::new();
    for _ in 0..ATTEMPTS {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for _ in 0..15 {
            known.push(guess("ada@desk.example").await);
            unknown.push(guess("nobody@desk.example").await);
        }
        differences.push(difference(known, unknown));
        if differences.last().is_some_and(|difference| *difference <= SAME) {
            return;
        }
    }
    panic!("the medians differ by {differences:.2?}");
}

/// How long each of these visitors waits for an answer, all asking now and then.
async fn waits(visitors: &mut Vec<Visitor>) -> Vec<Duration> {
    let mut asking = JoinSet::new();
    for (number, mut visitor) in visitors.drain(..).enumerate() {
        asking.spawn(async move {
            tokio::time::sleep(Duration::from_millis(10 * number as u64)).await;
            let started = Instant::now();
            visitor.asks("opening hours").await;
            (visitor, started.elapsed())
        });
    }
    let answered = asking.join_all().await;
    let (back, times) = answered.into_iter().unzip();
    *visitors = back;
    times
}

#[tokio::test(flavor = "multi_thread")]
async fn a23_a_flooder_does_not_slow_the_others_down() {
    let server = TestServer::start_with(|settings, _| {
        settings.limits.messages_per_minute = 30;
        settings.limits.unauthenticated_connections = 0;
    })
    .await;
    let mut visitors = Vec::new();
    for _ in 0..200 {
        visitors.push(server.visitor().await);
    }
    waits(&mut visitors).await;
    let mut quiet = waits(&mut visitors).await;
    let address = server.address;
    let flooder = tokio::spawn(async move {
        let mut sent = 0_u32;
        loop {
            // Sent away, it comes again at once.
            let mut socket = crate::support::Knock::at("/ws/visitor").opens(address).await;
            socket.sends(&json!({ "type": "hello" })).await;
            while !matches!(socket.receives().await, Received::Closed(_)) {
                for _ in 0..20 {
                    let text = "what does shipping cost";
                    socket.sends(&json!({ "type": "send_message", "client_id": new_id(), "text": text })).await;
                    sent += 1;
                }
            }
            assert!(sent > 20, "it floods");
        }
    });
    let mut loud = waits(&mut visitors).await;
    assert!(!flooder.is_finished(), "{:?}", flooder.await);
    flooder.abort();
    let (quiet, loud) = (percentile(&mut quiet, 0.99), percentile(&mut loud, 0.99));
    println!("A23: p99 {quiet:?} alone, {loud:?} beside a flooder");
    assert!(loud <= (3 * quiet).max(Duration::from_millis(250)), "p99 {quiet:?} alone, {loud:?} beside a flooder");
}
