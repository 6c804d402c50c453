//! The desk with a thousand articles and no limits, in this process.

use std::{net::SocketAddr, sync::Arc};

use frontdesk::{
    archive::Archive,
    chat::Chat,
    cli::serve::rules,
    clock::SystemClock,
    config::{Limits, Settings},
    knowledge::{Knowledge, Options},
    server::{self, App, Timing},
    store::SqliteStore,
};
use tempfile::TempDir;

use crate::articles;

pub(crate) struct Desk {
    pub(crate) address: SocketAddr,
    _folders: [TempDir; 2],
}

impl Desk {
    pub(crate) async fn start() -> Self {
        let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        articles::write_to(folder.path());
        let listener = server::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut settings = Settings { limits: no_limits(), ..Settings::default() };
        settings.server.listen = address.to_string();
        let options = Options {
            folder: folder.path().to_owned(),
            cache: None,
            locale: "en".to_owned(),
            public_url: format!("http://{address}"),
            ..Options::default()
        };
        let knowledge = Arc::new(Knowledge::open(options).unwrap());
        let store = Arc::new(SqliteStore::open(data.path()).unwrap());
        let chat = Chat::open(store, knowledge, Arc::new(SystemClock), rules(&settings)).await.unwrap();
        let app =
            App::new(chat, Archive::in_memory().unwrap(), Arc::new(SystemClock), settings, Timing::default()).unwrap();
        tokio::spawn(server::run(listener, app, std::future::pending()));
        Self { address, _folders: [data, folder] }
    }
}

fn no_limits() -> Limits {
    Limits {
        messages_per_minute: 0,
        conversations_per_hour: 0,
        visitors_per_minute: 0,
        escalations_per_hour: 0,
        connections_per_address: 0,
        connections_per_visitor: 0,
        unauthenticated_connections: 0,
        handshakes_per_second: 0,
        ..Limits::default()
    }
}
