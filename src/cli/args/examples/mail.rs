//! Of the commands about what is written in groups.

use super::Example;

pub(super) const EXAMPLES: &[Example] = &[
    (
        "render",
        &[
            "folkmoot render mail.html",
            "folkmoot api GET /groups/ID/threads/ID/posts/ID | jq -r .body.content | folkmoot render --no-fold",
            "folkmoot render - --json < mail.html | jq -r '.links[].url'",
        ],
    ),
    (
        "thread list",
        &[
            "folkmoot thread list Product",
            "folkmoot thread list board@contoso.com --limit 5 -o md",
        ],
    ),
    (
        "thread show",
        &[
            "folkmoot thread show Product 1",
            "folkmoot thread show Product 'packaging proofs' --json | jq .toRecipients",
        ],
    ),
    (
        "thread new",
        &[
            "folkmoot thread new Product --topic 'Lantern night' --body 'Who brings the wicks?'",
            "folkmoot thread new Product --conversation 2 --topic 'The wicks again' --attach wicks.pdf",
        ],
    ),
    (
        "thread reply",
        &[
            "folkmoot thread reply Product 1",
            "folkmoot thread reply Product 'packaging proofs' --body 'Fine with me.' --yes",
            "make test 2>&1 | folkmoot thread reply Product 'nightly build' --yes --json | jq -r .outcome",
            "folkmoot thread reply Product 1 --quote --body-file answer.md --format markdown --dry-run",
        ],
    ),
    (
        "thread forward",
        &["folkmoot thread forward Product 1 --to ada@contoso.com --body 'For your files.'"],
    ),
    (
        "thread export",
        &[
            "folkmoot thread export Product 'packaging proofs' --dir proofs",
            "folkmoot thread export Product --format mbox           # read it with neomutt -f Product.mbox",
            "folkmoot thread export Product 1 --format html --no-attachments --force",
            "folkmoot thread export Product 1 --stdout | glow -",
        ],
    ),
    (
        "thread mark",
        &[
            "folkmoot thread mark Product 'packaging proofs' --read",
            "folkmoot thread mark Product 1 --unread",
        ],
    ),
    (
        "thread lock",
        &[
            "folkmoot thread lock Product 'packaging proofs'",
            "folkmoot thread lock Product 3 --dry-run",
        ],
    ),
    ("thread unlock", &["folkmoot thread unlock Product 'packaging proofs'"]),
    (
        "thread delete",
        &[
            "folkmoot thread delete Product 'packaging proofs' --dry-run",
            "folkmoot thread delete Product 'packaging proofs'",
        ],
    ),
    (
        "conversation list",
        &[
            "folkmoot conversation list Product",
            "folkmoot conversation list Product -o csv --select topic,id",
        ],
    ),
    (
        "conversation show",
        &[
            "folkmoot conversation show Product 1",
            "folkmoot conversation show Product hinge --json",
        ],
    ),
    (
        "conversation new",
        &[
            "folkmoot conversation new Product --topic 'Lantern night' --participant hanako",
            "folkmoot conversation new Product --topic 'Weekly figures' --body-file - --format markdown --yes < report.md",
        ],
    ),
    (
        "conversation delete",
        &["folkmoot conversation delete Product hinge --dry-run"],
    ),
    (
        "post list",
        &[
            "folkmoot post list Product 1 --full",
            "folkmoot post list Product 'packaging proofs' --json",
        ],
    ),
    (
        "post show",
        &[
            "folkmoot post show Product 1 1",
            "folkmoot post show Product 1 2 --html | w3m -T text/html -dump",
        ],
    ),
    (
        "post reply",
        &["folkmoot post reply Product 1 3 --quote --body 'Yes, this one.'"],
    ),
    (
        "draft list",
        &[
            "folkmoot draft list",
            "folkmoot draft list --json | jq -r '.items[].short'",
        ],
    ),
    (
        "draft show",
        &["folkmoot draft show 3f9a2c", "folkmoot draft show 3f9a2c --html"],
    ),
    (
        "draft send",
        &["folkmoot draft send 3f9a2c", "folkmoot draft send 3f9a2c --yes --again"],
    ),
    ("draft discard", &["folkmoot draft discard 3f9a2c --yes"]),
    (
        "attachment list",
        &[
            "folkmoot attachment list Product 1",
            "folkmoot attachment list Product 'packaging proofs' -o csv --select post,name,size",
        ],
    ),
    (
        "extension list",
        &[
            "folkmoot extension list Product",
            "folkmoot extension list Product --thread 1 --post 2 --json",
        ],
    ),
    (
        "extension show",
        &["folkmoot extension show Product com.contoso.billing --json | jq .costCentre"],
    ),
    (
        "extension set",
        &[
            "folkmoot extension set Product com.contoso.billing '{\"costCentre\": 7}'",
            "folkmoot extension set Product com.contoso.triage '{\"ticket\": 48213}' --thread 1 --post 2 --dry-run",
        ],
    ),
    (
        "extension delete",
        &["folkmoot extension delete Product com.contoso.billing --yes"],
    ),
    (
        "attachment save",
        &[
            "folkmoot attachment save Product 'packaging proofs' --dir proofs",
            "folkmoot attachment save Product 1 2 --only plan.pdf --force",
        ],
    ),
];
