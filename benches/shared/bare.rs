//! The least that reading a list in pages can be: ask, take the bytes, follow the link.

/// Reads a list to its end and counts the ids in it, only to be sure that all of it came.
pub async fn read_all(first: String, token: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build()?;
    let mut next = Some(first);
    let mut items = 0;
    while let Some(url) = next {
        let request = http.get(url).bearer_auth(token).header("ConsistencyLevel", "eventual");
        let page = request.send().await?.error_for_status()?.bytes().await?;
        items += memchr::memmem::find_iter(&page, b"\"id\":").count();
        next = link(&page);
    }
    Ok(items)
}

fn link(page: &[u8]) -> Option<String> {
    let key = b"\"@odata.nextLink\":";
    let at = memchr::memmem::find(page, key)?;
    serde_json::Deserializer::from_slice(page.get(at + key.len()..)?)
        .into_iter()
        .next()?
        .ok()
}
