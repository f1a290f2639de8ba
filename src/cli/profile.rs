//! `folkmoot me update …`: what one may change of one's own profile. The directory and SharePoint keep parts of it, and
//! Graph refuses a request that changes both.
//! <https://learn.microsoft.com/graph/api/user-update>

use serde_json::{Map, Value, json};

use super::args::MeUpdate;
use super::computed::envelope;
use super::exit::{Stop, say};
use super::session::Desk;
use crate::protocol::{Delivery, Problem};

/// Properties that go in one request.
type Fields = Map<String, Value>;

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
    let mut failed: Option<Problem> = None;
    for fields in requests(&args) {
        let names = fields.keys().cloned();
        if failed.is_some() {
            outcome.not_changed.extend(names);
            continue;
        }
        match desk.client.update_me(&fields).await {
            Delivery::Accepted { .. } => outcome.changed.extend(names),
            Delivery::NotSent(problem) => {
                outcome.not_changed.extend(names);
                failed = Some(problem);
            }
            Delivery::Unknown(problem) => {
                outcome.unknown.extend(names);
                failed = Some(problem);
            }
        }
    }
    if args.json {
        desk.out.print(&format!("{}\n", outcome.json()))?;
    }
    match failed {
        None if args.json => Ok(()),
        None => {
            outcome.lines().iter().for_each(|line| say(line));
            Ok(())
        }
        Some(problem) => Err(Stop::with_lines(problem, outcome.lines())),
    }
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
            ("maybe changed, look with `folkmoot api`", &self.unknown),
        ]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("{what}: {}", names.join(", ")))
        .collect()
    }
}

/// What is sent, a request for each of the two that keep it; none that would change nothing.
fn requests(args: &MeUpdate) -> Vec<Fields> {
    let text = |value: &Option<String>| {
        let value = value.as_ref()?.trim();
        Some(if value.is_empty() { Value::Null } else { value.into() })
    };
    let list = |value: &Option<String>| {
        let items = value
            .as_ref()?
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        Some(Value::from_iter(items))
    };
    let birthday = args.birthday.map(|day| Value::from(format!("{day}T00:00:00Z")));
    let directory = [
        ("mobilePhone", text(&args.mobile_phone)),
        ("businessPhones", list(&args.business_phone)),
    ];
    let share_point = [
        ("aboutMe", text(&args.about)),
        ("birthday", birthday),
        ("mySite", text(&args.my_site)),
        ("interests", list(&args.interests)),
        ("pastProjects", list(&args.past_projects)),
        ("responsibilities", list(&args.responsibilities)),
        ("schools", list(&args.schools)),
        ("skills", list(&args.skills)),
    ];
    let given = |fields: Vec<(&str, Option<Value>)>| -> Fields {
        let given = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        given.collect()
    };
    let requests = [given(directory.to_vec()), given(share_point.to_vec())];
    requests.into_iter().filter(|fields| !fields.is_empty()).collect()
}
