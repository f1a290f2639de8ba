//! `folkmoot user card …`

use std::io::{self, Write};

use super::args::UserCard;
use super::desk::Desk;
use super::exit::Stop;
use super::{everything, person};
use crate::text::vcard;

/// Prints people's cards as vCards, one behind the other. Nothing is printed before it is known who all of them are.
pub async fn run(desk: &Desk, args: UserCard) -> Result<(), Stop> {
    let mut whom = Vec::new();
    for user in &args.users {
        whom.push(person::whom(&desk.client, user).await?);
    }
    for person in whom {
        let it = everything::read(desk, person.as_ref()).await?;
        let written = vcard(&it.card, it.about.as_ref());
        let mut out = io::stdout().lock();
        out.write_all(written.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}
