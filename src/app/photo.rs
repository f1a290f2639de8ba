//! The photo of whoever's profile is shown: asked for once the person rests there, drawn off the UI thread, and shown at
//! once where it was drawn before.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use ratatui::buffer::Buffer;

use super::ahead::Newest;
use super::cmd::Cmd;
use super::model::{Model, REST};
use crate::domain::{Id, Text};
use crate::layout::{Area, Size};
use crate::protocol::{Lane, RequestId};

/// A photo as the terminal takes it: cells that were drawn once and are put on the screen in every frame. Cheap to clone.
#[derive(Clone, PartialEq)]
pub struct Picture(Arc<Buffer>);

impl Picture {
    /// A picture of drawn cells. A terminal that draws pictures as a whole gets it all from the first of them; the others
    /// are empty then, and nothing is written for them.
    pub fn new(cells: Buffer) -> Self {
        Picture(Arc::new(cells))
    }

    /// The cells.
    pub fn cells(&self) -> &Buffer {
        &self.0
    }
}

#[cfg(test)]
impl Picture {
    /// A picture of so many equal letters.
    pub(crate) fn of_letters(letter: &'static str, size: Size) -> Self {
        let area = ratatui::layout::Rect::new(0, 0, size.width, size.height);
        Picture::new(Buffer::filled(area, ratatui::buffer::Cell::new(letter)))
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}×{})", self.0.area.width, self.0.area.height)
    }
}

/// A photo that is to be read and drawn. A newer order takes the place of an older one.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoOrder {
    /// What the answers will carry.
    pub id: RequestId,
    /// Whose photo.
    pub person: Id,
    /// How wide and high the largest is that Graph has, in pixels.
    pub largest: u32,
    /// Graph's mark of the photo, which changes whenever the photo does.
    pub etag: Option<Text>,
    /// How many cells it is to fill.
    pub size: Size,
    /// Graph is asked even where what is kept is not old.
    pub anew: bool,
}

/// What has come of an order.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoOutcome {
    /// The photo, drawn.
    Drawn(Picture),
    /// There is none, or none that can be shown.
    Nothing,
    /// It could not be read: nothing is known of it.
    Unread,
}

/// The photo beside the shown profile.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Photo {
    subject: Option<Subject>,
    /// When the person will have rested on the profile long enough.
    pub(super) due: Option<Instant>,
    asked: Option<RequestId>,
    drawn: Drawn,
    /// The newest that were drawn for a terminal of this size, and their marks.
    seen: Newest<Id, (Picture, Option<Text>)>,
}

/// Whose photo is to be shown, how large the largest of it is, and its mark.
#[derive(Debug, Clone, PartialEq)]
struct Subject {
    person: Id,
    largest: u32,
    etag: Option<Text>,
}

#[derive(Debug, Clone, Default, PartialEq)]
enum Drawn {
    /// It is to come.
    #[default]
    NotYet,
    Picture(Picture),
    /// There is nothing to draw.
    Nothing,
}

impl Model {
    /// Where a photo is shown, or will be once it has come.
    pub fn photo(&self) -> Option<(Area, Option<&Picture>)> {
        self.photo.subject.as_ref()?;
        let area = photo_area(self)?;
        match &self.photo.drawn {
            Drawn::NotYet => Some((area, None)),
            Drawn::Picture(picture) => Some((area, Some(picture))),
            Drawn::Nothing => None,
        }
    }
}

fn photo_area(model: &Model) -> Option<Area> {
    model.arrangement().profile?.content().photo()
}

/// Whose photo there is to show: only once the card is there, and has told that there is one.
fn subject(model: &Model) -> Option<Subject> {
    let profile = model.profile().filter(|_| model.settings.photos)?;
    let person = profile.card()?.person.id.clone();
    let photo = profile.photo()?;
    let (width, height) = photo.width.zip(photo.height)?;
    photo_area(model)?;
    Some(Subject {
        person,
        largest: width.min(height),
        etag: photo.etag.clone().filter(|etag| !etag.is_empty()),
    })
}

/// Turns to whoever's profile is shown now.
pub(super) fn follow(model: &mut Model) -> Option<Cmd> {
    let subject = subject(model);
    if subject == model.photo.subject {
        return None;
    }
    turn_to(model, subject)
}

fn turn_to(model: &mut Model, subject: Option<Subject>) -> Option<Cmd> {
    let photo = &mut model.photo;
    let seen = subject.as_ref().and_then(|subject| photo.seen.get(&subject.person));
    let current = seen.is_some_and(|(_, etag)| subject.as_ref().is_some_and(|subject| subject.etag == *etag));
    photo.drawn = seen.map_or(Drawn::NotYet, |(picture, _)| Drawn::Picture(picture.clone()));
    photo.due = (subject.is_some() && !current).then(|| model.now.instant + REST);
    photo.subject = subject;
    photo.asked.take().map(|_| Cmd::Abandon(Lane::Photo))
}

/// The terminal has a new size: its letters may have one, too, and what was drawn for the old ones is of no use.
pub(super) fn resized(model: &mut Model) -> Option<Cmd> {
    model.photo.seen = Newest::default();
    let subject = subject(model);
    turn_to(model, subject)
}

/// The person has rested on the profile: asks for the photo.
pub(super) fn due(model: &mut Model) -> Vec<Cmd> {
    ask(model, false)
}

/// Reads the shown photo again. Until it has come, the one that is shown stays.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    ask(model, true)
}

fn ask(model: &mut Model, anew: bool) -> Vec<Cmd> {
    let (Some(subject), Some(area)) = (model.photo.subject.clone(), photo_area(model)) else {
        return Vec::new();
    };
    let id = model.next_id();
    model.photo.due = None;
    model.photo.asked = Some(id);
    let size = area.size();
    vec![Cmd::Photo(PhotoOrder {
        id,
        person: subject.person,
        largest: subject.largest,
        etag: subject.etag,
        size,
        anew,
    })]
}

/// Takes what has come of an order, if it was awaited. A newer photo may follow. Where none could be read, the one that is
/// shown stays.
pub(super) fn answered(model: &mut Model, id: RequestId, outcome: PhotoOutcome) {
    let photo = &mut model.photo;
    let Some(subject) = photo.subject.as_ref().filter(|_| photo.asked == Some(id)) else {
        return;
    };
    photo.drawn = match outcome {
        PhotoOutcome::Unread if matches!(photo.drawn, Drawn::Picture(_)) => return,
        PhotoOutcome::Drawn(picture) => {
            let seen = (picture.clone(), subject.etag.clone());
            photo.seen.put(subject.person.clone(), seen);
            Drawn::Picture(picture)
        }
        PhotoOutcome::Nothing | PhotoOutcome::Unread => Drawn::Nothing,
    };
}
