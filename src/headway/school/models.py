"""Django looks here for tables; each room keeps its own."""

from headway.school.coaching.models import CoachLine, CoachModel, HintOpening, Phrasing
from headway.school.curriculum.frameworks.models import (
    Framework,
    FrameworkChoice,
    FrameworkMatch,
    FrameworkPart,
    FrameworkStandard,
    FrameworkUpload,
)
from headway.school.curriculum.models import ContentMark, CurriculumVersion, Problem, ProblemVersion, Skill, SkillEdge
from headway.school.environment.means.models import SchoolMeans
from headway.school.environment.models import (
    Attendance,
    CalendarFeed,
    ClassPeriod,
    DayPlan,
    DayWish,
    GoodWord,
    HelpRequest,
    SectionModel,
    Visit,
)
from headway.school.evidence.efficacy.models import EfficacyReport
from headway.school.evidence.lookback.models import LookBack
from headway.school.evidence.outcomes.models import OutcomeAim, OutcomeTake, VisionLine
from headway.school.evidence.pilots.models import Pilot, PilotLook, PilotMark, PilotPlan, PilotSeat, PilotWeek
from headway.school.evidence.reports.models import ReportCell, ReportChoice, ReportSent, ReportWeek
from headway.school.exchange.content.models import AuthoredQuestion, ContentImport, ContentPicture
from headway.school.exchange.lti.models import (
    LtiGrade,
    LtiInvitation,
    LtiKey,
    LtiLaunch,
    LtiLink,
    LtiPlatform,
    LtiSeat,
)
from headway.school.exchange.models import RosterImport, RosterRecord, RosterUpload
from headway.school.exchange.out.models import EventsSent
from headway.school.exchange.service.models import GradebookRecord
from headway.school.exchange.sign_on.models import (
    CardTry,
    ClassCode,
    RecoveryCode,
    SecondStep,
    SecondStepRule,
    SecondStepTry,
    SignInCard,
    SignOnAccount,
    SignOnEvent,
    SignOnService,
)
from headway.school.exchange.tools.models import (
    LtiAccount,
    LtiColumn,
    LtiPlacement,
    LtiScore,
    LtiTool,
    LtiToolInvitation,
    LtiUsed,
    LtiVisit,
)
from headway.school.exchange.xapi.models import (
    XapiActivity,
    XapiActor,
    XapiAlignment,
    XapiCredential,
    XapiDocument,
    XapiFile,
    XapiReading,
    XapiStatement,
    XapiTrust,
)
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
from headway.school.mastery.credit.models import (
    Course,
    Credit,
    MasteryContest,
    MasteryRecheck,
    SigningKey,
)
from headway.school.mastery.models import (
    AwayWork,
    Evidence,
    HintsShown,
    MasteryEntry,
    ModelChange,
    ModelVersion,
    OutsideResult,
    Refit,
    RefitReport,
)
from headway.school.measurement.judgement.models import (
    Judgement,
    PairInHand,
    Piece,
    PieceComment,
    PieceFile,
    PieceMark,
    PieceSheet,
    TaskJudge,
    TaskScale,
    WritingSection,
    WritingTask,
)
from headway.school.measurement.models import (
    Measure,
    ScreeningAnswer,
    ScreeningBank,
    ScreeningCount,
    ScreeningSitting,
    ScreeningWindow,
)
from headway.school.measurement.projects.models import (
    Artefact,
    ArtefactFile,
    Milestone,
    MilestoneMark,
    Project,
    ProjectFeedback,
    ProjectGroup,
    ProjectMember,
    Rubric,
    RubricScore,
    ScoreContest,
)
from headway.school.path.conferences.models import Conference, ConferenceLine, Preparation
from headway.school.path.families.models import FamilyChoice, TeachBack, WeekSent
from headway.school.path.models import (
    AwayDone,
    ChoiceOffer,
    ChoiceTaken,
    Decision,
    Goal,
    GoalEnd,
    OutsideCheck,
    PlanRow,
)
from headway.school.path.outside.models import OutsideActivity, OutsideChange, OutsideEvent, OutsideGiven
from headway.school.people.models import (
    AccessLog,
    ApiProgram,
    ApiToken,
    DayOff,
    District,
    Enrolment,
    Guardianship,
    Person,
    Role,
    School,
    Section,
)
from headway.school.profile.models import (
    Career,
    ChipList,
    Observation,
    Profile,
    ProfileFact,
    ProfileNote,
    SelfReport,
)

