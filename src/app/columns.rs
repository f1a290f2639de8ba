//! The columns of the members, in their pane and in the tree of nested groups: which are shown, and by which they are
//! sorted.

use nucleo_matcher::chars::normalize;

use super::cmd::Cmd;
use super::model::Model;
use super::overlay::Overlay;
use super::{nested, notice};
use crate::domain::{DirectoryObject, Member, Pages, Text};
use crate::layout::Pane;
use crate::text::letters;

/// Something to be told of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// The display name: always shown.
    Name,
    /// The job title.
    Job,
    /// The department.
    Department,
    /// The address.
    Mail,
    /// The user principal name.
    SignIn,
    /// Person, guest, group, …
    Kind,
}

impl Column {
    /// All columns, in the order in which they are shown.
    pub const ALL: [Column; 6] = [
        Column::Name,
        Column::Job,
        Column::Department,
        Column::Mail,
        Column::SignIn,
        Column::Kind,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Job => "job",
            Column::Department => "department",
            Column::Mail => "mail",
            Column::SignIn => "sign-in name",
            Column::Kind => "kind",
        }
    }

    /// What it says of an object; nothing where that is unknown, or there is no such thing.
    pub fn of(self, object: &DirectoryObject) -> Option<&str> {
        let text = match self {
            Column::Name => object.name.as_ref(),
            Column::Job => object.job_title.as_ref(),
            Column::Department => object.department.as_ref(),
            // In the place of an address there may be the name to sign in with.
            Column::Mail => object.mail.as_ref(),
            Column::SignIn => object.signs_in_as(),
            Column::Kind => return Some(object.kind_in_words()),
        };
        text.map(Text::as_str).filter(|text| !text.is_empty())
    }
}

/// The columns that are shown, in their order. They are the same for every group, and the profile keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        Columns(vec![Column::Name, Column::Job, Column::Kind])
    }
}

impl Columns {
    /// These, and the name, in their order.
    pub fn of(columns: impl IntoIterator<Item = Column>) -> Self {
        let wanted: Vec<Column> = columns.into_iter().collect();
        let shown = |column: &Column| *column == Column::Name || wanted.contains(column);
        Columns(Column::ALL.into_iter().filter(shown).collect())
    }

    /// Whether a column is shown.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// The shown columns.
    pub fn shown(&self) -> &[Column] {
        &self.0
    }

    /// Shows a column, or hides it. The name stays.
    fn toggle(&mut self, column: Column) {
        let now = self.0.iter().copied();
        *self = if self.has(column) {
            Columns::of(now.filter(|other| *other != column))
        } else {
            Columns::of(now.chain([column]))
        };
    }
}

/// How the members are sorted. Owners come first in any order, and what has nothing to be sorted by comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub column: Column,
    /// From the end of the alphabet.
    pub reversed: bool,
}

impl Order {
    /// The places of members in this order; with `within`, only of those. Letters count, in any case, and accents do not;
    /// scripts follow one another as Unicode has them. Equals stay in the order in which they came.
    pub(super) fn sort(self, pages: &Pages<Member>, within: Option<&[u32]>) -> Vec<u32> {
        let row = |place: u32, member: &Member| {
            let key = self.column.of(&member.object).map(sort_key);
            (member.role, key.is_none(), key, place)
        };
        let mut rows: Vec<_> = match within {
            Some(places) => places
                .iter()
                .filter_map(|place| Some(row(*place, pages.get(*place as usize)?)))
                .collect(),
            None => (0..)
                .zip(pages.iter())
                .map(|(place, member)| row(place, member))
                .collect(),
        };
        rows.sort_unstable_by(|(role, none, key, place), (role2, none2, key2, place2)| {
            let by_key = if self.reversed { key2.cmp(key) } else { key.cmp(key2) };
            (role, none).cmp(&(role2, none2)).then(by_key).then(place.cmp(place2))
        });
        rows.into_iter().map(|(.., place)| place).collect()
    }
}

/// What a text is sorted by: its letters, small and without accents.
fn sort_key(text: &str) -> Box<str> {
    let small = text.to_lowercase();
    if small.is_ascii() {
        small.into()
    } else {
        letters(&small).map(normalize).collect()
    }
}

