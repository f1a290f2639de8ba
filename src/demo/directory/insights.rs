//! Documents that are trending around a person.
//! <https://learn.microsoft.com/graph/api/insights-list-trending>

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::object::ObjectRef;
use super::relevant;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::Result;
use crate::demo::ids::digest;
use crate::demo::mail::list::{self, Item};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, always};
use crate::demo::request::percent_encode;
use crate::demo::state::State;

/// What sort of file a document is: Graph's name for it, its ending, its media type.
pub type FileKind = (&'static str, &'static str, &'static str);

/// The sorts that the company keeps. <https://learn.microsoft.com/graph/api/resources/insights-resourcevisualization>
#[rustfmt::skip]
pub const FILE_KINDS: &[FileKind] = &[
    ("Csv", "csv", "text/csv"),
    ("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("Image", "png", "image/png"),
    ("Pdf", "pdf", "application/pdf"),
    ("PowerPoint", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("Text", "txt", "text/plain"),
    ("Video", "mp4", "video/mp4"),
    ("Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
];

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name, without the ending.
    pub title: String,
    /// Its sort.
    pub kind: FileKind,
    /// The group on whose site it lies, or the person in whose OneDrive.
    pub container: ObjectRef,
    /// How it begins.
    pub preview: String,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// A document as somebody sees it.
struct Trending {
    id: String,
    weight: f64,
    title: String,
    kind: FileKind,
    preview: String,
    folder: String,
    url: String,
    container: String,
    container_type: &'static str,
    item: String,
    modified: Timestamp,
}

static PROPERTIES: &[Property<Trending>] = &[
    always("id", |it| Cell::Text(&it.id)),
    always("weight", |it| Cell::Real(it.weight)),
    always("lastModifiedDateTime", |it| Cell::Time(it.modified)),
    always("resourceVisualization", |it| {
        let (kind, _, media_type) = it.kind;
        Cell::Map(vec![
            ("title", Cell::Text(&it.title)),
            ("type", Cell::Text(kind)),
            ("mediaType", Cell::Text(media_type)),
            (
                "previewImageUrl",
                Cell::Owned(format!("{}/thumbnails/0/small/thumbnailContent", it.folder)),
            ),
            ("previewText", Cell::Text(&it.preview)),
            ("containerWebUrl", Cell::Text(&it.folder)),
            ("containerDisplayName", Cell::Text(&it.container)),
            ("containerType", Cell::Text(it.container_type)),
        ])
    }),
    always("resourceReference", |it| {
        Cell::Map(vec![
            ("webUrl", Cell::Text(&it.url)),
            ("id", Cell::Text(&it.item)),
            ("type", Cell::Text("microsoft.graph.driveItem")),
        ])
    }),
];

/// `GET …/insights/trending`: the most trending first.
pub fn trending(call: &mut Call<'_>) -> Result<Answer> {
    let person = call.person()?;
    let mut found: Vec<Trending> = around(call.state, person);
    list::retain(call, PROPERTIES, "trending", &mut found)?;
    let chosen = list::choose(call, PROPERTIES, "trending")?;
    list::page(call, (PROPERTIES, "trending"), found.iter().collect(), |item| {
        Item::plain(item, &chosen)
    })
}

/// What lies on the sites of one's groups and with the people one works with.
fn around(state: &State, person: u32) -> Vec<Trending> {
    let near = relevant::near(state, person);
    let seen_by = state
        .person(person)
        .map(|person| person.key.as_str())
        .unwrap_or_default();
    let seen = state
        .documents
        .iter()
        .filter(|document| near.iter().any(|(object, _)| *object == document.container));
    let mut found: Vec<Trending> = seen.filter_map(|document| shown(state, document, seen_by)).collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
    found
}

fn shown(state: &State, document: &Document, seen_by: &str) -> Option<Trending> {
    let host = state.company.initial_domain.split('.').next().unwrap_or_default();
    let (container, container_type, site) = match document.container {
        ObjectRef::Person(at) => {
            let person = state.person(at)?;
            let name = person.principal_name.replace(['@', '.'], "_");
            let site = format!("https://{host}-my.sharepoint.example/personal/{name}/Documents");
            (&person.display_name, "OneDriveBusiness", site)
        }
        other => {
            let super::object::Object::Group(group) = other.find(state)? else {
                return None;
            };
            let site = format!("https://{host}.sharepoint.example/sites/{}/Shared Documents", group.key);
            (&group.display_name, "Site", site)
        }
    };
    let (_, ending, _) = document.kind;
    let mark = digest(43, document.title.as_bytes());
    let name = percent_encode(&format!("{}.{ending}", document.title));
    let id = URL_SAFE_NO_PAD.encode([mark.to_be_bytes(), digest(47, seen_by.as_bytes()).to_be_bytes()].concat());
    let weight = (digest(mark, seen_by.as_bytes()) % 10_000) as f64 / 10_000.0;
    Some(Trending {
        id,
        weight,
        title: document.title.clone(),
        kind: document.kind,
        preview: document.preview.clone(),
        url: format!("{}/{name}", site.replace(' ', "%20")),
        folder: site,
        container: container.clone(),
        container_type,
        item: format!(
            "drives/b!{}/items/01{mark:016X}",
            URL_SAFE_NO_PAD.encode(container.as_bytes())
        ),
        modified: document.modified,
    })
}
