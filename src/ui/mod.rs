//! View functions. The panes are on their way; until they land nothing is drawn.

/// Styles by semantic role.
#[derive(Debug, Clone, Default)]
pub struct Theme {}

impl Theme {
    /// The theme that the config file names, without colours where `NO_COLOR` is set.
    pub fn chosen(_: &crate::config::Config, _no_color: bool) -> Self {
        Theme {}
    }
}

/// Draws the model.
pub fn view(_: &crate::app::Model, _: &Theme, _: &mut ratatui::Frame<'_>) {}
