//! What the pictures show, and the keys that lead there.

use std::time::Duration;

use folkmoot::layout::Size;
use futures_util::future::join_all;

use crate::film::Film;
use crate::svg;

/// A picture of the program.
pub struct Picture {
    /// The stem of its file's name.
    pub name: &'static str,
    /// Its file.
    pub svg: String,
}

const SIZE: Size = Size { width: 120, height: 40 };

/// All pictures, each of a program of its own; all programs run at the same time.
pub fn pictures() -> Vec<Picture> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let scenes = ["panes", "profile", "finder", "composer", "help"].map(picture);
    runtime.expect("the system gives a runtime").block_on(join_all(scenes))
}

async fn picture(name: &'static str) -> Picture {
    let mut film = Film::start(SIZE);
    film.rest().await;
    play(name, &mut film).await;
    film.pass(Duration::from_secs(10));
    film.rest().await;
    let (frame, cursor) = film.frame();
    let svg = svg::picture(&frame, cursor, name);
    Picture { name, svg }
}

async fn play(name: &str, film: &mut Film) {
    match name {
        "panes" => film.keys("enter j j enter g").await,
        "profile" => {
            film.keys("@").await;
            film.types("花子").await;
            film.keys("enter").await;
        }
        "finder" => {
            film.keys("enter enter @").await;
            film.types("li").await;
        }
        "composer" => {
            film.keys("enter enter R").await;
            film.types("Thank you, that helps.").await;
            film.keys("enter enter").await;
            film.types("I shall have the figures by Friday noon, 花子. ありがとう!")
                .await;
        }
        _ => film.keys("enter enter ?").await,
    }
}
