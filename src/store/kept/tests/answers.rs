//! An answer to every query that is kept.

use std::sync::Arc;

use super::*;
use crate::domain::{
    About, AttachedItem, Attachment, AttachmentKind, Body, Conversation, Document, Html, ItemKind, Post, Prose,
    Recipient, Team, Thread,
};
use crate::protocol::{CardPart, Me, Payload, Query, Scope};

pub(super) fn id(name: &str) -> Id {
    Id::new(name)
}

pub(super) fn recipient() -> Recipient {
    Recipient {
        name: Text::new("山田 花子"),
        address: Text::new("hanako@contoso.com"),
    }
}

pub(super) fn post(body: Body) -> Post {
    Post {
        conversation_id: Some("conversation".into()),
        id: id("AAMk="),
        body,
        received_date_time: Some(at(1)),
        created_date_time: None,
        from: recipient(),
        sender: Recipient::default(),
        categories: vec![Text::new("سری Blue")],
        new_participants: vec![recipient()],
        has_attachments: true,
        attachments: Vec::new(),
        extensions: Vec::new(),
    }
}

pub(super) fn thread() -> Thread {
    Thread {
        id: id("AAQk="),
        topic: Text::new("خطة الإطلاق 🚀"),
        has_attachments: true,
        last_delivered_date_time: Some(at(2)),
        unique_senders: vec![Text::new("Ivo"), Text::new("花子")],
        preview: Text::new("Ahoy"),
        is_locked: true,
        to_recipients: vec![recipient()],
        cc_recipients: vec![recipient()],
    }
}

pub(super) fn conversation() -> Conversation {
    Conversation {
        id: id("AAQkAC="),
        topic: Text::new("خطة الإطلاق 🚀"),
        has_attachments: true,
        last_delivered_date_time: Some(at(2)),
        unique_senders: vec![Text::new("花子")],
        preview: Text::new("Ahoy"),
    }
}

/// Every kind of answer that is kept, as it is found again.
pub(super) fn answers() -> Vec<(Query, Vec<Payload>)> {
    let file = Attachment {
        id: id("AT="),
        name: Text::new("plan.pdf"),
        content_type: Some(Text::new("application/pdf")),
        size: 7,
        inline: true,
        kind: AttachmentKind::Item,
        item: Some(AttachedItem {
            kind: ItemKind::Event,
            subject: Text::new("夏祭り"),
            who: Some(recipient()),
            when: Some(at(3)),
        }),
    };
    let device = DirectoryObject {
        kind: ObjectKind::Unknown(Text::new("spaceship")),
        guest: true,
        ..member("d", "Falcon", Role::Member).object
    };
    let mut me = person("me", "Mira Kovač", "mira@contoso.com");
    me.business_phones = vec![Text::new("+1 555")];
    let (group_id, thread_id) = (id("g"), id("t"));
    vec![
        (
            Query::Me,
            vec![Payload::Me(Box::new(Me {
                holder: None,
                person: me.clone(),
                organisation: Some(Text::new("Contoso")),
            }))],
        ),
        (
            Query::Groups {
                scope: Scope::Mine,
                term: None,
            },
            vec![Payload::Groups([group("g", "Lantern"), group("h", "Hush")].into())],
        ),
        (
            Query::Members {
                group: group_id.clone(),
            },
            vec![Payload::Members {
                page: vec![
                    member("o", "Owner", Role::Owner),
                    Member {
                        object: device.clone(),
                        role: Role::Member,
                    },
                ]
                .into(),
                total: Some(2),
            }],
        ),
        (
            Query::Threads {
                group: group_id.clone(),
                since: None,
            },
            vec![Payload::Threads([thread()].into())],
        ),
        (
            Query::Conversations {
                group: group_id.clone(),
                since: None,
            },
            vec![Payload::Conversations([conversation()].into())],
        ),
        (
            Query::Posts {
                group: group_id.clone(),
                thread: thread_id.clone(),
            },
            vec![Payload::Posts {
                posts: vec![
                    Arc::new(post(Body::Html(Html::new("<p>a\u{1b}[2J</p>")))),
                    Arc::new(post(Body::Plain(Prose::new("two\nlines")))),
                ],
                cut_short: true,
            }],
        ),
        (
            Query::Attachments {
                group: group_id,
                thread: thread_id,
                posts: vec![id("AAMk=")],
            },
            vec![Payload::Attachments {
                post: id("AAMk="),
                attachments: vec![file],
            }],
        ),
        (
            Query::Nearby,
            vec![Payload::People {
                page: vec![me.clone()].into(),
                total: Some(1),
            }],
        ),
        (
            Query::Card {
                person: id("c"),
                mine: false,
            },
            vec![
                Payload::Card(CardPart::Person(Box::new(me.clone().into()))),
                Payload::Card(CardPart::Managers(vec![me.clone()])),
                Payload::Card(CardPart::Reports(Vec::new())),
                Payload::Card(CardPart::Groups(vec![device])),
                Payload::Card(CardPart::Photo(None)),
                Payload::Card(CardPart::About(Box::new(About {
                    about_me: Some(Prose::new("a\nb 花")),
                    ..About::default()
                }))),
                Payload::Card(CardPart::Teams(vec![Team::default()])),
                Payload::Card(CardPart::Documents(vec![Document::default()])),
            ],
        ),
        (Query::Line { person: id("l") }, vec![Payload::Line(vec![me.clone()])]),
        (
            Query::Reports { person: id("l") },
            vec![Payload::Reports([Arc::new(me)].into())],
        ),
    ]
}
