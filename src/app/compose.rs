//! The composer. Enter is a newline; `^S` opens the review; Esc keeps the draft.

mod keeping;

pub(super) use keeping::{close, give_back, kept_draft, resume};

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::awaited::Awaited;
use super::cmd::Cmd;
use super::editor::{Edit, Editor};
use super::header::{self, Header};
use super::mention::{self, Mention};
use super::model::Model;
use super::{begin, notice, reading, review};
use crate::domain::{Draft, DraftId, Enclosed, Kind, Target};
use crate::keys::Action;
use crate::layout::Pane;
use crate::protocol::Problem;
use crate::text::Typeset;

/// How far the disk may be behind the keys: with the writing itself, less than a tenth of a second.
const SAVE_AFTER: Duration = Duration::from_millis(40);

/// The composer while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Composer {
    /// What is written, where it goes. Its text is the editor's, and what is unfinished the header's: they are filled in when
    /// it is saved.
    pub(super) draft: Draft,
    /// The topic that it began with and nobody has typed; of a draft that was kept, that is not known.
    topic_given: String,
    /// What is typed.
    pub editor: Editor,
    /// The field above the text that has the keyboard, if one has it.
    pub header: Header,
    /// The person that is being named in the text, behind an `@`.
    pub(super) mention: Option<Box<Mention>>,
    /// What the text becomes, laid out for the review.
    pub preview: Option<Arc<Typeset>>,
    /// The first row of the preview that is shown in the place of the text.
    pub looking: Option<usize>,
    /// The review before sending is open: the first row of it that is shown.
    pub review: Option<usize>,
    /// The review was on the screen: a yes that was typed before is none.
    pub(super) review_seen: bool,
    /// The newest state of the text.
    revision: u64,
    /// The newest state that is on disk.
    saved: u64,
    /// When the change after that is to be written.
    pub(super) save_at: Option<Instant>,
    /// Why the last writing failed.
    pub save_problem: Option<Problem>,
    /// What is still being made ready to go with it.
    pub awaited: Awaited,
    /// Why the last sending failed.
    pub send_problem: Option<Problem>,
}

impl Composer {
    pub(super) fn new(mut draft: Draft) -> Self {
        Composer {
            topic_given: draft.target.topic.clone(),
            editor: Editor::composer(&draft.text),
            header: Header::of(draft.with.unfinished.take()),
            mention: None,
            preview: None,
            looking: None,
            draft,
            review: None,
            review_seen: false,
            revision: 0,
            saved: 0,
            save_at: None,
            save_problem: None,
            awaited: Awaited::default(),
            send_problem: None,
        }
    }

    /// Its draft's name.
    pub fn id(&self) -> &DraftId {
        &self.draft.id
    }

    /// Where it goes.
    pub fn target(&self) -> &Target {
        &self.draft.target
    }

    /// What goes with the text.
    pub fn with(&self) -> &Enclosed {
        &self.draft.with
    }

    pub(super) fn target_mut(&mut self) -> &mut Target {
        &mut self.draft.target
    }

    pub(super) fn with_mut(&mut self) -> &mut Enclosed {
        &mut self.draft.with
    }

    /// Whether nothing was written that would be worth keeping.
    pub(super) fn is_empty(&self) -> bool {
        let Enclosed {
            people,
            categories,
            attachments,
            ..
        } = &self.draft.with;
        let topic = self.draft.target.topic.trim();
        let takes_topic = matches!(self.draft.target.kind, Kind::Conversation | Kind::Thread { .. });
        let has_topic = takes_topic && !topic.is_empty() && topic != self.topic_given.trim();
        let has_files = !attachments.is_empty() || self.awaited.files > 0;
        let has_words = has_topic || header::is_stuck(self);
        self.editor.is_blank() && people.is_empty() && categories.is_empty() && !has_files && !has_words
    }

    /// Whether everything typed is on disk.
    pub fn is_saved(&self) -> bool {
        self.saved >= self.revision && self.save_problem.is_none()
    }

    /// The draft with the text, and the words in the fields, as they stand.
    pub(super) fn draft(&self) -> Draft {
        let mut draft = self.draft.clone();
        draft.text = self.editor.text();
        draft.with.unfinished = self.header.unfinished();
        draft
    }

    /// Takes the word of the disk for a state of the text.
    pub(super) fn saved(&mut self, revision: u64, result: Result<(), Problem>, again: Instant) {
        match result {
            Ok(()) => {
                self.saved = self.saved.max(revision);
                self.save_problem = None;
            }
            Err(problem) => {
                self.revision = self.revision.max(revision);
                self.save_problem = Some(problem);
                self.save_at.get_or_insert(again);
            }
        }
    }

    /// Leaves the disk as it is to be when the composer is left: with the newest text, or without the draft where nothing
    /// is written, which is not worth keeping.
    pub(super) fn put_down(&mut self) -> Option<Cmd> {
        if self.is_empty() {
            Some(Cmd::RemoveDraft(self.draft.id.clone()))
        } else {
            self.save()
        }
    }

