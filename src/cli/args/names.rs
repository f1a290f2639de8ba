//! What one may call a group, a person, a conversation, a thread and a post, as help tells it.

pub const GROUP_NAMES: &str = "\
    A GROUP is an id, an address, an alias, or a name: the whole name or, where only one group fits, a part of it.\n";

pub const PERSON_NAMES: &str = "\
    A USER is an id, an address, a sign-in name, a name (the whole name or, where only one person fits, a part of it), or \
    `me`.\n";

pub const THREAD_NAMES: &str = "\
    A THREAD is its number in your last `folkmoot thread list GROUP` (1 was the newest), its id, or a part of its topic \
    that no other topic has. After an hour, or without a list, numbers count from the newest as they stand.\n";

pub const TO_DELETE: &str = "\
    For what is deleted a number is that of a list you have seen in the last hour, or nothing: list first. With --yes a part \
    of a topic is not enough: give the whole topic, or the id.\n";

pub const CONVERSATION_NAMES: &str = "\
    A CONVERSATION is its number in your last `folkmoot conversation list GROUP` (1 was the newest), its id, or a part of \
    its topic that no other topic has. After an hour, or without a list, numbers count from the newest as they stand.\n";

pub const POST_NAMES: &str =
    "A POST is its number in `folkmoot post list GROUP THREAD` (1 is the oldest), or its id.\n";
