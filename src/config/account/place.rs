//! Which cloud, where Graph is, and where sign-in is.

use super::{SETTINGS, Setting, Value, named, trimmed, wrong};
use crate::config::Cloud;
use crate::domain::Text;
use crate::protocol::Problem;

/// Cloud, Graph and sign-in.
pub(super) fn place(
    cloud: Option<&Value>,
    graph: Option<&Value>,
    login: Option<&Value>,
) -> Result<(Cloud, String, String), Problem> {
    let of = |cloud: Cloud, graph: Option<String>| {
        let login = cloud.login_url().unwrap_or_default().to_owned();
        (cloud, graph.or_else(|| cloud.graph_url()).unwrap_or_default(), login)
    };
    let lone = |value: &Value, missing: Setting| {
        let names = SETTINGS.iter().find(|row| row.setting == missing);
        let next = names.map_or(String::new(), |row| {
            format!(
                "Give {} as well: `{}`, {} or {}.",
                words(missing),
                row.key,
                row.flag,
                row.variable
            )
        });
        Err(wrong(
            value,
            &format!("there is no address of {} beside it.", service(missing)),
            &next,
        ))
    };
    match (cloud, graph, login) {
        (Some(cloud), None, None) => Ok(of(named(cloud)?, None)),
        (Some(cloud), Some(address), _) | (Some(cloud), None, Some(address)) => Err(wrong(
            address,
            &format!("it contradicts the cloud `{}`.", Text::new(&cloud.text)),
            "Give either a cloud or the addresses of Graph and sign-in.",
        )),
        (None, None, None) => Ok(of(Cloud::Global, None)),
        (None, Some(graph), Some(login)) => Ok((Cloud::Custom, trimmed(&graph.text), trimmed(&login.text))),
        // Graph of one of Microsoft's clouds tells where sign-in is.
        (None, Some(graph), None) => match Cloud::of_graph(&graph.text) {
            Some(cloud) => Ok(of(cloud, Some(trimmed(&graph.text)))),
            None => lone(graph, Setting::LoginUrl),
        },
        (None, None, Some(login)) => lone(login, Setting::GraphUrl),
    }
}

fn words(setting: Setting) -> &'static str {
    match setting {
        Setting::GraphUrl => "Graph's address",
        _ => "the address of sign-in",
    }
}

fn service(setting: Setting) -> &'static str {
    match setting {
        Setting::GraphUrl => "Graph",
        _ => "sign-in",
    }
}