    /// The command that writes the newest text to disk, if it is not there.
    pub(super) fn save(&mut self) -> Option<Cmd> {
        self.save_at = None;
        (self.saved < self.revision).then(|| Cmd::SaveDraft {
            draft: Box::new(self.draft()),
            revision: self.revision,
        })
    }
}

/// Opens the composer to answer the thread in hand, or the post under the cursor in the posts pane.
pub(super) fn reply(model: &mut Model, quoted: bool) -> Vec<Cmd> {
    let (Some(group), Some(thread)) = (model.group.clone(), model.thread_in_hand().cloned()) else {
        return Vec::new();
    };
    let mut cmds = reading::show(model, thread.clone());
    let answered = (model.focus == Pane::Posts)
        .then(|| model.posts.selected().cloned())
        .flatten();
    let answered = answered.filter(|entry| entry.pending.is_none()).map(|entry| entry.post);
    let target = Target {
        group: group.id.clone(),
        kind: Kind::Reply {
            thread: thread.id.clone(),
            post: answered.as_ref().map(|post| post.id.clone()),
        },
        group_name: group.shown().to_string(),
        topic: thread.topic.to_string(),
        quoted: None,
    };
    model.focus = Pane::Posts;
    if let Some(kept) = kept_draft(model, &target) {
        notice::say(model, "Your draft of this reply was kept; here it is.");
        cmds.extend(resume(model, &kept));
        return cmds;
    }
    // A quoted reply quotes the post it answers; one to a whole thread quotes the newest post.
    let quotable = answered.or_else(|| {
        model
            .posts
            .entries
            .iter()
            .rev()
            .find(|entry| entry.pending.is_none())
            .map(|entry| entry.post.clone())
    });
    if quoted && quotable.is_none() {
        let again = model.key(Action::ReplyQuoted);
        let said = format!("The post to quote has not come yet; press {again} again in a moment.");
        notice::say(model, &said);
        return cmds;
    }
    let draft = begin::draft(model, target);
    let mut composer = Composer::new(draft);
    if let Some(post) = quotable.filter(|_| quoted) {
        composer.awaited.quote = true;
        cmds.push(Cmd::Quote {
            draft: composer.draft.id.clone(),
            post,
        });
    }
    cmds.extend(open(model, composer));
    cmds
}

/// Opens the composer. Of the answered post as much stays in view as its smaller pane can show.
pub(super) fn open(model: &mut Model, composer: Composer) -> Vec<Cmd> {
    model.composer = Some(composer);
    let cmds = laid_out(model);
    let rows = reading::rows(model);
    model.posts.show_whole(rows);
    cmds
}

/// Gives the editor the room that the layout has for it, and has the posts laid out for theirs.
pub(super) fn laid_out(model: &mut Model) -> Vec<Cmd> {
    if let (Some(area), Some(composer)) = (model.arrangement().composer, &mut model.composer) {
        let content = area.content();
        let fields = composer.shown_fields().len() as u16;
        composer
            .editor
            .lay_out(content.width, content.height.saturating_sub(fields));
    }
    let mut cmds: Vec<Cmd> = review::preview_again(model).into_iter().collect();
    cmds.extend(reading::arrange_entries(model));
    cmds
}

/// Changes what is written, and has it saved soon.
pub(super) fn change(model: &mut Model, change: impl FnOnce(&mut Composer)) {
    let revision = model.next_revision();
    if let Some(composer) = &mut model.composer {
        change(composer);
        composer.revision = revision;
        composer.save_at.get_or_insert(model.now.instant + SAVE_AFTER);
    }
}

/// What is said of what the editor does not take.
pub(super) const TOO_LONG: &str = "That was not added: the text is too long to be typed into.";

/// Types a character.
pub(super) fn typed(model: &mut Model, c: char) -> Vec<Cmd> {
    put_in(model, |editor| editor.type_char(c));
    mention::follow(model, true)
}

/// Takes a paste as text: nothing in it is a command.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Cmd> {
    put_in(model, |editor| editor.paste(text));
    mention::follow(model, false)
}

/// Has the editor take something, unless there is too much in it for that.
fn put_in(model: &mut Model, put: impl FnOnce(&mut Editor)) {
    if model.composer.as_ref().is_some_and(|open| open.editor.is_too_long()) {
        return notice::say(model, TOO_LONG);
    }
    change(model, |composer| put(&mut composer.editor));
}

/// Does to the text what a key says.
pub(super) fn edit(model: &mut Model, edit: Edit) -> Vec<Cmd> {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    if composer.editor.act(edit) {
        change(model, |_| {});
    }
    mention::follow(model, false)
}

/// Takes the text that the person wrote in `$EDITOR`.
pub(super) fn edited(model: &mut Model, draft: &DraftId, result: Result<String, Problem>) -> Vec<Cmd> {
    let ours = model
        .composer
        .as_ref()
        .is_some_and(|composer| composer.draft.id == *draft);
    match result {
        Ok(text) if ours => change(model, |composer| {
            composer.editor = Editor::composer(&text);
            composer.mention = None;
        }),
        Ok(_) => {}
        Err(problem) => notice::warn(model, &problem),
    }
    laid_out(model)
}
