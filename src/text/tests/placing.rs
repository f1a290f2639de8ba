//! What a page only places: what stays together as a value, what stands apart.

use super::*;

/// Each row: source, and the sketch of it at 40 cells.
fn check(rows: &[(&str, &str)]) {
    let read = |source: &str| sketch(&html(source), 40).trim_end().to_owned();
    let others = rows.iter().map(|(source, expected)| (source, read(source), expected));
    let others: Vec<_> = others.filter(|(_, read, expected)| read != *expected).collect();
    assert!(others.is_empty(), "{others:#?}");
}

const BUTTON: &str = "<table style='margin:8px'><tr><td style='border:1px solid'><table><tr><td>\
    <a href='https://a.example'>Open</a></td></tr></table></td></tr></table>";

#[test]
fn a_button_in_a_table_of_data_is_a_value() {
    let expected = "  {b:Item} │ {b:Due}   │\n  ─────┼───────┼─────────\n  Roof │ 3 May │ {a1:Open} [1]\n\
        [1] Open -> https://a.example/";
    check(&[
        (
            &format!("<table border=1><tr><th>Item<th>Due<th></tr><tr><td>Roof<td>3 May<td>{BUTTON}</table>"),
            expected,
        ),
        (
            &format!("<table><tr><th>Item<th>Due<th></tr><tr><td>Roof<td>3 May<td>{BUTTON}</table>"),
            expected,
        ),
    ]);
    // Without headings or borders, it takes more columns than a page has.
    let row = format!("<tr><td>Roof<td>3 May<td>{BUTTON}</tr>");
    assert_eq!(
        text_of(&html(&format!("<table>{row}{row}</table>")), 40),
        "Roof │ 3 May │ Open [1]\nRoof │ 3 May │ Open [1]\n"
    );
    // A badge of an icon and a word, beside the value's own words.
    let badge = "<table><tr><td><img alt=''></td><td>new</td></tr></table>";
    let row = format!("<tr><td>Roof{badge}<td>3 May</tr>");
    assert_eq!(
        text_of(
            &html(&format!("<table border=1>{row}<tr><td>Wall<td>4 May</tr></table>")),
            40
        ),
        "Roof │ 3 May\nnew  │\n─────┼──────\nWall │ 4 May\n"
    );
}

#[test]
fn tables_that_place_tables_are_still_taken_apart() {
    let card = |name: &str| format!("<td><img><p>{name}</p>{BUTTON}</td>");
    let rows = format!("<tr>{}{}{}</tr>", card("a"), card("b"), card("c"));
    let column = |text: &str| format!("<th><table><tr><th>{text}</th><th></th></tr></table></th>");
    for source in [
        // Goods beside each other, each with its picture and button.
        format!("<table>{rows}{rows}</table>"),
        // Two columns of a page.
        format!("<table><tr><td>a<td>{BUTTON}</tr><tr><td>b<td>{BUTTON}</tr></table>"),
        // Columns whose cells are headings to say no more than that they are no ordinary cells.
        format!("<table><tr>{}{}</tr></table>", column("a"), column("b")),
        // A table of its own in a cell.
        "<table border=1><tr><td>a<td><table><tr><td>b</tr><tr><td>c</tr></table></tr><tr><td>d<td>e</tr></table>"
            .into(),
    ] {
        assert!(!text_of(&html(&source), 80).contains('│'), "{source}");
    }
}