__all__ = [
    "AccessLog", "ApiProgram", "ApiToken", "Artefact", "ArtefactFile", "Attendance", "AuthoredQuestion", "AwayDone",
    "AwayWork", "CalendarFeed", "CardTry", "Career", "ChipList", "ChoiceOffer", "ChoiceTaken", "ClassCode",
    "ClassPeriod", "CoachLine", "CoachModel", "Conference", "ConferenceLine", "ContentImport", "ContentMark",
    "ContentPicture", "Course", "Credit", "CurriculumVersion", "DayOff", "DayPlan", "DayWish", "Decision", "District",
    "EfficacyReport", "Enrolment", "EventsSent", "Evidence", "FamilyChoice", "Framework", "FrameworkChoice", "FrameworkMatch",
    "FrameworkPart", "FrameworkStandard", "FrameworkUpload", "Goal", "GoalEnd", "GoodWord", "GradebookRecord",
    "Guardianship", "HelpRequest", "HintOpening", "HintsShown", "Judgement", "LookBack", "LtiAccount", "LtiColumn",
    "LtiGrade", "LtiInvitation", "LtiKey", "LtiLaunch", "LtiLink", "LtiPlacement", "LtiPlatform", "LtiScore", "LtiSeat",
    "LtiTool", "LtiToolInvitation", "LtiUsed", "LtiVisit", "MasteryContest", "MasteryEntry", "MasteryRecheck",
    "Measure", "MeetingNote", "Milestone", "MilestoneMark", "ModelChange", "ModelVersion", "Observation", "OutcomeAim",
    "OutcomeTake", "OutsideActivity", "OutsideChange", "OutsideCheck", "OutsideEvent", "OutsideGiven", "OutsideResult",
    "PairInHand", "Person", "Phrasing", "Piece", "PieceComment", "PieceFile", "PieceMark", "PieceSheet", "Pilot", "PilotLook",
    "PilotMark", "PilotPlan", "PilotSeat", "PilotWeek", "PlanRow", "Preparation", "ProbeForm", "ProbeScore", "Problem",
    "ProblemVersion", "Profile", "ProfileFact", "ProfileNote", "Project", "ProjectFeedback", "ProjectGroup",
    "ProjectMember", "RecoveryCode", "Refit", "RefitReport", "ReportCell", "ReportChoice", "ReportSent", "ReportWeek",
    "Role", "RosterImport", "RosterRecord", "RosterUpload", "Rubric", "RubricScore", "School", "SchoolMeans",
    "ScoreContest", "ScreeningAnswer", "ScreeningBank", "ScreeningCount", "ScreeningSitting", "ScreeningWindow",
    "SecondStep", "SecondStepRule", "SecondStepTry", "Section", "SectionModel", "SelfReport", "SignInCard",
    "SignOnAccount", "SignOnEvent", "SignOnService", "SigningKey", "Skill", "SkillEdge", "SupportGroup", "SupportPlan",
    "SupportSession", "TaskJudge", "TaskScale", "TeachBack", "TeamMeeting", "TierDecision", "TierRules", "VisionLine",
    "Visit", "WeekSent", "WritingSection", "WritingTask", "XapiActivity", "XapiActor", "XapiAlignment",
    "XapiCredential", "XapiDocument", "XapiFile", "XapiReading", "XapiStatement", "XapiTrust",
]  # fmt: skip
