//! What people and groups have in common, asked of the demo tenant.

use std::collections::HashSet;

use folkmoot::demo::Options;
use folkmoot::domain::{DirectoryObject, Group, Id, ObjectKind, Role};
use folkmoot::graph::{Urgency, groups};
use folkmoot::protocol::ProblemKind;

use crate::support::drain;
use crate::visit::{Visit, visit};

const SOLVEIG: &str = "solveig.lyktestad@folkvale.example";
const HANAKO: &str = "hanako.yamada@folkvale.example";

async fn ways(visit: &Visit, person: &str, group: &str, most: usize) -> Vec<Vec<String>> {
    let (person, group) = (Id::new(person), visit.group(group).await);
    let ways = visit.client.ways::<Group>(&person, &group.id, most, Urgency::Person);
    let names = |way: Vec<Group>| way.iter().map(|group| group.name.to_string()).collect();
    ways.await.unwrap().into_iter().map(names).collect()
}

#[tokio::test]
async fn every_way_into_a_group_is_found_the_shortest_first() {
    let visit = visit(Options::default());
    assert_eq!(ways(&visit, SOLVEIG, "sg-office-goteborg", 50).await, [[""; 0]]);
    assert_eq!(
        ways(&visit, SOLVEIG, "sg-region-north", 50).await,
        [["sg-office-goteborg"]]
    );
    let long = ways(&visit, SOLVEIG, "sg-everybody", 50).await;
    assert_eq!(long, [["sg-office-goteborg", "sg-region-north"]]);
    assert!(ways(&visit, SOLVEIG, "sg-everybody", 0).await.is_empty());
    assert!(ways(&visit, HANAKO, "sg-office-bristol", 50).await.is_empty());
    // Two groups hold each other: nobody goes round for ever.
    let me = visit.client.me(Urgency::Person).await.unwrap().person.id;
    let circle = ways(&visit, me.as_str(), "Holiday Calendar Readers", 50).await;
    assert_eq!(circle, [["Skymningshuset 3rd floor"]]);
}

#[tokio::test]
async fn two_groups_differ_by_whom_only_one_of_them_holds() {
    let visit = visit(Options::default());
    let one = visit.group("sg-office-goteborg").await;
    let other = visit.group("Skymningshuset 3rd floor").await;
    for (through, counts) in [(false, (28, 7)), (true, (27, 8))] {
        let found = visit
            .client
            .difference::<DirectoryObject>(&one.id, &other.id, through, Urgency::Person)
            .await
            .unwrap();
        assert_eq!((found.only_one.len(), found.both.len()), counts, "through {through}");
        // The other holds a group besides people.
        assert!(found.only_other.iter().any(|it| it.kind == ObjectKind::Group));
        assert_eq!(found.only_other.len() == 1, !through, "{:?}", found.only_other);
    }
    let gone = "00000000-0000-4000-8000-000000000000".into();
    let refused = visit
        .client
        .difference::<DirectoryObject>(&one.id, &gone, false, Urgency::Person)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ProblemKind::NotFound);
}

#[tokio::test]
async fn two_people_share_the_groups_that_hold_both() {
    let visit = visit(Options::default());
    let (one, other) = (Id::new(SOLVEIG), Id::new(HANAKO));
    for through in [false, true] {
        let client = &visit.client;
        let common = client
            .groups_in_common::<Group>(&one, &other, through, Urgency::Person)
            .await
            .unwrap();
        let mut all = Vec::new();
        for person in [&one, &other] {
            let groups = client
                .gather::<Group>(groups::of_person(person, through), Urgency::Person)
                .await
                .unwrap();
            all.push(groups.into_iter().map(|group| group.id).collect::<HashSet<Id>>());
        }
        let common: HashSet<Id> = common.into_iter().map(|group| group.id).collect();
        assert_eq!(common, &all[0] & &all[1]);
        assert!(!common.is_empty());
    }
}

#[tokio::test]
async fn everyone_is_whoever_belongs_on_any_level_owners_first() {
    let visit = visit(Options::default());
    let group = visit.group("sg-region-north").await;
    let rows = async |everyone: bool| {
        let pages = match everyone {
            true => visit.client.everyone(&group.id, Urgency::Person),
            false => visit.client.roster(&group.id, Urgency::Person),
        };
        let (pages, problem) = drain(pages).await;
        assert_eq!(problem, None);
        pages.iter().flat_map(|page| page.members.to_vec()).collect::<Vec<_>>()
    };
    let (direct, all) = (rows(false).await, rows(true).await);
    assert_eq!((direct[0].role, all[0].role), (Role::Owner, Role::Owner));
    let ids = |rows: &[folkmoot::domain::Member]| rows.iter().map(|row| row.object.id.clone()).collect::<HashSet<Id>>();
    assert!(ids(&all).is_superset(&ids(&direct)));
    assert_eq!(ids(&all).len(), all.len(), "nobody twice");
    assert!(all.len() > direct.len() + 30, "{} of {}", all.len(), direct.len());
    let departments = all.iter().filter(|row| row.object.department.is_some()).count();
    assert!(departments > 30, "{departments} departments");
}
