//! What each action does. What it does place by place is in the files below: Enter among things, Esc, and the keys of a
//! text.

mod back;
mod entering;
mod typing;

pub(super) use entering::open;

use super::cmd::Cmd;
use super::editor::Edit;
use super::facts::{facts, holds, missing_said};
use super::finder::Goal;
use super::model::Model;
use super::movement::{Step, go_to_post, match_beside, move_by, rested, walk_hits};
use super::overlay::Overlay;
use super::palette::Palette;
use super::update::ask_who_i_am;
use super::{
    account, attachments, begin, columns, compose, conversations, copying, deletion, details, export, finder, folding,
    groups, header, in_hand, leaving, marks, members, nested, notice, org, outbox, outline, overlap, own, photo,
    profile, prompt, queue, raw, reading, review, sign_in, templates, thread_changes, threads, welcome,
};
use crate::config::registration;
use crate::keys::{Action, Place};
use crate::layout::Pane;
use crate::protocol::Method;

/// Does what a person wants, or says why it makes no sense now.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Cmd> {
    if let Err(missing) = holds(&facts(model), action) {
        let said = missing_said(model, missing);
        notice::say(model, &said);
        return match action {
            Action::ShowDrafts => vec![Cmd::TakeLeftDrafts],
            _ => Vec::new(),
        };
    }
    let place = match model.place() {
        Place::Completion if !action.places().contains(&Place::Completion) => model.place_below_completion(),
        place => place,
    };
    // From help one goes on only to what is there where the keyboard was.
    if place == Place::Help && matches!(action, Action::ShowPalette | Action::FindPerson) {
        if !action.places().contains(&model.place_below_help()) {
            return Vec::new();
        }
        model.help = None;
    }
    sign_in::wanted(model, action);
    match action {
        Action::MoveDown => move_by(model, place, Step::Line(1)),
        Action::MoveUp => move_by(model, place, Step::Line(-1)),
        Action::HalfPageDown => move_by(model, place, Step::Half(1)),
        Action::HalfPageUp => move_by(model, place, Step::Half(-1)),
        Action::First => move_by(model, place, Step::First),
        Action::Last => move_by(model, place, Step::Last),
        Action::NextPost => go_to_post(model, 1),
        Action::PreviousPost => go_to_post(model, -1),
        Action::ShowRaw => return raw::open(model),
        Action::NextRaw => return raw::turn(model),
        Action::OnePost => reading::turn_single(model),
        Action::JumpToPost => outline::open(model),
        Action::ShowDetails => details::open(model),
        Action::ListConversations | Action::ListThreads => return conversations::switch(model),
        Action::SwitchDates => model.settings.times.absolute = !model.settings.times.absolute,
        Action::FoldQuotes => folding::turn(model),
        Action::FoldAllQuotes => folding::turn_all(model),
        Action::Open => return open(model, place),
        Action::Back => return back::back(model, place),
        Action::NextPane => return focus(model, beside(model.focus, 1)),
        Action::PreviousPane => return focus(model, beside(model.focus, 3)),
        Action::FocusGroups => return focus(model, Pane::Groups),
        Action::FocusMembers => return focus(model, Pane::Members),
        Action::FocusThreads => return focus(model, Pane::Threads),
        Action::FocusPosts => return focus(model, Pane::Posts),
        Action::Filter | Action::Search => prompt::open(model, place),
        Action::NextHit => walk_hits(model, true),
        Action::PreviousHit => walk_hits(model, false),
        Action::EditOwn => return own::edit(model),
        Action::SaveCard => return prompt::ask_where_to_save_the_card(model),
        Action::Reply => return compose::reply(model, false),
        Action::ReplyQuoted => return compose::reply(model, true),
        Action::OpenLink if place == Place::Profile => return open(model, place),
        Action::OpenLink => return entering::open_link(model),
        Action::ShowAttachments => attachments::show(model),
        Action::SaveAttachment => return attachments::ask_where(model, false),
        Action::SaveAllAttachments => return attachments::ask_where(model, true),
        Action::OpenAnyway => return attachments::open(model, true),
        Action::Export => return export::ask(model, false),
        Action::ExportAll => return export::ask(model, true),
        Action::NextFormat => export::next_format(model),
        Action::StopExport => return export::stop(model),
        Action::StopSaving => return attachments::stop(model),
        Action::Copy | Action::CopyAddress => return copying::copy(model),
        Action::ShowProfile => return in_hand::show_profile(model, place),
        Action::FindPerson => return finder::open(model, Goal::Profile),
        Action::ShowOrg => return in_hand::show_org(model, place),
        Action::MyOrg => return profile::open_mine(model, profile::Mine::Org),
        Action::FindPath => return in_hand::find_path(model, place),
        Action::Unfold if place == Place::Nested => return nested::unfold(model),
        Action::Fold if place == Place::Nested => nested::fold(model),
        Action::Unfold => return org::unfold(model),
        Action::Fold => org::fold(model),
        Action::ShowNested => return nested::open(model),
        Action::AllLevels if place == Place::Overlap => return overlap::change_levels(model),
        Action::NextPart => overlap::next_part(model),
        Action::Compare => in_hand::compare(model, place),
        Action::Common => return in_hand::common(model, place),
        Action::Check => return in_hand::check(model, place),
        Action::Ways => return in_hand::ways(model, place),
        Action::AllLevels => return members::change_levels(model),
        Action::MyProfile => return profile::open_mine(model, profile::Mine::Profile),
        Action::Zoom => model.zoomed = !model.zoomed,
        Action::ChooseColumns => columns::choose(model),
        Action::Sort => return columns::sort(model),
        Action::SortReversed => return columns::reverse(model),
        Action::NextScope => return groups::next_scope(model),
        Action::OpenGroup => prompt::ask_for_group(model),
        Action::ShowDrafts => {
            model.overlay = Some(Overlay::Drafts {
                cursor: 0,
                discarding: false,
            });
            return vec![Cmd::TakeLeftDrafts];
        }
        Action::WriteAgain => {
            return entering::selected_draft(model)
                .map(|at| outbox::write_again(model, at))
                .unwrap_or_default();
        }
        Action::SendNow => {
            return entering::selected_draft(model)
                .map(|at| queue::send_now(model, at))
                .unwrap_or_default();
        }
        Action::TakeBack => return queue::take_back(model),
        Action::Discard => return outbox::discard(model),
        Action::Refresh => return refresh(model, place),
        Action::ShowHelp | Action::ShowHelpWhileTyping => model.help = Some(0),
        Action::ShowPalette => {
            let palette = Palette::open(model, model.pane_place());
            model.overlay = Some(Overlay::Palette(Box::new(palette)));
        }
        Action::AskPermission => sign_in::ask_for_missing(model),
        Action::ShowAccount => return account::show(model, false),
        Action::ShowCapabilities => return account::show_capabilities(model),
        Action::StartSignIn => return sign_in::start(model, "You asked for it."),
        Action::SignOut => return account::show(model, true),
        Action::ConfirmSignOut => return account::sign_out(model),
        Action::Proceed => return sign_in::proceed(model),
        Action::ByBrowser => return sign_in::begin(model, Some(Method::Browser)),
        Action::ByDevice => return sign_in::begin(model, Some(Method::Device)),
        Action::ByTokenCommand => return sign_in::begin(model, Some(Method::TokenCommand)),
        Action::ByAzureCli => return sign_in::begin(model, Some(Method::AzureCli)),
        Action::OpenPage => return sign_in::open_page(model),
        Action::TypeAddress => sign_in::type_address(model),
        Action::CopyRequest => return welcome::copy_for_administrator(model, registration::request),
        Action::CopyCommand => return welcome::copy_for_administrator(model, registration::az),
        Action::Redraw => return vec![Cmd::Redraw],
        Action::Suspend => return vec![Cmd::Suspend],
        Action::Quit | Action::Leave => return leaving::asked(model),
        Action::AskToSend => return review::ask_to_send(model),
        Action::ShowPreview => return review::look(model),
        Action::InsertTemplate => return templates::ask(model),
        Action::ConfirmSend => return review::confirm_send(model),
        Action::KeepWriting => review::keep_writing(model),
        Action::NewConversation => return begin::conversation(model),
        Action::NewThread => return begin::thread(model),
        Action::Forward => return begin::forward(model),
        Action::NextUnread => return marks::next_unread(model),
        Action::TurnRead => return marks::turn(model),
        Action::ReadAll => return marks::read_all(model),
        Action::TurnLock => return thread_changes::turn_lock(model),
        Action::DeleteThread => return deletion::ask(model, false),
        Action::DeleteConversation => return deletion::ask(model, true),
        Action::NextField => return header::go(model, true),
        Action::PreviousField => return header::go(model, false),
        Action::SwitchFormat => header::switch_format(model),
        Action::SwitchSignature => header::switch_signature(model),
        Action::ExternalEditor => return typing::external_editor(model),
        Action::Complete => return typing::complete(model),
        Action::Accept => return typing::accept(model, place),
        Action::NextMatch => match_beside(model, place, true),
        Action::PreviousMatch => match_beside(model, place, false),
        Action::NewLine | Action::LineBreak => return typing::edit(model, Edit::NewLine),
        Action::CursorUp => return typing::edit(model, Edit::Up),
        Action::CursorDown => return typing::edit(model, Edit::Down),
        Action::CursorPageUp => return typing::edit(model, Edit::PageUp),
        Action::CursorPageDown => return typing::edit(model, Edit::PageDown),
        Action::CursorTop => return typing::edit(model, Edit::Top),
        Action::CursorBottom => return typing::edit(model, Edit::Bottom),
        Action::CursorLeft => return typing::edit(model, Edit::Left),
        Action::CursorRight => return typing::edit(model, Edit::Right),
        Action::CursorWordLeft => return typing::edit(model, Edit::WordLeft),
        Action::CursorWordRight => return typing::edit(model, Edit::WordRight),
        Action::CursorLineStart => return typing::edit(model, Edit::LineStart),
        Action::CursorLineEnd => return typing::edit(model, Edit::LineEnd),
        Action::DeleteBack => return typing::edit(model, Edit::DeleteBack),
        Action::DeleteForward => return typing::edit(model, Edit::DeleteForward),
        Action::DeleteWord => return typing::edit(model, Edit::DeleteWord),
        Action::DeleteToLineEnd => return typing::edit(model, Edit::DeleteToLineEnd),
        Action::DeleteToLineStart => return typing::edit(model, Edit::DeleteToLineStart),
        Action::Undo => return typing::edit(model, Edit::Undo),
        Action::Redo => return typing::edit(model, Edit::Redo),
    }
    Vec::new()
}

