//! https to an authority and a Graph whose certificates an organisation has signed itself, and the proxies on the way.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use folkmoot::demo::{Options, Tenant};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::browser::Login;
use crate::support::{Ran, folkmoot, ran};

/// Names that only the proxy knows.
const LOGIN: &str = "login.corp.test";
const GRAPH: &str = "graph.corp.test";

/// A tenant behind TLS, and a proxy that leads to it whatever it is asked for.
struct Desk {
    tenant: Tenant,
    home: TempDir,
    secure: SocketAddr,
    proxy: SocketAddr,
    /// What came through the proxy.
    proxied: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl Desk {
    fn new() -> Desk {
        let tenant = Tenant::spawn(Options {
            device_code_interval: Duration::from_secs(1),
            ..Options::default()
        })
        .unwrap();
        let home = tempfile::tempdir().unwrap();
        let (authority, config) = certificates();
        fs::write(home.path().join("ca.pem"), authority).unwrap();
        let inside: SocketAddr = tenant.authority_url().trim_start_matches("http://").parse().unwrap();
        let runtime = Runtime::new().unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let secure = serve(&runtime, move |stream| secured(acceptor.clone(), stream, inside));
        let proxied = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&proxied);
        let proxy = serve(&runtime, move |stream| {
            count.fetch_add(1, Ordering::SeqCst);
            tunnelled(stream, secure)
        });
        Desk {
            tenant,
            home,
            secure,
            proxy,
            proxied,
            _runtime: runtime,
        }
    }

    fn ca(&self) -> PathBuf {
        self.home.path().join("ca.pem")
    }

    /// The binary, for an authority and a Graph at these names.
    fn command(&self, login: &str, graph: &str, args: &[&str]) -> Command {
        let mut command = folkmoot(self.home.path());
        command
            .env("FOLKMOOT_LOGIN_URL", format!("https://{login}"))
            .env("FOLKMOOT_GRAPH_URL", format!("https://{graph}/v1.0"))
            .env("FOLKMOOT_CLIENT_ID", self.tenant.client_id())
            .args(args);
        command
    }

    /// The same, without a proxy.
    fn direct(&self, args: &[&str]) -> Command {
        let here = format!("localhost:{}", self.secure.port());
        self.command(&here, &here, args)
    }

    fn sign_in(&self, command: &mut Command) -> Ran {
        let mut login = Login::begin(command);
        login.by_code(&self.tenant, "ines.wickersham");
        login.ended()
    }
}

/// The certificate of an authority, and a server's that it has signed.
fn certificates() -> (String, ServerConfig) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap();
    let issuer = Issuer::new(params, key);
    let names = ["localhost", LOGIN, GRAPH].map(str::to_owned);
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![server.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        );
    (authority.pem(), config.unwrap())
}

/// Serves every connection in a task of its own; where.
fn serve<F: Future<Output = std::io::Result<()>> + Send + 'static>(
    runtime: &Runtime,
    connection: impl Fn(TcpStream) -> F + Send + 'static,
) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // A client that does not trust us leaves in the middle.
            tokio::spawn(connection(stream));
        }
    });
    address
}

/// Takes TLS off, and tells the tenant that it was there. One request for each connection.
async fn secured(acceptor: TlsAcceptor, stream: TcpStream, inside: SocketAddr) -> std::io::Result<()> {
    let mut outside = acceptor.accept(stream).await?;
    let mut inside = TcpStream::connect(inside).await?;
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        line.push(outside.read_u8().await?);
    }
    line.extend_from_slice(b"x-forwarded-proto: https\r\nconnection: close\r\n");
    inside.write_all(&line).await?;
    copy_bidirectional(&mut outside, &mut inside).await.map(drop)
}

/// An HTTP proxy (CONNECT) and a SOCKS5 proxy (RFC 1928) in one. Wherever it is asked to go, it goes to `to`.
async fn tunnelled(mut stream: TcpStream, to: SocketAddr) -> std::io::Result<()> {
    let mut byte = stream.read_u8().await?;
    if byte == 5 {
        let methods = stream.read_u8().await?;
        stream.read_exact(&mut vec![0; methods.into()]).await?;
        stream.write_all(&[5, 0]).await?;
        // Version, command, nothing, and an address of the kind "name".
        let mut head = [0; 5];
        stream.read_exact(&mut head).await?;
        assert_eq!(head[3], 3, "names are looked up by the proxy");
        stream.read_exact(&mut vec![0; usize::from(head[4]) + 2]).await?;
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    } else {
        let mut head = vec![byte];
        while !head.ends_with(b"\r\n\r\n") {
            byte = stream.read_u8().await?;
            head.push(byte);
        }
        assert!(head.starts_with(b"CONNECT "), "{}", String::from_utf8_lossy(&head));
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    }
    copy_bidirectional(&mut stream, &mut TcpStream::connect(to).await?)
        .await
        .map(drop)
}

/// An HTTP proxy that lets nothing through.
async fn refuse(mut stream: TcpStream, status: &'static str) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    assert!(!String::from_utf8_lossy(&head).contains("secret"));
    stream
        .write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").as_bytes())
        .await
}

const LOG_IN: &[&str] = &["auth", "login", "--method", "device", "--json"];

