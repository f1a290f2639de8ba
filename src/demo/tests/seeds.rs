//! Assets that are not as they should be.

use super::{FIXTURE, Visitor};
use crate::demo::clock::Clock;
use crate::demo::seed::{Assets, Seed, SeedError, Wanted, build};
use crate::demo::{Options, Tenant};

const PEOPLE: &str = include_str!("fixture/people.tsv");
const COMPANY: &str = include_str!("fixture/company.toml");

fn problem(company: &str, people: &str, thread: &str) -> SeedError {
    let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    let threads = Box::leak(vec![("a.toml", leak(thread))].into_boxed_slice());
    problem_of(Assets {
        company: leak(company),
        people: leak(people),
        profiles: "",
        documents: "",
        threads,
        files: &[],
    })
}

fn problem_of(assets: Assets) -> SeedError {
    let seed = Seed::read(&assets);
    seed.and_then(|seed| {
        build(
            &seed,
            Wanted::default(),
            Clock::starting_at(None),
            std::time::Duration::ZERO,
        )
    })
    .unwrap_err()
}

#[test]
fn a_mistake_about_profiles_and_documents_is_told_too() {
    for (profiles, documents, file, expected) in [
        ("[[profile]]\nkey = \"nobody\"", "", "profiles.toml", "'nobody'"),
        ("[[profile]]\nkey = \"me\"\nshoes = 1", "", "profiles.toml", "shoes"),
        (
            "",
            "[[document]]\ntitle = \"T\"\nkind = \"Scroll\"\ncontainer = \"me\"\nagoHours = 1",
            "documents.toml",
            "'Scroll'",
        ),
        (
            "",
            "[[document]]\ntitle = \"T\"\nkind = \"Word\"\ncontainer = \"group:none\"\nagoHours = 1",
            "documents.toml",
            "'group:none'",
        ),
    ] {
        let problem = problem_of(Assets {
            company: COMPANY,
            people: PEOPLE,
            profiles,
            documents,
            threads: &[],
            files: &[],
        });
        assert_eq!(problem.file, file);
        assert!(problem.problem.contains(expected), "{problem}");
    }
}

#[test]
fn a_mistake_is_told_with_its_file() {
    let thread = "group = \"lamps\"\ntopic = \"T\"\n[[post]]\nfrom = \"kim\"\nagoMinutes = 1\ncontentType = \"html\"\nbody = \"x\"\n";
    let attached = format!("{thread}[[post.attachment]]\nname = \"n\"\nkind = \"file\"\nfile = \"none.png\"\n");
    for (company, people, thread, file, expected) in [
        (
            COMPANY.replace("me = \"me\"", "me = \"nobody\""),
            PEOPLE.to_owned(),
            thread.to_owned(),
            "company.toml",
            "'nobody'",
        ),
        (
            COMPANY.replace("\"sp:robot\"", "\"sp:teapot\""),
            PEOPLE.to_owned(),
            thread.to_owned(),
            "company.toml",
            "'sp:teapot'",
        ),
        (
            COMPANY.replace("\"distribution\"", "\"teapot\""),
            PEOPLE.to_owned(),
            thread.to_owned(),
            "company.toml",
            "'teapot'",
        ),
        (
            COMPANY.replace("domain =", "teapot ="),
            PEOPLE.to_owned(),
            thread.to_owned(),
            "company.toml",
            "teapot",
        ),
        (
            COMPANY.to_owned(),
            PEOPLE.replace("\tlead\tMember", "\tteapot\tMember"),
            thread.to_owned(),
            "people.tsv",
            "'teapot'",
        ),
        (
            COMPANY.to_owned(),
            PEOPLE.replace("Guest\tno", "Teapot\tno"),
            thread.to_owned(),
            "people.tsv",
            "'Teapot'",
        ),
        (
            COMPANY.to_owned(),
            PEOPLE.to_owned(),
            thread.replace("lamps", "teapots"),
            "a.toml",
            "'teapots'",
        ),
        (
            COMPANY.to_owned(),
            PEOPLE.to_owned(),
            thread.replace("lamps", "doors"),
            "a.toml",
            "no mailbox",
        ),
        (
            COMPANY.to_owned(),
            PEOPLE.to_owned(),
            thread.replace("kim", "teapot"),
            "a.toml",
            "the author",
        ),
        (COMPANY.to_owned(), PEOPLE.to_owned(), attached, "a.toml", "'none.png'"),
        (
            COMPANY.to_owned(),
            PEOPLE.to_owned(),
            "group = \"lamps\"\ntopic = \"T\"\npost = []".to_owned(),
            "a.toml",
            "at least one post",
        ),
    ] {
        let error = problem(&company, &people, &thread);
        assert!(error.file == file && error.problem.contains(expected), "{error}");
    }
    assert!(
        build(
            &FIXTURE,
            Wanted::default(),
            Clock::starting_at(None),
            std::time::Duration::ZERO
        )
        .is_ok()
    );
}

#[tokio::test]
async fn a_tenant_without_contents_says_why() {
    let contents = Box::new(|_| Err(problem("", "", "")));
    let visitor = Visitor::of(Tenant::with(Options::default(), contents).unwrap());
    let reply = visitor.get("/me").await;
    assert_eq!(reply.verdict(), "500 InternalServerError");
    assert!(reply.message().contains("company.toml"), "{}", reply.message());
}
