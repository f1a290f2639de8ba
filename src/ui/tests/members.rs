//! The members pane: sorted, with other columns, and alone on the screen.

use super::look;

#[test]
fn sorting_and_columns() {
    look("members-sorted", |stage| stage.with_group().keys("2 o O"));
    look("members-columns", |stage| {
        stage.with_group().keys("2 o c j j enter O j o")
    });
    look("members-zoomed", |stage| stage.with_group().keys("2 z o j"));
    look("members-zoomed-columns", |stage| {
        stage
            .with_group()
            .keys("2 z c j j enter j enter j enter G enter esc o o o")
    });
}
