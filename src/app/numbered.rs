//! The lists whose items have numbers, a post's links and what is attached to it: a number goes to its item, and `/` to what is
//! called like what is typed.

use std::cmp::Reverse;

use super::fuzzy::Matcher;
use super::model::Model;
use super::notice;
use super::overlay::Overlay;

/// What the items are called, in their order.
fn labels(model: &Model) -> Vec<String> {
    match model.overlay {
        Some(Overlay::Links { .. }) => {
            let links = model.posts.links().iter();
            links.map(|link| format!("{} {}", link.label, link.shown)).collect()
        }
        Some(Overlay::Attachments { .. }) => {
            let attached = model.posts.attached().iter();
            attached.map(|file| file.name.to_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// Puts the cursor on an item, and remembers the number that was typed for it.
fn go_to(model: &mut Model, place: usize, number: usize) {
    match &mut model.overlay {
        Some(Overlay::Links { cursor, typed }) => (*cursor, *typed) = (place, number),
        Some(Overlay::Attachments { cursor, typed, warned }) => (*cursor, *typed, *warned) = (place, number, false),
        _ => {}
    }
}

/// A digit is typed: goes to the item of the number that it completes, or else of its own.
pub(super) fn digit(model: &mut Model, digit: usize) {
    let (Some(Overlay::Links { cursor, typed }) | Some(Overlay::Attachments { cursor, typed, .. })) = model.overlay
    else {
        return;
    };
    let numbers = 1..=labels(model).len();
    // Whoever has moved since means another number.
    let begun = if cursor + 1 == typed { typed } else { 0 };
    let whole = begun.saturating_mul(10).saturating_add(digit);
    if let Some(number) = [whole, digit].into_iter().find(|number| numbers.contains(number)) {
        go_to(model, number - 1, number);
    }
}

/// The places of what is called like this, or has this number, best first.
fn found(model: &Model, needle: &str) -> Vec<usize> {
    let mut matcher = Matcher::new(needle);
    let number = needle.trim().parse().ok();
    let mut found: Vec<_> = labels(model)
        .iter()
        .enumerate()
        .filter_map(|(place, label)| {
            let is_meant = number == Some(place + 1);
            let score = matcher.score(label);
            (is_meant || score.is_some()).then_some((!is_meant, Reverse(score), place))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, _, place)| place).collect()
}

/// Goes to what is called most like this.
pub(super) fn find(model: &mut Model, needle: &str) {
    if let Some(best) = found(model, needle).first() {
        go_to(model, *best, 0);
    }
}

/// Says so where nothing is called like this.
pub(super) fn settle(model: &mut Model, needle: &str) {
    if found(model, needle).is_empty() {
        notice::say(model, "Nothing here is called anything like this.");
    }
}

/// Goes on to the next that is called like this, in the order of the list, or back.
pub(super) fn walk(model: &mut Model, needle: &str, forward: bool) {
    let (Some(Overlay::Links { cursor, .. }) | Some(Overlay::Attachments { cursor, .. })) = model.overlay else {
        return;
    };
    let found = found(model, needle);
    let next = match forward {
        true => found
            .iter()
            .filter(|place| **place > cursor)
            .min()
            .or(found.iter().min()),
        false => found
            .iter()
            .filter(|place| **place < cursor)
            .max()
            .or(found.iter().max()),
    };
    if let Some(next) = next {
        go_to(model, *next, 0);
    }
}
