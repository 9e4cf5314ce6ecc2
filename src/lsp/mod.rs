//! Owns the editor server: texts as they stand in an editor, judged as a run judges them, and told in the language server
//! protocol. One thread judges and answers; what waits to be read comes before what is to be judged, so that nothing is
//! judged of a text that is gone already.

mod actions;
mod buffer;
mod client;
mod complete;
mod diagnostics;
mod edit;
mod hover;
mod judge;
mod position;
mod server;
mod settings;
mod uri;

use client::Client;
use jiff::civil::Date;
use judge::Judge;
use lsp_server::Connection;
use lsp_types::InitializeParams;
use serde_json::json;
use server::Server;
use std::path::Path;

/// Serves an editor over standard input and output until it leaves. `today` says which day it is, where `as_of` does not.
///
/// # Errors
/// Why the editor could not be served to its end, in a sentence.
pub fn serve(as_of: Option<Date>, today: fn() -> Date) -> Result<(), String> {
    let (connection, threads) = Connection::stdio();
    let served = converse(&connection, as_of, today);
    // The threads end when nobody is left to write to them.
    drop(connection);
    served?;
    threads
        .join()
        .map_err(|error| format!("the editor cannot be read: {error}"))
}

fn converse(connection: &Connection, as_of: Option<Date>, today: fn() -> Date) -> Result<(), String> {
    let said = |error: lsp_server::ProtocolError| format!("the editor cannot be understood: {error}");
    let (id, params) = connection.initialize_start().map_err(said)?;
    let params: InitializeParams = serde_json::from_value(params)
        .map_err(|error| format!("the editor cannot be understood: {error}"))?;
    let client = Client::new(&params);
    let hello = json!({
        "capabilities": client::capabilities(client),
        "serverInfo": {"name": "caveat", "version": env!("CARGO_PKG_VERSION")},
    });
    connection.initialize_finish(id, hello).map_err(said)?;
    let folders = client::folders(&params);
    let first = folders.first().and_then(|folder| crate::data::real(folder).ok());
    // Files are named, and those of settings found, as by a run in the folder that the editor works in.
    if let Some(folder) = &first {
        let _ = std::env::set_current_dir(folder);
    }
    let here = std::env::current_dir().and_then(|path| crate::data::real(&path));
    let here = here.unwrap_or_else(|_| Path::new("/").to_owned());
    let mut judge = Judge::new(here, as_of, today, client.advice);
    judge.work_in(folders);
    Server::new(connection, client, judge).run()
}
