//! What a handler is called with, and what it may ask of it.

use jiff::Timestamp;

use super::directory::group::Group;
use super::directory::groups::no_mailbox;
use super::directory::object::{Kind, ObjectRef};
use super::doors::Caller;
use super::error::{GraphError, Result};
use super::ids::Guid;
use super::mail::mailbox::Mailbox;
use super::odata::query::Query;
use super::request::Request;
use super::routes::Found;
use super::state::{State, index};

/// What a handler is called with.
pub struct Call<'a> {
    /// The tenant.
    pub state: &'a mut State,
    /// The request.
    pub request: &'a Request,
    /// Its route and parameters.
    pub found: &'a Found,
    /// Its query options.
    pub query: Query,
    /// Who asks, and what was granted.
    pub caller: &'a Caller,
    /// When.
    pub now: Timestamp,
}

impl Call<'_> {
    /// Whether this is an advanced query: the header and `$count=true`.
    pub fn advanced(&self) -> bool {
        self.request.eventual() && self.query.count
    }

    /// Whether the path ends in `/$count`.
    pub fn counts(&self) -> bool {
        self.found.route.path.ends_with("/$count")
    }

    /// A parameter of the path.
    pub fn parameter(&self, name: &str) -> Result<&str> {
        self.found
            .parameter(name)
            .ok_or_else(|| GraphError::internal(format!("the route has no {name}")))
    }

    /// The kind in the path, if there is one. It may be one that the collection never holds.
    pub fn cast(&self) -> Result<Option<Kind>> {
        let Some(segment) = self.found.parameter("cast") else {
            return Ok(None);
        };
        Kind::named(segment)
            .map(Some)
            .ok_or_else(|| GraphError::no_segment(segment))
    }

    /// The person in the path: by id, by principal name, or the one who asks.
    pub fn person(&self) -> Result<u32> {
        match self.found.parameter("user") {
            None => Ok(self.caller.me),
            Some(id) => self.state.find_person(id).ok_or_else(|| GraphError::no_object(id)),
        }
    }

    /// Where the group in the path stands.
    pub fn group_ref(&self) -> Result<ObjectRef> {
        let id = self.parameter("group")?;
        let guid =
            Guid::parse(id).ok_or_else(|| GraphError::bad_request(format!("Invalid object identifier '{id}'.")))?;
        self.state
            .find_group(guid)
            .map(ObjectRef::Group)
            .ok_or_else(|| GraphError::no_object(id))
    }

    /// The group at a place; nothing where another object stands.
    pub fn group_at(&self, object: ObjectRef) -> Option<&Group> {
        match object {
            ObjectRef::Group(place) => self.state.groups.get(index(place)),
            _ => None,
        }
    }

    /// The group in the path.
    pub fn group(&self) -> Result<&Group> {
        self.group_at(self.group_ref()?)
            .ok_or_else(|| GraphError::internal("the group is gone"))
    }

    /// The group's mailbox, for those who may read it: members, guests excepted.
    pub fn mailbox(&self) -> Result<&Mailbox> {
        let mailbox = self.mailbox_to_answer()?;
        let guest = self.state.person(self.caller.me).is_some_and(|person| person.guest);
        if guest {
            Err(GraphError::access_denied())
        } else {
            Ok(mailbox)
        }
    }

    /// The group's mailbox, for those who may answer: members, guests among them.
    pub fn mailbox_to_answer(&self) -> Result<&Mailbox> {
        let group = self.group()?;
        let mailbox = group.mailbox.as_ref().ok_or_else(no_mailbox)?;
        if self.belongs(group) {
            Ok(mailbox)
        } else {
            Err(GraphError::access_denied())
        }
    }

    /// Whether whoever asks is a member or an owner.
    pub fn belongs(&self, group: &Group) -> bool {
        let me = ObjectRef::Person(self.caller.me);
        group.members.has(me) || group.owners.contains(&me)
    }

    /// Lets posts into the mailbox of the group in the path whose time has come, if there is such a group.
    pub fn settle(&mut self) {
        let Some(place) = self
            .found
            .parameter("group")
            .and_then(Guid::parse)
            .and_then(|id| self.state.find_group(id))
        else {
            return;
        };
        if let Some(mailbox) = self
            .state
            .groups
            .get_mut(index(place))
            .and_then(|group| group.mailbox.as_mut())
        {
            mailbox.settle(self.now);
        }
    }

    /// The mailbox that [`Call::mailbox_to_answer`] gives, to change it.
    pub fn mailbox_mut(&mut self) -> Result<&mut Mailbox> {
        self.mailbox_to_answer()?;
        let ObjectRef::Group(place) = self.group_ref()? else {
            return Err(no_mailbox());
        };
        let group = self.state.groups.get_mut(index(place));
        group.and_then(|group| group.mailbox.as_mut()).ok_or_else(no_mailbox)
    }
}
