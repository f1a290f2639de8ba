//! Devices that wait for somebody to sign them in. RFC 8628.

use std::time::Duration;

use jiff::Timestamp;

use super::super::refusal::Refusal;
use super::super::scope::Scopes;
use super::super::signing::{CryptoError, random, secret};
use super::{Denied, Grant, Ledger, REMEMBERED, Session};
use crate::demo::clock::later;

/// What a client that asks too often is slowed down by. RFC 8628, section 3.5.
const SLOWER: Duration = Duration::from_secs(5);

/// A poll that the network hurried by so much is not too early.
const LENIENCY: Duration = Duration::from_millis(500);

/// The letters of user codes: none that can be mistaken for another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// What a person did about a device code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing yet.
    Pending,
    /// This person let the device in.
    Accepted(u32),
    /// Somebody said no.
    Declined,
}

/// A device that waits for a person.
#[derive(Debug)]
pub struct Device {
    /// What the person types.
    pub user_code: String,
    /// What the device asked for.
    pub scopes: Scopes,
    /// What became of it.
    pub decision: Decision,
    expires: Timestamp,
    interval: Duration,
    polled: Option<Timestamp>,
    redeemed: Option<usize>,
}

impl Ledger {
    /// Keeps a device and gives its code.
    pub fn add_device(
        &mut self,
        scopes: Scopes,
        now: Timestamp,
        lifetime: Duration,
        interval: Duration,
    ) -> Result<(String, String), CryptoError> {
        self.devices.retain(|_, old| later(old.expires, REMEMBERED) > now);
        let user_code: String = random::<9>()?
            .iter()
            .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
            .map(|letter| char::from(*letter))
            .collect();
        let device_code = secret()?;
        let device = Device {
            user_code: user_code.clone(),
            scopes,
            decision: Decision::Pending,
            expires: later(now, lifetime),
            interval,
            polled: None,
            redeemed: None,
        };
        self.devices.insert(device_code.clone(), device);
        Ok((device_code, user_code))
    }

    /// The device that waits for this user code, however it was typed.
    pub fn device_mut(&mut self, user_code: &str, now: Timestamp) -> Option<&mut Device> {
        let plain: String = user_code
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        self.devices
            .values_mut()
            .find(|device| device.user_code == plain && device.decision == Decision::Pending && device.expires > now)
    }

    /// What a poll of a device brings.
    pub fn redeem_device(&mut self, device_code: &str, now: Timestamp) -> Result<Session, Denied> {
        let Some(device) = self.devices.get_mut(device_code) else {
            return Err(Refusal::of(70018).into());
        };
        if let Some(family) = device.redeemed {
            return Err(self.replayed(family, 54005));
        }
        if device.expires <= now {
            return Err(Refusal::of(70020).into());
        }
        let early = device
            .polled
            .replace(now)
            .is_some_and(|before| later(before, device.interval) > later(now, LENIENCY));
        match device.decision {
            Decision::Pending if early => {
                device.interval += SLOWER;
                let refusal = Refusal::of(70016).under("slow_down");
                Err(refusal
                    .saying("The device polls too often. Wait longer between polls.")
                    .into())
            }
            Decision::Pending => Err(Refusal::of(70016).into()),
            Decision::Declined => Err(Refusal::of(65004).under("authorization_declined").into()),
            Decision::Accepted(person) => {
                device.redeemed = Some(self.families.len());
                let mut scopes = device.scopes.clone();
                scopes.resolve(&self.consents.get(&person).cloned().unwrap_or_default());
                let grant = Grant {
                    person,
                    scopes,
                    nonce: None,
                };
                self.consent(&grant);
                Ok(self.begin(grant))
            }
        }
    }
}
