//! What a person may change of their own, and photos. Where no person is named it is who is signed in.
//! <https://learn.microsoft.com/graph/api/user-update>, <https://learn.microsoft.com/graph/api/profilephoto-get>

use serde_json::{Map, Value};

use super::client::Client;
use super::people::whose;
use super::permits::Urgency;
use super::request::{Read, Segment, Write};
use crate::domain::Id;
use crate::protocol::{Delivery, Problem, ProblemKind};

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

    /// Changes one's own properties, once.
    pub async fn update_me(&self, fields: &Map<String, Value>) -> Delivery {
        match update(fields) {
            Ok(write) => self.send(write).await,
            Err(problem) => Delivery::NotSent(problem),
        }
    }

    /// Puts up one's own photo, once.
    pub async fn put_my_photo(&self, jpeg: Vec<u8>) -> Delivery {
        self.send(put_photo(jpeg)).await
    }
}
