//! `folkmoot me update …`: what one may change of one's own profile. The directory and SharePoint keep parts of it, and
//! Graph refuses a request that changes both.
//! <https://learn.microsoft.com/graph/api/user-update>

use serde_json::json;

use super::args::MeUpdate;
use super::computed::envelope;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::signals::unless_called_off;
use crate::graph::profile::requests;
use crate::protocol::{Delivery, Problem};

/// What became of the properties, by Graph's names for them.
#[derive(Default)]
struct Outcome {
    changed: Vec<String>,
    not_changed: Vec<String>,
    unknown: Vec<String>,
}

/// Changes one's own profile: first what the directory keeps, then what SharePoint keeps.
pub async fn update(desk: &Desk, args: MeUpdate) -> Result<(), Stop> {
    desk.may_write()?;
    let mut outcome = Outcome::default();
    let mut stopped: Option<Stopped> = None;
    for fields in requests(&args.changes) {
        let names = fields.keys().cloned();
        if stopped.is_some() {
            outcome.not_changed.extend(names);
            continue;
        }
        match unless_called_off(desk.client.update_me(&fields)).await {
            Ok(Delivery::Accepted { .. }) => outcome.changed.extend(names),
            Ok(Delivery::NotSent(problem)) => {
                outcome.not_changed.extend(names);
                stopped = Some(Stopped::By(problem));
            }
            Ok(Delivery::Unknown(problem)) => {
                outcome.unknown.extend(names);
                stopped = Some(Stopped::By(problem));
            }
            Err(code) => {
                outcome.unknown.extend(names);
                stopped = Some(Stopped::CalledOff(code));
            }
        }
    }
    if args.json {
        desk.out.print(&format!("{}\n", outcome.json()))?;
    }
    match stopped {
        None if args.json => Ok(()),
        None => {
            outcome.lines().iter().for_each(|line| say(line));
            Ok(())
        }
        Some(Stopped::CalledOff(code)) => Err(Stop::CalledOff(code, outcome.lines())),
        Some(Stopped::By(problem)) if outcome.unknown.is_empty() => Err(Stop::with_lines(problem, outcome.lines())),
        Some(Stopped::By(problem)) => Err(Stop::unsettled(problem, outcome.lines())),
    }
}

/// Why not all of it was changed.
enum Stopped {
    By(Problem),
    /// A signal has broken it off: the code to exit with.
    CalledOff(u8),
}

impl Outcome {
    fn json(&self) -> String {
        let head = [
            ("changed", json!(self.changed).to_string()),
            ("notChanged", json!(self.not_changed).to_string()),
            ("unknown", json!(self.unknown).to_string()),
        ];
        envelope("update", &head) + "}"
    }

    fn lines(&self) -> Vec<String> {
        [
            ("changed", &self.changed),
            ("not changed", &self.not_changed),
            ("maybe changed, look with `folkmoot me show`", &self.unknown),
        ]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("{what}: {}", names.join(", ")))
        .collect()
    }
}
