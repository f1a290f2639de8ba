//! What the errors of Microsoft Entra mean, as data. A number only chooses better words than the error's name has, as
//! Microsoft asks (<https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).

use super::table::{
    AGAIN, BROWSER, BUSY, CHECK_SCOPES, CODE_ENDED, FRESH_CODE, Help, LATER, administrator, registrant, you,
};

/// Errors of Entra that mean the same to a person.
pub(super) struct Numbers {
    pub(super) numbers: &'static [u64],
    pub(super) help: Help,
}

const fn numbers(numbers: &'static [u64], help: Help) -> Numbers {
    Numbers { numbers, help }
}

/// Entra's numbers (`AADSTS50076` …).
pub(super) const NUMBERS: &[Numbers] = &[
    numbers(
        &[50076, 50074, 50078, 50158, 500121],
        you(
            "Your organisation wants a second proof of who you are (multi-factor authentication).",
            BROWSER,
        ),
    ),
    numbers(
        &[50079, 50072, 53004],
        you(
            "Your organisation wants you to set up a second proof of who you are (multi-factor authentication).",
            BROWSER,
        ),
    ),
    numbers(
        &[53003, 530032, 530034, 530035],
        administrator(
            "Your organisation's rules (conditional access) block this sign-in.",
            "look it up in the sign-in log by the correlation id. A sign-in in the browser is often allowed where a device code is not.",
        ),
    ),
    numbers(
        &[53000, 530003, 50097, 135011],
        administrator(
            "Your organisation allows sign-in from devices only that it manages and finds in order (conditional access).",
            "enrol this device, or sign in from one that is enrolled.",
        ),
    ),
    numbers(
        &[53001],
        administrator(
            "Your organisation allows sign-in from devices only that have joined its domain (conditional access).",
            "join this device, or sign in from one that has.",
        ),
    ),
    numbers(
        &[53002],
        administrator(
            "Your organisation allows approved applications only, and folkmoot is not one (conditional access).",
            "approve the application {client}.",
        ),
    ),
    numbers(
        &[65001],
        you(
            "Nobody has consented to the permissions that folkmoot asks for.",
            "Sign in again in the browser and accept them; where that is not offered, an administrator must: `folkmoot auth setup` prints the link.",
        ),
    ),
    numbers(
        &[65004],
        you(
            "The permissions that folkmoot asks for were not accepted.",
            "Sign in again and accept them.",
        ),
    ),
    numbers(
        &[90094, 90095, 90093, 900941],
        administrator(
            "Only an administrator can consent to the permissions that folkmoot asks for.",
            "consent to folkmoot's permissions; `folkmoot auth setup` prints the link and a request to forward.",
        ),
    ),
    numbers(
        &[65005, 650052, 650056, 650057],
        registrant(
            "The registration of the application {client} lacks a permission that folkmoot asks for.",
            "add the permissions that `folkmoot auth setup` lists.",
        ),
    ),
    numbers(
        &[7000218, 7000215, 7000222, 700025],
        registrant(
            "The application {client} is not registered as a public client.",
            "turn on “Allow public client flows” in its registration, under Authentication.",
        ),
    ),
    numbers(
        &[9002326, 9002327, 700084],
        registrant(
            "The application {client} is registered for web pages, not for programs like this one.",
            "add the platform “Mobile and desktop applications” with the redirect URI http://localhost.",
        ),
    ),
    numbers(
        &[700016, 70001, 700038, 900144],
        you(
            "The application {client} is not known in the tenant {tenant}.",
            "Check the profile's client id and tenant; `folkmoot auth setup` says how to register one.",
        ),
    ),
    numbers(
        &[7000112, 7000114],
        administrator("The application {client} is switched off here.", "switch it on."),
    ),
    numbers(
        &[90002, 90013, 900021, 900023, 50059, 50128],
        you(
            "There is no tenant {tenant} in this cloud.",
            "Check the profile's tenant (a domain, an id, or `organizations`) and its cloud.",
        ),
    ),
    numbers(
        &[50194],
        you(
            "The application {client} is for one tenant only, and the profile does not say which.",
            "Set the profile's tenant to that tenant's id or domain.",
        ),
    ),
    numbers(
        &[50020, 50034, 90072, 51004, 500208],
        you(
            "This account does not belong to the tenant {tenant}.",
            "Sign in with an account of that tenant, or set the profile's tenant to the account's own.",
        ),
    ),
    numbers(
        &[50105],
        administrator(
            "The application {client} is for assigned people only, and you are not among them.",
            "assign you to it.",
        ),
    ),
    numbers(
        &[50057],
        administrator("This account is switched off.", "switch it on."),
    ),
    numbers(
        &[50053],
        you(
            "This account is locked after too many tries.",
            "Wait some minutes, then sign in again.",
        ),
    ),
    numbers(
        &[50055, 50144],
        you(
            "The password of this account has ended.",
            "Sign in again in the browser and set a new one.",
        ),
    ),
    numbers(&[50126, 50056], you("The name or the password was wrong.", AGAIN)),
    numbers(
        &[700082, 70008],
        you("Your sign-in has ended: it was not used for too long.", AGAIN),
    ),
    numbers(
        &[70043, 70044, 50089, 50132],
        you(
            "Your organisation's rules for how often to sign in have ended this sign-in.",
            AGAIN,
        ),
    ),
    numbers(
        &[50173, 50133],
        you(
            "Your sign-in was withdrawn: the password was changed, or the sessions were ended.",
            AGAIN,
        ),
    ),
    numbers(&[70019, 70020], you(CODE_ENDED, FRESH_CODE)),
    numbers(
        &[70018],
        you("The sign-in service does not know this code.", FRESH_CODE),
    ),
    numbers(
        &[70016],
        you(
            "Nobody has typed the code yet.",
            "Type it at the address that is shown.",
        ),
    ),
    numbers(
        &[54005, 70000, 501481],
        you(
            "The browser's answer cannot be used: it was used already, or belongs to another sign-in.",
            AGAIN,
        ),
    ),
    numbers(
        &[50011, 500113, 500117],
        registrant(
            "The registration of the application {client} does not name the address that the browser is to come back to.",
            "add the redirect URI http://localhost under “Mobile and desktop applications”.",
        ),
    ),
    numbers(
        &[50196],
        you(
            "The sign-in service has seen the same request too often and refuses it for a while.",
            "Stop every folkmoot of this profile, wait some minutes, and sign in again.",
        ),
    ),
    numbers(
        &[700022, 28002, 28003],
        you(
            "The permissions that were asked for belong to more than one service.",
            "Keep the profile's `scopes` to Microsoft Graph's.",
        ),
    ),
    numbers(
        &[70011, 650053],
        you("A permission that was asked for does not exist there.", CHECK_SCOPES),
    ),
    numbers(
        &[500011, 50001],
        you(
            "Your organisation's cloud does not know the Graph service that was asked for.",
            "Check that the profile's cloud and Graph address belong to your organisation.",
        ),
    ),
    numbers(
        &[50058, 50140, 16000, 16003],
        you("The sign-in service wants to see you in person.", BROWSER),
    ),
    numbers(&[90033, 90024, 90006], you(BUSY, LATER)),
];
