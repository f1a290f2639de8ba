//! Where each pane lies, in integers: a function of the terminal's size and of what is open. Read by `app`, for the
//! heights of pages, and by `ui`, for drawing; so both always agree.
//!
//! Rectangles and boxes are in `area.rs`; the panes and how they share the screen are here.

mod area;
#[cfg(test)]
mod tests;

pub use area::{Area, PHOTO, PHOTO_GAP, Size};

/// The four panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// Groups.
    Groups,
    /// Members of the group.
    Members,
    /// Threads of the group.
    Threads,
    /// Posts of the thread.
    Posts,
}

impl Pane {
    /// All panes, in the order of the Tab key and of the keys 1–4.
    pub const ALL: [Pane; 4] = [Pane::Groups, Pane::Members, Pane::Threads, Pane::Posts];

    /// Rows that one item takes; posts are as long as they are.
    pub fn rows_per_item(self) -> usize {
        match self {
            Pane::Threads => 2,
            Pane::Groups | Pane::Members | Pane::Posts => 1,
        }
    }
}

/// What is open besides the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// The composer, below the thread.
    pub composer: bool,
    /// The profile viewer, in the place of threads and posts.
    pub profile: bool,
    /// Nothing but the pane in hand, where neither of these is open.
    pub zoomed: bool,
}

/// Where everything lies. What is `None` is not shown at this size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrangement {
    /// The panes, each with its title in the first row.
    pub groups: Option<Area>,
    /// As above.
    pub members: Option<Area>,
    /// As above.
    pub threads: Option<Area>,
    /// As above.
    pub posts: Option<Area>,
    /// The profile viewer, with its title in the first row.
    pub profile: Option<Area>,
    /// The composer, with its title in the first row.
    pub composer: Option<Area>,
    /// The column between left and right, where there are two columns of panes.
    pub divider: Option<Area>,
    /// Who, where, and how busy the line is.
    pub status: Option<Area>,
    /// Keys and notices.
    pub footer: Option<Area>,
    /// Where overlays may lie: everything above status and footer.
    pub body: Area,
}

/// Below this the program shows a plain sentence.
pub const SMALLEST: Size = Size { width: 24, height: 6 };
/// From this on all four panes are shown.
const WIDE: Size = Size { width: 100, height: 24 };
/// From this on two panes are stacked.
const MEDIUM: Size = Size { width: 40, height: 18 };

impl Arrangement {
    /// Where a pane lies, if it is shown.
    pub fn pane(&self, pane: Pane) -> Option<Area> {
        match pane {
            Pane::Groups => self.groups,
            Pane::Members => self.members,
            Pane::Threads => self.threads,
            Pane::Posts => self.posts,
        }
    }

    /// How many items of a list pane are visible at once; at least one.
    pub fn page(&self, pane: Pane) -> usize {
        let rows = self.pane(pane).map_or(1, |area| usize::from(area.content().height));
        (rows / pane.rows_per_item()).max(1)
    }
}

/// Lays the screen out. Below [`SMALLEST`] nothing is placed but the body.
pub fn arrange(size: Size, focus: Pane, open: Open) -> Arrangement {
    let whole = Area {
        x: 0,
        y: 0,
        width: size.width,
        height: size.height,
    };
    if !size.holds(SMALLEST) {
        return Arrangement {
            body: whole,
            ..Arrangement::default()
        };
    }
    let (body, foot) = whole.split_rows(size.height - 2);
    let (status, footer) = foot.split_rows(1);
    let mut laid = Arrangement {
        status: Some(status),
        footer: Some(footer),
        body,
        ..Arrangement::default()
    };
    if open.zoomed && !open.composer && !open.profile {
        single(&mut laid, focus, open);
    } else if size.holds(WIDE) {
        wide(&mut laid, open);
    } else if size.holds(MEDIUM) {
        stacked(&mut laid, focus, open);
    } else {
        single(&mut laid, focus, open);
    }
    laid
}

/// So many parts of a whole that is divided into `parts`, rounded down. The product need not fit: the result does.
fn share(whole: u16, of: u16, parts: u16) -> u16 {
    whole / parts * of + whole % parts * of / parts
}

/// Groups above members on the left; threads above posts on the right.
fn wide(laid: &mut Arrangement, open: Open) {
    let body = laid.body;
    let left_width = share(body.width, 3, 10).clamp(30, 60);
    let left = Area {
        width: left_width,
        ..body
    };
    let right = Area {
        x: left_width + 1,
        width: body.width - left_width - 1,
        ..body
    };
    laid.divider = Some(Area {
        x: left_width,
        width: 1,
        ..body
    });
    let (groups, members) = left.split_rows(body.height.div_ceil(2));
    (laid.groups, laid.members) = (Some(groups), Some(members));
    if open.profile {
        laid.profile = Some(right);
        return;
    }
    let (threads, posts) = right.split_rows(share(body.height, 2, 5));
    laid.threads = Some(threads);
    place_posts(laid, posts, open);
}

/// The two panes that belong together, one above the other.
fn stacked(laid: &mut Arrangement, focus: Pane, open: Open) {
    let body = laid.body;
    if open.profile {
        laid.profile = Some(body);
    } else if matches!(focus, Pane::Groups | Pane::Members) && !open.composer {
        let (groups, members) = body.split_rows(body.height.div_ceil(2));
        (laid.groups, laid.members) = (Some(groups), Some(members));
    } else if open.composer {
        place_posts(laid, body, open);
    } else {
        let (threads, posts) = body.split_rows(share(body.height, 2, 5));
        laid.threads = Some(threads);
        laid.posts = Some(posts);
    }
}

/// One pane at a time.
fn single(laid: &mut Arrangement, focus: Pane, open: Open) {
    let body = Some(laid.body);
    match (open.composer, open.profile, focus) {
        (true, _, _) => laid.composer = body,
        (_, true, _) => laid.profile = body,
        (_, _, Pane::Groups) => laid.groups = body,
        (_, _, Pane::Members) => laid.members = body,
        (_, _, Pane::Threads) => laid.threads = body,
        (_, _, Pane::Posts) => laid.posts = body,
    }
}

/// Posts, and the composer in their lower half while it is open.
fn place_posts(laid: &mut Arrangement, area: Area, open: Open) {
    if open.composer {
        let (posts, composer) = area.split_rows(area.height / 2);
        (laid.posts, laid.composer) = (Some(posts), Some(composer));
    } else {
        laid.posts = Some(area);
    }
}
