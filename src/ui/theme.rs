//! Semantic roles → styles. No other file names a colour.

use ratatui::style::{Color, Modifier, Style};

use crate::config::{self, Config};
use crate::text::{Line, Part, Role};

/// What each role looks like. The default uses the terminal's own sixteen colours, and of these only such as read on
/// dark and on light backgrounds; whatever a colour says is also said by a glyph, a word or a weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Running text.
    pub(super) text: Style,
    /// What may be overlooked: times, previews, counts, technical facts.
    pub(super) secondary: Style,
    /// Lines between panes.
    pub(super) rule: Style,
    /// The name in a pane's title.
    pub(super) title: Style,
    /// The same where the keyboard is.
    pub(super) focused: Style,
    /// The bar beside what is under the cursor. It has the text's own style: it moves at every step, and colour is dear.
    pub(super) mark: Style,
    /// The name of what is under the cursor.
    pub(super) cursor: Style,
    /// What is new, and who owns.
    pub(super) accent: Style,
    /// Authors, headings and labels.
    pub(super) heading: Style,
    /// Names of keys.
    pub(super) key: Style,
    /// The status line.
    pub(super) status: Style,
    /// Links.
    pub(super) link: Style,
    /// Code.
    pub(super) code: Style,
    /// A search hit.
    pub(super) hit: Style,
    /// The search hit that was walked to.
    pub(super) hit_here: Style,
    /// What asks for care.
    pub(super) warning: Style,
    /// What did not work.
    pub(super) problem: Style,
    /// Whether links of posts are links of the terminal's own, too.
    pub(super) hyperlinks: bool,
}

impl Default for Theme {
    fn default() -> Self {
        let accent = Style::new().fg(Color::Magenta);
        Theme {
            focused: accent.add_modifier(Modifier::BOLD),
            accent,
            link: Style::new().add_modifier(Modifier::UNDERLINED),
            code: accent,
            hit: Style::new().fg(Color::Black).bg(Color::Yellow),
            hit_here: Style::new()
                .fg(Color::Black)
                .bg(Color::Cyan)
                .add_modifier(Modifier::BOLD),
            warning: Style::new().fg(Color::Red),
            problem: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            ..Theme::monochrome()
        }
    }
}

impl Theme {
    /// No colours: bold, dim, underlined and reversed text only.
    pub fn monochrome() -> Self {
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let dim = Style::new().add_modifier(Modifier::DIM);
        let reversed = Style::new().add_modifier(Modifier::REVERSED);
        Theme {
            text: plain,
            secondary: dim,
            rule: dim,
            title: plain,
            focused: bold.add_modifier(Modifier::REVERSED),
            mark: plain,
            cursor: bold,
            accent: bold,
            heading: bold,
            key: bold,
            status: reversed,
            link: plain.add_modifier(Modifier::UNDERLINED),
            code: plain,
            hit: reversed,
            hit_here: bold.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED),
            warning: bold,
            problem: bold,
            hyperlinks: false,
        }
    }

    /// The theme that the config file names; without colours where `NO_COLOR` (<https://no-color.org>) is set.
    pub fn chosen(config: &Config, no_color: bool) -> Self {
        match config.theme {
            config::Theme::Default if !no_color => Theme::default(),
            config::Theme::Default | config::Theme::Monochrome => Theme::monochrome(),
        }
    }

    /// The same, with links of the terminal's own or without.
    pub fn with_hyperlinks(self, hyperlinks: bool) -> Self {
        Theme { hyperlinks, ..self }
    }

    /// The style of a run in a line of a body. What is quoted or signed recedes.
    pub(super) fn run(&self, line: &Line, role: Role) -> Style {
        let base = match (line.part, line.quote) {
            (Part::Body, 0) => self.text,
            _ => self.secondary,
        };
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let italic = Style::new().add_modifier(Modifier::ITALIC);
        base.patch(match role {
            Role::Plain => Style::new(),
            Role::Heading(1) => self.heading.add_modifier(Modifier::UNDERLINED),
            Role::Heading(_) => self.heading,
            Role::Strong => bold,
            Role::Emphasis => italic,
            Role::StrongEmphasis => bold.patch(italic),
            Role::Strike => Style::new().add_modifier(Modifier::CROSSED_OUT),
            Role::Code => self.code,
            Role::Link(_) => self.link,
            Role::LinkNumber(_) | Role::Image | Role::TableRule => self.secondary,
            Role::Bullet => self.accent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_comes_before_the_configuration() {
        let coloured = Config::default();
        let plain = Config {
            theme: config::Theme::Monochrome,
            ..Config::default()
        };
        assert_eq!(Theme::chosen(&coloured, false), Theme::default());
        assert_eq!(Theme::chosen(&coloured, true), Theme::monochrome());
        assert_eq!(Theme::chosen(&plain, false), Theme::monochrome());
    }
}
