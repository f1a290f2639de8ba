//! The one table of actions.

use super::fact::Fact;
use super::place::Place;

macro_rules! actions {
    ($( $action:ident, $name:literal, $places:expr, [$($key:literal),*], $help:literal, [$($fact:ident),*]; )*) => {
        /// What a person can want. Every row of the table is one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $( #[doc = $help] $action, )* }

        impl Action {
            /// All actions, in the order of the table, which is the order of help.
            pub const ALL: &'static [Action] = &[ $( Action::$action, )* ];

            /// Its name in `config.toml`.
            pub fn name(self) -> &'static str { match self { $( Action::$action => $name, )* } }

            /// What it does, in a few words.
            pub fn help(self) -> &'static str { match self { $( Action::$action => $help, )* } }

            /// Where its keys mean it.
            pub fn places(self) -> &'static [Place] { match self { $( Action::$action => $places, )* } }

            /// The names of its keys, before any configuration.
            pub fn default_keys(self) -> &'static [&'static str] { match self { $( Action::$action => &[$($key),*], )* } }

            /// What must hold for it to make sense.
            pub fn needs(self) -> &'static [Fact] { match self { $( Action::$action => &[$(Fact::$fact),*], )* } }
        }
    };
}

use Place::{
    Account, Answer, Attachments, Capabilities, Columns, Completion, Composer, Confirm, Conversations, Details, Drafts,
    Finder, Groups, Header, Links, Members, Nested, Org, Outline, Overlap, Palette, Posts, Preview, Profile, Prompt,
    Raw, Redirect, Review, SignIn, Templates, Threads, Welcome,
};

