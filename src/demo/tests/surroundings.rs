//! What lies around a person: documents that are trending, and teams.

use super::{Visitor, group_id};

#[tokio::test]
async fn documents_of_ones_groups_and_colleagues_are_trending() {
    let visitor = Visitor::new();
    let trending = visitor.get("/me/insights/trending").await;
    let mut titles: Vec<String> = trending
        .items()
        .iter()
        .map(|it| it["resourceVisualization"]["title"].as_str().unwrap().to_owned())
        .collect();
    let weights: Vec<f64> = trending
        .items()
        .iter()
        .map(|it| it["weight"].as_f64().unwrap())
        .collect();
    assert!(weights.is_sorted_by(|a, b| a >= b));
    titles.sort();
    assert_eq!(titles, ["Wick lengths & more", "課題"]);
    let site = trending
        .items()
        .into_iter()
        .find(|it| it["resourceVisualization"]["containerType"] == "Site")
        .unwrap();
    assert_eq!(
        site["resourceReference"]["webUrl"],
        "https://fixture.sharepoint.example/sites/lamps/Shared%20Documents/Wick%20lengths%20%26%20more.xlsx"
    );
    assert_eq!(
        site["resourceVisualization"]["mediaType"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    );
    let slides = "/me/insights/trending?$filter=ResourceVisualization/type eq 'PowerPoint'";
    assert_eq!(
        visitor.get(slides).await.items()[0]["resourceVisualization"]["title"],
        "課題"
    );
    assert_eq!(visitor.get("/me/insights/trending?$top=1").await.items().len(), 1);
    assert_eq!(
        visitor
            .get("/me/insights/trending?$filter=color eq 'red'")
            .await
            .verdict(),
        "400 BadRequest"
    );
    let ada = visitor.get("/users/ada.one@fixture.example/insights/trending").await;
    assert!(ada.items().is_empty());
    let guest = visitor
        .get("/users/guest_other.example%23EXT%23@fixture.example/insights/trending")
        .await;
    assert_eq!(guest.items().len(), 2);
}

#[tokio::test]
async fn teams_are_joined_or_known_through_a_channel() {
    let visitor = Visitor::new();
    let joined = visitor.get("/me/joinedTeams").await;
    assert_eq!(joined.each("id"), [group_id("lamps")]);
    assert_eq!(joined.items()[0]["isArchived"], false);
    assert_eq!(joined.items()[0]["visibility"], "private");
    let associated = visitor.get("/me/teamwork/associatedTeams").await;
    assert_eq!(associated.each("id"), ["lamps", "club"].map(group_id));
    assert_eq!(
        associated.each("@odata.type"),
        ["#microsoft.graph.associatedTeamInfo"; 2]
    );
    for path in ["joinedTeams", "teamwork/associatedTeams"] {
        let others = visitor.get(&format!("/users/kim@fixture.example/{path}")).await;
        assert_eq!(others.verdict(), "403 Forbidden", "{path}");
        let own = visitor.get(&format!("/users/me@fixture.example/{path}")).await;
        assert_eq!(own.status, 200, "{path}");
    }
    let teams = visitor
        .get("/groups?$filter=resourceProvisioningOptions/any(x:x eq 'Team')&$select=id")
        .await;
    assert_eq!(teams.each("id"), ["lamps", "club"].map(group_id));
}
