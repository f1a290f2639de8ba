//! Photos of people and groups.
//! <https://learn.microsoft.com/graph/api/profilephoto-get>

use serde_json::{Value, json};

use super::group::Group;
use super::object::ObjectRef;
use super::portrait::{self, SIZES, Upload};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::digest;
use crate::demo::request::percent_encode;

/// A photo that the directory holds: its bytes and how wide and high it is, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Photo {
    /// A JPEG.
    pub bytes: &'static [u8],
    /// Both width and height.
    pub pixels: u32,
}

/// What there is to see of someone.
enum Portrait<'a> {
    /// The directory's photo, in the one size that it has.
    Held(Photo),
    /// Exchange's photo, in all sizes.
    Drawn(u64),
    /// One that was put up since the tenant began.
    Upload(&'a Upload),
    /// Nothing, but the metadata claims a picture of one pixel, as Graph does for some.
    Pixel,
    Nothing,
}

impl Portrait<'_> {
    fn sizes(&self) -> Vec<u32> {
        match self {
            Portrait::Held(photo) => vec![photo.pixels],
            Portrait::Drawn(_) => SIZES.to_vec(),
            Portrait::Upload(upload) => upload.sizes(),
            Portrait::Pixel | Portrait::Nothing => Vec::new(),
        }
    }

    fn jpeg(&self, size: u32) -> Option<Vec<u8>> {
        match self {
            Portrait::Held(photo) => Some(photo.bytes.to_vec()),
            Portrait::Drawn(mark) => portrait::drawn(*mark, size),
            Portrait::Upload(upload) => upload.jpeg(size),
            Portrait::Pixel | Portrait::Nothing => None,
        }
    }

    fn etag(&self) -> String {
        let mark = match self {
            Portrait::Held(photo) => digest(31, photo.bytes),
            Portrait::Drawn(mark) => *mark,
            Portrait::Upload(upload) => upload.mark,
            Portrait::Pixel | Portrait::Nothing => return String::new(),
        };
        format!("\"{:08X}\"", mark & 0xFFFF_FFFF)
    }

    /// The size that the path names, or the largest.
    fn size(&self, call: &Call<'_>) -> Result<u32> {
        let sizes = self.sizes();
        let wanted = call.found.parameter("size");
        let is_wanted =
            |size: &&u32| wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(&format!("{size}x{size}")));
        sizes.iter().rev().find(is_wanted).copied().ok_or_else(not_found)
    }

    fn described(&self, size: u32) -> Value {
        json!({
            "@odata.mediaContentType": "image/jpeg",
            "@odata.mediaEtag": self.etag(),
            "id": format!("{size}X{size}"),
            "height": size,
            "width": size,
        })
    }
}

fn not_found() -> GraphError {
    GraphError::new(
        404,
        "ImageNotFound",
        "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
    )
}

fn variant(call: &Call<'_>, key: &str) -> Option<Photo> {
    let photos = &call.state.photos;
    let count = u64::try_from(photos.len()).ok().filter(|count| *count > 0)?;
    photos
        .get(usize::try_from(digest(19, key.as_bytes()) % count).ok()?)
        .copied()
}

/// Of those who have a photo, half have it in Exchange.
fn of<'a>(call: &'a Call<'_>, at: u32) -> Result<Portrait<'a>> {
    if let Some(upload) = call.state.uploads.get(&ObjectRef::Person(at)) {
        return Ok(Portrait::Upload(upload));
    }
    let person = call
        .state
        .person(at)
        .ok_or_else(|| GraphError::internal("the person is gone"))?;
    let mark = digest(41, person.key.as_bytes());
    Ok(match variant(call, &person.key) {
        Some(_) if person.photo && mark.is_multiple_of(2) => Portrait::Drawn(mark),
        Some(photo) if person.photo => Portrait::Held(photo),
        _ if !person.guest && digest(23, person.key.as_bytes()).is_multiple_of(5) => Portrait::Pixel,
        _ => Portrait::Nothing,
    })
}

