//! Sign-in in the system's browser: authorization code with PKCE on a loopback redirect (RFC 6749 §4.1, 7636, 8252).
//! Dropping it cancels it.

use std::sync::Arc;
use std::time::Duration;

use oauth2::{AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl};
use tokio::sync::mpsc;
use tokio::time::timeout;
use url::Url;

use super::grant::{Asking, Client, Grant};
use super::listener::Listener;
use super::network::Failure;
use super::redirect::{Awaited, Brought};
use crate::config::Surroundings;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind, SignInStep};

/// How long the person has.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// How the link gets into a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// A browser is started; where none can be, this way is given up.
    Must,
    /// A browser is started where there is one; else the person follows the link.
    May,
    /// The person follows the link, on another machine perhaps.
    ByHand,
}

/// Tokens, and the `nonce` that their ID token must hold.
pub(super) type Signed = (Grant, String);

/// The link to the page where the person signs in, and what the answer to it must fit.
struct Link {
    url: Url,
    state: CsrfToken,
    nonce: String,
    verifier: PkceCodeVerifier,
}

/// Shows the link and waits for the browser to come back, or for the pasted address that it ended on.
pub(super) async fn run(
    asking: &Asking<'_>,
    around: &Surroundings,
    opening: Opening,
    pasted: &mut mpsc::UnboundedReceiver<String>,
    tell: &(dyn Fn(SignInStep) + Send + Sync),
) -> Result<Signed, Failure> {
    let listener = Listener::bind().await.map_err(|error| {
        tracing::warn!(%error, "no loopback port");
        unfit("No port of this machine can be listened on for the browser's answer.")
    })?;
    let port = listener.port();
    let redirect = RedirectUrl::new(format!("http://{}:{port}", asking.redirect.host()))
        .map_err(|_| Failure::Final(unexpected()))?;
    let client = asking.client().set_redirect_uri(redirect.clone());
    let link = link(asking, &client);
    let awaited = Arc::new(Awaited {
        redirect: redirect.url().clone(),
        state: link.state,
        issuer: asking.authority.tells_issuer.then(|| asking.authority.issuer.clone()),
    });

    let opened = opening != Opening::ByHand && open_browser(&link.url, around);
    if opening == Opening::Must && !opened {
        return Err(unfit("No browser could be started."));
    }
    tell(SignInStep::OpenUrl {
        url: link.url.into(),
        opened,
        tunnel: tunnel(around, port),
    });
    let (told, mut redirects) = mpsc::channel(4);
    let code = tokio::select! {
        () = listener.serve(Arc::clone(&awaited), told) => Err(Failure::Final(unexpected())),
        code = timeout(PATIENCE, wait(&awaited, &mut redirects, pasted, tell)) => code.unwrap_or_else(|_| Err(too_late())),
    }?;
    Ok((redeem(asking, &client, code, link.verifier).await?, link.nonce))
}

/// Asks for a code, with all that keeps others from using it.
fn link(asking: &Asking<'_>, client: &Client) -> Link {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let nonce = CsrfToken::new_random().into_secret();
    let mut request = client
        .authorize_url(CsrfToken::new_random)
        .set_pkce_challenge(challenge)
        .add_scopes(asking.scopes.iter().cloned())
        .add_extra_param("nonce", &nonce);
    request = match (&asking.login_hint, asking.authority.has_tenants) {
        (Some(hint), true) => request.add_extra_param("login_hint", hint),
        (None, true) => request.add_extra_param("prompt", "select_account"),
        // OpenID Connect Core §11: no `offline_access` without consent.
        (_, false) => request.add_extra_param("prompt", "consent"),
    };
    for (name, value) in asking.extra() {
        request = request.add_extra_param(name, value);
    }
    let (url, state) = request.url();
    Link {
        url,
        state,
        nonce,
        verifier,
    }
}

/// Changes the code for tokens.
async fn redeem(
    asking: &Asking<'_>,
    client: &Client,
    code: AuthorizationCode,
    verifier: PkceCodeVerifier,
) -> Result<Grant, Failure> {
    let exchange = asking.network.exchange();
    let mut request = client.exchange_code(code).set_pkce_verifier(verifier);
    for (name, value) in asking.extra() {
        request = request.add_extra_param(name, value);
    }
    let answer = request.request_async(&exchange).await;
    Grant::new(answer.map_err(|error| exchange.failure(error))?)
}

