//! Who reports to whom. <https://learn.microsoft.com/graph/api/user-list-manager>

use std::sync::Arc;

use futures_util::{Stream, StreamExt};

use super::card::Link;
use super::client::Client;
use super::people;
use super::permits::Urgency;
use crate::domain::{Id, Person};
use crate::protocol::{Problem, ProblemKind};

impl Client {
    /// A person and the managers above, nearest first; by id, user principal name or address. Nobody comes twice, also
    /// where the directory's managers go in a circle.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn line_of(&self, person: &Id, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let mut key = person.clone();
        let mut link = self.one::<Link>(people::line(&key), urgency).await;
        if key.as_str().contains('@') && matches!(&link, Err(problem) if problem.kind == ProblemKind::NotFound) {
            key = self.who_has(key.as_str(), urgency).await?;
            link = self.one::<Link>(people::line(&key), urgency).await;
        }
        let mut line: Vec<Person> = Vec::new();
        let chain = match link {
            Ok(mut link) => {
                let manager = link.manager.take();
                line.push(link.person);
                super::card::unchained(manager)
            }
            Err(problem) if matches!(problem.status, Some(400 | 405 | 501)) => {
                line.push(self.one(people::person(&key), urgency).await?);
                self.walk_managers(&key, urgency).await?
            }
            Err(problem) => return Err(problem),
        };
        for manager in chain {
            if line.iter().any(|known| known.id == manager.id) {
                break;
            }
            line.push(manager);
        }
        Ok(line)
    }

    /// Those who report to a person, in pages as they come.
    pub fn reports(
        &self,
        person: &Id,
        urgency: Urgency,
    ) -> impl Stream<Item = Result<Arc<[Arc<Person>]>, Problem>> + Send + use<> {
        self.pages::<Person>(people::reports_whole(person), urgency)
            .map(|page| Ok(page?.items.into_iter().map(Arc::new).collect()))
    }
}
