//! People whom one looks for: those around oneself, and those whom the directory finds.

use std::sync::Arc;

use folkmoot::auth::StaticToken;
use folkmoot::demo::{Options, Tenant};
use folkmoot::domain::Id;
use folkmoot::graph::{Client, Endpoint, Urgency};
use folkmoot::protocol::ProblemKind;
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::stub::{Stub, answer, error};
use crate::support::{Tokens, client, desk_with, patience};

fn near(id: &str, name: &str, class: &str, subclass: &str, mail: Option<&str>) -> Value {
    let addresses: Vec<Value> = mail
        .iter()
        .map(|mail| json!({"address": mail, "relevanceScore": 9}))
        .collect();
    json!({"id": id, "displayName": name, "jobTitle": "", "department": null, "userPrincipalName": "",
        "scoredEmailAddresses": addresses, "personType": {"class": class, "subclass": subclass}})
}

#[tokio::test]
async fn only_persons_are_near_and_those_outside_the_directory_go_by_address() {
    let stub = Stub::new(|_, _| {
        answer(
            200,
            &json!({"value": [
                near("1", "山田 花子", "Person", "OrganizationUser", Some("hanako@x.org")),
                near("g", "Lanterns", "Group", "UnifiedGroup", Some("lanterns@x.org")),
                near("mailbox-2", "نور", "Person", "PersonalContact", Some("noor@elsewhere.org")),
                near("mailbox-3", "Nobody", "Person", "PersonalContact", None),
                {"id": "4", "displayName": "Typeless"},
            ], "@odata.nextLink": "http://127.0.0.1:9/v1.0/me/people?$skip=100"}),
        )
    })
    .await;
    let people = client(&stub).nearby(Urgency::Person).await.unwrap();
    let ids: Vec<&Id> = people.iter().map(|person| &person.id).collect();
    assert_eq!(ids, [&Id::new("1"), &Id::new("noor@elsewhere.org")]);
    assert_eq!(people[0].mail, Some("hanako@x.org".into()));
    assert_eq!((&people[0].job_title, &people[0].user_principal_name), (&None, &None));
    let asked = stub.asked();
    assert_eq!(asked.len(), 1, "the first page is enough");
    assert_eq!(asked[0].target, "/v1.0/me/people?$top=100");
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let stub = Stub::new(|_, _| error(403, "ErrorAccessDenied")).await;
    let granted = |scopes: &[&str]| Tokens {
        granted: Some(scopes.iter().map(|scope| (*scope).to_owned()).collect()),
        ..Tokens::default()
    };
    let desk = desk_with(granted(&["User.Read"]), &stub.url(), patience());
    let problem = desk.client.nearby(Urgency::Person).await.unwrap_err();
    assert_eq!(
        (problem.kind, problem.missing),
        (ProblemKind::Forbidden, Some("People.Read"))
    );
}

#[tokio::test]
async fn a_service_that_cannot_search_gives_those_who_begin_so_and_one_that_hides_gives_names() {
    for (refused, asked_again) in [
        (error(400, "Request_UnsupportedQuery"), "$filter=startswith"),
        (
            error(403, "Authorization_RequestDenied"),
            "$select=id,displayName,givenName,surname,userPrincipalName,mail&",
        ),
    ] {
        let found = answer(
            200,
            &json!({"value": [{"id": "1", "displayName": "山田 花子"}], "@odata.count": 7}),
        );
        let stub = Stub::new(move |_, number| if number == 0 { refused.clone() } else { found.clone() }).await;
        let page = client(&stub).find_people("花", Urgency::Person).await.unwrap();
        assert_eq!((page.items.len(), page.total), (1, Some(7)));
        let asked = stub.asked();
        assert_eq!(asked.len(), 2);
        assert!(asked[0].target.contains("$search=") && asked[0].target.contains("$top=100"));
        assert!(asked[1].target.contains(asked_again), "{}", asked[1].target);
    }
}

#[tokio::test]
async fn the_demo_tenant_finds_people_in_any_script() {
    let tenant = Tenant::spawn(Options::default()).unwrap();
    let tokens = Arc::new(StaticToken::for_demo(tenant.token().to_owned().into()));
    let endpoint = Endpoint::parse(tenant.graph_url()).unwrap();
    let client = Client::with_patience(endpoint, tokens, |_| {}, patience()).unwrap();
    for (term, name) in [
        ("花子", "山田 花子"),
        ("hanako", "山田 花子"),
        ("wickersham", "Ines Wickersham"),
        ("ines.w", "Ines Wickersham"),
    ] {
        let page = client.find_people(term, Urgency::Person).await.unwrap();
        let found = page.items.iter().find(|person| person.name.as_str() == name);
        assert!(found.is_some_and(|person| person.job_title.is_some()), "{term}");
    }
    let near = client.nearby(Urgency::Person).await.unwrap();
    assert!(
        near.iter().any(|person| person.name.as_str() == "山田 花子"),
        "{near:?}"
    );
    assert!(near.iter().all(|person| person.address().is_some()), "{near:?}");
    let hanako = near.iter().find(|person| person.name.as_str() == "山田 花子").unwrap();
    let line = client.line_of(&hanako.id, Urgency::Person).await.unwrap();
    let names: Vec<&str> = line.iter().map(|person| person.name.as_str()).collect();
    assert_eq!((names[0], names[1]), ("山田 花子", "Ines Wickersham"));
    assert_eq!(names.last(), Some(&"Solveig Lyktestad"), "{names:?}");
    let pages: Vec<_> = client.reports(&line[1].id, Urgency::Person).collect().await;
    let reports: Vec<_> = pages.into_iter().flat_map(|page| page.unwrap().to_vec()).collect();
    assert!(
        reports
            .iter()
            .any(|person| person.id == hanako.id && person.department.is_some())
    );
    let nobody = client.find_people("xyzzyx", Urgency::Person).await.unwrap();
    assert_eq!(nobody.items, []);
}