/// Why this way cannot be gone on this machine.
fn unfit(what: &str) -> Failure {
    Failure::Unfit(Problem::new(
        ProblemKind::General,
        what,
        "Sign in by code: `--method device`.",
    ))
}

/// Waits for the answer of this sign-in. Anything else is told and waited on: another page must not be able to end it.
async fn wait(
    awaited: &Awaited,
    redirects: &mut mpsc::Receiver<Result<Brought, super::redirect::NotIt>>,
    pasted: &mut mpsc::UnboundedReceiver<String>,
    tell: &(dyn Fn(SignInStep) + Send + Sync),
) -> Result<AuthorizationCode, Failure> {
    let mut may_paste = true;
    loop {
        let (from, brought) = tokio::select! {
            Some(brought) = redirects.recv() => ("A browser has brought what is not the answer.", brought),
            line = pasted.recv(), if may_paste => match line {
                Some(line) => ("What was pasted is not the answer.", awaited.read_pasted(&line)),
                None => {
                    may_paste = false;
                    continue;
                }
            },
        };
        match brought {
            Ok(Brought::Code(code)) => return Ok(code),
            Ok(Brought::Refused(refusal)) => return Err(Failure::Refused(refusal)),
            Err(why) => {
                tracing::warn!(%why, "refused what came in answer to the sign-in");
                tell(SignInStep::Rejected(Problem::new(
                    ProblemKind::SignIn,
                    &format!("{from} {why}"),
                    "Open the link again, and paste the whole address that the browser ends on; or begin again, with a new \
                     link.",
                )));
            }
        }
    }
}

/// Starts a browser; whether that worked.
fn open_browser(url: &Url, around: &Surroundings) -> bool {
    // `BROWSER` may list several, and hold arguments: those are left to the system's own opener, which knows them.
    let own = around
        .browser
        .as_deref()
        .filter(|browser| !browser.contains([':', ' ', '%']));
    let opened = match own {
        Some(browser) => open::with_detached(url.as_str(), browser),
        None => open::that_detached(url.as_str()),
    };
    if let Err(error) = &opened {
        tracing::warn!(%error, "no browser was started");
    }
    opened.is_ok()
}

/// The command that makes the redirect reach this machine from the one that the person sits at.
fn tunnel(around: &Surroundings, port: u16) -> Option<Text> {
    let connection = around.ssh.as_deref()?;
    // SSH_CONNECTION: client address, client port, server address, server port.
    let mut fields = connection.split_whitespace().skip(2);
    let address = fields.next().map(str::to_owned);
    let ssh_port = fields.next().filter(|port| *port != "22");
    let host = around.host.clone().or(address).unwrap_or_else(|| "HOST".to_owned());
    let at = around
        .user
        .as_ref()
        .map_or(host.clone(), |user| format!("{user}@{host}"));
    let by = ssh_port.map(|port| format!(" -p {port}")).unwrap_or_default();
    Some(Text::new(&format!("ssh -L {port}:localhost:{port}{by} {at}")))
}

fn too_late() -> Failure {
    Failure::Final(Problem::new(
        ProblemKind::SignIn,
        "Nobody has signed in in the browser within ten minutes.",
        "Sign in again.",
    ))
}

fn unexpected() -> Problem {
    Problem::new(ProblemKind::General, "The sign-in could not be started.", "Try again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_ssh_the_command_that_brings_the_redirect_is_told() {
        let mut around = Surroundings::default();
        assert_eq!(tunnel(&around, 41234), None);
        around.ssh = Some("10.0.0.1 50000 10.0.0.2 22".to_owned());
        let told = |around: &Surroundings| tunnel(around, 41234).unwrap().as_str().to_owned();
        assert_eq!(told(&around), "ssh -L 41234:localhost:41234 10.0.0.2");
        around.user = Some("sakura".to_owned());
        around.host = Some("build7".to_owned());
        assert_eq!(told(&around), "ssh -L 41234:localhost:41234 sakura@build7");
        around.ssh = Some("10.0.0.1 50000 10.0.0.2 2222".to_owned());
        assert_eq!(told(&around), "ssh -L 41234:localhost:41234 -p 2222 sakura@build7");
    }
}