/// Opens the chooser.
pub(super) fn choose(model: &mut Model) {
    model.overlay = Some(Overlay::Columns { cursor: 0 });
}

/// Shows the column under the chooser's cursor, or hides it.
pub(super) fn toggle(model: &mut Model) {
    match chosen(model) {
        Some(Column::Name) => notice::say(model, "The name is always shown."),
        Some(column) => model.members.columns.toggle(column),
        None => {}
    }
}

/// The column under the chooser's cursor.
fn chosen(model: &Model) -> Option<Column> {
    match model.overlay {
        Some(Overlay::Columns { cursor }) => Column::ALL.get(cursor).copied(),
        _ => None,
    }
}

/// Sorts by the column under the chooser's cursor; in the pane by the next of those shown, and after the last of them by
/// none.
pub(super) fn sort(model: &mut Model) -> Vec<Cmd> {
    let pane = &model.members;
    let now = pane.order.map(|order| order.column);
    let column = match chosen(model) {
        Some(column) => Some(column).filter(|column| now != Some(*column)),
        None => {
            let mut rest = pane.columns.shown().iter().copied();
            rest.find(|column| now < Some(*column))
        }
    };
    sort_by(
        model,
        column.map(|column| Order {
            column,
            reversed: false,
        }),
    )
}

/// Turns the order round.
pub(super) fn reverse(model: &mut Model) -> Vec<Cmd> {
    let Some(Order { column, reversed }) = model.members.order else {
        notice::say(
            model,
            "The members stand as Graph sends them, the owners first; nothing is sorted.",
        );
        return Vec::new();
    };
    let reversed = !reversed;
    sort_by(model, Some(Order { column, reversed }))
}

fn sort_by(model: &mut Model, order: Option<Order>) -> Vec<Cmd> {
    model.members.order = order;
    let mut cmds = nested::sort(model);
    if model.members.list.order_by(order.is_some()) {
        cmds.extend(model.filter_again(Pane::Members));
    }
    cmds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ObjectKind, Role};

    fn member(name: Option<&str>, role: Role) -> Member {
        Member {
            object: DirectoryObject {
                id: name.unwrap_or("hidden").into(),
                kind: ObjectKind::User,
                name: name.map(Into::into),
                mail: None,
                user_principal_name: None,
                job_title: None,
                department: None,
                guest: false,
            },
            role,
        }
    }

    fn sorted(members: &[Member], reversed: bool, within: Option<&[u32]>) -> Vec<u32> {
        let column = Column::Name;
        Order { column, reversed }.sort(&members.iter().cloned().collect(), within)
    }

    #[test]
    fn letters_count_in_any_script_and_owners_come_first() {
        let names = [
            Some("zoe"),
            None,
            Some("Étienne"),
            Some("נועה"),
            Some("E\u{301}lodie"),
            Some("山田"),
            Some("aaron"),
            Some("\u{200f}Bea"),
            Some("Øystein"),
        ];
        let mut members: Vec<Member> = names.iter().map(|name| member(*name, Role::Member)).collect();
        members.push(member(Some("Zora"), Role::Owner));
        assert_eq!(sorted(&members, false, None), [9, 6, 7, 4, 2, 8, 0, 3, 5, 1]);
        assert_eq!(sorted(&members, true, None), [9, 5, 3, 0, 8, 2, 4, 7, 6, 1]);
        assert_eq!(sorted(&members, false, Some(&[0, 1, 4])), [4, 0, 1]);
    }

    #[test]
    fn equals_stay_in_the_order_in_which_they_came() {
        let members = ["ana", "Ana", "A\u{301}na", "Aña", "anb"].map(|name| member(Some(name), Role::Member));
        assert_eq!(sorted(&members, false, None), [0, 1, 2, 3, 4]);
        assert_eq!(sorted(&members, true, None), [4, 0, 1, 2, 3]);
    }

    #[test]
    fn columns_are_shown_in_one_order_and_the_name_always() {
        let mut columns = Columns::default();
        for column in [
            Column::Kind,
            Column::SignIn,
            Column::Name,
            Column::Department,
            Column::SignIn,
        ] {
            columns.toggle(column);
        }
        assert_eq!(columns.shown(), [Column::Name, Column::Job, Column::Department]);
    }
}
