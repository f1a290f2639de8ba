//! `/people`: whom someone works with.

use super::{Visitor, group_id, user_id};
use crate::demo::Options;

#[tokio::test]
async fn those_nearest_come_first_and_groups_among_them() {
    let visitor = Visitor::new();
    let people = visitor.get("/me/people?$top=50").await;
    assert_eq!(
        people.each("id")[..3],
        [user_id("lead"), user_id("kim"), group_id("lamps")]
    );
    assert!(!people.each("id").contains(&user_id("me")));
    let lead = &people.items()[0];
    assert_eq!(lead["displayName"], "山田 花子");
    assert_eq!(lead["scoredEmailAddresses"][0]["address"], "lead@fixture.example");
    assert_eq!(lead["personType"]["subclass"], "OrganizationUser");
    assert!(
        lead["scoredEmailAddresses"][0]["relevanceScore"].as_f64()
            > people.items()[1]["scoredEmailAddresses"][0]["relevanceScore"].as_f64()
    );
    let persons = visitor
        .get("/me/people?$top=50&$filter=personType/class eq 'Person'")
        .await;
    assert!(
        persons
            .items()
            .iter()
            .all(|person| person["personType"]["class"] == "Person")
    );
    assert!(persons.items().len() < people.items().len());
    assert_eq!(
        visitor.get("/me/people?$select=displayName&$top=1").await.fields(),
        ["id", "displayName"]
    );
    assert_eq!(
        visitor.get("/me/people?$filter=shoeSize eq 1").await.verdict(),
        "400 BadRequest"
    );
    assert_eq!(
        visitor
            .get("/me/people?$orderby=displayName&$top=1")
            .await
            .each("displayName"),
        ["Gus Guest 👩\u{200d}🏭"]
    );
}

#[tokio::test]
async fn ten_come_unasked_and_links_say_skip() {
    let visitor = Visitor::with(Options {
        people: Some(30),
        groups: Some(20),
        ..Options::default()
    });
    let first = visitor.get("/me/people").await;
    assert_eq!(first.items().len(), 10);
    let next = first.next().unwrap();
    assert!(next.ends_with("$skip=10"), "{next}");
    let all = visitor.all("/me/people?$top=7").await;
    let ids: std::collections::BTreeSet<&str> = all.iter().map(|person| person["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
    assert!(all.len() > 20);
}

#[tokio::test]
async fn a_search_forgives_a_slip_and_looks_into_the_directory_on_request() {
    let visitor = Visitor::new();
    let names = async |query: &str| {
        visitor
            .get(&format!("/me/people?$top=20&{query}"))
            .await
            .each("displayName")
    };
    assert_eq!(names("$search=\"lead\"").await, ["山田 花子"]);
    assert_eq!(names("$search=山田").await, ["山田 花子"]);
    assert_eq!(names("$search=하은").await, ["김하은"]);
    assert_eq!(names("$search=\"lampz\"").await, ["Lamps 💡 ランプ"]);
    assert_eq!(names("$search=\"topic:wick\"").await, ["김하은"]);
    assert!(names("$search=\"ليلى\"").await.is_empty());
    let request = visitor.http.get(visitor.url("/me/people?$search=\"ليلى\""));
    let request = request
        .bearer_auth(&visitor.token)
        .header("X-PeopleQuery-QuerySources", "Mailbox,Directory");
    assert_eq!(visitor.send(request).await.each("displayName"), ["ليلى الحداد"]);
    for path in [
        "/me/people?$search=x&$skip=1",
        "/users/kim@fixture.example/people?$search=x",
    ] {
        assert_eq!(visitor.get(path).await.verdict(), "400 ErrorInvalidRequest", "{path}");
    }
}

#[tokio::test]
async fn others_have_people_and_guests_none() {
    let mut visitor = Visitor::new();
    assert_eq!(
        visitor.get("/users/kim@fixture.example/people?$top=1").await.each("id"),
        [user_id("lead")]
    );
    visitor.becomes("guest_other.example");
    assert_eq!(
        visitor.get("/me/people").await.verdict(),
        "404 MailboxNotEnabledForRESTAPI"
    );
}