#[test]
fn what_stands_apart_on_the_page_stands_apart_in_the_line() {
    check(&[
        (
            "<div style='display:flex;justify-content:space-between'><span>Left:</span><span>12.00</span></div>after",
            "  Left:  12.00\n  after",
        ),
        ("<a style='display:-webkit-flex'><b>a</b><i>b</i></a>", "  {b:a}  {i:b}"),
        (
            "<p style='display:inline-flex'><b>a</b><!-- --> <b>b</b>",
            "  {b:a}  {b:b}",
        ),
        // Items are what is right in it, not what is in them.
        ("<div style='display:flex'><span>a<b>b</b></span></div>", "  a{b:b}"),
        (
            "<div style='display:flex;flex-direction:column'><span>a</span><span>b</span></div>",
            "  a\n  b",
        ),
        (
            "<div style='display:grid'><span>a</span><span>b</span></div>",
            "  a\n  b",
        ),
        (
            "<div style='display:grid;grid-template-columns:1fr 1fr'><span>a</span><span>b</span></div>",
            "  a  b",
        ),
        (
            "<style>.row{display:flex}.end{float:right}</style><p class=row><b>a</b><b>b</b></p><p><span class=end>12.00</span>\
             <span>Book</span>",
            "  {b:a}  {b:b}\n\n  12.00  Book",
        ),
        ("<p>Book<span style='float:right'>12.00</span>", "  Book  12.00"),
        (
            "<p><span style='float:left;font-size:40px'> O</span>nce, <span style='float:none'>a</span>b",
            "  Once, ab",
        ),
        (
            "<span style='display:table'><span style='display:table-row'><span style='display:table-cell'>1</span>\
             <span style='display:table-cell'>2</span></span><span style='display:table-row'><b style='display:table-cell'>3</b>\
             </span></span>",
            "  1  2\n  {b:3}",
        ),
        (
            "<span style='display:inline-block;width:120px'>Name:</span><span>山田</span> \
             <span style='display:inline-block'>a</span>b",
            "  Name: 山田 ab",
        ),
        // Room at the sides is no space where signs stand together.
        (
            "<b style='padding:4px'>a</b>, (<b style='padding:4px'>b</b>)",
            "  {b:a}, ({b:b})",
        ),
        (
            "<b style='padding:4px'>•</b>a <b style='padding:4px'>1.</b>b",
            "  {b:•} a {b:1.} b",
        ),
        (
            "<a href='https://a.example' style='display:flex'><b>Open</b><i>now</i></a>",
            "  {a1:Open}  {a1:now} [1]\n[1] Open now -> https://a.example/",
        ),
        // Short ones on one line, whatever they are made of; longer ones one below the other.
        (
            "<style>.row{display:flex}</style><div class=row><div>Total</div><div>€ 12</div></div><div class=row><p>山田\
             <div><b>4</b><div>5</div></div></div>",
            "  Total  € 12\n\n  山田\n\n  {b:4}\n  5",
        ),
        (
            "<div style='display:grid;grid-template-columns:1fr 1fr'><div>Hall</div><div>3</div><div>Day</div></div>",
            "  Hall\n  3\n  Day",
        ),
    ]);
}

#[test]
fn lists_that_are_made_of_tables_are_lists() {
    check(&[
        (
            "<table><tr><td valign=top><font size=2>&bull;&nbsp; </font><td>One<tr><td>&bull;<td>Two, <b>山田</b></table>",
            "  {li:• }One\n  {li:• }Two, {b:山田}",
        ),
        (
            "<table><tr><td width=20>&nbsp;<td><p>1.<td><p>One<p>more<tr><td><td><p>2.<td><p>Two</table>",
            "  {li:1. }One\n     more\n  {li:2. }Two",
        ),
        (
            "<table><tr><td>1<td>One<br>more<tr><td><sup><a href=#n2>2</a></sup><td>Two, 山田</table>",
            "  {li:1 }One\n    more\n  {li:2 }Two, 山田",
        ),
        (
            "<table><tr><td>2<td>chairs<tr><td>3<td>tables</table>",
            "  2 │ chairs\n  3 │ tables",
        ),
        // As wide as they are drawn, whatever bytes they have.
        (
            "<table><tr><td>✅<td>A line that is long enough to be wrapped<tr><td>→<td>Two<tr><td>✔\u{fe0f}<td>!</table>",
            "  {li:✅ }A line that is long enough to be\n     wrapped\n  {li:→ }Two\n  {li:✔\u{fe0f} }!",
        ),
        (
            "<table><tr><td>Tuesday<td>-<tr><td>Monday<td>4</table>",
            "  Tuesday │ -\n  Monday  │ 4",
        ),
        (
            "<table border=1><tr><td>1.<td>Ann<tr><td>2.<td>Ben</table>",
            "  1. │ Ann\n  2. │ Ben",
        ),
        (
            "<table><tr><td>•<td>Ann<td>4<tr><td>•<td>Ben<td>5</table>",
            "  • │ Ann │ 4\n  • │ Ben │ 5",
        ),
    ]);
}