#[test]
fn a_certificate_that_the_organisation_signed_itself_is_trusted_by_its_file_alone() {
    let desk = Desk::new();
    let untrusted = ran(&mut desk.direct(LOG_IN));
    assert_eq!(untrusted.code, Some(7), "{}", untrusted.stderr);
    for words in ["certificate of localhost", "not trusted", "SSL_CERT_FILE"] {
        assert!(untrusted.stderr.contains(words), "{words}: {}", untrusted.stderr);
    }
    assert!(desk.tenant.requests().is_empty(), "nothing was sent");
    let doctor = ran(&mut desk.direct(&["auth", "doctor"]));
    assert_eq!(doctor.code, Some(7));
    assert!(
        doctor
            .stdout
            .contains("\nMend first: connect-login. The certificate of "),
        "{}",
        doctor.stdout
    );

    let signed_in = desk.sign_in(desk.direct(LOG_IN).env("SSL_CERT_FILE", desk.ca()));
    assert_eq!(
        (signed_in.code, signed_in.stderr.as_str()),
        (Some(0), ""),
        "{}",
        signed_in.stdout
    );
    let groups = ran(desk.direct(&["group", "list"]).env("SSL_CERT_FILE", desk.ca()));
    assert_eq!((groups.code, groups.stderr.as_str()), (Some(0), ""));
    // Graph's certificate is looked at like the authority's: the token stays here.
    let before = desk.tenant.requests().len();
    let refused = ran(&mut desk.direct(&["group", "list"]));
    assert_eq!(refused.code, Some(7));
    assert!(refused.stderr.contains("not trusted"), "{}", refused.stderr);
    assert_eq!(desk.tenant.requests().len(), before);
    let doctor = ran(desk.direct(&["auth", "doctor"]).env("SSL_CERT_FILE", desk.ca()));
    assert_eq!(doctor.code, Some(0), "{}", doctor.stdout);
    assert!(
        doctor.stdout.contains("its certificate is trusted"),
        "{}",
        doctor.stdout
    );
}

#[test]
fn every_kind_of_proxy_leads_to_authority_and_graph() {
    let desk = Desk::new();
    let proxy = desk.proxy;
    for (variable, value) in [
        ("HTTPS_PROXY", format!("http://{proxy}")),
        ("https_proxy", format!("mia:hunter2@{proxy}")),
        ("ALL_PROXY", format!("socks5h://{proxy}")),
    ] {
        let command = |args: &[&str]| {
            let mut command = desk.command(LOGIN, GRAPH, args);
            command.env("SSL_CERT_FILE", desk.ca()).env(variable, &value);
            command
        };
        let before = desk.proxied.load(Ordering::SeqCst);
        let signed_in = desk.sign_in(&mut command(LOG_IN));
        assert_eq!(
            (signed_in.code, signed_in.stderr.as_str()),
            (Some(0), ""),
            "{value}: {}",
            signed_in.stdout
        );
        let groups = ran(&mut command(&["group", "list"]));
        assert_eq!((groups.code, groups.stderr.as_str()), (Some(0), ""), "{value}");
        assert!(desk.proxied.load(Ordering::SeqCst) > before + 3, "{value}");
        let doctor = ran(&mut command(&["auth", "doctor"]));
        assert_eq!(doctor.code, Some(0), "{value}: {}", doctor.stdout);
        assert!(
            doctor.stdout.contains(&format!("{LOGIN} through the proxy {proxy}")),
            "{}",
            doctor.stdout
        );
        assert!(!doctor.stdout.contains("hunter2"), "{}", doctor.stdout);
    }
}

#[test]
fn a_proxy_that_is_set_wrong_is_what_is_to_be_mended_first() {
    let desk = Desk::new();
    let doctor = |variables: &[(&str, &str)]| {
        let mut command = desk.command(LOGIN, GRAPH, &["auth", "doctor"]);
        ran(command.env("SSL_CERT_FILE", desk.ca()).envs(variables.iter().copied())).stdout
    };
    let nobody = doctor(&[("HTTPS_PROXY", "http://127.0.0.1:1")]);
    assert!(
        nobody.contains("Mend first: connect-login. login.corp.test cannot be reached through the proxy 127.0.0.1:1."),
        "{nobody}"
    );
    assert!(nobody.contains("HTTPS_PROXY"), "{nobody}");
    // A command that has lost its way says so in the same words.
    let groups = |proxy: &str| {
        let mut command = desk.command(LOGIN, GRAPH, &["group", "list"]);
        let command = command.env("SSL_CERT_FILE", desk.ca()).env("HTTPS_PROXY", proxy);
        let ran = ran(command.env("FOLKMOOT_ACCESS_TOKEN", "secret"));
        assert_eq!(ran.code, Some(7), "{}", ran.stderr);
        ran.stderr
    };
    let lost = groups("http://127.0.0.1:1");
    assert!(
        lost.contains("graph.corp.test cannot be reached through the proxy 127.0.0.1:1. Check the proxy's address"),
        "{lost}"
    );
    let runtime = Runtime::new().unwrap();
    for (status, words) in [
        (
            "407 Proxy Authentication Required",
            "which asks for a name and a password. Put",
        ),
        ("403 Forbidden", "which refuses it. Ask whoever runs the proxy"),
    ] {
        let proxy = serve(&runtime, move |stream| refuse(stream, status));
        let lost = groups(&format!("http://{proxy}"));
        let way = format!("There is no way to graph.corp.test through the proxy {proxy}, {words}");
        assert!(lost.contains(&way), "{lost}");
    }
    // Said openly: a value that is no address is as good as none.
    let odd = doctor(&[("HTTPS_PROXY", "htp:/proxy.corp.test")]);
    assert!(odd.contains("Mend first: proxy. HTTPS_PROXY"), "{odd}");
    let around = doctor(&[
        ("HTTPS_PROXY", &format!("http://{}", desk.proxy)),
        ("NO_PROXY", "corp.test"),
    ]);
    assert!(around.contains("Mend first: dns-login."), "{around}");
}
