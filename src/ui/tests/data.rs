//! A tenant of many scripts: wide, combining, joined and right-to-left text in every list.

use crate::domain::{
    About, Attachment, AttachmentKind, Card, DirectoryObject, Document, Group, Member, ObjectKind, Person, Photo, Post,
    Prose, Role, Team, Text, Thread, Visualization,
};
use crate::protocol::{CardPart, Me, Payload, Problem, ProblemKind};

fn of_json<T: serde::de::DeserializeOwned>(json: serde_json::Value) -> T {
    serde_json::from_value(json).unwrap()
}

pub(super) fn groups() -> Vec<Group> {
    let m365 = |id: &str, name: &str, visibility: &str| {
        of_json(
            serde_json::json!({"id": id, "displayName": name, "mail": format!("{id}@folk.example"),
            "groupTypes": ["Unified"], "mailEnabled": true, "securityEnabled": false, "visibility": visibility}),
        )
    };
    vec![
        m365("eng", "Engineering", "Private"),
        m365("tokyo", "東京オフィスのみなさん", "Public"),
        m365("family", "👩‍👩‍👧 Family day 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Public"),
        m365("tel-aviv", "צוות תל אביב", "HiddenMembership"),
        m365(
            "long",
            "A group whose name is far longer than any column that it could stand in",
            "Private",
        ),
        of_json(
            serde_json::json!({"id": "vpn", "displayName": "VPN users", "groupTypes": [],
            "mailEnabled": false, "securityEnabled": true}),
        ),
        of_json(
            serde_json::json!({"id": "all", "displayName": "All staff", "groupTypes": [],
            "mailEnabled": true, "securityEnabled": false}),
        ),
        of_json(
            serde_json::json!({"id": "dyn", "displayName": "Everyone in Île-de-France", "groupTypes": ["DynamicMembership"],
            "mailEnabled": true, "securityEnabled": true}),
        ),
    ]
}

pub(super) fn member(id: &str, kind: ObjectKind, name: Option<&str>, role: Role) -> Member {
    Member {
        object: DirectoryObject {
            id: id.into(),
            kind,
            name: name.map(Text::new),
            mail: name.map(|_| Text::new(&format!("{id}@folk.example"))),
            user_principal_name: None,
            job_title: None,
            department: None,
            guest: id.starts_with("guest"),
        },
        role,
    }
}

/// A group without members.
pub(super) fn nobody() -> Payload {
    Payload::Members {
        page: [].into(),
        total: None,
    }
}

pub(super) fn members() -> Vec<Member> {
    use ObjectKind::{Contact, Device, Group, ServicePrincipal, User};
    let mut owner = member("ana", User, Some("Ana Souza"), Role::Owner);
    owner.object.job_title = Some("Head of Engineering".into());
    owner.object.department = Some("Engineering".into());
    let mut hanako = member("hanako", User, Some("山田 花子"), Role::Owner);
    hanako.object.department = Some("東京オフィスのみなさん 開発部".into());
    let mut noor = member("noor", User, Some("نور الهدى"), Role::Member);
    noor.object.department = Some("قسم التصميم".into());
    noor.object.user_principal_name = Some("n.alhuda@folk.onmicrosoft.example".into());
    vec![
        owner,
        hanako,
        noor,
        member("guest-zoe", User, Some("Zoë 👩🏽‍💻 Łukasiewicz"), Role::Member),
        member("ops", Group, Some("Operations"), Role::Member),
        member("laptop", Device, Some("LAPTOP-0451"), Role::Member),
        member("deploy", ServicePrincipal, Some("Deployment robot"), Role::Member),
        member("press", Contact, Some("Press agency"), Role::Member),
        member("h1", User, None, Role::Member),
        member("h2", Device, None, Role::Member),
        member("h3", ServicePrincipal, None, Role::Member),
        member(
            "h4",
            ObjectKind::Unknown("agentUser".into()),
            Some("Helper"),
            Role::Member,
        ),
    ]
}

pub(super) fn threads() -> Vec<Thread> {
    let thread = |id: &str, topic: &str, preview: &str, when: &str, names: &[&str]| Thread {
        id: id.into(),
        topic: topic.into(),
        preview: preview.into(),
        last_delivered_date_time: Some(when.parse().unwrap()),
        unique_senders: names.iter().map(|name| Text::new(name)).collect(),
        ..Thread::default()
    };
    let mut all = vec![
        thread(
            "t1",
            "Release 4.2 goes out on Tuesday",
            "I have moved the freeze to Friday noon.",
            "2026-11-21T11:55:00Z",
            &["Ana Souza", "山田 花子", "Ben", "Zoë"],
        ),
        thread(
            "t2",
            "会議の議事録",
            "昨日の会議の議事録を添付します。ご確認ください。",
            "2026-11-21T08:00:00Z",
            &["山田 花子"],
        ),
        thread(
            "t3",
            "שלום לכולם",
            "ברוכים הבאים לקבוצה",
            "2026-11-19T08:00:00Z",
            &["נועה כהן", "نور الهدى"],
        ),
        thread(
            "t4",
            "🎉 Party 👩‍👩‍👧",
            "Bring the children ❤️ and 🇩🇪 flags",
            "2026-11-01T08:00:00Z",
            &["Zoë 👩🏽‍💻 Łukasiewicz"],
        ),
        thread("t5", "", "", "2025-02-01T08:00:00Z", &[]),
    ];
    all[1].has_attachments = true;
    all[2].is_locked = true;
    all[3].has_attachments = true;
    all[3].is_locked = true;
    all
}

pub(super) fn post(id: &str, name: &str, when: &str, html: &str) -> Post {
    of_json(serde_json::json!({
        "id": id, "receivedDateTime": when, "hasAttachments": id == "p2",
        "sender": {"emailAddress": {"name": name, "address": format!("{id}@folk.example")}},
        "body": {"contentType": "html", "content": html}}))
}

