//! What comes from the keyboard: a key is an action or a letter, a paste is text, and both go to where the keyboard is.

use super::cmd::Cmd;
use super::editor::Editor;
use super::model::Model;
use super::typed_ahead::{self, Input};
use super::{
    actions, compose, deletion, finder, header, leaving, notice, numbered, outline, palette, prompt, sign_in,
    templates, welcome,
};
use crate::keys::{Action, Chord, Place};

/// Takes what comes from the keyboard, at once or once the list has come that it is meant for.
pub(super) fn input(model: &mut Model, input: Input) -> Vec<Cmd> {
    // What only draws the screen once more takes nothing from it.
    let redraws = |chord: &Chord| model.settings.keymap.action(model.place(), *chord) == Some(Action::Redraw);
    if !matches!(&input, Input::Key(chord) if redraws(chord)) {
        notice::make_way(model);
    }
    if typed_ahead::put_aside(model, &input) {
        return Vec::new();
    }
    match input {
        Input::Key(chord) => key(model, chord),
        Input::Paste(text) => paste(model, &text),
    }
}

/// Takes a key for what it means where the keyboard is.
fn key(model: &mut Model, chord: Chord) -> Vec<Cmd> {
    let keymap = &model.settings.keymap;
    let place = model.place_below_completion();
    let action = keymap
        .action(model.place(), chord)
        .or_else(|| keymap.action(place, chord));
    if !matches!(action, Some(Action::Quit | Action::Leave)) {
        leaving::stays(model);
    }
    if action != Some(Action::NextUnread) {
        model.offered = None;
    }
    if let Some(action) = action {
        return actions::act(model, action);
    }
    match (place, chord.typed()) {
        (Place::Composer, Some(c)) => compose::typed(model, c),
        (Place::Links | Place::Attachments, Some(c)) => {
            if let Some(digit) = c.to_digit(10) {
                numbered::digit(model, digit as usize);
            }
            Vec::new()
        }
        (_, Some(c)) => match edit_line(model, place, |line| line.type_char(c)) {
            Some(cmds) => cmds,
            None => unbound(model, chord),
        },
        (_, None) => unbound(model, chord),
    }
}

/// A key that means nothing where the keyboard is: what does is a key away.
fn unbound(model: &mut Model, chord: Chord) -> Vec<Cmd> {
    let place = model.place();
    let helps = [Action::ShowHelp, Action::ShowHelpWhileTyping].into_iter();
    let help = helps
        .filter(|help| help.places().contains(&place))
        .map(|help| model.key(help))
        .next();
    let helps = help.map(|key| format!(" {key} shows what does.")).unwrap_or_default();
    notice::say(model, &format!("{chord} means nothing here.{helps}"));
    Vec::new()
}

/// A paste is text wherever typing is text, and nothing anywhere else: no command hides in it.
fn paste(model: &mut Model, text: &str) -> Vec<Cmd> {
    leaving::stays(model);
    let place = model.place_below_completion();
    let text = match place {
        Place::Composer => return compose::paste(model, text),
        Place::SignIn | Place::Redirect => {
            sign_in::paste(model, text);
            return Vec::new();
        }
        Place::Confirm | Place::Answer => text.trim(),
        _ => text,
    };
    if let Some(cmds) = edit_line(model, place, |line| line.paste(text)) {
        return cmds;
    }
    if place == Place::Welcome {
        notice::say(model, "There is nothing to paste into yet.");
    } else {
        let [reply, filter] = [Action::Reply, Action::Filter].map(|action| model.key(action));
        let said = format!("Pasted text goes into a reply ({reply}) or a filter ({filter}).");
        notice::say(model, &said);
    }
    Vec::new()
}

/// Changes the line that is typed in a place, and does what follows; `None` where no line is. Letters, pastes and the keys of
/// a line all come here.
pub(super) fn edit_line(model: &mut Model, place: Place, change: impl FnOnce(&mut Editor)) -> Option<Vec<Cmd>> {
    match place {
        Place::Header => return Some(header::edit(model, change)),
        Place::Finder => return Some(finder::edit(model, change)),
        Place::Prompt => {
            if let Some(prompt) = &mut model.prompt {
                let full = prompt.line.is_too_long().then(|| prompt.line.size());
                change(&mut prompt.line);
                if full == Some(prompt.line.size()) {
                    notice::say(model, compose::TOO_LONG);
                }
            }
            return Some(prompt::typed(model));
        }
        Place::Redirect => {
            if let Some(sign_in) = &mut model.sign_in {
                change(&mut sign_in.line);
            }
        }
        Place::Answer => welcome::edit(model, change),
        Place::Confirm => deletion::edit(model, change),
        Place::Outline => outline::edit(model, change),
        Place::Palette => palette::edit(model, change),
        Place::Templates => templates::edit(model, change),
        _ => return None,
    }
    Some(Vec::new())
}
