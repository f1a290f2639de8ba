//! The kinds of queries whose answers are kept, and how many of each.

use rusqlite::ToSql;
use rusqlite::types::ToSqlOutput;

macro_rules! kinds {
    ($( $kind:ident $name:literal $most:expr; )*) => {
        /// A kind of query whose answers are kept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind {
            $( $kind, )*
        }

        impl Kind {
            pub(super) const ALL: &'static [Kind] = &[ $( Kind::$kind, )* ];

            /// How the database calls it.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $( Kind::$kind => $name, )*
                }
            }

            /// How many are kept at most; `None` where there are never many.
            pub(super) fn most(self) -> Option<i64> {
                match self {
                    $( Kind::$kind => $most, )*
                }
            }
        }
    };
}

kinds! {
    // kind, its name in the database, how many are kept
    Me "me" None;
    Groups "groups" None;
    Nearby "nearby" None;
    Members "members" Some(500);
    Threads "threads" Some(500);
    Conversations "conversations" Some(500);
    Posts "posts" Some(5_000);
    Attachments "attachments" Some(5_000);
    Card "card" Some(2_000);
    Line "line" Some(2_000);
    Reports "reports" Some(2_000);
}

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.name().to_sql()
    }
}
