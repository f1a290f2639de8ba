//! What of a page is there to be seen, and what is not.

use super::*;

/// Whether `HERE` is seen in a body.
fn is_seen(source: &str) -> bool {
    text_of(&html(source), 72).contains("HERE")
}

#[test]
fn what_a_style_takes_away_is_not_said() {
    for style in [
        "zoom:0",
        "transform: scale(0)",
        "clip-path: inset(50%)",
        "margin: 0 0 0 -9999px",
        "content-visibility: hidden",
    ] {
        for element in ["div", "span"] {
            let source = format!("<p>山田<{element} style='{style}'>HERE</{element}>");
            assert!(!is_seen(&source), "{source}");
        }
    }
    assert!(!is_seen("<img src=a style='max-height:0' alt=HERE>"));
    assert!(is_seen("<img src=a style='max-width:100%;max-height:40px' alt=HERE>"));
}

#[test]
fn what_office_guesses_that_an_image_shows_is_said_without_its_doubts() {
    for doubt in [
        "Description automatically generated",
        "Automatisch generierte Beschreibung",
        "描述已自动生成",
    ] {
        let source = format!("<img src=a alt='Two boats&#10;&#10;{doubt}'>");
        assert_eq!(text_of(&html(&source), 72), "[Two boats]\n", "{doubt}");
    }
}

#[test]
fn letters_of_the_colour_behind_them_are_not_said() {
    for source in [
        "<body bgcolor=white><p style='color:#fff'>HERE",
        "<div style='background:#fff'><p>山田<font color='#FFFFFF'>HERE</font>",
        "<table bgcolor='#FFF'><tr><td><span style='color: rgb(255, 255, 255)'>HERE</span></table>",
        "<div style='background:#036'><table><tr style='background-color:#FFFFFF;background-image:none'><td style='color:white'>HERE",
        "<style>a:hover {color:red} .b {color:blue}</style><div style='background:#fff'><p style='color:#fff'>HERE",
    ] {
        assert!(!is_seen(source), "{source}");
    }
    for source in [
        // Another colour, or a picture, between the two.
        "<div style='background:#fff'><div style='background:#036'><p style='color:#fff'>HERE",
        "<div style='background:#fff'><div style='background:#fff url(a.png)'><p style='color:#fff'>HERE",
        "<div style='background:#fff'><div style='background-image:url(a.png);background-color:#fff'><p style='color:#fff'>HERE",
        "<table bgcolor=white><tr><td background=a.png><p style='color:#fff'>HERE</table>",
        "<table bgcolor=white><tr><td style='background:navy'><p style='color:#fff'>HERE</table>",
        // Over something else.
        "<div style='background:#fff'><img src=a><div style='position:absolute;top:9px;color:#fff'>HERE",
        "<div style='background:#fff'><img src=a><div style='margin-top:-90px;color:#fff'>HERE",
        "<div style='background:#fff'><div style='max-height:0'><p style='color:#fff'>HERE</p></div><img src=a>",
        // What has a colour by a style sheet.
        "<style>.a {background:#036}</style><div style='background:#fff'><div class=a><p style='color:#fff'>HERE",
        "<style>table .a {background:#036}</style><div style='background:#fff'><p class=a style='color:#fff'>HERE",
        "<style>p {color:#333}</style><div style='background:#fff;color:#fff'><p>HERE",
        // A link, and letters on no ground.
        "<div style='background:#00f;color:#00f'><a href='https://a.example'>HERE</a>",
        "<p style='color:#fff'>HERE",
    ] {
        assert!(is_seen(source), "{source}");
    }
}

#[test]
fn the_parts_of_a_table_have_styles_too() {
    let table = |style: &str| {
        format!(
            "<div style='background:#fff'><table border=1><thead style='{style}'><tr><th style='color:#fff'>HERE<th>b\
             <tbody><tr><td>1<td>2<tr><td>3<td>4</table>"
        )
    };
    assert!(is_seen(&table("background:#036")));
    assert!(!is_seen(&table("display:none")));
}
