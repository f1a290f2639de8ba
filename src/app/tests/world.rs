//! A make-believe outside: it gathers what the model asks for, answers when it is told to, and knows what lies on disk.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::answers::answer;
use super::fixture::*;
use crate::app::{Cmd, ExportStep, PathEntry, PhotoOutcome, Picture, SavingStep, Template, What};
use crate::domain::{DraftId, DraftState, Id, Post};
use crate::layout::Size;
use crate::protocol::{
    Delivery, Job, Marks, Mutation, Part, Payload, Problem, ProblemKind, Query, Reply, Request, RequestId, SignInStep,
};
use crate::text::typeset;

/// The size of answers at which the disk takes nothing.
pub(super) const FULL: usize = 7;

/// A request with the parts of its answer that have not been sent.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) id: RequestId,
    pub(super) parts: VecDeque<Payload>,
}

pub(super) struct World {
    pub(super) stage: Stage,
    pub(super) pending: Vec<Pending>,
    /// Requests whose last part was sent.
    pub(super) answered: Vec<RequestId>,
    /// Work that needs no network, each as its answer.
    pub(super) work: VecDeque<What>,
    /// What lies on disk.
    pub(super) disk: HashMap<DraftId, String>,
    /// What the disk has not taken, though it was handed over.
    pub(super) unsaved: HashMap<DraftId, String>,
    /// What lies on disk of one's own profile, and what the disk has not taken of it.
    pub(super) own: [HashMap<(Id, String), String>; 2],
    /// Drafts that were sent, and of which nobody has said that they were not.
    sent: HashSet<DraftId>,
    /// Drafts that were found at the start.
    found: HashSet<DraftId>,
    pub(super) ended: bool,
}

impl World {
    /// A program that has just started.
    pub(super) fn new() -> Self {
        World::of(Stage::new())
    }

    pub(super) fn of(stage: Stage) -> Self {
        let mut world = World {
            stage,
            pending: Vec::new(),
            answered: Vec::new(),
            work: VecDeque::new(),
            disk: HashMap::new(),
            unsaved: HashMap::new(),
            own: Default::default(),
            sent: HashSet::new(),
            found: HashSet::new(),
            ended: false,
        };
        world.tell(What::Started, 3);
        world
    }

    /// Sends a message. What it asks for will be answered with lists of about so many items.
    pub(super) fn tell(&mut self, what: What, size: usize) {
        for cmd in self.stage.tell(what) {
            self.carry_out(cmd, size);
        }
        // Not every frame comes before the next key.
        if self.stage.model.asks_unseen() && !size.is_multiple_of(4) {
            self.tell(What::Shown, size);
        }
    }

    pub(super) fn key(&mut self, name: &str) {
        let chord = name.parse().unwrap();
        self.tell(What::Key(chord), 3);
    }

