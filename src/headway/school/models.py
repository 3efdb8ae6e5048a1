"""Django looks here for tables; each room keeps its own."""

from headway.school.coaching.models import CoachLine, CoachModel, Phrasing
from headway.school.curriculum.models import CurriculumVersion, Problem, Skill, SkillEdge
from headway.school.environment.models import GoodWord, HelpRequest, Visit
from headway.school.intervention.models import (
    MeetingNote,
    ProbeForm,
    ProbeScore,
    SupportGroup,
    SupportPlan,
    SupportSession,
    TeamMeeting,
    TierDecision,
    TierRules,
)
from headway.school.mastery.models import Evidence, HintsShown, MasteryEntry
from headway.school.measurement.judgement.models import (
    Judgement,
    PairInHand,
    Piece,
    PieceComment,
    PieceFile,
    TaskJudge,
    TaskScale,
    WritingSection,
    WritingTask,
)
from headway.school.measurement.models import (
    Measure,
    ScreeningAnswer,
    ScreeningBank,
    ScreeningSitting,
    ScreeningWindow,
)
from headway.school.path.models import Decision, PlanRow
from headway.school.people.models import (
    AccessLog,
    ApiToken,
    District,
    Enrolment,
    Guardianship,
    Person,
    Role,
    School,
    Section,
)
from headway.school.profile.models import Profile

__all__ = [
    "AccessLog",
    "ApiToken",
    "CoachLine",
    "CoachModel",
    "CurriculumVersion",
    "Decision",
    "District",
    "Enrolment",
    "Evidence",
    "GoodWord",
    "Guardianship",
    "HelpRequest",
    "HintsShown",
    "Judgement",
    "MasteryEntry",
    "Measure",
    "MeetingNote",
    "PairInHand",
    "Person",
    "Phrasing",
    "Piece",
    "PieceComment",
    "PieceFile",
    "PlanRow",
    "ProbeForm",
    "ProbeScore",
    "Problem",
    "Profile",
    "Role",
    "School",
    "ScreeningAnswer",
    "ScreeningBank",
    "ScreeningSitting",
    "ScreeningWindow",
    "Section",
    "Skill",
    "SkillEdge",
    "SupportGroup",
    "SupportPlan",
    "SupportSession",
    "TaskJudge",
    "TaskScale",
    "TeamMeeting",
    "TierDecision",
    "TierRules",
    "Visit",
    "WritingSection",
    "WritingTask",
]
