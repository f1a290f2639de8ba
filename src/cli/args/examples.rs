//! Examples of every command, by its words; `--help` and the manual show them.

/// The words of a command, and lines to type.
pub const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "render",
        &[
            "folkmoot render mail.html",
            "folkmoot api GET /groups/ID/threads/ID/posts/ID | jq -r .body.content | folkmoot render --no-fold",
            "folkmoot render - --json < mail.html | jq -r '.links[].url'",
        ],
    ),
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
    (
        "api",
        &[
            "folkmoot api GET /me",
            "folkmoot api GET '/groups?$top=5&$select=id,displayName' | jq .value",
            "folkmoot api GET '/users?$count=true' -H 'ConsistencyLevel: eventual' --all -o ndjson",
            "folkmoot api GET '/users/hanako@contoso.com/photo/$value' -O hanako.jpg",
            "folkmoot api GET \"/reports/getOffice365GroupsActivityDetail(period='D7')\" --follow -O groups.csv",
            "folkmoot api PATCH /groups/ID --body '{\"description\": \"New\"}' --dry-run",
            "folkmoot api POST '/groups/ID/members/$ref' --body-file - < member.json",
        ],
    ),
    (
        "auth setup",
        &["folkmoot auth setup", "folkmoot auth setup --tenant contoso.com --json"],
    ),
    (
        "auth doctor",
        &[
            "folkmoot auth doctor",
            "folkmoot auth doctor --json | jq -r .mend_first",
        ],
    ),
    (
        "auth login",
        &[
            "folkmoot auth login",
            "folkmoot auth login --method device",
            "folkmoot auth login --scope Group.ReadWrite.All",
        ],
    ),
    ("auth logout", &["folkmoot auth logout", "folkmoot auth logout --all"]),
    (
        "auth status",
        &["folkmoot auth status", "folkmoot auth status --profile work --json"],
    ),
    (
        "auth token",
        &["FOLKMOOT_ACCESS_TOKEN=$(folkmoot auth token) some-program"],
    ),
    ("auth list", &["folkmoot auth list"]),
    ("auth switch", &["folkmoot auth switch work"]),
    (
        "demo serve",
        &[
            "folkmoot demo serve --people 100000",
            "folkmoot demo serve --fault 'GET /groups/*/threads@2=429:3'",
        ],
    ),
    ("info", &["folkmoot info", "folkmoot info --json | jq -r .log"]),
    (
        "store status",
        &["folkmoot store status", "folkmoot store status --json | jq .bytes"],
    ),
    ("store clear", &["folkmoot store clear --profile work"]),
    ("config init", &["folkmoot config init"]),
    ("config path", &["$EDITOR \"$(folkmoot config path)\""]),
    ("config check", &["folkmoot config check --config new.toml"]),
    (
        "completion",
        &[
            "source <(folkmoot completion bash)                     # in ~/.bashrc",
            "source <(folkmoot completion zsh)                      # in ~/.zshrc, below compinit",
            "folkmoot completion fish | source                      # in ~/.config/fish/config.fish",
            "folkmoot completion powershell | Out-String | iex      # in $PROFILE",
            "eval (folkmoot completion elvish | slurp)              # in ~/.config/elvish/rc.elv",
        ],
    ),
    (
        "man",
        &["folkmoot man | man -l -", "folkmoot man --dir ~/.local/share/man/man1"],
    ),
];
