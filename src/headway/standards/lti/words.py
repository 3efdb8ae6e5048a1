"""The names that LTI gives to things."""

from __future__ import annotations

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP = "https://purl.imsglobal.org/spec/lti-dl/claim/"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
VERSION = "1.3.0"

RESOURCE = "LtiResourceLinkRequest"
CHOOSING = "LtiDeepLinkingRequest"
CHOSEN = "LtiDeepLinkingResponse"

LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
LINE_ITEM_READ = f"{LINE_ITEM}.readonly"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
RESULT = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
MEMBERS_READ = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
SCOPES = (LINE_ITEM, SCORE, MEMBERS_READ)
"""What we ask a platform for."""
OFFERED = (LINE_ITEM, LINE_ITEM_READ, SCORE, RESULT, MEMBERS_READ)
"""What we offer to a tool."""

TYPE_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
TYPE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
TYPE_SCORE = "application/vnd.ims.lis.v1.score+json"
TYPE_RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
TYPE_MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
COURSE_SECTION = "http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"

LEARNER_WORDS = frozenset({"Learner", "Student"})


def short_roles(roles: object) -> frozenset[str]:
    """The last words of the roles that a launch names, such as ``Learner``; context roles may be written short."""
    if not isinstance(roles, list):
        return frozenset()
    return frozenset(str(role).rpartition("#")[2].rpartition("/")[2] for role in roles if isinstance(role, str))
