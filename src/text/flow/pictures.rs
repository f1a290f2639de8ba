//! Pictures: what is said of them, and what stands for those of which nothing is.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::Text;

use super::super::blocks::{Block, Words};
use super::super::html::{Declared, Element, is_icon, is_pixel};
use super::super::lines::{Part, Role};
use super::super::truncate;
use super::elements::is_tall;
use super::here::Here;
use super::{Apart, Flow};

/// The cells that an image's description may take.
pub(super) const MAX_DESCRIPTION: usize = 240;
/// What Office writes below its guess at what an image shows, with bars between.
const GUESSED: &str = "Description automatically generated|AI-generated content may be incorrect.|\
     Automatisch generierte Beschreibung|KI-generierte Inhalte können fehlerhaft sein.|\
     Description générée automatiquement|Le contenu généré par l’IA peut être incorrect.|\
     Descripción generada automáticamente|El contenido generado por IA puede ser incorrecto.|\
     Descrizione generata automaticamente|Il contenuto generato dall'IA potrebbe non essere corretto.|\
     Descrição gerada automaticamente|O conteúdo gerado por IA pode estar incorreto.|\
     Automatisch gegenereerde beschrijving|Door AI gegenereerde inhoud is mogelijk onjuist.|\
     Automatiskt genererad beskrivning|Automatisk generert beskrivelse|Kuvaus luotu automaattisesti|\
     Opis wygenerowany automatycznie|Автоматически созданное описание|描述已自动生成|自動的に生成された説明";

impl Flow<'_> {
    pub(super) fn image(&mut self, element: &Element, style: &Declared, here: &Here) {
        let described = element.attribute("alt").map(Text::new);
        let is_decoration = described.is_none() && matches!(element.attribute("role"), Some("presentation" | "none"));
        if is_pixel(element) {
            // Before there were style sheets, they kept things apart.
            self.gap |= self.words.is_blank() && is_tall(element, style);
            return;
        }
        if is_decoration || here.no_size && style.no_size.is_none() && described.is_none() {
            self.bare_picture |= is_decoration && here.link > 0;
            return;
        }
        let described = described.or_else(|| {
            element
                .attribute("title")
                .map(Text::new)
                .filter(|title| !title.is_empty())
        });
        let description = match &described {
            // An empty description says that the image only decorates.
            Some(text) if text.is_empty() => {
                self.bare_picture |= here.link > 0;
                return;
            }
            // An emoji sent as an image.
            Some(text) if !text.as_str().is_ascii() && text.as_str().graphemes(true).count() == 1 => {
                return self.say(text.as_str(), here);
            }
            Some(text) => format!("[{}]", truncate(&description(text.as_str()), MAX_DESCRIPTION)),
            // One that is too small to show anything, where nothing depends on it.
            None if is_icon(element) && (here.link == 0 || self.instead.is_none()) => return,
            None => self.without_description(),
        };
        if described.is_none() && self.is_one_more(&description, here) {
            return;
        }
        self.space(here);
        let role = if here.link > 0 { here.role() } else { Role::Image };
        if here.link > 0 {
            self.label.push_str(&description);
        }
        self.push(&description, role, here);
        self.set_apart(Apart::Word);
    }

    /// Counts a picture that says nothing with those right before it, if there are any. Those of one link lead to one place,
    /// which is said once.
    fn is_one_more(&mut self, description: &str, here: &Here) -> bool {
        if here.link > 0 {
            return self.label.trim_end().ends_with(description);
        }
        let Some((start, count)) = self.words.undescribed() else {
            return false;
        };
        self.words
            .replace_end(start, &undescribed(count.saturating_add(1)), Role::Image);
        true
    }

    /// Adds a line of nothing but pictures that say nothing to a block that is the same, if the line would be the next
    /// after it.
    pub(super) fn joins_pictures(&mut self, words: &Words, part: Part, here: &Here) -> bool {
        let alone = |words: &Words| words.undescribed().filter(|(start, _)| *start == 0);
        let Some((_, more)) = alone(words).filter(|_| self.marker.is_empty()) else {
            return false;
        };
        let place = (self.quote, part, here.indent);
        let last = self.blocks.last_mut();
        let last = last.filter(|last| (last.quote, last.part, last.indent) == place);
        let Some(before) = last.and_then(Block::words_mut) else {
            return false;
        };
        let Some((_, count)) = alone(before) else { return false };
        before.replace_end(0, &undescribed(count.saturating_add(more)), Role::Image);
        true
    }
}

/// Whether a line says again what a picture right above it shows, such as the name below a portrait; in the link of the
/// picture, if it has one.
pub(super) fn is_said_again(picture: &Block, words: &Words) -> bool {
    let mut above = picture.words().into_iter().flat_map(Words::spans);
    let (Some((shown, role)), number, None) = (above.next(), above.next(), above.next()) else {
        return false;
    };
    let shown = shown.strip_prefix('[').and_then(|shown| shown.strip_suffix(']'));
    let said = match (role, number) {
        (Role::Image, None) => words.text(),
        (Role::Link(_), Some((_, Role::LinkNumber(_)))) => {
            let first = words.spans().next();
            first.filter(|(_, own)| *own == role).map_or("", |(said, _)| said)
        }
        _ => return false,
    };
    shown.is_some_and(|shown| shown.to_lowercase() == said.trim().to_lowercase())
}

/// What stands for images that nobody has described.
pub(super) fn undescribed(count: u32) -> String {
    match count {
        1 => "[image]".to_owned(),
        count => format!("[{count} images]"),
    }
}

/// An image's description on one line, without what Office adds to it.
pub(super) fn description(text: &str) -> String {
    let said = GUESSED
        .split('|')
        .fold(text.trim(), |said, guess| said.trim_end_matches(guess).trim_end());
    let words: Vec<&str> = said.split_whitespace().collect();
    if words.is_empty() {
        "image".to_owned()
    } else {
        words.join(" ")
    }
}
