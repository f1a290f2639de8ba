//! What a person has not seen of groups' conversations. <https://learn.microsoft.com/graph/api/group-resetunseencount>

use serde::Deserialize;

use super::batch::{batches, parsed};
use super::client::Client;
use super::feed::Feed;
use super::permits::Urgency;
use super::request::{Read, Segment, Write};
use crate::domain::{Id, Text};
use crate::protocol::Delivery;

/// How many conversations of a group have something new. Microsoft 365 groups only: others have no mailbox.
pub fn unseen(group: &Id) -> Read {
    Read::of("groups")
        .key(group)
        .query("$select", "id,unseenCount")
        .in_mailbox_of(group)
}

/// Says that the person has seen all of a group's conversations: Graph knows no smaller step.
pub fn reset(group: &Id) -> Write {
    let path = vec![
        Segment::Word("groups"),
        Segment::Key(group.clone()),
        Segment::Word("resetUnseenCount"),
    ];
    Write::act(path).in_mailbox_of(group)
}

impl Client {
    /// Says that the person has seen all of a group's conversations.
    pub async fn reset_unseen(&self, group: &Id) -> Delivery {
        self.send(reset(group)).await
    }

    /// Unseen counts, in parts as they come. A group that does not tell (no mailbox yet, not a member), or not in a way that
    /// can be read, is left out and logged; where none of a part tells, that is the problem.
    pub fn unseen(&self, groups: &[Id], urgency: Urgency) -> Feed<Vec<(Id, u32)>> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Unseen {
            unseen_count: Option<i64>,
        }

        let client = self.clone();
        let groups = groups.to_vec();
        Feed::new(move |out| async move {
            for batch in batches(groups.iter().map(unseen)) {
                let outcomes = client.batch(&batch, urgency).await?;
                let mut counts = Vec::new();
                let mut refused = None;
                for (read, outcome) in batch.into_iter().zip(outcomes) {
                    match (read.mailbox, parsed::<Unseen>(outcome)) {
                        (
                            Some(group),
                            Ok(Unseen {
                                unseen_count: Some(count),
                            }),
                        ) => counts.push((group, u32::try_from(count).unwrap_or_default())),
                        (_, Ok(_)) => tracing::debug!("a group without an unseen count"),
                        (_, Err(problem)) => {
                            tracing::warn!(code = problem.code.as_ref().map(Text::as_str), "no unseen count");
                            refused = Some(problem);
                        }
                    }
                }
                match refused {
                    Some(problem) if counts.is_empty() => return Err(problem),
                    _ => out.put(counts).await,
                }
            }
            Ok(())
        })
    }
}
