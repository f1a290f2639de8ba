//! What must hold for an action to make sense.

/// What an action needs to make sense now. The app says which facts hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// A group is under the cursor or open.
    AGroup,
    /// A thread is under the cursor or open.
    AThread,
    /// A thread or a conversation is under the cursor, or a thread open.
    ATopic,
    /// A post is under the cursor.
    APost,
    /// A person is under the cursor, or wrote what is.
    APerson,
    /// The thread takes replies: it is not locked.
    Unlocked,
    /// Writing was not switched off with `--read-only`.
    MayWrite,
    /// The post has links, or the row leads out of the program.
    ALink,
    /// Something hangs on the post.
    AnAttachment,
    /// The attachment under the cursor is on its way, or waits for its turn.
    BeingFetched,
    /// Threads are being written to files.
    AnExport,
    /// The line asks for something that has a format.
    AFormat,
    /// The post quotes something, or is signed.
    AQuote,
    /// A search has hits.
    Hits,
    /// There are kept drafts.
    ADraft,
    /// Something waits to be sent.
    Waiting,
    /// The program can sign in by itself: its token was not got elsewhere.
    CanSignIn,
    /// The profile has a command that gives tokens.
    ATokenCommand,
    /// What could not be read for want of a permission.
    AMissingPermission,
    /// The welcome asks for the application.
    AboutTheApplication,
    /// The row is of one's own profile, and may be changed.
    MyOwn,
    /// What is typed may have several lines.
    SeveralLines,
}

impl Fact {
    /// What to say when it does not hold.
    pub fn missing(self) -> &'static str {
        match self {
            Fact::AGroup => "No group is selected.",
            Fact::AThread => "No thread is selected.",
            Fact::ATopic => "No thread or conversation is selected.",
            Fact::APost => "No post is selected.",
            Fact::APerson => "There is no person under the cursor.",
            Fact::Unlocked => "This thread is locked: it takes no replies.",
            Fact::MayWrite => "folkmoot was started with --read-only: nothing is sent.",
            Fact::ALink => "There is no link here.",
            Fact::AnAttachment => "Nothing is attached to this post.",
            Fact::BeingFetched => "This is not being fetched.",
            Fact::AnExport => "Nothing is being exported.",
            Fact::AFormat => "What is typed here has no format.",
            Fact::AQuote => "This post quotes nothing, and has no signature.",
            Fact::Hits => "There is no hit to go to: search the posts.",
            Fact::ADraft => "No draft is kept, and nothing is on its way.",
            Fact::Waiting => "Nothing waits to be sent.",
            Fact::CanSignIn => {
                "folkmoot was started with a token got elsewhere, or with --demo: it can't sign in by itself."
            }
            Fact::ATokenCommand => {
                "The profile has no command that gives tokens: `token_command` in config.toml names one."
            }
            Fact::AMissingPermission => "No permission is known to be missing here.",
            Fact::AboutTheApplication => "This belongs to the question for the application.",
            Fact::MyOwn => "This is not for you to change.",
            Fact::SeveralLines => "This takes one line.",
        }
    }
}
