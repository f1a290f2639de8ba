//! How a person likes the members to be shown, kept in the profile's folder from one run to the next. The config file is
//! the person's own and never written for this.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::app::{Column, Columns, MembersPane, Order};

const FILE: &str = "members.json";

/// How long leaving waits for the disk.
const LAST_WAIT: Duration = Duration::from_millis(250);

/// What the file says. What is not understood is as if it were not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct View {
    columns: Vec<String>,
    sorted_by: Option<String>,
    reversed: bool,
}

impl Default for View {
    fn default() -> Self {
        View::of(&MembersPane::default())
    }
}

impl View {
    /// How the members are shown now.
    pub(super) fn of(pane: &MembersPane) -> Self {
        let name = |column: &Column| column.name().to_owned();
        View {
            columns: pane.columns.shown().iter().map(name).collect(),
            sorted_by: pane.order.map(|order| name(&order.column)),
            reversed: pane.order.is_some_and(|order| order.reversed),
        }
    }

    /// How they were shown when the program ended last.
    pub(super) fn read(folder: &Path) -> Self {
        let Ok(json) = fs::read(folder.join(FILE)) else {
            return View::default();
        };
        serde_json::from_slice(&json).unwrap_or_else(|error| {
            tracing::warn!(line = error.line(), "how the members were shown cannot be read");
            View::default()
        })
    }

    /// Shows them like this.
    pub(super) fn apply(&self, pane: &mut MembersPane) {
        let named = |name: &str| Column::ALL.into_iter().find(|column| column.name() == name);
        pane.columns = Columns::of(self.columns.iter().filter_map(|name| named(name)));
        let column = self.sorted_by.as_deref().and_then(named);
        pane.order = column.map(|column| Order {
            column,
            reversed: self.reversed,
        });
        pane.list.order_by(pane.order.is_some());
    }

    /// Writes it, if it is another than at the start. A disk that hangs does not hold the program.
    pub(super) async fn keep(self, folder: PathBuf, before: &View) {
        if self == *before {
            return;
        }
        let write = tokio::task::spawn_blocking(move || self.write(&folder));
        match tokio::time::timeout(LAST_WAIT, write).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::warn!(%error, "how the members are shown could not be kept"),
            Ok(Err(_)) | Err(_) => tracing::warn!("how the members are shown could not be kept in time"),
        }
    }

    fn write(&self, folder: &Path) -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.persist(folder.join(FILE))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_chosen_is_there_again_and_nothing_is_written_where_nothing_was() {
        let folder = tempfile::tempdir().unwrap();
        let start = View::read(folder.path());
        let mut pane = MembersPane::default();
        start.apply(&mut pane);
        assert_eq!(
            pane,
            MembersPane {
                list: pane.list.clone(),
                ..MembersPane::default()
            }
        );
        start.clone().keep(folder.path().to_owned(), &start).await;
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

        pane.columns = Columns::of([Column::Department, Column::SignIn]);
        let (column, reversed) = (Column::Department, true);
        pane.order = Some(Order { column, reversed });
        View::of(&pane).keep(folder.path().to_owned(), &start).await;
        let mut again = MembersPane::default();
        View::read(folder.path()).apply(&mut again);
        assert_eq!((again.columns.shown(), again.order), (pane.columns.shown(), pane.order));
        assert_eq!(
            again.columns.shown(),
            [Column::Name, Column::Department, Column::SignIn]
        );
    }

    #[test]
    fn what_is_not_understood_is_as_if_it_were_not_there() {
        let folder = tempfile::tempdir().unwrap();
        for (json, shown) in [
            ("{", Columns::default()),
            ("{}", Columns::default()),
            (
                r#"{"columns": ["hat", "mail"], "sortedBy": "hat", "reversed": true}"#,
                Columns::of([Column::Mail]),
            ),
        ] {
            fs::write(folder.path().join(FILE), json).unwrap();
            let mut pane = MembersPane::default();
            View::read(folder.path()).apply(&mut pane);
            assert_eq!((pane.columns, pane.order), (shown, None), "{json}");
        }
    }
}
