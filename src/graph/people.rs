//! People of the directory. <https://learn.microsoft.com/graph/api/resources/user>

use serde::Deserialize;

use super::body;
use super::client::Client;
use super::exchange::Call;
use super::permits::Urgency;
use super::request::{LARGEST_PAGE, Listing, Read, literal, search_clause};
use crate::domain::{Id, Person, Text};
use crate::protocol::{Me, Problem};

const FIELDS: &str = "id,displayName,givenName,surname,mailNickname,userPrincipalName,mail,userType,jobTitle,department,officeLocation,companyName,city,country,businessPhones,mobilePhone";
/// What a profile shows besides.
const CARD_FIELDS: &str = "streetAddress,postalCode,state,preferredLanguage,employeeId,employeeType,employeeHireDate,createdDateTime,accountEnabled,faxNumber,imAddresses,otherMails,proxyAddresses,onPremisesExtensionAttributes";
/// What SharePoint keeps: it comes only with a single person, and only where it is selected.
const ABOUT_FIELDS: &str = "aboutMe,birthday,mySite,interests,pastProjects,responsibilities,schools,skills";
/// What `User.ReadBasic.All` lets one see of others.
pub(super) const BASIC_FIELDS: &str = "id,displayName,givenName,surname,userPrincipalName,mail";
const OBJECT_FIELDS: &str = "id,displayName,mail,userPrincipalName,jobTitle,userType";
const MANAGER_FIELDS: &str = "id,displayName,userPrincipalName,mail,jobTitle,department";
const GROUP_FIELDS: &str = "id,displayName,mail";

/// Who is signed in.
pub fn me() -> Read {
    Read::of("me").query("$select", FIELDS)
}

/// The organisation; the list has one item.
pub fn organization() -> Listing {
    Read::of("organization").query("$select", "id,displayName").listing()
}

/// A person by id or user principal name, with all the properties that a card shows.
pub fn person(key: &Id) -> Read {
    user(key).query("$select", FIELDS)
}

/// A person, or who is signed in, with all the properties of the directory that a profile shows.
pub fn card(person: Option<&Id>) -> Read {
    whose(person).query("$select", format!("{FIELDS},{CARD_FIELDS}"))
}

/// What a person says of themselves. <https://learn.microsoft.com/graph/api/user-get>
pub fn about(person: Option<&Id>) -> Read {
    whose(person).query("$select", ABOUT_FIELDS)
}

/// A person by id or user principal name, with what everyone may see.
pub fn person_basic(key: &Id) -> Read {
    user(key).query("$select", BASIC_FIELDS)
}

/// Those who have an address: the present one, else another that still arrives. Only an address that is a user principal
/// name, too, is a key, and those of guests never are.
pub fn by_address(address: &str) -> [Listing; 2] {
    let filtered = |read: Read, filter: String| read.query("$filter", filter).query("$select", "id").listing();
    let other_address = literal(&format!("smtp:{address}"));
    [
        filtered(Read::of("users"), format!("mail eq {}", literal(address))),
        filtered(
            Read::of("users").advanced(),
            format!("proxyAddresses/any(p:p eq {other_address})"),
        ),
    ]
}

/// What a person is looked for by.
const SEARCHED: [&str; 6] = [
    "displayName",
    "givenName",
    "surname",
    "mail",
    "mailNickname",
    "userPrincipalName",
];

/// People whose display name has the words, or of whom another name or address begins with them.
/// <https://learn.microsoft.com/graph/search-query-parameter>
pub fn search(term: &str) -> Listing {
    let clauses = SEARCHED.map(|property| search_clause(property, term));
    found(Read::of("users").advanced().query("$search", clauses.join(" OR ")))
}

/// People of whom a name or an address begins with the words: for a service that cannot search.
pub fn beginning_with(term: &str) -> Listing {
    let value = literal(term.trim());
    let clauses = SEARCHED.map(|property| format!("startswith({property},{value})"));
    found(Read::of("users").query("$filter", clauses.join(" or ")))
}

