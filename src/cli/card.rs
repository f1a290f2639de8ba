//! `folkmoot user card …`

use std::io::{self, Write};

use super::args::UserCard;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::person;
use crate::domain::{About, Card, Id, Person};
use crate::graph::{Urgency, people};
use crate::protocol::ProblemKind;
use crate::text::vcard;

/// Prints people's cards as vCards, one behind the other. Nothing is printed before it is known who all of them are.
pub async fn run(desk: &Desk, args: UserCard) -> Result<(), Stop> {
    let mut whom = Vec::new();
    for user in &args.users {
        whom.push(person::whom(&desk.client, user).await?);
    }
    for person in whom {
        let (card, about) = tokio::join!(card(desk, person.as_ref()), about(desk, person.as_ref()));
        let written = vcard(&card?, about.as_ref());
        let mut out = io::stdout().lock();
        out.write_all(written.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

/// What the directory knows of a person; where not all may be read, what everybody may see.
async fn card(desk: &Desk, whom: Option<&Id>) -> Result<Card, Stop> {
    match (desk.client.one(people::card(whom), Urgency::Person).await, whom) {
        (Err(problem), Some(id)) if problem.kind == ProblemKind::Forbidden => {
            let basic: Person = desk.client.one(people::person_basic(id), Urgency::Person).await?;
            say(person::HIDDEN);
            Ok(basic.into())
        }
        (card, whom) => {
            let card = card?;
            if whom.is_some() {
                person::tell_hidden(desk, &card);
            }
            Ok(card)
        }
    }
}

/// What the person says. It is kept elsewhere: a card without it is one, too.
async fn about(desk: &Desk, person: Option<&Id>) -> Option<About> {
    let about = desk.client.one(people::about(person), Urgency::Person).await;
    about
        .inspect_err(|problem| {
            say(&format!(
                "note: what they say of themselves is left out: {}",
                problem.what
            ))
        })
        .ok()
}
