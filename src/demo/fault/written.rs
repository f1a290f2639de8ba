//! How faults are written: read from `GET /groups/*/threads@2=429:3`, and printed the same way.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Fault, Kind};
use crate::demo::authority::refusal;
use crate::demo::error::GraphError;

/// Each kind's name, and what its argument is.
const KINDS: [(&str, &str); 13] = [
    ("latency", ":MILLISECONDS"),
    ("403", "[:CODE]"),
    ("404", "[:CODE]"),
    ("429", "[:SECONDS]"),
    ("500", ""),
    ("503", ""),
    ("504", ""),
    ("expired", ""),
    ("claims", ""),
    ("oauth", ":AADSTS_CODE"),
    ("truncate", ""),
    ("hang", ""),
    ("drop", ""),
];

/// Why a fault could not be read: what is wrong, where it stands, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("fault '{spec}', column {column}: {problem}; {remedy}")]
pub struct FaultError {
    /// What was given.
    pub spec: String,
    /// Where the mistake starts, counted in characters from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(spec: &str) -> Result<Fault, FaultError> {
        let at = |offset: usize, problem: String, remedy: &str| FaultError {
            spec: spec.to_owned(),
            column: spec.get(..offset).unwrap_or(spec).chars().count() + 1,
            problem,
            remedy: remedy.to_owned(),
        };
        let shape = "write '[METHOD ]PATHGLOB@(N|*)=KIND[:ARG]', such as 'GET /groups/*/threads@2=429:3'";
        let equals = spec
            .find('=')
            .ok_or_else(|| at(spec.len(), "there is no '='".into(), shape))?;
        let (target, kind) = (
            spec.get(..equals).unwrap_or_default(),
            spec.get(equals + 1..).unwrap_or_default(),
        );
        let sign = target
            .rfind('@')
            .ok_or_else(|| at(equals, "there is no '@' before the '='".into(), shape))?;
        let (matching, times) = (
            target.get(..sign).unwrap_or_default(),
            target.get(sign + 1..).unwrap_or_default(),
        );

        let (method, glob) = match matching.split_once(' ') {
            Some((method, glob)) => (Some(method.to_ascii_uppercase()), glob.trim()),
            None => (None, matching),
        };
        let known = ["GET", "POST", "PATCH", "PUT", "DELETE"];
        if let Some(method) = method.as_deref().filter(|method| !known.contains(method)) {
            return Err(at(
                0,
                format!("'{method}' is no method"),
                "GET, POST, PATCH, PUT or DELETE, or leave it out",
            ));
        }
        if !glob.starts_with('/') {
            let problem = format!("the path '{glob}' does not start with '/'");
            return Err(at(
                matching.len() - glob.len(),
                problem,
                "give the path after /v1.0, such as /groups/*/threads",
            ));
        }
        let nth = match (times, times.parse::<u64>()) {
            ("*", _) => None,
            (_, Ok(nth)) if nth > 0 => Some(nth),
            _ => {
                let problem = format!("'{times}' does not say which request");
                return Err(at(
                    sign + 1,
                    problem,
                    "write @* for every matching request, or @1, @2, … for one",
                ));
            }
        };
        let kind = Kind::parse(kind).map_err(|(offset, problem)| {
            let listed: Vec<String> = KINDS
                .iter()
                .map(|(name, argument)| format!("{name}{argument}"))
                .collect();
            at(equals + 1 + offset, problem, &format!("one of {}", listed.join(", ")))
        })?;
        Ok(Fault {
            method,
            glob: glob.to_owned(),
            nth,
            kind,
        })
    }
}

/// What may not be seen and what is not there; of each status the usual one first.
fn denials() -> [GraphError; 4] {
    [
        GraphError::denied(),
        GraphError::access_denied(),
        GraphError::no_object("that was asked for"),
        GraphError::no_item(),
    ]
}

impl Kind {
    fn parse(text: &str) -> Result<Kind, (usize, String)> {
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        let number = |argument: &str| {
            let problem = || (name.len() + 1, format!("'{argument}' is no whole number"));
            argument.parse::<u64>().map_err(|_| problem())
        };
        Ok(match (name, argument) {
            ("latency", Some(argument)) => Kind::Latency(Duration::from_millis(number(argument)?)),
            ("latency", None) => return Err((name.len(), "'latency' needs milliseconds".to_owned())),
            ("oauth", argument) => {
                let argument = argument.ok_or((name.len(), "'oauth' needs an AADSTS code".to_owned()))?;
                let digits = argument.strip_prefix("AADSTS").unwrap_or(argument);
                let known = refusal::codes().find(|code| code.to_string() == digits);
                Kind::Oauth(known.ok_or((
                    name.len() + 1,
                    format!("'{argument}' is no AADSTS code that is known here"),
                ))?)
            }
            ("403" | "404", code) => {
                let of_status = |error: &GraphError| error.status.to_string() == name;
                let mut known = denials().into_iter().filter(of_status);
                let is_named = |error: &GraphError| code.is_none_or(|code| error.code.eq_ignore_ascii_case(code));
                Kind::Denied(known.find(is_named).ok_or_else(|| {
                    let codes: Vec<&str> = denials()
                        .iter()
                        .filter(|error| of_status(error))
                        .map(|error| error.code)
                        .collect();
                    let problem = format!(
                        "'{}' is no code of a {name} that is known here",
                        code.unwrap_or_default()
                    );
                    (name.len() + 1, format!("{problem}: {}", codes.join(", ")))
                })?)
            }
            ("429", argument) => Kind::Throttled(argument.map(number).transpose()?),
            (name, Some(_)) if KINDS.iter().any(|(known, _)| *known == name) => {
                return Err((name.len(), format!("'{name}' takes no argument")));
            }
            ("500", _) => Kind::Status(500),
            ("503", _) => Kind::Status(503),
            ("504", _) => Kind::Status(504),
            ("expired", _) => Kind::Expired,
            ("claims", _) => Kind::Claims,
            ("truncate", _) => Kind::Truncate,
            ("hang", _) => Kind::Hang,
            ("drop", _) => Kind::Drop,
            _ => return Err((0, format!("'{name}' is no kind of fault"))),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = &self.method {
            write!(f, "{method} ")?;
        }
        match self.nth {
            Some(nth) => write!(f, "{}@{nth}=", self.glob)?,
            None => write!(f, "{}@*=", self.glob)?,
        }
        match &self.kind {
            Kind::Latency(by) => write!(f, "latency:{}", by.as_millis()),
            Kind::Throttled(None) => f.write_str("429"),
            Kind::Throttled(Some(seconds)) => write!(f, "429:{seconds}"),
            Kind::Status(status) => write!(f, "{status}"),
            Kind::Denied(error) if denials().iter().find(|usual| usual.status == error.status) == Some(error) => {
                write!(f, "{}", error.status)
            }
            Kind::Denied(error) => write!(f, "{}:{}", error.status, error.code),
            Kind::Expired => f.write_str("expired"),
            Kind::Claims => f.write_str("claims"),
            Kind::Oauth(code) => write!(f, "oauth:{code}"),
            Kind::Truncate => f.write_str("truncate"),
            Kind::Hang => f.write_str("hang"),
            Kind::Drop => f.write_str("drop"),
        }
    }
}