pub(super) fn posts() -> Vec<Post> {
    vec![
        post(
            "p1",
            "Ana Souza",
            "2026-11-20T09:00:00Z",
            "<h2>Plan</h2><p>We release on <b>Tuesday</b>. The <i>freeze</i> is on Friday, see <a href=\"https://wiki.folk.example/freeze\">the page</a> \
             or <a href=\"https://evil.example/\">https://wiki.folk.example/</a>.</p><ul><li>Tests <code>cargo test</code></li><li>Notes</li></ul>",
        ),
        post(
            "p2",
            "山田 花子",
            "2026-11-21T08:00:00Z",
            "<p>了解しました。金曜日の正午に凍結します。よろしくお願いします。</p>\
             <table><tr><th>日</th><th>What</th></tr><tr><td>金</td><td>Freeze ❤️</td></tr></table><p>-- <br>山田 花子</p>",
        ),
        post(
            "p3",
            "نور الهدى",
            "2026-11-21T11:55:00Z",
            "<p>مرحبا, the freeze is fine 👩‍👩‍👧.</p><blockquote type=cite><p>We release on Tuesday.</p><blockquote><p>When is the freeze?</p></blockquote></blockquote>",
        ),
    ]
}

pub(super) fn attachments() -> Vec<Attachment> {
    let file = |name: &str, size, kind, content_type: Option<&str>| Attachment {
        id: name.into(),
        name: name.into(),
        content_type: content_type.map(Text::new),
        size,
        inline: false,
        kind,
        item: None,
    };
    vec![
        file("議事録.pdf", 1_234_567, AttachmentKind::File, Some("application/pdf")),
        file("Budget", 0, AttachmentKind::Reference, None),
    ]
}

pub(super) fn me() -> Me {
    Me {
        holder: None,
        person: Person {
            id: "ana".into(),
            name: "Ana Souza".into(),
            mail: Some("ana@folk.example".into()),
            ..Person::default()
        },
        organisation: Some("Folk 民会 GmbH".into()),
    }
}

pub(super) fn card() -> Vec<CardPart> {
    let person = |id: &str, name: &str, job: &str| Person {
        id: id.into(),
        name: name.into(),
        job_title: Some(job.into()),
        ..Person::default()
    };
    let object = |id: &str, kind, name: &str| DirectoryObject {
        id: id.into(),
        kind,
        name: Some(name.into()),
        mail: None,
        user_principal_name: None,
        job_title: None,
        department: None,
        guest: false,
    };
    vec![
        CardPart::Person(Box::new(Card {
            person: Person {
                mail: Some("hanako@folk.example".into()),
                office_location: Some("東京 3階".into()),
                mobile_phone: Some("+81 90 0000 0000".into()),
                country: Some("日本".into()),
                ..person("hanako", "山田 花子", "部長 (Head of 営業)")
            },
            street_address: Some("提灯町 1-2-3 👨‍👩‍👧‍👦".into()),
            other_mails: vec!["hana@home.example".into(), "花子@home.example".into()],
            employee_id: Some("Mn̈-007".into()),
            ..Card::default()
        })),
        CardPart::Managers(vec![
            person("boss", "Noor نور", "Chief"),
            person("ceo", "👩‍💼 Zoë", "Chief of all"),
        ]),
        CardPart::Reports(vec![object("ben", ObjectKind::User, "Ben Ö")]),
        CardPart::Groups(vec![
            object("eng", ObjectKind::Group, "Engineering"),
            object("tokyo", ObjectKind::Group, "東京オフィスのみなさん"),
        ]),
        CardPart::Photo(Some(Photo {
            id: "648X648".into(),
            width: Some(648),
            height: Some(648),
            media_type: Some("image/jpeg".into()),
            etag: None,
        })),
        CardPart::About(Box::new(About {
            about_me: Some(Prose::new(
                "提灯の企画を担当しています。岐阜生まれ、大阪育ち。和紙と竹の話なら何時間でもできます。\nמעצבת חוויית משתמש. Ask me about wicks, not about bulbs; about paper, not about plastic.",
            )),
            skills: vec!["和紙".into(), "製品企画".into(), "עברית".into()],
            my_site: Some("https://folk.example/hanako".into()),
            birthday: Some("1990-03-21T00:00:00Z".into()),
            ..About::default()
        })),
        CardPart::Teams(vec![Team {
            id: "eng".into(),
            name: "Engineering 工学".into(),
            description: Some("من يصنع".into()),
            is_archived: Some(true),
        }]),
        CardPart::Documents(vec![
            document("議事録 2026", "Word"),
            document("تقرير الربع", "PowerPoint"),
        ]),
    ]
}

fn document(title: &str, sort: &str) -> Document {
    Document {
        id: title.into(),
        resource_visualization: Visualization {
            title: Some(title.into()),
            r#type: Some(sort.into()),
            container_display_name: Some("東京オフィスのみなさん".into()),
            preview_text: None,
        },
        ..Document::default()
    }
}

pub(super) fn forbidden() -> Problem {
    Problem {
        status: Some(403),
        code: Some("Authorization_RequestDenied".into()),
        request_id: Some("4b1c6f0e-1f6e-4f4e-9e0b-7a1f2b3c4d5e".into()),
        ..Problem::new(
            ProblemKind::Forbidden,
            "You may not see the members of this group.",
            "It needs the permission GroupMember.Read.All, which an administrator can grant.",
        )
    }
}

pub(super) fn offline() -> Problem {
    Problem::new(
        ProblemKind::Network,
        "There is no connection to Graph.",
        "Check the network; what is on the screen stays.",
    )
}
