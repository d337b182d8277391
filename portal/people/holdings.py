"""What people holds of an organisation, and so moves when two of them are merged."""

from portal.people.models import Contact, Coverage, Hosting, Identifier, Invitation, Membership, Paper, Partner

OF_ORGANISATIONS = (
    Membership.organisation_id,
    Invitation.organisation_id,
    Identifier.organisation_id,
    Contact.organisation_id,
    Coverage.organisation_id,
    Hosting.partnership_id,
    Hosting.host_id,
    Partner.partnership_id,
    Partner.member_id,
    Paper.organisation_id,
)
