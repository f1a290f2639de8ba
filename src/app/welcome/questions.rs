//! What is asked: the questions and what may be chosen, with what is said to explain them.

use super::Welcome;
use crate::config::account::Setting;
use crate::config::{Cloud, Profile};
use crate::protocol::Method;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Which cloud.
    Cloud,
    /// Where Graph is, in a cloud that is not Microsoft's own.
    GraphUrl,
    /// Where sign-in is, there.
    LoginUrl,
    /// Which tenant.
    Tenant,
    /// Which application.
    ClientId,
    /// Which way to sign in.
    Method,
    /// What to call the profile.
    Name,
}

/// All there is to say of a question.
struct Row {
    question: Question,
    asks: &'static str,
    why: &'static str,
    /// What an answer of nothing stands for; empty where nothing is no answer. Questions with choices have none.
    otherwise: &'static str,
    /// The setting that it is about.
    setting: Option<Setting>,
}

const QUESTIONS: [Row; 7] = [
    Row {
        question: Question::Cloud,
        asks: "Which cloud is your organisation in?",
        why: "",
        otherwise: "",
        setting: Some(Setting::Cloud),
    },
    Row {
        question: Question::GraphUrl,
        asks: "Where is Graph?",
        why: "Its address with the version, such as https://graph.example/v1.0.",
        otherwise: "",
        setting: Some(Setting::GraphUrl),
    },
    Row {
        question: Question::LoginUrl,
        asks: "Where is sign-in?",
        why: "The address before the tenant, such as https://login.example.",
        otherwise: "",
        setting: Some(Setting::LoginUrl),
    },
    Row {
        question: Question::Tenant,
        asks: "Which organisation?",
        why: "A domain of it, such as contoso.com, or the tenant's id. Left empty it is `organizations`, which works where \
              the application takes accounts of every organisation.",
        otherwise: "organizations",
        setting: Some(Setting::Tenant),
    },
    Row {
        question: Question::ClientId,
        asks: "Which application (client) id?",
        why: "folkmoot signs in as an application that your organisation registers once for everybody: a public client \
              with the redirect URI http://localhost. Whoever did that knows its id; `folkmoot auth setup` tells more.",
        otherwise: "",
        setting: Some(Setting::ClientId),
    },
    Row {
        question: Question::Method,
        asks: "How do you want to sign in?",
        why: "",
        otherwise: "",
        setting: None,
    },
    Row {
        question: Question::Name,
        asks: "What is this profile to be called?",
        why: "A profile is one account; `folkmoot --profile NAME` opens another. The answers are kept under this name in the \
              config file, where you can change them.",
        otherwise: "default",
        setting: None,
    },
];

impl Question {
    fn row(self) -> Option<&'static Row> {
        QUESTIONS.iter().find(|row| row.question == self)
    }

    /// The question itself.
    pub fn asks(self) -> &'static str {
        self.row().map_or("", |row| row.asks)
    }

    /// What helps to answer it; empty where each choice explains itself.
    pub fn why(self) -> &'static str {
        self.row().map_or("", |row| row.why)
    }

    /// What an answer of nothing stands for; empty where nothing is no answer.
    pub fn otherwise(self) -> &'static str {
        self.row().map_or("", |row| row.otherwise)
    }

    /// The setting of an account that it is about.
    pub(super) fn setting(self) -> Option<Setting> {
        self.row().and_then(|row| row.setting)
    }

    /// It is answered by choosing, not by typing.
    pub(super) fn has_choices(self) -> bool {
        matches!(self, Question::Cloud | Question::Method)
    }
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Look around in the demo.
    Demo,
    /// Answer questions, and sign in.
    SignIn,
    /// The same with the session of the Azure CLI.
    AzureCli,
    /// Open a profile that is in the config file.
    Open(Profile),
    /// A cloud.
    Cloud(Cloud),
    /// A way to sign in.
    Method(Option<Method>),
}

impl Pick {
    /// What it is called.
    pub fn label(&self) -> String {
        match self {
            Pick::Demo => "Look around in a make-believe company".to_owned(),
            Pick::SignIn => "Sign in to my organisation".to_owned(),
            Pick::AzureCli => "Use the session of the Azure CLI".to_owned(),
            Pick::Open(profile) => format!("Open the profile {profile}"),
            Pick::Cloud(cloud) => match cloud {
                Cloud::Global => "Microsoft's worldwide cloud",
                Cloud::UsGovL4 => "US Government L4 (GCC High)",
                Cloud::UsGovL5 => "US Government L5 (DoD)",
                Cloud::China => "China (21Vianet)",
                Cloud::Custom => "Another one, by its addresses",
            }
            .to_owned(),
            Pick::Method(method) => match method {
                None => "Whichever suits",
                Some(Method::Browser) => "With a browser",
                Some(Method::Device) => "With a code, on any device",
                Some(Method::TokenCommand) => "With a command of my own",
                Some(Method::AzureCli) => "With the Azure CLI",
            }
            .to_owned(),
        }
    }

    /// What it means.
    pub fn about(&self) -> &'static str {
        match self {
            Pick::Demo => {
                "It runs inside folkmoot and needs no account and no network. Nothing that you do there reaches anybody."
            }
            Pick::SignIn => {
                "With your work or school account. A few questions come first; most of them have an answer already."
            }
            Pick::AzureCli => {
                "`az` is on this machine: folkmoot gets its tokens from it, and needs no application of its own. What \
                 it may read then is what the Azure CLI may."
            }
            Pick::Open(_) => "It is in your config file. `folkmoot auth switch` makes it the one that opens by itself.",
            Pick::Cloud(Cloud::Global) => "Most organisations are here, those in GCC too.",
            Pick::Cloud(Cloud::Custom) => "You are asked for the addresses of Graph and of sign-in.",
            Pick::Cloud(_) => "Accounts of one cloud are unknown in the others.",
            Pick::Method(None) => {
                "The browser of this machine, where there is one; over SSH, or where there is no screen, a code to type \
                 on any device."
            }
            Pick::Method(Some(Method::Browser)) => {
                "On another machine's browser, too: paste the address that it ends on."
            }
            Pick::Method(_) => "Some organisations do not allow it.",
        }
    }
}

impl Welcome {
    /// What there is to choose from; nothing where the answer is typed.
    pub fn picks(&self) -> Vec<Pick> {
        match self.question {
            None => {
                let azure = self.known.azure_cli.then_some(Pick::AzureCli);
                let profiles = self.known.profiles.iter().cloned().map(Pick::Open);
                [Pick::Demo, Pick::SignIn]
                    .into_iter()
                    .chain(azure)
                    .chain(profiles)
                    .collect()
            }
            Some(Question::Cloud) => {
                let named = Cloud::names().filter_map(Cloud::named);
                named.chain([Cloud::Custom]).map(Pick::Cloud).collect()
            }
            Some(Question::Method) => [None, Some(Method::Browser), Some(Method::Device)]
                .map(Pick::Method)
                .to_vec(),
            Some(_) => Vec::new(),
        }
    }

    /// The questions that the answers so far lead to, in order.
    pub fn questions(&self) -> Vec<Question> {
        let by_azure_cli = self.answers.method == Some(Method::AzureCli);
        let is_custom = self.answers.cloud == Cloud::Custom;
        let is_asked = |question: &Question| match question {
            Question::GraphUrl | Question::LoginUrl => is_custom,
            Question::Tenant | Question::ClientId | Question::Method => !by_azure_cli,
            Question::Cloud | Question::Name => true,
        };
        QUESTIONS.iter().map(|row| row.question).filter(is_asked).collect()
    }
}
