//! Where the keyboard may be: one table, of which the sets of places are read.

macro_rules! places {
    (
        panes { $($pane:ident $pane_name:literal $pane_doc:literal;)* }
        browsing { $($browsing:ident $browsing_name:literal $browsing_doc:literal;)* }
        commanding { $($commanding:ident $commanding_name:literal $commanding_doc:literal;)* }
        typing { $($typing:ident $typing_name:literal $typing_doc:literal;)* }
        other { $($other:ident $other_name:literal $other_doc:literal;)* }
    ) => {
        /// Where the keyboard is. Each place decides what a key means there.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Place {
            $( #[doc = $pane_doc] $pane, )*
            $( #[doc = $browsing_doc] $browsing, )*
            $( #[doc = $commanding_doc] $commanding, )*
            $( #[doc = $typing_doc] $typing, )*
            $( #[doc = $other_doc] $other, )*
        }

        impl Place {
            /// The four panes, and what may stand in the place of one.
            pub const PANES: &'static [Place] = &[ $( Place::$pane, )* ];
            /// Wherever the cursor moves among things.
            pub const BROWSING: &'static [Place] = &[ $( Place::$pane, )* $( Place::$browsing, )* ];
            /// Wherever letters are commands, not text: wherever one browses, and a sign-in.
            pub const COMMANDING: &'static [Place] =
                &[ $( Place::$pane, )* $( Place::$browsing, )* $( Place::$commanding, )* ];
            /// Wherever typing is text.
            pub const TYPING: &'static [Place] = &[ $( Place::$typing, )* ];
            /// All places.
            pub const EVERYWHERE: &'static [Place] = &[
                $( Place::$pane, )* $( Place::$browsing, )* $( Place::$commanding, )*
                $( Place::$typing, )* $( Place::$other, )*
            ];

            /// How the place is called in help.
            pub fn name(self) -> &'static str {
                match self {
                    $( Place::$pane => $pane_name, )*
                    $( Place::$browsing => $browsing_name, )*
                    $( Place::$commanding => $commanding_name, )*
                    $( Place::$typing => $typing_name, )*
                    $( Place::$other => $other_name, )*
                }
            }
        }
    };
}

places! {
    // place, its name in help, what it is
    panes {
        Groups "groups" "The list of groups.";
        Members "members" "The members of the group.";
        Threads "threads" "The threads of the group.";
        Conversations "conversations" "The conversations of the group.";
        Posts "posts" "The posts of the thread.";
    }
    browsing {
        Profile "profile" "The profile viewer.";
        Org "org tree" "The org tree.";
        Nested "nested groups" "The tree of nested groups.";
        Overlap "overlap" "What people and groups have in common.";
        Links "links" "The list of links of a post.";
        Attachments "attachments" "The list of attachments of a post.";
        Raw "raw post" "A post as Graph has it.";
        Details "details" "All that is known of a thread and of a post.";
        Drafts "drafts" "The list of drafts.";
        Help "help" "The help page.";
        Account "account" "Who is signed in, how, and where that is kept.";
        Capabilities "capabilities" "What folkmoot can do, and the permission for each of it.";
        Columns "columns" "The columns of the members, to be chosen.";
        Welcome "welcome" "The first run, where something is to be chosen.";
    }
    commanding {
        SignIn "sign-in" "A sign-in, over all else.";
    }
    typing {
        Composer "composer" "The composer: typing writes.";
        Header "fields" "The fields above a text: typing fills them.";
        Completion "completions" "A list of what may be meant, beside what is typed: typing goes on, and the rest means what it does without it.";
        Templates "templates" "The templates: typing searches.";
        Prompt "prompt" "The line at the foot of a pane where `/` types.";
        Palette "palette" "The command palette: typing searches.";
        Outline "outline" "The posts of a thread, to jump to one: typing searches.";
        Finder "finder" "The people finder: typing searches.";
        Confirm "confirmation" "The question before something goes for ever: typing confirms.";
        Redirect "sign-in's address" "The line of a sign-in that takes the address the browser ended on.";
        Answer "welcome's answers" "The first run, where an answer is typed.";
    }
    other {
        Preview "preview" "What is written, as it will be read.";
        Review "review" "The review before sending.";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::keys::Action;

    #[test]
    fn every_place_has_a_name_of_its_own_a_way_back_and_a_way_out() {
        let mut names = HashSet::new();
        for place in Place::EVERYWHERE {
            assert!(names.insert(place.name()), "{} twice", place.name());
            assert!(Action::Back.places().contains(place));
            assert!(Action::Leave.places().contains(place));
        }
    }
}
