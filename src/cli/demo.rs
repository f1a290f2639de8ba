//! `folkmoot demo serve`

use std::process::ExitCode;
use std::time::Duration;

use super::args::ServeArgs;
use super::exit::{self, Stop};
use super::{output, signals, start};
use crate::demo::Options;

/// Serves the demo tenant until it is told to stop: ^C is an interruption, TERM the usual end.
pub fn serve(args: ServeArgs) -> Result<ExitCode, Stop> {
    signals::runtime()?.block_on(async {
        // Before the first line is out, so that whoever reads it may end us at once.
        let mut end = std::pin::pin!(told_to_end());
        let tenant = tokio::select! {
            biased;
            code = &mut end => return Ok(code),
            tenant = async { start::start_demo(options(args)) } => tenant?,
        };
        output::print(&format!("{}\n", tenant.announcement()))?;
        let code = end.await;
        drop(tenant);
        Ok(code)
    })
}

fn options(args: ServeArgs) -> Options {
    Options {
        port: args.port,
        people: args.people,
        groups: args.groups,
        threads: args.threads,
        seed: args.seed,
        latency: Duration::from_millis(args.latency),
        lively: args.lively,
        faults: args.faults,
        ..Options::default()
    }
}

#[cfg(unix)]
async fn told_to_end() -> ExitCode {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return interrupted().await;
    };
    tokio::select! {
        code = interrupted() => code,
        _ = terminate.recv() => ExitCode::SUCCESS,
    }
}

#[cfg(not(unix))]
async fn told_to_end() -> ExitCode {
    interrupted().await
}

async fn interrupted() -> ExitCode {
    match tokio::signal::ctrl_c().await {
        Ok(()) => exit::interrupted(),
        // Signals cannot be listened for; then they end the process by themselves.
        Err(_) => std::future::pending().await,
    }
}
