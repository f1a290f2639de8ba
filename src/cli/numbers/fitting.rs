//! Topics that fit what was typed, and whether one of them is meant.

use super::super::exit::Stop;
use super::super::resolve::ambiguous;
use super::Topical;
use crate::domain::{Id, Text};
use crate::protocol::{Problem, ProblemKind};

/// What a name may fit.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fits {
    /// A whole topic, or else a part of one.
    Parts,
    /// A whole topic only.
    WholeTopics,
}

/// What of a group's fits what was typed, by its topic.
pub(super) struct Fitting<'a, T> {
    typed: &'a str,
    in_lower_case: String,
    /// How many were looked at.
    pub count: usize,
    /// Those whose whole topic it is, and those of whose topics it is a part; each with its number in the present order.
    whole: Vec<(usize, T)>,
    parts: Vec<(usize, T)>,
}

impl<'a, T: Topical> Fitting<'a, T> {
    /// Nothing yet.
    pub fn to(typed: &'a str) -> Self {
        Fitting {
            typed,
            in_lower_case: typed.to_lowercase(),
            count: 0,
            whole: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Looks at the next in the present order.
    pub fn look_at(&mut self, item: T) {
        self.count += 1;
        let topic = item.topic().as_str().to_lowercase();
        if topic == self.in_lower_case {
            self.whole.push((self.count, item));
        } else if !self.in_lower_case.is_empty() && topic.contains(&self.in_lower_case) {
            self.parts.push((self.count, item));
        }
    }

    /// The only one that fits.
    ///
    /// # Errors
    /// `NotFound` where none does, `Usage` with the candidates where several do.
    pub fn only(self, fits: Fits) -> Result<Id, Stop> {
        let Fitting { typed, count, .. } = self;
        let [one, several] = T::NOUN;
        let only_parts = self.whole.is_empty();
        let fitting = if only_parts { self.parts } else { self.whole };
        match fitting.as_slice() {
            [] => Err(Problem::new(
                ProblemKind::NotFound,
                &format!("There is no {one} “{typed}” among the {count} of this group."),
                &format!("Give its number in `folkmoot {one} list`, its id, or a part of its topic."),
            )
            .into()),
            [_, ..] if only_parts && fits == Fits::WholeTopics => Err(ambiguous(
                &format!(
                    "“{typed}” is only a part of a topic: with --yes that deletes nothing, as it may fit another later."
                ),
                "Give the whole topic or the id of the one you mean, or leave --yes out:",
                rows(fitting),
            )),
            [(_, only)] => Ok(only.id().clone()),
            [_, _, ..] => Err(ambiguous(
                &format!("“{typed}” fits {} {several}.", fitting.len()),
                "Give the number or the id of the one you mean:",
                rows(fitting),
            )),
        }
    }
}

/// Candidates, each with its number in the present order.
fn rows<T: Topical>(fitting: Vec<(usize, T)>) -> Vec<Vec<Text>> {
    let row = |(number, item): (usize, T)| {
        vec![
            Text::new(&number.to_string()),
            item.topic().clone(),
            Text::new(item.id().as_str()),
        ]
    };
    fitting.into_iter().map(row).collect()
}
