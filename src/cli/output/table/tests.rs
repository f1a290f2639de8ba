//! Tables in the room that there is.

use super::super::columns::{Usually, chosen, column};
use super::*;
use crate::config::Time;

type Row = (usize, &'static str, &'static str);

const NAME: Column<Row> = column("name", Cells::Cut, |row, _| Text::new(row.1));
const NOTE: Column<Row> = column("note", Cells::Cut, |row, _| Text::new(row.2));
const COLUMNS: &[Column<Row>] = &[
    column("#", Cells::Right(3), |row, _| Text::new(&row.0.to_string())),
    NAME,
    NOTE,
    column("id", Cells::Key, |_, _| {
        Text::new("00000000-0000-4000-8000-000000000001")
    }),
];

fn table(width: Option<usize>, colour: bool, pages: &[&[Row]]) -> String {
    selected(None, width, colour, pages)
}

fn selected(select: Option<&str>, width: Option<usize>, colour: bool, pages: &[&[Row]]) -> String {
    let select = select.map(|names| names.parse().unwrap());
    let columns = chosen(COLUMNS, select.as_ref(), Usually::Table).unwrap();
    drawn(columns, width, colour, pages)
}

fn drawn(columns: Vec<&'static Column<Row>>, width: Option<usize>, colour: bool, pages: &[&[Row]]) -> String {
    let screen = Screen {
        width,
        height: None,
        page: 80,
        colour,
        progress: false,
        watched: false,
    };
    let mut table = Table::new(Vec::new(), screen, columns, Times::new(&Time::default(), false));
    for page in pages {
        for row in *page {
            table.add("", &|| Ok(*row)).unwrap();
        }
        table.page().unwrap();
    }
    table.finish().unwrap();
    String::from_utf8(table.out).unwrap()
}

#[test]
fn wide_text_is_aligned() {
    let rows: &[Row] = &[(1, "山田 花子", "x"), (2, "Ana", "👩\u{200d}👧 y"), (3, "שלום", "")];
    assert_eq!(
        table(None, false, &[rows]),
        "  #  NAME       NOTE\n  1  山田 花子  x\n  2  Ana        👩\u{200d}👧 y\n  3  שלום\n"
    );
}

#[test]
fn on_a_terminal_the_widest_columns_give_way() {
    let rows: &[Row] = &[
        (1, "a long name that is long", "short"),
        (1000, "山田花子山田花子", "a note as long"),
    ];
    let out = table(Some(30), false, &[rows, &[(2, "later and much too long", "x")]]);
    for line in out.lines() {
        assert!(cells(line) <= 30, "{line}");
    }
    assert!(out.contains("1000"), "{out}");
    assert!(out.contains('…'), "{out}");
}

#[test]
fn in_a_narrow_terminal_no_row_takes_two_lines() {
    const KINDS: &[Column<Row>] = &[
        NAME,
        NOTE,
        column("kind", Cells::Whole(3), |_, _| "Microsoft 365".into()),
        column("visibility", Cells::Whole(7), |_, _| "private".into()),
    ];
    let rows: &[Row] = &[(1, "山田 花子 and others", "a note that is long"), (2, "שלום", "")];
    for width in [45, 40, 30, 24] {
        let out = drawn(KINDS.iter().collect(), Some(width), false, &[rows]);
        assert!(out.lines().all(|line| cells(line) <= width), "{width}: {out}");
        assert_eq!(out.contains("Microsoft 365"), width == 45, "{out}");
    }
}

#[test]
fn for_a_program_nothing_is_cut() {
    let later = "later and much too long";
    let out = table(None, false, &[&[(1, "a", "b")], &[(2, later, "c")]]);
    assert_eq!(out, format!("  #  NAME  NOTE\n  1  a     b\n  2  {later}  c\n"));
    let long = "x".repeat(100);
    let out = table(None, false, &[&[(1, "a", "b"), (2, long.clone().leak(), "c")]]);
    assert!(out.contains(&format!("  1  a{}b\n", " ".repeat(WIDEST + 1))), "{out}");
    assert!(out.contains(&format!("  2  {long}  c\n")), "{out}");
}

#[test]
fn only_the_heading_is_styled() {
    let out = table(Some(80), true, &[&[(1, "a\u{1b}[31m", "b")]]);
    assert_eq!(out, "\u{1b}[1m  #  NAME  NOTE\u{1b}[0m\n  1  a     b\n");
}

#[test]
fn nothing_has_no_heading() {
    assert_eq!(table(Some(80), true, &[&[]]), "");
}

#[test]
fn a_selected_id_is_whole_whatever_gives_way() {
    let rows: &[Row] = &[(1, "a long name that is long", "short")];
    let out = selected(Some("id,Name"), Some(50), false, &[rows]);
    assert_eq!(
        out,
        "ID                                    NAME\n00000000-0000-4000-8000-000000000001  a long name…\n"
    );
}
