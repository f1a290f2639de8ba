//! Photos of people and groups.
//! <https://learn.microsoft.com/graph/api/profilephoto-get>

use serde_json::{Value, json};

use super::group::Group;
use super::person::Person;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::digest;
use crate::demo::request::percent_encode;

/// A photo: its bytes and how wide and high it is, in pixels. The directory holds one size of each.
#[derive(Clone, Copy, Debug)]
pub struct Photo {
    /// A JPEG.
    pub bytes: &'static [u8],
    /// Both width and height.
    pub pixels: u32,
}

/// What there is to see of someone.
enum Portrait {
    Photo(Photo),
    /// Nothing, but the metadata claims a picture of one pixel, as Graph does for some.
    Pixel,
    Nothing,
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

fn of(call: &Call<'_>, person: &Person) -> Portrait {
    match variant(call, &person.key) {
        Some(photo) if person.photo => Portrait::Photo(photo),
        _ if !person.guest && digest(23, person.key.as_bytes()).is_multiple_of(5) => Portrait::Pixel,
        _ => Portrait::Nothing,
    }
}

fn person<'a>(call: &'a Call<'_>) -> Result<&'a Person> {
    call.state
        .person(call.person()?)
        .ok_or_else(|| GraphError::internal("the person is gone"))
}

/// Every second group with a mailbox has a photo; others have no place to keep one.
fn group_portrait(call: &Call<'_>, group: &Group) -> Result<Portrait> {
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
        .map_or(Portrait::Nothing, Portrait::Photo))
}

/// `GET …/photo` and `…/photos/{size}` of a person.
pub fn of_person(call: &mut Call<'_>) -> Result<Answer> {
    metadata(call, &of(call, person(call)?))
}

/// `GET …/photo/$value` and `…/photos/{size}/$value` of a person.
pub fn of_person_value(call: &mut Call<'_>) -> Result<Answer> {
    value(call, &of(call, person(call)?))
}

/// `GET …/photos` of a person.
pub fn sizes_of_person(call: &mut Call<'_>) -> Result<Answer> {
    sizes(call, &of(call, person(call)?))
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

fn check_size(call: &Call<'_>, photo: Photo) -> Result<()> {
    let held = format!("{0}x{0}", photo.pixels);
    match call.found.parameter("size") {
        Some(size) if !size.eq_ignore_ascii_case(&held) => Err(not_found()),
        _ => Ok(()),
    }
}

fn etag(photo: Photo) -> String {
    format!("\"{:08X}\"", digest(31, photo.bytes) & 0xFFFF_FFFF)
}

fn described(photo: Photo) -> Value {
    json!({
        "@odata.mediaContentType": "image/jpeg",
        "@odata.mediaEtag": etag(photo),
        "id": format!("{0}X{0}", photo.pixels),
        "height": photo.pixels,
        "width": photo.pixels,
    })
}

fn metadata(call: &Call<'_>, portrait: &Portrait) -> Result<Answer> {
    let mut body = match portrait {
        Portrait::Nothing => return Err(not_found()),
        Portrait::Pixel => {
            json!({"@odata.mediaContentType": "image/gif", "@odata.mediaEtag": "", "id": "1x1", "height": 1, "width": 1})
        }
        Portrait::Photo(photo) => {
            check_size(call, *photo)?;
            described(*photo)
        }
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

fn value(call: &Call<'_>, portrait: &Portrait) -> Result<Answer> {
    let Portrait::Photo(photo) = portrait else {
        return Err(not_found());
    };
    check_size(call, *photo)?;
    let mut answer = Answer::bytes("image/jpeg", photo.bytes.to_vec());
    answer.headers.push(("etag", etag(*photo)));
    Ok(answer)
}

fn sizes(call: &Call<'_>, portrait: &Portrait) -> Result<Answer> {
    let photos: Vec<Value> = match portrait {
        Portrait::Photo(photo) => vec![described(*photo)],
        Portrait::Pixel | Portrait::Nothing => Vec::new(),
    };
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