fn beside(pane: Pane, by: usize) -> Pane {
    let at = Pane::ALL.iter().position(|other| *other == pane).unwrap_or(0);
    Pane::ALL.into_iter().cycle().nth(at + by).unwrap_or(pane)
}

/// Gives a pane the keyboard. In the threads, what the cursor stands on is read when it rests; leaving a pane is as good as
/// resting there, so that the panes never show different groups or threads for long.
pub(super) fn focus(model: &mut Model, pane: Pane) -> Vec<Cmd> {
    let mut cmds: Vec<Cmd> = profile::close_all(model).into_iter().collect();
    cmds.extend(rested(model));
    if pane == Pane::Posts
        && model.posts.thread.is_none()
        && let Some(thread) = model.thread_in_hand().or(model.threads.list.selected()).cloned()
        && !model.conversations.listed
    {
        cmds.extend(reading::open(model, thread));
        return cmds;
    }
    model.focus = pane;
    if pane == Pane::Threads {
        model.rest(Pane::Threads);
    }
    if pane == Pane::Posts {
        model.posts.left_unread = false;
    }
    cmds.extend(reading::lay_out(model));
    cmds
}

fn refresh(model: &mut Model, place: Place) -> Vec<Cmd> {
    let mut cmds = match place {
        Place::Groups => groups::load(model),
        Place::Members => groups::refresh_shown(model, Pane::Members),
        Place::Threads => groups::refresh_shown(model, Pane::Threads),
        Place::Conversations => conversations::load(model).into_iter().collect(),
        Place::Posts => {
            let mut cmds = reading::read_again(model);
            cmds.extend(threads::watch(model));
            cmds
        }
        Place::Org => org::refresh(model),
        Place::Nested => nested::refresh(model),
        Place::Overlap => overlap::refresh(model),
        Place::Raw => raw::refresh(model),
        Place::Profile => {
            let mut cmds = profile::refresh(model);
            cmds.extend(photo::refresh(model));
            cmds
        }
        Place::Finder => finder::refresh(model),
        Place::Links
        | Place::Attachments
        | Place::Details
        | Place::Drafts
        | Place::Help
        | Place::Account
        | Place::Capabilities
        | Place::Columns
        | Place::Welcome
        | Place::SignIn
        | Place::Composer
        | Place::Header
        | Place::Completion
        | Place::Templates
        | Place::Prompt
        | Place::Palette
        | Place::Outline
        | Place::Confirm
        | Place::Redirect
        | Place::Answer
        | Place::Preview
        | Place::Review => Vec::new(),
    };
    if model.me.problem().is_some() {
        cmds.push(ask_who_i_am(model));
    }
    cmds
}