/// Every second group with a mailbox has a photo; others have no place to keep one.
fn group_portrait(call: &Call<'_>, group: &Group) -> Result<Portrait<'static>> {
    if group.mailbox.is_none() {
        return Err(GraphError::new(
            404,
            "ErrorNonExistentMailbox",
            "The SMTP address has no mailbox associated with it.",
        ));
    }
    let has = digest(29, group.key.as_bytes()).is_multiple_of(2);
    Ok(variant(call, &group.key)
        .filter(|_| has)
        .map_or(Portrait::Nothing, Portrait::Held))
}

/// `GET …/photo` and `…/photos/{size}` of a person.
pub fn of_person(call: &mut Call<'_>) -> Result<Answer> {
    metadata(call, &of(call, call.person()?)?)
}

/// `GET …/photo/$value` and `…/photos/{size}/$value` of a person.
pub fn of_person_value(call: &mut Call<'_>) -> Result<Answer> {
    value(call, &of(call, call.person()?)?)
}

/// `GET …/photos` of a person.
pub fn sizes_of_person(call: &mut Call<'_>) -> Result<Answer> {
    sizes(call, &of(call, call.person()?)?)
}

/// `GET …/photo` and `…/photos/{size}` of a group.
pub fn of_group(call: &mut Call<'_>) -> Result<Answer> {
    metadata(call, &group_portrait(call, call.group()?)?)
}

/// `GET …/photo/$value` and `…/photos/{size}/$value` of a group.
pub fn of_group_value(call: &mut Call<'_>) -> Result<Answer> {
    value(call, &group_portrait(call, call.group()?)?)
}

/// `GET …/photos` of a group.
pub fn sizes_of_group(call: &mut Call<'_>) -> Result<Answer> {
    sizes(call, &group_portrait(call, call.group()?)?)
}

/// `PUT …/photo/$value`: a JPEG, and one's own only. Generated clients call it a stream of octets.
pub fn put(call: &mut Call<'_>) -> Result<Answer> {
    let person = call.person()?;
    if person != call.caller.me {
        return Err(GraphError::access_denied());
    }
    let kind = call.request.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let may_be_jpeg = ["image/jpeg", "application/octet-stream"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(kind));
    let upload = Some(&call.request.body)
        .filter(|_| may_be_jpeg)
        .and_then(|body| Upload::read(body));
    let Some(upload) = upload else {
        let message = "An internal server error occurred. The operation failed., The file you chose isn't an image. \
                       Please choose a different file.";
        return Err(GraphError::new(500, "ErrorInternalServerError", message));
    };
    call.state.uploads.insert(ObjectRef::Person(person), upload);
    Ok(Answer::empty(200))
}

fn metadata(call: &Call<'_>, portrait: &Portrait<'_>) -> Result<Answer> {
    let mut body = match portrait {
        Portrait::Pixel => {
            json!({"@odata.mediaContentType": "image/gif", "@odata.mediaEtag": "", "id": "1x1", "height": 1, "width": 1})
        }
        _ => portrait.described(portrait.size(call)?),
    };
    if let (Some(names), Some(fields)) = (&call.query.select, body.as_object_mut()) {
        if let Some(unknown) = names.iter().find(|name| !fields.contains_key(*name)) {
            return Err(GraphError::no_property(unknown, "profilePhoto"));
        }
        fields.retain(|name, _| name.starts_with('@') || names.contains(name));
    }
    if let Some(fields) = body.as_object_mut() {
        fields.insert("@odata.context".to_owned(), format!("{}/$entity", context(call)).into());
    }
    Ok(Answer::json(200, serde_json::to_vec(&body)?))
}

fn value(call: &Call<'_>, portrait: &Portrait<'_>) -> Result<Answer> {
    let size = portrait.size(call)?;
    let jpeg = portrait
        .jpeg(size)
        .ok_or_else(|| GraphError::internal("the picture cannot be drawn"))?;
    let mut answer = Answer::bytes("image/jpeg", jpeg);
    answer.headers.push(("etag", portrait.etag()));
    Ok(answer)
}

fn sizes(call: &Call<'_>, portrait: &Portrait<'_>) -> Result<Answer> {
    let photos: Vec<Value> = portrait
        .sizes()
        .into_iter()
        .map(|size| portrait.described(size))
        .collect();
    let body = json!({"@odata.context": context(call), "value": photos});
    Ok(Answer::json(200, serde_json::to_vec(&body)?))
}

fn context(call: &Call<'_>) -> String {
    let owner = match (call.found.parameter("user"), call.found.parameter("group")) {
        (Some(user), _) => format!("users('{}')", percent_encode(user)),
        (None, Some(group)) => format!("groups('{}')", percent_encode(group)),
        (None, None) => "me".to_owned(),
    };
    let set = if call.request.path.to_ascii_lowercase().contains("/photos") {
        "photos"
    } else {
        "photo"
    };
    format!("{}/$metadata#{owner}/{set}", call.request.base)
}
