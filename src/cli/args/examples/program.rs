//! Of the commands about folkmoot itself, and of raw requests.

use super::Example;

pub(super) const EXAMPLES: &[Example] = &[
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
