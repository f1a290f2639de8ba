//! What a person may change of their own, and photos. Where no person is named it is who is signed in.
//! <https://learn.microsoft.com/graph/api/user-update>, <https://learn.microsoft.com/graph/api/profilephoto-get>

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::client::Client;
use super::people::whose;
use super::permits::Urgency;
use super::request::{Read, Segment, Write};
use crate::domain::{Id, Text};
use crate::protocol::own::{Keeper, OwnChange, OwnProperty};
use crate::protocol::{Delivery, Problem, ProblemKind};

/// After how long, one after the other, it is looked whether a change is there of which nobody knows.
const PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_secs(1), Duration::from_secs(3)];

/// The sizes in which Exchange keeps photos, by their names.
pub const PHOTO_SIZES: [&str; 9] = [
    "48x48", "64x64", "96x96", "120x120", "240x240", "360x360", "432x432", "504x504", "648x648",
];

/// What is known of a photo: in one of [`PHOTO_SIZES`], or in the largest there is.
pub fn photo(person: Option<&Id>, size: Option<&'static str>) -> Read {
    match size {
        None => whose(person).word("photo"),
        Some(size) => whose(person).word("photos").word(size),
    }
}

/// The photo itself.
pub fn photo_bytes(person: Option<&Id>, size: Option<&'static str>) -> Read {
    photo(person, size).word("$value")
}

/// The size to ask for where so many pixels are to be filled: the next that is as large; `None`, which is the largest there
/// is, where that is no larger.
pub fn photo_size(pixels: u32, largest: u32) -> Option<&'static str> {
    let side = |size: &str| size.split('x').next().and_then(|side| side.parse::<u32>().ok());
    let mut sizes = PHOTO_SIZES.into_iter().filter_map(|size| Some((size, side(size)?)));
    sizes
        .find(|(_, side)| *side >= pixels)
        .filter(|(_, side)| *side < largest)
        .map(|(size, _)| size)
}

/// A change of one's own properties. Graph refuses those of the directory and those of SharePoint in one request.
///
/// # Errors
/// `General` where they cannot be written as JSON.
pub fn update(fields: &Map<String, Value>) -> Result<Write, Problem> {
    Write::patch(vec![Segment::Word("me")], fields)
}

/// One's own photo.
pub fn put_photo(jpeg: Vec<u8>) -> Write {
    let path = ["me", "photo", "$value"].map(Segment::Word);
    Write::put_jpeg(path.to_vec(), jpeg)
}

/// Changes of one's own properties, those of each keeper together: one request for each.
pub fn requests(changes: &[OwnChange]) -> Vec<Map<String, Value>> {
    let of = |keeper: Keeper| -> Map<String, Value> {
        let kept = changes.iter().filter(|change| change.property.keeper == keeper);
        kept.map(|change| (change.property.name.to_owned(), change.value.clone()))
            .collect()
    };
    let requests = [Keeper::Directory, Keeper::SharePoint].map(of);
    requests.into_iter().filter(|fields| !fields.is_empty()).collect()
}

/// Graph takes photos below 4 MB.
pub const LARGEST_PHOTO: usize = 4 << 20;
/// How every JPEG begins.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
/// How every PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Whether a file's bytes are a photo that Graph takes.
///
/// # Errors
/// `Usage` where they are no JPEG, or too many.
pub fn is_photo(name: &Text, bytes: &[u8]) -> Result<(), Problem> {
    let refuse = |what: &str, next: &str| Err(Problem::new(ProblemKind::Usage, &format!("{name} {what}"), next));
    if bytes.starts_with(PNG) {
        return refuse("is a PNG, and Graph takes photos as JPEGs only.", "Convert it first.");
    }
    if !bytes.starts_with(JPEG) {
        return refuse("is no JPEG, and Graph takes nothing else.", "Convert it first.");
    }
    if bytes.len() >= LARGEST_PHOTO {
        return refuse("is too large: Graph takes less than 4 MB.", "Make it smaller.");
    }
    Ok(())
}

impl Client {
    /// The photo of a person, large enough to fill so many pixels, and no larger than it need be. `largest`: how large the
    /// largest is, by what is known of it. `None` where there is none.
    ///
    /// # Errors
    /// Whatever Graph or the network did, in words.
    pub async fn photo(
        &self,
        person: &Id,
        pixels: u32,
        largest: u32,
        urgency: Urgency,
    ) -> Result<Option<Vec<u8>>, Problem> {
        // A photo that the directory itself holds comes in one size.
        let sizes = [photo_size(pixels, largest), None];
        let first = usize::from(sizes[0].is_none());
        for size in sizes.into_iter().skip(first) {
            match self.bytes(photo_bytes(Some(person), size), urgency).await {
                Err(problem) if problem.kind == ProblemKind::NotFound => {}
                photo => return photo.map(Some),
            }
        }
        Ok(None)
    }

    /// Changes one's own properties, once. Where nobody knows whether Graph has taken it, they are read again: what is
    /// there as it was sent was taken.
    pub async fn update_me(&self, fields: &Map<String, Value>) -> Delivery {
        let delivery = match update(fields) {
            Ok(write) => self.send(write).await,
            Err(problem) => Delivery::NotSent(problem),
        };
        match delivery {
            Delivery::Unknown(problem) => self.look_for(fields, problem).await,
            known => known,
        }
    }

    /// Whether a change that may have been taken is there. It may take a moment to be.
    async fn look_for(&self, fields: &Map<String, Value>, unknown: Problem) -> Delivery {
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        for pause in PAUSES {
            tokio::time::sleep(pause).await;
            let read = Read::of("me").query("$select", names.join(","));
            let Ok(now) = self.one::<Map<String, Value>>(read, Urgency::Person).await else {
                return Delivery::Unknown(unknown);
            };
            let is_there = |(name, wanted): (&String, &Value)| {
                let now = now.get(name).unwrap_or(&Value::Null);
                OwnProperty::named(name).is_some_and(|property| property.is(wanted, now))
            };
            if fields.iter().all(is_there) {
                return Delivery::Accepted { at: Timestamp::now() };
            }
        }
        Delivery::Unknown(Problem {
            next: "Graph does not show the change yet; save it again if that stays so.".into(),
            ..unknown
        })
    }

    /// Puts up one's own photo, once.
    pub async fn put_my_photo(&self, jpeg: Vec<u8>) -> Delivery {
        self.send(put_photo(jpeg)).await
    }
}
