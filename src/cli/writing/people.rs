//! Who gets something besides the group.

use crate::app::address;
use crate::cli::exit::Stop;
use crate::cli::person;
use crate::domain::{Person, Recipient, Text};
use crate::graph::Client;
use crate::protocol::{Problem, ProblemKind};

/// The people who are meant, nobody twice. An address that the directory does not know is somebody outside.
///
/// # Errors
/// As [`person::find`], and `Usage` where somebody has no address.
pub async fn recipients(client: &Client, keys: &[String]) -> Result<Vec<Recipient>, Stop> {
    let mut all: Vec<Recipient> = Vec::new();
    for key in keys {
        let one = recipient(client, key).await?;
        let is_same = |other: &Recipient| other.address.as_str().eq_ignore_ascii_case(one.address.as_str());
        if !all.iter().any(is_same) {
            all.push(one);
        }
    }
    Ok(all)
}

async fn recipient(client: &Client, key: &str) -> Result<Recipient, Stop> {
    let typed = address(key);
    match typed {
        Some(typed) if !typed.name.is_empty() => Ok(typed),
        Some(typed) => match person::find(client, key).await {
            Ok(found) => Ok(of(&found.person).unwrap_or(typed)),
            Err(Stop::Failed(failure)) if failure.problem().denies() => Ok(typed),
            Err(stop) => Err(stop),
        },
        None => {
            let person = person::find(client, key).await?.person;
            of(&person).ok_or_else(|| {
                let what = format!("{} has no address to send to.", person.shown());
                Problem::new(ProblemKind::Usage, &what, "Give an address.").into()
            })
        }
    }
}

/// The address of a person.
fn of(person: &Person) -> Option<Recipient> {
    let address = person.mail.clone().filter(|mail| !mail.is_empty());
    Some(Recipient {
        name: Text::new(person.name.as_str()),
        address: address?,
    })
}
