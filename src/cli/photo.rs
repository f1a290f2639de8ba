//! `folkmoot user photo …` and `folkmoot me photo …`

use std::io::{self, IsTerminal, Write};

use serde_json::value::RawValue;

use super::args::{MePhoto, UserPhoto};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{self, Cells, Column, column};
use super::person;
use super::signals::unless_called_off;
use crate::domain::{Photo, Text};
use crate::graph::{Urgency, profile};
use crate::protocol::{Delivery, Problem, ProblemKind};
use crate::runtime::read_photo;

const COLUMNS: &[Column<Photo>] = &[
    column("size", Cells::Key, |it, _| it.id.clone()),
    column("width", Cells::Right(5), |it, _| number(it.width)),
    column("height", Cells::Right(6), |it, _| number(it.height)),
    column("type", Cells::Whole(10), |it, _| {
        it.media_type.clone().unwrap_or_default()
    }),
    column("etag", Cells::Absent, |it, _| it.etag.clone().unwrap_or_default()),
];

fn number(number: Option<u32>) -> Text {
    number.map(|number| Text::new(&number.to_string())).unwrap_or_default()
}

/// Saves a person's photo, or tells what is known of it.
pub async fn of_person(desk: &Desk, args: UserPhoto) -> Result<(), Stop> {
    if !args.meta && args.output_file.is_none() && io::stdout().is_terminal() {
        let what = "A photo is nothing for a terminal to print.";
        let next = "Save it with -O FILE, or see what is known of it with --meta.";
        return Err(Problem::new(ProblemKind::Usage, what, next).into());
    }
    let person = person::whom(&desk.client, &args.user).await?;
    let absent = |problem: Problem| no_photo(problem, args.size);
    if args.meta {
        let read = profile::photo(person.as_ref(), args.size);
        let json: Box<RawValue> = desk.client.one(read, Urgency::Person).await.map_err(absent)?;
        let photo: Photo = output::read(json.get())?;
        // Some who have none have a picture of one pixel, which cannot be had.
        if !photo.exists() {
            return Err(no_photo(Problem::new(ProblemKind::NotFound, "", ""), args.size).into());
        }
        return output::show(desk, &args.output, COLUMNS, json.get(), &photo);
    }
    let read = profile::photo_bytes(person.as_ref(), args.size);
    let jpeg = desk.client.bytes(read, Urgency::Person).await.map_err(absent)?;
    match &args.output_file {
        None => {
            let mut out = io::stdout().lock();
            out.write_all(&jpeg)?;
            Ok(out.flush()?)
        }
        Some(file) => {
            std::fs::write(file, &jpeg).map_err(|error| {
                let what = format!("{} cannot be written ({error}).", file.display());
                Problem::new(ProblemKind::General, &what, "Choose another place.")
            })?;
            say(&format!(
                "saved {} bytes as {}",
                jpeg.len(),
                Text::new(&file.display().to_string())
            ));
            Ok(())
        }
    }
}

fn no_photo(problem: Problem, size: Option<&str>) -> Problem {
    if problem.kind != ProblemKind::NotFound {
        return problem;
    }
    let (what, next) = match size {
        None => ("There is no photo.".to_owned(), ""),
        Some(size) => (
            format!("There is no photo of {size} pixels."),
            "Leave --size out for the largest there is.",
        ),
    };
    Problem {
        what: Text::new(&what),
        next: Text::new(next),
        ..problem
    }
}

/// Puts up one's own photo.
pub async fn mine(desk: &Desk, args: MePhoto) -> Result<(), Stop> {
    desk.may_write()?;
    let jpeg = read_photo(&args.file)?;
    let look = || vec!["Whether the photo is up is not known. Look first: `folkmoot user photo me --meta`".to_owned()];
    match unless_called_off(desk.client.put_my_photo(jpeg)).await {
        Ok(Delivery::Accepted { .. }) => {
            say("The photo is up. It takes some time until everybody sees it.");
            Ok(())
        }
        Ok(Delivery::NotSent(problem)) => Err(problem.into()),
        Ok(Delivery::Unknown(problem)) => Err(Stop::unsettled(problem.not_to_be_tried_again(), look())),
        Err(code) => Err(Stop::CalledOff(code, look())),
    }
}