    fn carry_out(&mut self, cmd: Cmd, size: usize) {
        match cmd {
            Cmd::Send(Request { id, job }) => {
                if let Job::Write(_, Mutation::Deliver(draft)) = &job {
                    assert!(self.sent.insert(draft.id.clone()), "{:?} is sent twice", draft.id);
                    self.write(draft.id.clone(), &draft.text, true);
                }
                if let Job::Read(_, Query::Threads { group, since: None }) = &job {
                    let (group, marks) = (group.clone(), Marks::default());
                    let (part, result) = (Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
                    self.work.push_back(What::Reply(Reply { id, part, result }));
                }
                let parts = answer(&job, size).into();
                self.pending.push(Pending { id, parts });
            }
            Cmd::Typeset { posts, width } => {
                let laid_out = |posts: &[Arc<Post>]| What::Typeset {
                    width,
                    laid_out: posts.iter().map(|post| laid_out(post, width)).collect(),
                };
                self.work.extend(posts.chunks(2).map(laid_out));
            }
            Cmd::Search { needle, laid_out } => self.work.push_back(searched(&needle, &laid_out)),
            Cmd::Filter {
                list,
                generation,
                needle,
                haystack,
                within,
            } => self.work.push_back(What::Filtered {
                list,
                generation,
                shown: crate::app::filter(&haystack, &needle, within.as_deref()).into(),
            }),
            Cmd::Quote { draft, .. } => {
                let html = "<blockquote>quoted</blockquote>".into();
                self.work.push_back(What::Quoted { draft, html });
            }
            // Not every photo can be had.
            Cmd::Photo(order) => self.work.push_back(What::Photo {
                id: order.id,
                outcome: match size % 3 {
                    0 => PhotoOutcome::Drawn(Picture::of_letters("▀", order.size)),
                    1 => PhotoOutcome::Nothing,
                    _ => PhotoOutcome::Unread,
                },
            }),
            Cmd::Save { id, saving } => {
                let step = SavingStep::Has(7, Some(size as u64));
                self.work.push_back(What::Saving { id, step });
                let result = if size.is_multiple_of(2) {
                    Err(problem())
                } else {
                    Ok(saving.attachment.name.as_str().into())
                };
                let step = SavingStep::Done(result);
                self.work.push_back(What::Saving { id, step });
            }
            Cmd::Export { id, .. } => {
                let step = ExportStep::Has(0, size);
                self.work.push_back(What::Exporting { id, step });
                let step = ExportStep::Done(Err(problem()));
                self.work.push_back(What::Exporting { id, step });
            }
            Cmd::StopSaving(_) => {}
            Cmd::ReadTemplates => {
                let template = |name: &str| Template {
                    name: name.into(),
                    text: Ok("Dear {{group}},\n{{date}}".into()),
                };
                let result = match size % 3 {
                    0 => Err(problem()),
                    _ => Ok(["議事録", "e"].map(template).into()),
                };
                self.work.push_back(What::Templates(result));
            }
            Cmd::ListFolder { id, .. } => {
                let entry = |name: &str| PathEntry {
                    name: name.to_owned(),
                    is_folder: name.len() > 3,
                };
                let result = match size % 3 {
                    0 => Err(problem()),
                    1 => Err(Problem::new(ProblemKind::NotFound, "It is not there.", "")),
                    _ => Ok(["山田 花子", ".x", "e", "eb", "קבצים"].map(entry).into()),
                };
                self.work.push_back(What::Listed { id, result });
            }
            Cmd::Preview { draft, width } => {
                let html = crate::text::draft_html(&draft.text, &draft.with, None);
                let body = crate::domain::Body::Html(crate::domain::Html::new(html));
                let set = Arc::new(typeset(&body, width));
                self.work.push_back(What::Previewed { draft: draft.id, set });
            }
            Cmd::Enclose { draft, path } => {
                let result = if size.is_multiple_of(3) {
                    Err(problem())
                } else {
                    Ok(super::fields::file(&path, 7))
                };
                self.work.push_back(What::Enclosed { draft, path, result });
            }
            Cmd::LayOutRaw { id, post, kind, width } => {
                let rows = crate::app::raw_rows(&post, kind, width);
                self.work.push_back(What::RawLaidOut { id, rows });
            }
            Cmd::RawText { post, kind } => {
                let text = crate::app::raw_text(&post, kind).into_owned();
                self.work.push_back(What::PlainText(text));
            }
            Cmd::PlainText(post) => {
                let text = crate::text::plain_text(&post.body);
                self.work.push_back(What::PlainText(text));
            }
            Cmd::Edit(draft) => {
                let result = if size.is_multiple_of(3) {
                    Err(problem())
                } else {
                    Ok(draft.text + "\nedited")
                };
                self.work.push_back(What::Edited {
                    draft: draft.id,
                    result,
                });
            }
            Cmd::SaveDraft { draft, revision } => {
                assert!(!self.sent.contains(&draft.id), "{:?} may have been sent", draft.id);
                let result = if size.is_multiple_of(7) { Err(problem()) } else { Ok(()) };
                // A disk that fails has nothing to show; the model must try again.
                self.write(draft.id.clone(), &draft.text, result.is_ok());
                let draft = draft.id.clone();
                self.work.push_back(What::DraftSaved {
                    draft,
                    revision,
                    result,
                });
            }
            Cmd::MarkDraft(draft) => {
                match draft.state {
                    DraftState::Writing => drop(self.sent.remove(&draft.id)),
                    state => assert!(
                        !self.sent.contains(&draft.id),
                        "{:?} is {state:?} though it may have been sent",
                        draft.id
                    ),
                }
                let works = !size.is_multiple_of(7);
                self.write(draft.id.clone(), &draft.text, works);
                if !works {
                    let (draft, problem) = (draft.id, problem());
                    self.work.push_back(What::NotMarked { draft, problem });
                }
            }
            Cmd::TakeLeftDrafts => {
                let (mine, elsewhere) = (Vec::new(), size % 3);
                self.work.push_back(What::DraftsLeft { mine, elsewhere });
            }
            Cmd::RemoveDraft(id) => {
                self.disk.remove(&id);
                self.unsaved.remove(&id);
            }
            Cmd::KeepOwn(words) => {
                let works = !size.is_multiple_of(7);
                let [disk, unsaved] = &mut self.own;
                unsaved.remove(&words.name());
                let to = if works { disk } else { unsaved };
                to.insert(words.name(), words.text.clone());
                let result = if works { Ok(()) } else { Err(problem()) };
                self.work.push_back(What::OwnKept { words, result });
            }
            Cmd::DropOwn { person, property } => {
                let name = (person, property);
                self.own.iter_mut().for_each(|own| drop(own.remove(&name)));
            }
            Cmd::Exit => self.ended = true,
            Cmd::SaveCard { folder, .. } => self.work.push_back(What::CardSaved(Ok(folder))),
            Cmd::SignIn { id, .. } => self.work.push_back(What::SignIn {
                id,
                step: SignInStep::Failed(problem()),
            }),
            Cmd::SignOut => self.work.push_back(What::SignedOut(Ok(true))),
            Cmd::AskStanding => self.work.push_back(What::Standing {
                standing: Ok(None),
                granted: None,
            }),
            Cmd::PasteAnswer(_) | Cmd::CancelSignIn => {}
            // Only the first run asks for these.
            Cmd::Begin(_) | Cmd::ChangeOver => panic!("{cmd:?}"),
            Cmd::KeepMark { .. }
            | Cmd::Abandon(_)
            | Cmd::AbandonAll
            | Cmd::Copy(_)
            | Cmd::OpenUrl(_)
            | Cmd::OpenFile(_)
            | Cmd::Page(_)
            | Cmd::Redraw
            | Cmd::Suspend => {}
        }
    }

    /// Hands a text over to the disk, which may fail.
    fn write(&mut self, id: DraftId, text: &str, works: bool) {
        if works {
            self.unsaved.remove(&id);
            self.disk.insert(id, text.to_owned());
        } else {
            self.unsaved.insert(id, text.to_owned());
        }
    }

    /// Hears what the disk has to say of what it was to write; from now on it works.
    pub(super) fn hear_from_the_disk(&mut self) {
        self.hear_from_the_disk_that_is(1);
    }

    /// The same, where it is so from now on.
    pub(super) fn hear_from_the_disk_that_is(&mut self, so: usize) {
        let said = |what: &What| {
            matches!(
                what,
                What::DraftSaved { .. } | What::NotMarked { .. } | What::OwnKept { .. }
            )
        };
        while let Some(at) = self.work.iter().position(said) {
            let what = self.work.remove(at).unwrap();
            self.tell(what, so);
        }
    }

    /// Drafts that were found on disk.
    pub(super) fn found(&mut self, what: What) {
        let What::Drafts { mine, .. } = &what else {
            panic!("{what:?}")
        };
        let names: Vec<_> = mine.iter().map(|draft| draft.id.clone()).collect();
        if names.iter().any(|id| self.found.contains(id)) {
            // A draft is found once: this program holds it from then on.
            return;
        }
        for draft in mine {
            self.disk.insert(draft.id.clone(), draft.text.clone());
            if matches!(draft.state, DraftState::Sending { .. } | DraftState::Accepted { .. }) {
                self.sent.insert(draft.id.clone());
            }
        }
        self.found.extend(names);
        self.tell(what, 3);
    }

    /// Sends the next part of one of the answers, or ends it with a problem.
    pub(super) fn answer(&mut self, which: usize, fails: bool, size: usize) {
        if self.pending.is_empty() {
            return;
        }
        let at = which % self.pending.len();
        let Pending { id, parts } = &mut self.pending[at];
        let id = *id;
        let payload = parts.pop_front().unwrap_or(Payload::Nothing);
        let part = if fails || parts.is_empty() {
            Part::Last
        } else {
            Part::More
        };
        if part == Part::Last {
            self.pending.remove(at);
            self.answered.push(id);
        }
        if let Payload::Delivery { draft, outcome, .. } = &payload
            && !fails
            && matches!(outcome, Delivery::NotSent(_))
        {
            self.sent.remove(draft);
        }
        let result = if fails { Err(problem()) } else { Ok(payload) };
        self.tell(What::Reply(crate::protocol::Reply { id, part, result }), size);
    }

    /// Finishes one piece of work.
    pub(super) fn work(&mut self, which: usize, size: usize) {
        if !self.work.is_empty() {
            let at = which % self.work.len();
            let done = self.work.remove(at).unwrap();
            self.tell(done, size);
        }
    }

    /// Lets time pass, and what falls due meanwhile happen.
    pub(super) fn wait(&mut self, millis: u64, size: usize) {
        for cmd in self.stage.wait(millis) {
            self.carry_out(cmd, size);
        }
    }

    /// Answers everything that is asked, in the order in which `choose` picks among so many.
    pub(super) fn settle_down(&mut self, mut choose: impl FnMut(usize) -> usize) {
        while self.pending.len() + self.work.len() > 0 {
            let at = choose(self.pending.len() + self.work.len());
            if at < self.pending.len() {
                self.answer(at, false, 3);
            } else {
                self.work(at - self.pending.len(), 3);
            }
        }
    }

    pub(super) fn resize(&mut self, width: u16, height: u16, size: usize) {
        self.tell(What::Resized(Size { width, height }), size);
    }
}
