//! What applications hang on posts.

use serde_json::{Value, json};

use super::Visitor;
use crate::demo::request::percent_encode;

#[tokio::test]
async fn applications_hang_data_on_posts() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    let extension = json!({
        "@odata.type": "microsoft.graph.openTypeExtension",
        "extensionName": "Example.Lamp",
        "colour": "黄色",
        "watts": 40,
    });
    let said = json!({"post": {"body": {"contentType": "html", "content": "x"}, "extensions": [extension]}});
    assert_eq!(visitor.post(&format!("{thread}/reply"), said).await.status, 202);
    let posts = visitor.get(&format!("{thread}/posts?$expand=extensions")).await.items();
    let with = |post: &&Value| !post["extensions"].as_array().unwrap().is_empty();
    let marked = posts.iter().find(with).unwrap();
    assert_eq!(posts.iter().filter(with).count(), 1);
    assert_eq!(marked["extensions"][0]["colour"], "黄色");

    let path = format!(
        "{thread}/posts/{}/extensions",
        percent_encode(marked["id"].as_str().unwrap())
    );
    for name in [
        "Example.Lamp",
        "microsoft.graph.openTypeExtension.Example.Lamp",
        "Microsoft.OutlookServices.OpenTypeExtension.example.lamp",
    ] {
        let one = visitor.get(&format!("{path}/{name}")).await.json();
        assert_eq!(
            (one["watts"].as_u64(), one["extensionName"].as_str()),
            (Some(40), Some("Example.Lamp"))
        );
        assert_eq!(one["id"], "microsoft.graph.openTypeExtension.Example.Lamp");
        assert_eq!(one["@odata.type"], "#microsoft.graph.openTypeExtension");
    }
    let mut changed = extension.clone();
    changed["watts"] = json!(60);
    let created = visitor.post(&path, changed).await;
    assert_eq!((created.status, created.json()["watts"].as_u64()), (201, Some(60)));
    assert_eq!(visitor.get(&format!("{path}/Example.Lamp")).await.json()["watts"], 60);
    for wrong in [
        json!({"extensionName": "x"}),
        json!({"@odata.type": "microsoft.graph.openTypeExtension"}),
    ] {
        assert_eq!(visitor.post(&path, wrong).await.verdict(), "400 ErrorInvalidArgument");
    }
    let one = format!("{path}/Example.Lamp");
    assert_eq!(visitor.change("DELETE", &one, None).await.status, 204);
    assert_eq!(visitor.get(&one).await.verdict(), "404 ErrorItemNotFound");
    assert_eq!(
        visitor.change("DELETE", &one, None).await.verdict(),
        "404 ErrorItemNotFound"
    );
}
