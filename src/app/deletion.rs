//! Asking before a thread or a conversation is deleted: the dialog names what goes, and wants it typed.

use super::cmd::Cmd;
use super::editor::Editor;
use super::model::Model;
use super::notice;
use super::overlay::Overlay;
use super::remote::Remote;

use super::thread_changes::{ThreadEdit, UNDER_WAY, free_thread, send};
use crate::domain::Text;
use crate::protocol::{Doomed, Extent, Lane, Payload, Query, Reply, ThreadChange};
use crate::text::normalised;

/// A topic longer than this need not be typed.
const LONGEST: usize = 60;

/// The question whether something is to be deleted.
#[derive(Debug, Clone, PartialEq)]
pub struct Deletion {
    /// The name of the group.
    pub group: Text,
    /// What is to go.
    pub what: Doomed,
    /// What it is about.
    pub topic: Text,
    /// What goes.
    pub extent: Remote<Extent>,
    /// What is typed.
    pub line: Editor,
    /// Why Enter did nothing.
    pub objection: Option<&'static str>,
}

impl Deletion {
    /// What is to be typed: the topic, or words that any keyboard has; `None` until it is known what goes.
    pub fn wanted(&self) -> Option<String> {
        let extent = self.extent.ready()?;
        let topic = self.topic.as_str().trim();
        let is_plain = |c: char| c == ' ' || c.is_ascii_graphic();
        if !topic.is_empty() && topic.len() <= LONGEST && topic.chars().all(is_plain) {
            return Some(topic.to_owned());
        }
        Some(match extent.posts {
            1 => "delete 1 post".to_owned(),
            posts => format!("delete {posts} posts"),
        })
    }

    /// Whether what was typed confirms it. The topic does in any case; white space and the case of letters do not count.
    fn is_confirmed(&self) -> bool {
        let plain = |text: &str| normalised(text).to_lowercase();
        let typed = plain(&self.line.text());
        let wanted = [self.wanted().unwrap_or_default(), self.topic.to_string()];
        !typed.is_empty() && wanted.iter().any(|wanted| plain(wanted) == typed)
    }
}

/// Asks whether what is in hand is to go, a conversation or a thread, or the whole conversation that this is of, and finds
/// out what goes with it.
pub(super) fn ask(model: &mut Model, whole: bool) -> Vec<Cmd> {
    let in_hand = match model.conversation_in_hand().cloned() {
        Some(conversation) if ThreadEdit::deletes(model, &conversation.id) => {
            notice::say(model, UNDER_WAY);
            None
        }
        Some(conversation) => Some((Doomed::Conversation(conversation.id), conversation.topic)),
        None => free_thread(model).map(|thread| match whole {
            true => (Doomed::ConversationOf(thread.id), thread.topic),
            false => (Doomed::Thread(thread.id), thread.topic),
        }),
    };
    let Some((what, topic)) = in_hand else {
        return Vec::new();
    };
    let Some(group) = model.group.clone() else {
        return Vec::new();
    };
    let query = Query::Extent {
        group: group.id.clone(),
        of: what.clone(),
    };
    let (id, cmd) = model.read(Lane::Extent, query);
    let mut extent = Remote::Idle;
    extent.await_reply(id);
    model.overlay = Some(Overlay::Deletion(Box::new(Deletion {
        group: group.shown(),
        what,
        topic,
        extent,
        line: Editor::line(""),
        objection: None,
    })));
    vec![cmd]
}

fn open(model: &mut Model) -> Option<&mut Deletion> {
    match &mut model.overlay {
        Some(Overlay::Deletion(deletion)) => Some(deletion),
        _ => None,
    }
}

/// Takes what goes, if the question is still open.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let deletion = open(model).filter(|deletion| deletion.extent.awaits(reply.id))?;
    match &reply.result {
        Ok(Payload::Extent(extent)) => deletion.extent = Remote::Ready(extent.clone()),
        Ok(_) => {}
        Err(problem) => deletion.extent.fail(problem.clone()),
    }
    Some(Vec::new())
}

/// Changes what is typed.
pub(super) fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) {
    if let Some(deletion) = open(model) {
        change(&mut deletion.line);
        deletion.objection = None;
    }
}

/// Enter: deletes what was named, or says why not.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    let Some(deletion) = open(model) else {
        return Vec::new();
    };
    let change = match deletion.extent.ready() {
        None if deletion.extent.is_loading() => Err("It is still being counted what goes."),
        None => Err("What goes cannot be told, so nothing is deleted."),
        Some(_) if !deletion.is_confirmed() => Err("That is not it: nothing is deleted."),
        Some(extent) => match (&deletion.what, &extent.conversation) {
            (Doomed::Thread(thread), _) => Ok((thread.clone(), ThreadChange::Delete)),
            (_, None) => Err("The posts do not tell which conversation it is: delete the thread instead."),
            (_, Some(conversation)) => Ok((
                extent.threads.first().cloned().unwrap_or_default(),
                ThreadChange::DeleteConversation {
                    conversation: conversation.clone(),
                    threads: extent.threads.clone(),
                },
            )),
        },
    };
    match change {
        Ok((thread, change)) => {
            let topic = deletion.topic.clone();
            model.overlay = None;
            send(model, thread, topic, change)
        }
        Err(objection) => {
            deletion.objection = Some(objection);
            Vec::new()
        }
    }
}