actions! {
    // action, name in config.toml, where, keys, help, needs
    MoveDown, "move-down", Place::BROWSING, ["j", "down"], "Move down", [];
    MoveUp, "move-up", Place::BROWSING, ["k", "up"], "Move up", [];
    First, "first", Place::BROWSING, ["g", "home"], "Go to the first", [];
    Last, "last", Place::BROWSING, ["G", "end"], "Go to the last", [];
    HalfPageDown, "half-page-down", Place::BROWSING, ["ctrl-d", "pagedown", "space"], "Half a page down", [];
    HalfPageUp, "half-page-up", Place::BROWSING, ["ctrl-u", "pageup"], "Half a page up", [];
    NextPost, "next-post", &[Posts], ["]"], "Next post", [APost];
    PreviousPost, "previous-post", &[Posts], ["["], "Previous post", [APost];
    ShowRaw, "raw", &[Posts], ["J"], "Show the post as Graph has it: headers, JSON, source, extensions", [APost];
    OnePost, "one-post", &[Posts], ["v"], "One post at a time, or the thread as one page", [APost];
    JumpToPost, "jump-to-post", &[Posts], ["#"], "Jump to a post by number, author, date or words", [APost];
    ShowDetails, "details", &[Threads, Conversations, Posts], ["i"], "Show all about the thread, and the post", [ATopic];
    ListConversations, "conversations", &[Threads], ["v"], "List conversations instead of threads", [AGroup];
    ListThreads, "all-threads", &[Conversations], ["v"], "List all threads instead of conversations", [AGroup];
    SwitchDates, "dates", &[Groups, Members, Threads, Conversations, Posts, Details], ["alt-d"], "Dates in full, or how long ago", [];
    NextRaw, "next-raw", &[Raw], ["tab", "J"], "Headers, JSON, source or extensions", [];
    FoldQuotes, "fold-quotes", &[Posts], ["T"], "Fold or unfold what the post quotes, and its signature", [AQuote];
    FoldAllQuotes, "fold-all-quotes", &[Posts], ["ctrl-t"], "The same for all posts", [APost];
    Open, "open", &[Groups, Members, Threads, Conversations, Profile, Org, Nested, Overlap, Links, Attachments, Drafts, Capabilities, Columns, Welcome], ["enter"], "Open", [];
    Back, "back", Place::EVERYWHERE, ["esc"], "Back, or clear the filter", [];
    Unfold, "unfold", &[Org, Nested], ["l", "right"], "Show who reports to this person, or belongs to this group", [];
    Fold, "fold", &[Org, Nested], ["h", "left"], "Hide them again; go to the manager, or to the group above", [];
    NextPane, "next-pane", Place::PANES, ["tab", "l", "right"], "Next pane", [];
    PreviousPane, "previous-pane", Place::PANES, ["backtab", "h", "left"], "Previous pane", [];
    FocusGroups, "groups", &[Groups, Members, Threads, Conversations, Posts, Profile, Org, Nested], ["1"], "Go to the groups", [];
    FocusMembers, "members", &[Groups, Members, Threads, Conversations, Posts, Profile, Org, Nested], ["2"], "Go to the members", [];
    FocusThreads, "threads", &[Groups, Members, Threads, Conversations, Posts, Profile, Org, Nested], ["3"], "Go to the threads", [];
    FocusPosts, "posts", &[Groups, Members, Threads, Conversations, Posts, Profile, Org, Nested], ["4"], "Go to the posts", [];
    Filter, "filter", &[Groups, Members, Threads, Conversations], ["/"], "Filter the list", [];
    Search, "search", &[Posts, Org, Nested, Links, Attachments], ["/"], "Search the posts; find by name", [];
    NextHit, "next-hit", &[Posts], ["n"], "Next hit", [Hits];
    PreviousHit, "previous-hit", &[Posts], ["N"], "Previous hit", [Hits];
    EditOwn, "edit", &[Profile], ["e"], "Change this of your own profile", [MyOwn, MayWrite];
    SaveCard, "save-card", &[Profile], ["v"], "Save the card as a vCard", [];
    Reply, "reply", &[Threads, Posts], ["r"], "Reply", [AThread, Unlocked, MayWrite];
    ReplyQuoted, "reply-quoted", &[Threads, Posts], ["R"], "Reply with the post quoted", [AThread, Unlocked, MayWrite];
    NewConversation, "compose", &[Groups, Threads, Conversations, Posts], ["c"], "Begin a conversation", [AGroup, MayWrite];
    NewThread, "new-thread", &[Threads, Posts], ["ctrl-n"], "Begin a thread in this conversation", [AThread, MayWrite];
    Forward, "forward", &[Posts], ["f"], "Forward the post out of the group", [APost, MayWrite];
    NextUnread, "next-unread", Place::PANES, ["U"], "Go to the next post that you have not read", [];
    TurnRead, "mark-read", &[Threads, Posts], ["m"], "Mark the thread as unread (from this post on), or as read", [AThread];
    ReadAll, "mark-all-read", &[Threads], ["A"], "Mark all threads as read", [AGroup];
    TurnLock, "lock", &[Threads, Posts], ["L"], "Lock the thread against replies, or open it again", [AThread, MayWrite];
    DeleteThread, "delete-thread", &[Threads, Conversations, Posts], ["X"], "Delete the thread, or the conversation (asks for its topic first)", [ATopic, MayWrite];
    DeleteConversation, "delete-conversation", &[Threads, Conversations, Posts], [], "Delete the whole conversation (asks for its topic first)", [ATopic, MayWrite];
    OpenLink, "open-link", &[Posts, Profile], ["o"], "Open a link, a mail or a call", [ALink];
    ShowAttachments, "attachments", &[Posts], ["A"], "Show what is attached, to open or save it", [AnAttachment];
    OpenAnyway, "open-anyway", &[Attachments], ["y"], "Open it, though it may do more than show something", [];
    SaveAttachment, "save-attachment", &[Attachments], ["s"], "Save it in a folder", [];
    SaveAllAttachments, "save-all-attachments", &[Attachments], ["S"], "Save them all", [];
    StopSaving, "stop-saving", &[Attachments], ["x"], "Stop saving it", [BeingFetched];
    Export, "export", &[Threads, Posts], ["e"], "Export the thread to files", [AThread];
    ExportAll, "export-all", &[Threads, Conversations, Posts], ["E"], "Export all threads of the group to files", [AGroup];
    NextFormat, "next-format", &[Prompt], ["alt-m"], "Markdown, a web page, mbox or JSON", [AFormat];
    StopExport, "stop-export", Place::PANES, ["x"], "Stop exporting", [AnExport];
    Copy, "copy", &[Groups, Members, Threads, Conversations, Posts, Profile, Org, Nested, Overlap, Links, Raw, Account, SignIn], ["y"], "Copy what is under the cursor", [];
    ShowProfile, "profile", &[Members, Threads, Posts, Nested], ["p"], "Show who it is", [APerson];
    FindPerson, "find-person", Place::BROWSING, ["@"], "Find a person", [];
    MyProfile, "my-profile", Place::PANES, ["M"], "Show my own profile", [];
    ShowOrg, "org-tree", &[Members, Threads, Posts, Profile, Nested], ["t"], "Show who this person reports to, and who to them", [APerson];
    MyOrg, "my-org-tree", Place::PANES, [], "Show the org tree around yourself", [];
    FindPath, "path-to-person", &[Profile, Org], ["T"], "Show how this person stands to another", [APerson];
    AllLevels, "all-levels", &[Members, Overlap], ["v"], "Only direct members, or those of groups in the group, too", [];
    NextPart, "next-part", &[Overlap], ["tab", "l", "right"], "Next part of the answer", [];
    Common, "common", &[Profile], ["c"], "Show the groups that this person shares with another", [APerson];
    Ways, "ways", &[Members, Nested, Profile], ["w"], "Show through which groups this person belongs to a group", [APerson];
    Check, "check", &[Profile], ["W"], "Show which of the listed groups this person belongs to", [APerson];
    Compare, "compare", &[Groups, Members], ["d"], "Compare the members with those of another group", [AGroup];
    ShowNested, "nested-groups", &[Members], ["n"], "Show groups in the group as a tree", [];
    ChooseColumns, "columns", &[Members, Nested], ["c"], "Choose what is told of each", [];
    Sort, "sort", &[Members, Nested, Columns], ["o"], "Sort by the next column", [];
    SortReversed, "sort-reversed", &[Members, Nested, Columns], ["O"], "Sort the other way round", [];
    Zoom, "zoom", Place::PANES, ["z"], "Give this pane the whole screen, or take it back", [];
    NextScope, "scope", &[Groups], ["s"], "Mine, owned or all groups", [];
    OpenGroup, "open-group", &[Groups], ["a"], "Open a group by id or address", [];
    ShowDrafts, "drafts", Place::PANES, ["D"], "Drafts and outbox: resume, decide, send, discard", [ADraft];
    WriteAgain, "write-again", &[Drafts], ["w"], "Take it back, or: it was not sent; write it again", [];
    SendNow, "send-now", &[Drafts], ["s"], "Send now what waits", [];
    TakeBack, "take-back", Place::PANES, ["u"], "Take back what waits to be sent", [Waiting];
    Discard, "discard", &[Drafts], ["x"], "Discard the draft (press twice)", [];
    Refresh, "refresh", &[Groups, Members, Threads, Conversations, Posts, Profile, Org, Nested, Overlap, Raw, Finder], ["ctrl-r", "f5"], "Read again from Graph", [];
    ShowHelp, "help", Place::COMMANDING, ["?", "f1"], "What works here", [];
    ShowHelpWhileTyping, "help-while-typing", Place::TYPING, ["f1"], "What works here", [];
    ShowPalette, "palette", Place::BROWSING, [":", "ctrl-p"], "Find any action", [];
    AskPermission, "ask-permission", &[Groups, Members, Threads, Conversations, Posts, Profile], ["P"], "Ask for the permission that is missing here", [CanSignIn, AMissingPermission];
    ShowAccount, "whoami", Place::PANES, [], "Who is signed in, how, and where that is kept", [];
    ShowCapabilities, "capabilities", Place::PANES, ["C"], "What folkmoot can do, and the permission for each of it", [];
    StartSignIn, "sign-in", &[Groups, Members, Threads, Conversations, Posts, Account], ["S"], "Sign in", [CanSignIn];
    SignOut, "sign-out", &[Groups, Members, Threads, Conversations, Posts], [], "Sign out", [CanSignIn];
    ConfirmSignOut, "confirm-sign-out", &[Account], ["x"], "Sign out (press twice)", [CanSignIn];
    Redraw, "redraw", Place::COMMANDING, ["ctrl-l"], "Draw the screen anew", [];
    Suspend, "suspend", Place::COMMANDING, ["ctrl-z"], "Suspend to the shell", [];
    Quit, "quit", Place::COMMANDING, ["q"], "Quit (drafts are kept)", [];
    Leave, "leave", Place::EVERYWHERE, ["ctrl-c"], "Quit from anywhere (drafts are kept)", [];

    AskToSend, "send", &[Composer, Header, Preview], ["ctrl-s"], "Review and send", [];
    NextField, "next-field", &[Composer, Header], ["tab"], "To the next field: topic, people, categories, files, text", [];
    PreviousField, "previous-field", &[Composer, Header], ["backtab"], "To the field before", [];
    SwitchFormat, "format", &[Composer, Header], ["alt-m"], "Markdown, or plain text", [];
    SwitchSignature, "signature", &[Composer, Header], ["alt-s"], "With the signature, or without it", [];
    ShowPreview, "preview", &[Composer, Header, Preview], ["alt-p"], "Show it as it will be read, or go on writing", [];
    InsertTemplate, "template", &[Composer], ["alt-t"], "Insert a template", [];
    ConfirmSend, "confirm-send", &[Review], ["y"], "Send it", [];
    KeepWriting, "keep-writing", &[Review], ["n"], "Go on writing", [];
    ExternalEditor, "editor", &[Composer], ["ctrl-o", "f4"], "Write in $EDITOR", [];
    Complete, "complete", &[Completion], ["tab"], "Take what is offered", [];
    Accept, "accept", &[Header, Completion, Templates, Prompt, Palette, Outline, Finder, Confirm, Redirect, Answer], ["enter"], "Accept", [];
    NextMatch, "next-match", &[Completion, Templates, Prompt, Palette, Outline, Finder], ["down", "ctrl-n"], "Next match", [];
    PreviousMatch, "previous-match", &[Completion, Templates, Prompt, Palette, Outline, Finder], ["up", "ctrl-p"], "Previous match", [];
    CopyAddress, "copy-address", &[Finder], ["alt-y"], "Copy the mail address", [];

    Proceed, "proceed", &[SignIn], ["enter"], "Sign in, or try again", [];
    ByBrowser, "by-browser", &[SignIn], ["1"], "Sign in with the browser of this machine", [];
    ByDevice, "by-device", &[SignIn], ["2"], "Sign in with a code, on any device", [];
    ByTokenCommand, "by-token-command", &[SignIn], ["3"], "Take a token from the profile's own command", [ATokenCommand];
    ByAzureCli, "by-azure-cli", &[SignIn], ["4"], "Use the session of the Azure CLI", [];
    OpenPage, "open-page", &[SignIn], ["o"], "Open the sign-in's page in a browser", [];
    TypeAddress, "type-address", &[SignIn], ["p"], "Hand over the address that the browser ended on", [];

    CopyRequest, "copy-request", &[Answer], ["ctrl-r", "f2"], "Copy a request to an administrator", [AboutTheApplication];
    CopyCommand, "copy-command", &[Answer], ["ctrl-t", "f3"], "Copy the command that registers the application", [AboutTheApplication];

    NewLine, "new-line", &[Composer], ["enter"], "New line", [];
    LineBreak, "line-break", &[Prompt], ["alt-enter"], "New line", [SeveralLines];
    CursorUp, "cursor-up", &[Composer, Preview, Review], ["up"], "A line up", [];
    CursorDown, "cursor-down", &[Composer, Preview, Review], ["down"], "A line down", [];
    CursorPageUp, "cursor-page-up", &[Composer, Preview, Review], ["pageup"], "A page up", [];
    CursorPageDown, "cursor-page-down", &[Composer, Preview, Review], ["pagedown"], "A page down", [];
    CursorTop, "cursor-top", &[Composer, Preview, Review], ["ctrl-home"], "To the beginning", [];
    CursorBottom, "cursor-bottom", &[Composer, Preview, Review], ["ctrl-end"], "To the end", [];
    CursorLeft, "cursor-left", Place::TYPING, ["left", "ctrl-b"], "A character left", [];
    CursorRight, "cursor-right", Place::TYPING, ["right", "ctrl-f"], "A character right", [];
    CursorWordLeft, "cursor-word-left", Place::TYPING, ["ctrl-left", "alt-b"], "A word left", [];
    CursorWordRight, "cursor-word-right", Place::TYPING, ["ctrl-right", "alt-f"], "A word right", [];
    CursorLineStart, "cursor-line-start", Place::TYPING, ["home", "ctrl-a"], "To the start of the line", [];
    CursorLineEnd, "cursor-line-end", Place::TYPING, ["end", "ctrl-e"], "To the end of the line", [];
    DeleteBack, "delete-back", Place::TYPING, ["backspace", "ctrl-h"], "Delete backwards", [];
    DeleteForward, "delete-forward", Place::TYPING, ["delete", "ctrl-d"], "Delete forwards", [];
    DeleteWord, "delete-word", Place::TYPING, ["ctrl-w", "alt-backspace"], "Delete the word before", [];
    DeleteToLineEnd, "delete-to-line-end", Place::TYPING, ["ctrl-k"], "Delete to the end of the line", [];
    DeleteToLineStart, "delete-to-line-start", Place::TYPING, ["ctrl-u"], "Delete to the start of the line", [];
    Undo, "undo", Place::TYPING, ["ctrl-z"], "Undo", [];
    Redo, "redo", Place::TYPING, ["ctrl-y"], "Redo", [];
}

impl Place {
    /// The actions that have a meaning here, in the order of the table.
    pub fn actions(self) -> impl Iterator<Item = Action> {
        let here = move |action: &&Action| action.places().contains(&self);
        Action::ALL.iter().filter(here).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_plain() {
        let mut names = HashSet::new();
        for action in Action::ALL {
            let name = action.name();
            assert!(names.insert(name), "{name} twice");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
            assert!(!action.help().ends_with('.'), "{name}");
            assert!(!action.places().is_empty(), "{name}");
        }
    }
}
