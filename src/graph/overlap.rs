//! What people and groups have in common, and through which groups a person belongs to one. The same for the screen and
//! for commands: a row is whatever the caller reads of Graph's objects.

use std::collections::{HashMap, HashSet, VecDeque};

use serde::de::DeserializeOwned;

use super::client::Client;
use super::groups::{self, Identified};
use super::members;
use super::membership::{self, Member};
use super::permits::Urgency;
use crate::domain::Id;
use crate::protocol::Problem;

/// So many groups are looked into for ways, at most: an organisation may nest its groups without end.
const MOST_LOOKED_INTO: usize = 200;
/// So many beginnings of ways are followed, at most: groups that hold one another make very many.
const MOST_FOLLOWED: usize = 2_000;

/// The members of two groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference<T> {
    /// Members of the one that are none of the other.
    pub only_one: Vec<T>,
    /// Members of the other that are none of the one.
    pub only_other: Vec<T>,
    /// Members of both.
    pub both: Vec<T>,
}

/// An id as it is compared: GUIDs are the same in any case.
fn key(id: &Id) -> String {
    id.as_str().to_ascii_lowercase()
}

fn keys<T: Identified>(items: &[T]) -> HashSet<String> {
    items.iter().map(|item| key(&item.id())).collect()
}

/// What two lists have in common, in the order of the first.
pub fn shared<T: Identified>(one: Vec<T>, other: &[T]) -> Vec<T> {
    let others = keys(other);
    one.into_iter()
        .filter(|item| others.contains(&key(&item.id())))
        .collect()
}

/// How two lists differ; what both hold comes as the first has it.
pub fn difference<T: Identified>(one: Vec<T>, other: Vec<T>) -> Difference<T> {
    let (ones, others) = (keys(&one), keys(&other));
    let (both, only_one) = one.into_iter().partition(|item| others.contains(&key(&item.id())));
    let only_other = other
        .into_iter()
        .filter(|item| !ones.contains(&key(&item.id())))
        .collect();
    Difference {
        only_one,
        only_other,
        both,
    }
}

impl Client {
    /// The groups that two people share; `through` other groups, too.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn groups_in_common<T>(
        &self,
        one: &Id,
        other: &Id,
        through: bool,
        urgency: Urgency,
    ) -> Result<Vec<T>, Problem>
    where
        T: Identified + DeserializeOwned + Send + 'static,
    {
        let (mine, theirs) = tokio::try_join!(
            self.gather::<T>(groups::of_person(one, through), urgency),
            self.gather::<T>(groups::of_person(other, through), urgency)
        )?;
        Ok(shared(mine, &theirs))
    }

    /// How the members of two groups differ; `through` groups in them, too.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn difference<T>(
        &self,
        one: &Id,
        other: &Id,
        through: bool,
        urgency: Urgency,
    ) -> Result<Difference<T>, Problem>
    where
        T: Identified + DeserializeOwned + Send + 'static,
    {
        let listing = if through { members::transitive } else { members::members };
        let (one, other) = tokio::try_join!(
            self.gather::<T>(listing(one), urgency),
            self.gather::<T>(listing(other), urgency)
        )?;
        Ok(difference(one, other))
    }

    /// The ways on which a person belongs to a group, at most so many, the shortest first: the groups in between, the
    /// nearest to the person first; none for a direct member. No way is no membership that can be seen. From the group
    /// downward only those groups are looked into that hold the person, too.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn ways<T>(&self, person: &Id, group: &Id, most: usize, urgency: Urgency) -> Result<Vec<Vec<T>>, Problem>
    where
        T: Identified + DeserializeOwned + Clone + Send + 'static,
    {
        let member = Member::Person(person);
        let (around, direct) = tokio::try_join!(
            self.gather::<T>(membership::groups_around(member, true), urgency),
            self.gather::<T>(membership::groups_around(member, false), urgency)
        )?;
        let direct = keys(&direct);
        let around: HashMap<String, T> = around.into_iter().map(|item| (key(&item.id()), item)).collect();
        let mut ways = Vec::new();
        let mut inside: HashMap<String, Vec<String>> = HashMap::new();
        let mut begun: VecDeque<Vec<String>> = VecDeque::new();
        if around.contains_key(&key(group)) {
            begun.push_back(vec![key(group)]);
        }
        let mut followed = 0;
        while let Some(way) = begun.pop_front()
            && let Some(at) = way.last().cloned()
            && ways.len() < most
            && followed < MOST_FOLLOWED
        {
            followed += 1;
            if direct.contains(&at) {
                let between = way.iter().skip(1).rev();
                ways.push(between.filter_map(|key| around.get(key).cloned()).collect());
                if ways.len() == most {
                    break;
                }
            }
            if !inside.contains_key(&at) {
                if inside.len() == MOST_LOOKED_INTO {
                    continue;
                }
                let Some(group) = around.get(&at).map(Identified::id) else {
                    continue;
                };
                let inner = self.gather::<T>(membership::groups_in(&group), urgency).await?;
                let holding = inner.iter().map(|item| key(&item.id()));
                let holding = holding.filter(|key| around.contains_key(key)).collect();
                inside.insert(at.clone(), holding);
            }
            for next in inside.get(&at).into_iter().flatten().filter(|next| !way.contains(next)) {
                let mut longer = way.clone();
                longer.push(next.clone());
                begun.push_back(longer);
            }
        }
        Ok(ways)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Named(String);

    impl Identified for Named {
        fn id(&self) -> Id {
            Id::new(self.0.as_str())
        }
    }

    fn named(ids: &[&str]) -> Vec<Named> {
        ids.iter().map(|id| Named((*id).to_owned())).collect()
    }

    #[test]
    fn ids_are_the_same_in_any_case() {
        assert_eq!(shared(named(&["A", "b", "c"]), &named(&["C", "a"])), named(&["A", "c"]));
        let Difference {
            only_one,
            only_other,
            both,
        } = difference(named(&["A", "b"]), named(&["a", "D"]));
        assert_eq!(
            (only_one, only_other, both),
            (named(&["b"]), named(&["D"]), named(&["A"]))
        );
    }

    proptest! {
        #[test]
        fn nobody_is_lost_or_counted_twice(
            one in prop::collection::btree_set("[a-f]", 0..6),
            other in prop::collection::btree_set("[a-f]", 0..6),
        ) {
            let list = |ids: &std::collections::BTreeSet<String>| ids.iter().cloned().map(Named).collect::<Vec<_>>();
            let found = difference(list(&one), list(&other));
            prop_assert_eq!(found.only_one.len() + found.both.len(), one.len());
            prop_assert_eq!(found.only_other.len() + found.both.len(), other.len());
            prop_assert_eq!(found.both, shared(list(&one), &list(&other)));
        }
    }
}