#[test]
fn what_a_picture_shows_is_not_said_twice() {
    check(&[
        (
            "text<p><a href='https://a.example'><img src=a alt='Ann Ode'></a><p><a href='https://a.example'>Ann Ode</a>, Ulm",
            "  text\n\n  {a1:Ann Ode} [1], Ulm\n[1] [Ann Ode] -> https://a.example/",
        ),
        ("<ul><li><img src=a alt=山田><p>山田</ul>", "  {li:• }山田"),
        // Elsewhere, or more of it.
        (
            "<a href='https://a.example'><img src=a alt=Ann></a><p><a href='https://b.example'>Ann</a>",
            "  {a1:[Ann]} [1]\n\n  {a2:Ann} [2]\n[1] [Ann] -> https://a.example/\n[2] Ann -> https://b.example/",
        ),
        ("<img src=a alt=Ann><p>Ann sings", "  {img:[Ann]}\n\n  Ann sings"),
    ]);
}

#[test]
fn pictures_that_say_nothing_take_one_line_together() {
    check(&[
        (
            "<img src=a><br><img src=b><p><img src=c></p>text<br><img src=d>",
            "  {img:[3 images]}\n\n  text\n  {img:[image]}",
        ),
        (
            "<img src=a><img src=b> <img src=c>text<img src=d>",
            "  {img:[3 images]} text {img:[image]}",
        ),
        ("<img src=a alt=Chart><img src=b>", "  {img:[Chart]} {img:[image]}"),
        (
            "<img src=a><br><img src=b alt=Chart>",
            "  {img:[image]}\n  {img:[Chart]}",
        ),
        (
            "<img src=a><br>text <img src=b>",
            "  {img:[image]}\n  text {img:[image]}",
        ),
        ("[2 images]<br><img src=b>", "  [2 images]\n  {img:[image]}"),
        // Quoted, or in a list, they stand elsewhere.
        (
            "<img src=a><blockquote type=cite><img src=b></blockquote><ul><li><img src=c><li><img src=d></ul>",
            "  {img:[image]}\n\n | {img:[image]}\n\n  {li:• }{img:[image]}\n  {li:• }{img:[image]}",
        ),
        // What leads somewhere is said for itself.
        (
            "<img src=a><br><a href='https://a.example'><img src=b></a>",
            "  {img:[image]}\n  {a1:[a.example]} [1]\n[1] [a.example] -> https://a.example/",
        ),
    ]);
}

#[test]
fn icons_that_say_nothing_are_not_said() {
    check(&[
        ("<img src=arrow.gif width=8 height=10>text", "  text"),
        ("<img src=a style='WIDTH: 12px; height: 16px !important'>text", "  text"),
        ("<img src=a width=16>text", "  {img:[image]} text"),
        ("<img src=a width=16 height=40>text", "  {img:[image]} text"),
        ("<img src=a width=100% height=100%>text", "  {img:[image]} text"),
        ("<img src=a width=8 height=10 alt=New>text", "  {img:[New]} text"),
        // The only thing to be seen of a link.
        (
            "<a href='https://a.example'><img src=b width=16 height=16></a>",
            "  {a1:[a.example]} [1]\n[1] [a.example] -> https://a.example/",
        ),
        (
            "<a href='https://a.example'><img src=b width=16 height=16> words</a>",
            "  {a1:words} [1]\n[1] words -> https://a.example/",
        ),
    ]);
}

#[test]
fn a_list_in_another_is_indented_wherever_it_stands() {
    let expected = "  {li:1. }a\n     {li:◦ }山\n  {li:2. }b\n";
    for source in [
        "<ol><li>a<ul><li>山</ul><li>b</ol>",
        "<ol><li>a</li><ul><li>山</ul><li>b</ol>",
    ] {
        assert_eq!(sketch(&html(source), 40), expected, "{source}");
    }
}
