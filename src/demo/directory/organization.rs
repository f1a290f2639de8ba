//! The organization itself.
//! <https://learn.microsoft.com/graph/api/resources/organization>

use serde_json::json;

use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::Result;
use crate::demo::ids::Guid;
use crate::demo::odata::cell::seconds;

/// The tenant's id: the same one whatever the company is called, so that it is known before there is a company.
pub fn id() -> Guid {
    Guid::of("organization", "folkmoot demo")
}

/// `GET /organization`: always a collection of one.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    let company = &call.state.company;
    let mut organization = json!({
        "id": id().to_string(),
        "deletedDateTime": null,
        "businessPhones": [],
        "city": null,
        "country": null,
        "countryLetterCode": null,
        "createdDateTime": seconds(call.state.people.first().map_or(call.state.clock.start(), |person| person.created)),
        "defaultUsageLocation": null,
        "displayName": company.name,
        "marketingNotificationEmails": [],
        "onPremisesLastSyncDateTime": null,
        "onPremisesSyncEnabled": null,
        "partnerTenantType": null,
        "postalCode": null,
        "preferredLanguage": "en",
        "privacyProfile": null,
        "securityComplianceNotificationMails": [],
        "securityComplianceNotificationPhones": [],
        "state": null,
        "street": null,
        "technicalNotificationMails": [],
        "tenantType": "AAD",
        "assignedPlans": [],
        "provisionedPlans": [],
        "verifiedDomains": [
            {"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": false, "isInitial": true, "name": company.initial_domain, "type": "Managed"},
            {"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": true, "isInitial": false, "name": company.domain, "type": "Managed"},
        ],
    });
    if let (Some(names), Some(fields)) = (&call.query.select, organization.as_object_mut()) {
        if let Some(unknown) = names.iter().find(|name| !fields.contains_key(*name)) {
            return Err(crate::demo::error::GraphError::no_property(unknown, "organization"));
        }
        fields.retain(|field, _| names.contains(field));
    }
    let context = format!("{}/$metadata#organization", call.request.base);
    let body = json!({"@odata.context": context, "value": [organization]});
    Ok(Answer::json(200, serde_json::to_vec(&body)?))
}
