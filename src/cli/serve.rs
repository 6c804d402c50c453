//! `serve`: build the parts, run the server, stop softly.

use clap::Args;

use crate::cli::{Context, Exit};

/// Options of `serve`.
#[derive(Debug, Default, Args)]
pub struct ServeArgs {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

pub(crate) fn run(args: &ServeArgs, context: &Context) -> anyhow::Result<Exit> {
    let _ = (args, context);
    Ok(Exit::Fine)
}
