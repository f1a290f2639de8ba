//! Attachments, saved in a folder.

use std::path::Path;

use super::files::{self, Given, NewFile, TELLING};
use crate::app::Saving;
use crate::domain::Text;
use crate::graph::{Client, Sink, Urgency, attachments};
use crate::protocol::Problem;

/// Saves attachments one after the other under names that are free; where each is, as it may be shown. What breaks off
/// leaves nothing half, and what was saved before stays.
pub(super) async fn save(client: &Client, folder: &Path, saving: &Saving) -> Result<Vec<Text>, Problem> {
    let (mut saved, mut given) = (Vec::new(), Given::default());
    for attachment in &saving.attachments {
        let mut filling = Filling {
            file: NewFile::in_folder(folder)?,
            begins: Vec::new(),
        };
        let content = attachments::content(&saving.group, &saving.thread, &saving.post, &attachment.id);
        client.download(content, Urgency::Person, &mut filling).await?;
        let name = files::name_of(attachment, &filling.begins);
        saved.push(files::shown(&filling.file.keep(&name, false, &mut given)?));
    }
    Ok(saved)
}

/// A file that fills, and how it begins.
struct Filling {
    file: NewFile,
    begins: Vec<u8>,
}

impl Sink for Filling {
    fn begin(&mut self, _announced: Option<u64>) -> Result<(), Problem> {
        self.begins.clear();
        self.file.begin_again()
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let more = TELLING.saturating_sub(self.begins.len()).min(chunk.len());
        self.begins.extend_from_slice(chunk.get(..more).unwrap_or_default());
        self.file.add(chunk)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::auth::StaticToken;
    use crate::demo::{Options, Tenant};
    use crate::domain::Thread;
    use crate::graph::{Endpoint, threads};
    use crate::protocol::ProblemKind;

    #[tokio::test]
    async fn what_hangs_on_a_post_is_saved_under_names_that_are_free() {
        let tenant = Tenant::spawn(Options::default()).unwrap();
        let token = StaticToken::for_demo(tenant.token().to_owned().into());
        let endpoint = Endpoint::parse(tenant.graph_url()).unwrap();
        let client = Client::new(endpoint, Arc::new(token), |_| {}).unwrap();
        let group = client.group("lantern-launch", Urgency::Person).await.unwrap().id;
        let all: Vec<Thread> = client
            .gather(threads::newest_first(&group), Urgency::Person)
            .await
            .unwrap();
        let is_meant = |thread: &Thread| thread.topic.as_str().starts_with("Packaging proofs");
        let thread = all.into_iter().find(is_meant).unwrap().id;
        let (posts, _) = client.posts(&group, &thread, Urgency::Person).await.unwrap();
        let post = posts[0].id.clone();
        let attachments = client
            .attachments(&group, &thread, &post, Urgency::Person)
            .await
            .unwrap();
        let saving = Saving {
            group,
            thread,
            post,
            attachments,
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("changes-r3.csv"), "mine").unwrap();
        let saved = save(&client, folder.path(), &saving).await.unwrap();
        let names: Vec<&str> = saved
            .iter()
            .filter_map(|path| path.as_str().rsplit('/').next())
            .collect();
        assert_eq!(names, ["glow-2-datasheet.pdf", "dieline-r3.svg", "changes-r3 (2).csv"]);
        assert_eq!(
            std::fs::read_to_string(folder.path().join("changes-r3.csv")).unwrap(),
            "mine"
        );
        let nowhere = save(&client, &folder.path().join("nowhere"), &saving)
            .await
            .unwrap_err();
        assert_eq!(nowhere.kind, ProblemKind::General);
    }
}
