//! Of the commands about groups and people.

use super::Example;

pub(super) const EXAMPLES: &[Example] = &[
    (
        "group list",
        &[
            "folkmoot group list",
            "folkmoot group list --search budget --select name,mail",
            "folkmoot group list --all --json | jq -r '.[].mail'",
        ],
    ),
    (
        "group show",
        &[
            "folkmoot group show board@contoso.com",
            "folkmoot group show Product --json",
        ],
    ),
    (
        "member list",
        &[
            "folkmoot member list Product",
            "folkmoot member list Product --owners -o csv",
            "folkmoot member list sg-everybody --transitive --select way,name",
            "folkmoot member list 'All staff' -o ndjson --select displayName,department",
        ],
    ),
    (
        "user show",
        &[
            "folkmoot user show hanako@contoso.com",
            "folkmoot user show hanako --full",
            "folkmoot user show 'Yamada Hanako' --json | jq -r .jobTitle",
        ],
    ),
    ("user manager", &["folkmoot user manager hanako@contoso.com"]),
    (
        "user reports",
        &["folkmoot user reports me", "folkmoot user reports hanako -o md"],
    ),
    (
        "user groups",
        &[
            "folkmoot user groups hanako",
            "folkmoot user groups me --transitive --select name",
        ],
    ),
    (
        "user search",
        &[
            "folkmoot user search hana",
            "folkmoot user search hana -o tsv --select name,mail",
        ],
    ),
    (
        "group parents",
        &[
            "folkmoot group parents sg-office",
            "folkmoot group parents sg-office --transitive --select name",
        ],
    ),
    (
        "group check",
        &[
            "folkmoot group check sg-office sg-region sg-everybody",
            "folkmoot group check sg-office sg-everybody --json | jq '.items[0].member'",
        ],
    ),
    (
        "group seen",
        &["folkmoot group seen Product", "folkmoot group seen Product --dry-run"],
    ),
    (
        "owner list",
        &[
            "folkmoot owner list Product",
            "folkmoot owner list Product -o csv --select name,mail",
        ],
    ),
    (
        "user people",
        &[
            "folkmoot user people",
            "folkmoot user people --search yamda",
            "folkmoot user people hanako@contoso.com --limit 5",
        ],
    ),
    (
        "user photo",
        &[
            "folkmoot user photo hanako@contoso.com -O hanako.jpg",
            "folkmoot user photo me --size 96 > me.jpg",
            "folkmoot user photo nour --meta --json",
        ],
    ),
    (
        "user card",
        &[
            "folkmoot user card hanako@contoso.com > hanako.vcf",
            "folkmoot user card me nour 'Yamada Hanako' > people.vcf",
        ],
    ),
    (
        "user trending",
        &[
            "folkmoot user trending",
            "folkmoot user trending hanako@contoso.com --kind PowerPoint",
        ],
    ),
    (
        "user check",
        &[
            "folkmoot user check hanako@contoso.com product sg-everybody",
            "folkmoot user check me product --json | jq -e 'all(.items[]; .member)'",
        ],
    ),
    (
        "user teams",
        &["folkmoot user teams", "folkmoot user teams --associated --json"],
    ),
    (
        "me update",
        &[
            "folkmoot me update --mobile-phone '+46 31 555 0101'",
            "folkmoot me update --about-me 'I look after lanterns.' --skills 'wicks, glass, 日本語'",
            "folkmoot me update --interests ''",
        ],
    ),
    ("me photo", &["folkmoot me photo portrait.jpg"]),
    (
        "org tree",
        &[
            "folkmoot org tree",
            "folkmoot org tree hanako@contoso.com --up",
            "folkmoot org tree zoe --depth 9 -o csv",
        ],
    ),
    (
        "org path",
        &[
            "folkmoot org path me hanako@contoso.com",
            "folkmoot org path 'Yamada Hanako' nour --json | jq -r '.items[].person.displayName'",
        ],
    ),
    (
        "common",
        &[
            "folkmoot common me hanako@contoso.com",
            "folkmoot common hanako nour --transitive -o csv",
        ],
    ),
    (
        "diff",
        &[
            "folkmoot diff product launch@contoso.com",
            "folkmoot diff sg-office sg-everybody --transitive --json | jq '.items | length'",
        ],
    ),
    (
        "path",
        &[
            "folkmoot path hanako@contoso.com sg-everybody",
            "folkmoot path me 'All employees' -o csv",
        ],
    ),
    ("me show", &["folkmoot me show", "folkmoot me show --json | jq -r .id"]),
    (
        "who",
        &[
            "folkmoot who hanako",
            "folkmoot who hana --limit 3",
            "folkmoot who hanako@contoso.com --json | jq -r '.[0].mobilePhone'",
        ],
    ),
];
