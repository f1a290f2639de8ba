//! What threads are written as, for other programs to read.

/// The format of a thread that is written to a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown, a file for each thread.
    #[default]
    Markdown,
    /// A web page for each thread, without scripts and without anything remote.
    Page,
    /// Mails in one file, for mail programs.
    Mbox,
    /// Graph's own objects, a file for each thread.
    Json,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: [ExportFormat; 4] = [
        ExportFormat::Markdown,
        ExportFormat::Page,
        ExportFormat::Mbox,
        ExportFormat::Json,
    ];

    /// How its files end.
    pub fn ending(self) -> &'static str {
        match self {
            ExportFormat::Markdown => "md",
            ExportFormat::Page => "html",
            ExportFormat::Mbox => "mbox",
            ExportFormat::Json => "json",
        }
    }

    /// Whether all threads are in one file.
    pub fn is_one_file(self) -> bool {
        self == ExportFormat::Mbox
    }

    /// The next of them; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        let mut round = Self::ALL.into_iter().cycle().skip_while(|it| *it != self);
        round.nth(1).unwrap_or_default()
    }
}
