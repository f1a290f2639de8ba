//! Attachments of a post: the list with all the bytes unless something is selected, one of them, and its bytes alone.
//! <https://learn.microsoft.com/graph/api/post-list-attachments>

use serde_json::Value;

use super::attachment::{Attachment, AttachmentKind, FILE_PROPERTIES, PROPERTIES};
use super::list::{self, Item};
use super::post::Post;
use super::posts;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Chosen, choose, defaults, find};

/// How `$select` names what only file attachments have.
const FILE_PREFIX: &str = "microsoft.graph.fileattachment/";
/// How `$expand` names the item of an item attachment.
const ITEM: &str = "microsoft.graph.itemattachment/item";

/// What is shown of attachments.
struct Wanted {
    common: Chosen<Attachment>,
    file: Chosen<Attachment>,
    item: bool,
}

impl Wanted {
    fn new(call: &Call<'_>) -> Result<Wanted> {
        let item = call
            .query
            .expand
            .iter()
            .any(|expand| expand.name.eq_ignore_ascii_case(ITEM));
        list::check_expansions(call, &[ITEM], "attachment")?;
        let Some(names) = &call.query.select else {
            return Ok(Wanted {
                item,
                ..Wanted::everything()
            });
        };
        let (of_files, mut common): (Vec<String>, Vec<String>) = names
            .iter()
            .cloned()
            .partition(|name| name.to_ascii_lowercase().starts_with(FILE_PREFIX));
        common.push("id".to_owned());
        let bare = |name: &String| name.get(FILE_PREFIX.len()..).unwrap_or_default().to_owned();
        let of_files: Vec<String> = of_files.iter().map(bare).collect();
        Ok(Wanted {
            common: choose(PROPERTIES, Some(&common), "attachment", true)?,
            file: choose(FILE_PROPERTIES, Some(&of_files), "fileAttachment", true)?,
            item,
        })
    }

    fn everything() -> Wanted {
        let mut file = defaults(FILE_PROPERTIES);
        file.extend(find(FILE_PROPERTIES, "contentBytes"));
        Wanted {
            common: defaults(PROPERTIES),
            file,
            item: false,
        }
    }

    fn row<'a>(&'a self, attachment: &'a Attachment, context: Option<String>) -> Item<'a, Attachment> {
        let json = |cell: Cell<'_>| serde_json::to_value(cell).unwrap_or(Value::Null);
        let more = match attachment.kind {
            AttachmentKind::File => self
                .file
                .iter()
                .map(|it| (it.name, json((it.get)(attachment))))
                .collect(),
            AttachmentKind::Item if self.item => vec![("item", attachment.item())],
            AttachmentKind::Item | AttachmentKind::Reference => Vec::new(),
        };
        let type_name = Some(attachment.kind.type_name());
        Item {
            context,
            type_name,
            more,
            ..Item::plain(attachment, &self.common)
        }
    }
}

/// `GET …/attachments`.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    let wanted = Wanted::new(call)?;
    let post = posts::find(call, posts::thread(call)?)?;
    let rows = post
        .attachments
        .iter()
        .map(|attachment| wanted.row(attachment, None))
        .collect();
    list::whole(call, rows, None, None)
}

/// `$expand=attachments` of a post: all the bytes of all of them.
pub fn expanded(post: &Post) -> Value {
    let wanted = Wanted::everything();
    post.attachments
        .iter()
        .filter_map(|attachment| serde_json::to_value(wanted.row(attachment, None)).ok())
        .collect()
}

/// `GET …/attachments/{attachment}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let wanted = Wanted::new(call)?;
    let attachment = attachment(call)?;
    let row = wanted.row(attachment, Some(list::entity_context(call)));
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `GET …/attachments/{attachment}/$value`: the bytes of a file, an item as MIME, and a refusal for a link.
pub fn value(call: &mut Call<'_>) -> Result<Answer> {
    let attachment = attachment(call)?;
    match attachment.kind {
        AttachmentKind::File => Ok(Answer::bytes(
            attachment.content_type.clone(),
            attachment.content.to_vec(),
        )),
        AttachmentKind::Item => Ok(Answer::bytes("text/plain", attachment.mime())),
        AttachmentKind::Reference => Err(GraphError::new(
            405,
            "ErrorInvalidRequest",
            "The OData request is not supported.",
        )),
    }
}

fn attachment<'a>(call: &'a Call<'_>) -> Result<&'a Attachment> {
    let post = posts::find(call, posts::thread(call)?)?;
    let id = call.parameter("attachment")?;
    post.attachments
        .iter()
        .find(|attachment| attachment.id == id)
        .ok_or_else(GraphError::no_item)
}
