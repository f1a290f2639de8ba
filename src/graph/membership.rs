//! Who belongs to what, and through which groups.
//! <https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups>

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::client::Client;
use super::people::whose;
use super::permits::Urgency;
use super::request::{LARGEST_PAGE, Listing, Question, Read};
use crate::domain::Id;
use crate::protocol::Problem;

/// One question names at most this many groups.
const MOST_CHECKED: usize = 20;
/// One question asks what at most so many objects are.
const MOST_NAMED: usize = 1_000;
const GROUP_FIELDS: &str = "id,displayName,mail";

/// Who or what may belong to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member<'a> {
    /// Who is signed in.
    Me,
    /// A person.
    Person(&'a Id),
    /// A group.
    Group(&'a Id),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Check<'a> {
    group_ids: &'a [&'a str],
}

#[derive(Serialize)]
struct Ids<'a> {
    ids: &'a [&'a str],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct All {
    security_enabled_only: bool,
}

/// What of all that holds somebody is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holders {
    /// Security groups. Graph tells them of people only, not of groups.
    SecurityGroups,
    /// Groups, directory roles and administrative units.
    Objects,
}

#[derive(Deserialize)]
struct Checked<T = Id> {
    value: Vec<T>,
}

impl Member<'_> {
    fn read(self) -> Read {
        match self {
            Member::Me => whose(None),
            Member::Person(person) => whose(Some(person)),
            Member::Group(group) => Read::of("groups").key(group),
        }
    }
}

/// Which of these groups hold a member, directly or through others: as many questions as it takes.
///
/// # Errors
/// `General` where one cannot be written as JSON.
pub fn check(member: Member<'_>, groups: &[Id]) -> Result<Vec<Question>, Problem> {
    let questions = groups.chunks(MOST_CHECKED).map(|groups| {
        let group_ids: Vec<&str> = groups.iter().map(Id::as_str).collect();
        let path = member.read().word("checkMemberGroups").path;
        Question::new(path, &Check { group_ids: &group_ids })
    });
    questions.collect()
}

/// Which of these objects hold a member, be they groups, directory roles or administrative units.
/// <https://learn.microsoft.com/graph/api/directoryobject-checkmemberobjects>
///
/// # Errors
/// `General` where a question cannot be written as JSON.
pub fn check_objects(member: Member<'_>, objects: &[Id]) -> Result<Vec<Question>, Problem> {
    let questions = objects.chunks(MOST_CHECKED).map(|objects| {
        let ids: Vec<&str> = objects.iter().map(Id::as_str).collect();
        Question::new(member.read().word("checkMemberObjects").path, &Ids { ids: &ids })
    });
    questions.collect()
}

/// The ids of all that holds a member, directly or through others. Of more than 11,000 Graph tells none.
/// <https://learn.microsoft.com/graph/api/directoryobject-getmembergroups>,
/// <https://learn.microsoft.com/graph/api/directoryobject-getmemberobjects>
///
/// # Errors
/// `General` where the question cannot be written as JSON.
pub fn all(member: Member<'_>, holders: Holders) -> Result<Question, Problem> {
    let (action, security_enabled_only) = match holders {
        Holders::SecurityGroups => ("getMemberGroups", true),
        Holders::Objects => ("getMemberObjects", false),
    };
    Question::new(member.read().word(action).path, &All { security_enabled_only })
}

/// What objects of these ids are. <https://learn.microsoft.com/graph/api/directoryobject-getbyids>
///
/// # Errors
/// `General` where a question cannot be written as JSON.
pub fn by_ids(objects: &[Id]) -> Result<Vec<Question>, Problem> {
    let questions = objects.chunks(MOST_NAMED).map(|objects| {
        let ids: Vec<&str> = objects.iter().map(Id::as_str).collect();
        let path = Read::of("directoryObjects").word("getByIds").path;
        Question::new(path, &Ids { ids: &ids })
    });
    questions.collect()
}

/// The groups that are direct members of a group.
pub fn groups_in(group: &Id) -> Listing {
    groups_of(Read::of("groups").key(group).word("members"))
}

/// The groups that hold a member directly or, `through` other groups, in any way.
pub fn groups_around(member: Member<'_>, through: bool) -> Listing {
    groups_of(
        member
            .read()
            .word(if through { "transitiveMemberOf" } else { "memberOf" }),
    )
}

fn groups_of(read: Read) -> Listing {
    let read = read.word("microsoft.graph.group").advanced();
    let read = read.query("$select", GROUP_FIELDS).query("$top", LARGEST_PAGE);
    read.listing()
}

/// The ids of a group's direct members.
pub fn member_ids(group: &Id) -> Listing {
    let read = Read::of("groups").key(group).word("members");
    read.query("$select", "id").query("$top", LARGEST_PAGE).listing()
}

impl Client {
    /// Which of these groups hold a member: their ids, as Graph writes them.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn holders(&self, member: Member<'_>, groups: &[Id], urgency: Urgency) -> Result<Vec<Id>, Problem> {
        self.answers(check(member, groups)?, urgency).await
    }

    /// The same of any objects.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn object_holders(&self, member: Member<'_>, of: &[Id], urgency: Urgency) -> Result<Vec<Id>, Problem> {
        self.answers(check_objects(member, of)?, urgency).await
    }

    /// What objects of these ids are (`T` is read from each), in no order; those that are not there are left out.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn objects<T>(&self, ids: &[Id], urgency: Urgency) -> Result<Vec<T>, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        self.answers(by_ids(ids)?, urgency).await
    }

    /// All that holds a member, directly or through others.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn all_holders<T>(
        &self,
        member: Member<'_>,
        holders: Holders,
        urgency: Urgency,
    ) -> Result<Vec<T>, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let ids: Vec<Id> = self.answers(vec![all(member, holders)?], urgency).await?;
        self.objects(&ids, urgency).await
    }

    async fn answers<T>(&self, questions: Vec<Question>, urgency: Urgency) -> Result<Vec<T>, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let mut answers = Vec::new();
        for question in questions {
            answers.extend(self.question::<Checked<T>>(&question, urgency).await?.value);
        }
        Ok(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_twenty_groups_at_most() {
        let groups: Vec<Id> = (0..41).map(|n| Id::new(n.to_string())).collect();
        let questions = check(Member::Group(&Id::new("g")), &groups).unwrap();
        assert_eq!(questions.len(), 3);
        assert_eq!(questions[2].body, "{\"groupIds\":[\"40\"]}");
        assert!(check(Member::Me, &[]).unwrap().is_empty());
        let questions = check_objects(Member::Me, &groups).unwrap();
        assert_eq!(questions.len(), 3);
        assert_eq!(questions[2].body, "{\"ids\":[\"40\"]}");
        assert_eq!(by_ids(&groups).unwrap().len(), 1);
    }

    #[test]
    fn all_that_holds_somebody_is_one_question() {
        let body = |holders| all(Member::Me, holders).unwrap().body;
        assert_eq!(body(Holders::SecurityGroups), "{\"securityEnabledOnly\":true}");
        assert_eq!(body(Holders::Objects), "{\"securityEnabledOnly\":false}");
    }
}
