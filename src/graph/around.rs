//! What lies around a person: whom they work with, documents, teams. Where no person is named it is who is signed in.

use super::people::whose;
use super::request::{Listing, Read, literal};
use crate::domain::Id;

/// Graph knows at most so many, and skips none of what a search finds: one page holds them all.
const LARGEST_PEOPLE: &str = "1000";

/// Whom a person works with, the nearest first; where only `persons` are wanted, without groups. A search forgives slips,
/// and works for who is signed in only.
/// <https://learn.microsoft.com/graph/api/user-list-people>
pub fn relevant(person: Option<&Id>, search: Option<&str>, persons: bool) -> Listing {
    let mut read = whose(person).word("people").query("$top", LARGEST_PEOPLE);
    if persons {
        read = read.query("$filter", "personType/class eq 'Person'");
    }
    if let Some(term) = search {
        let clean: String = term
            .chars()
            .map(|c| if c == '"' || c == '&' { ' ' } else { c })
            .collect();
        read = read.query("$search", format!("\"{}\"", clean.trim()));
    }
    read.listing()
}

/// Documents that are trending around a person, most first; of one kind, such as `PowerPoint`, or of all.
/// <https://learn.microsoft.com/graph/api/insights-list-trending>
pub fn trending(person: Option<&Id>, kind: Option<&str>) -> Listing {
    let mut read = whose(person).word("insights").word("trending").query("$top", "100");
    if let Some(kind) = kind {
        read = read.query("$filter", format!("ResourceVisualization/type eq {}", literal(kind)));
    }
    read.listing()
}

/// The most trending of them: as many as a profile shows.
pub fn trending_most(person: Option<&Id>) -> Read {
    let mut read = trending(person, None).first;
    if let Some(top) = read.option("$top") {
        *top = "20".to_owned();
    }
    read
}

/// The teams that a person belongs to. <https://learn.microsoft.com/graph/api/user-list-joinedteams>
pub fn joined_teams(person: Option<&Id>) -> Listing {
    whose(person).word("joinedTeams").listing()
}

/// Those too that a person knows only through a shared channel.
/// <https://learn.microsoft.com/graph/api/associatedteaminfo-list>
pub fn associated_teams(person: Option<&Id>) -> Listing {
    whose(person).word("teamwork").word("associatedTeams").listing()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_cannot_end_its_quotes() {
        let read = relevant(None, Some(" a\"b&c "), true).first;
        assert_eq!(
            read.relative().unwrap(),
            "/me/people?$top=1000&$filter=personType/class%20eq%20'Person'&$search=%22a%20b%20c%22"
        );
        let read = trending(Some(&Id::new("x@y")), Some("O'Brien")).first;
        assert_eq!(
            read.relative().unwrap(),
            "/users/x@y/insights/trending?$top=100&$filter=ResourceVisualization/type%20eq%20'O''Brien'"
        );
    }
}