/// People of exactly that name, or whose address is that before its `@`.
pub fn called(name: &str) -> Listing {
    let name = name.trim();
    let (value, local) = (literal(name), literal(&format!("{name}@")));
    let filter = format!("displayName eq {value} or startswith(mail,{local}) or startswith(userPrincipalName,{local})");
    found(Read::of("users").query("$filter", filter))
}

fn found(read: Read) -> Listing {
    read.query("$select", FIELDS).query("$top", LARGEST_PAGE).listing()
}

/// The people who have an address, with all that a card shows, in the order in which they are to be asked for.
pub fn who_has(address: &str) -> [Listing; 2] {
    by_address(address).map(|mut listing| {
        for (option, value) in &mut listing.first.query {
            if *option == "$select" {
                *value = FIELDS.to_owned();
            }
        }
        listing
    })
}

/// A person with the whole chain of managers inside.
pub fn with_managers(key: &Id) -> Read {
    user(key)
        .advanced()
        .query("$select", "id")
        .query("$expand", format!("manager($levels=max;$select={MANAGER_FIELDS})"))
}

/// A person with what a line of managers shows of everybody in it, and the whole chain of managers inside.
pub fn line(key: &Id) -> Read {
    user(key)
        .advanced()
        .query("$select", MANAGER_FIELDS)
        .query("$expand", format!("manager($levels=max;$select={MANAGER_FIELDS})"))
}

/// A person's manager.
pub fn manager(key: &Id) -> Read {
    user(key).word("manager").query("$select", MANAGER_FIELDS)
}

/// Those who report to a person.
pub fn reports(key: &Id) -> Listing {
    user(key)
        .word("directReports")
        .query("$select", OBJECT_FIELDS)
        .query("$top", LARGEST_PAGE)
        .listing()
}

/// Those who report to a person, with all the properties that a card shows.
pub fn reports_whole(key: &Id) -> Listing {
    found(user(key).word("directReports"))
}

/// The groups that a person belongs to, by name and address.
pub fn member_of(key: &Id) -> Listing {
    user(key)
        .word("memberOf")
        .word("microsoft.graph.group")
        .advanced()
        .query("$select", GROUP_FIELDS)
        .query("$top", LARGEST_PAGE)
        .listing()
}

/// Whoever matters to the person who is signed in, those who matter most first; groups are among them.
/// <https://learn.microsoft.com/graph/api/user-list-people>
pub fn nearby() -> Listing {
    // Without a number of items Graph may go on for ever.
    Read::of("me").word("people").query("$top", "100").listing()
}

/// Below whom something is read: a person, or who is signed in. Graph tells the two apart even where they are the same.
pub(super) fn whose(person: Option<&Id>) -> Read {
    person.map_or_else(|| Read::of("me"), user)
}

/// A user principal name that begins with `$` would be taken for an operation, so it goes as an argument.
pub(super) fn user(key: &Id) -> Read {
    if key.as_str().starts_with('$') {
        let mut read = Read::of("users");
        read.path = vec![super::request::Segment::Key(Id::new(format!(
            "users({})",
            literal(key.as_str())
        )))];
        read
    } else {
        Read::of("users").key(key)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Organization {
    display_name: Option<Text>,
}

impl Client {
    /// Who is signed in. An organisation that cannot be read leaves its name out; the log says why.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn me(&self, urgency: Urgency) -> Result<Me, Problem> {
        let asked = async {
            let call = Call::get(self.endpoint(), &me())?;
            let body = self.fetch(&call, urgency, &mut |_| {}).await?;
            let holder = body.holder.clone();
            Ok::<(Person, _), Problem>((body::parse(body).await?, holder))
        };
        let (person, organisations) = tokio::join!(asked, self.gather::<Organization>(organization(), urgency));
        let (person, holder) = person?;
        Ok(Me {
            person,
            holder,
            organisation: organisations
                .ok()
                .and_then(|all| all.into_iter().find_map(|one| one.display_name)),
        })
    }
}
