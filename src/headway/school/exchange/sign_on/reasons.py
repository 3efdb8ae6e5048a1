"""Why somebody was turned away: what they read, and what whoever looks after the service does about it."""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.text import T, Text

IN = "in"
"""The outcome of an arrival that was let in."""


@dataclass(frozen=True, slots=True)
class Reason:
    """``said`` to the person at the door, ``mend`` to whoever reads the list of arrivals."""

    said: Text
    mend: Text


REASONS: dict[str, Reason] = {
    "cancelled": Reason(
        T("You did not finish signing in. Try again."), T("Stopped at the service, by the person or by it.")
    ),
    "state": Reason(
        T("This sign-in was not begun here, or too long ago. Try again from the button."),
        T(
            "The answer fits no sign-in that was begun in this browser: an old page, a second use, or somebody else’s link."
        ),
    ),
    "service": Reason(
        T("Your school’s sign-in service does not answer as it should. Try again in a few minutes."),
        T("The service could not be reached, or answered with an error. Check its address, client and secret."),
    ),
    "token": Reason(
        T("Your school’s sign-in service sent something that Headway does not trust. Nothing was opened."),
        T("The statement is not for this client, is out of date, or is not signed with the service’s key."),
    ),
    "unknown": Reason(
        T("Headway does not know your account yet. Ask your school’s office or IT help desk."),
        T("Nobody in the roster matches. Compare the matching rule with the roster, or wait for tonight’s roster."),
    ),
    "twice": Reason(
        T("Your account fits more than one person in the roster. Ask your school’s office or IT help desk."),
        T("Two or more people of the roster have the same value. Mend it in the student information system."),
    ),
    "unverified": Reason(
        T("Your e-mail address is not confirmed at your sign-in service. Confirm it there, then try again."),
        T("The service says that it has not verified the address."),
    ),
    "domain": Reason(
        T("Use your school account, not a private one."),
        T("The address is outside of the domains that this service may vouch for."),
    ),
    "other": Reason(
        T("You came with another account than before. Use that one, or ask your school’s IT help desk."),
        T("The person is tied to another account of this service. Let it go below if it changed."),
    ),
    "left": Reason(
        T("Your account here is closed. Ask your school’s office or IT help desk."),
        T("The person is no longer active in the roster."),
    ),
    "launch": Reason(
        T("This opening was not begun in this window, or was used before. Go back to your course and open it again."),
        T("The launch fits none that was begun in this browser, is over ten minutes old, or was used before."),
    ),
    "late": Reason(
        T("This opening is out of date. Go back to your course and open it again."),
        T("The platform’s statement is out of date. Compare its clock with ours."),
    ),
    "deployment": Reason(
        T("Your school has not opened Headway for this course yet. Ask your school’s IT help desk."),
        T("The launch comes from a deployment that is not in the list. If it is yours, add it on the page Launches."),
    ),
    "target": Reason(
        T("This link leads to no page of Headway. Tell your teacher."),
        T("The target of the link is not an address of this Headway. Choose it again by deep linking."),
    ),
    "lti": Reason(
        T("Your course opened Headway in a way that it does not know. Tell your school’s IT help desk."),
        T("The launch lacks something that LTI 1.3 asks for, or is of a version or kind that Headway does not speak."),
    ),
    "anonymous": Reason(
        T("Your course did not say who you are. Ask your school’s IT help desk."),
        T("The launch is anonymous. Let the platform send who opens Headway."),
    ),
    "test-user": Reason(
        T("This is the platform’s test student. Open Headway as yourself."),
        T("A test user of the platform is nobody in the roster."),
    ),
    "roles": Reason(
        T(
            "Your course says that you are a learner there, and here you are not. Sign in by your school’s sign-on instead."
        ),
        T("The launch names somebody of the staff or a family as a learner only. Check their role in the course."),
    ),
}
