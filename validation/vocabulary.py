"""The closed lists the law speaks in: English values, no Vietnamese (its labels are the paper's).

Code lists follow the statistics forms of 2021 (11-HD/BTCTW), cited in `docs/glossary.md`.
"""

from enum import StrEnum


class Level(StrEnum):
    """How much a finding asks of the clerk."""

    ERROR = "error"  # must be put right
    QUERY = "query"  # put right, or explained once in writing
    NOTE = "note"  # to be aware of


class Verdict(StrEnum):
    """What the findings of one row add up to."""

    VALID = "valid"
    WARNED = "warned"
    INVALID = "invalid"


class Stage(StrEnum):
    """Where a person stands for counting: exactly one each, in the order of the procedure."""

    SYMPATHIZER = "sympathizer"
    CERTIFIED = "certified"
    DOSSIER = "dossier"
    AWAITING_DECISION = "awaiting_decision"  # the branch has resolved
    AWAITING_CEREMONY = "awaiting_ceremony"  # the decision is issued
    PROBATIONARY = "probationary"
    OFFICIAL = "official"


class Step(StrEnum):
    """The 28 steps from sympathizer to card, in order (38-HD/BTCTW 2025 and the KNĐ forms)."""

    FIND_CANDIDATE = "find_candidate"
    RESOLVE_SYMPATHIZER = "resolve_sympathizer"
    PROPOSE_COURSE = "propose_course"
    CERTIFY_COURSE = "certify_course"
    OPEN_DOSSIER = "open_dossier"
    APPLY = "apply"
    DECLARE_HISTORY = "declare_history"
    VET = "vet"
    INTRODUCE_BY_MEMBER = "introduce_by_member"
    INTRODUCE_BY_UNION = "introduce_by_union"
    GATHER_OPINIONS = "gather_opinions"
    RESOLVE_BRANCH = "resolve_branch"
    REPORT_DIVISION = "report_division"
    RESOLVE_COMMITTEE = "resolve_committee"
    APPRAISE = "appraise"
    DECIDE_ADMISSION = "decide_admission"
    HOLD_CEREMONY = "hold_ceremony"
    RECORD_MEMBER = "record_member"
    TRAIN_NEW_MEMBER = "train_new_member"
    REVIEW_SELF = "review_self"
    REVIEW_BY_HELPER = "review_by_helper"
    GATHER_OPINIONS_RECOGNITION = "gather_opinions_recognition"
    RESOLVE_RECOGNITION = "resolve_recognition"
    REPORT_DIVISION_RECOGNITION = "report_division_recognition"
    RESOLVE_COMMITTEE_RECOGNITION = "resolve_committee_recognition"
    DECIDE_RECOGNITION = "decide_recognition"
    ANNOUNCE = "announce"
    ISSUE_CARD = "issue_card"


class Status(StrEnum):
    """What the register says of a person beside the dates."""

    FOLLOWED = "followed"
    REMOVED = "removed"  # struck from the list of sympathizers
    MOVED_OUT = "moved_out"
    MOVED_IN = "moved_in"
    REFUSED = "refused"
    STRUCK_OFF = "struck_off"  # a probationary member struck off
    DECEASED = "deceased"


#: Statuses that end a person's way in this branch; those who left are counted apart.
LEFT = frozenset({Status.REMOVED, Status.MOVED_OUT, Status.REFUSED, Status.STRUCK_OFF, Status.DECEASED})


class Sex(StrEnum):
    """As the identity number encodes it."""

    MALE = "male"
    FEMALE = "female"


class Religion(StrEnum):
    """Blank is not `NONE`: a form says "không" when there is none."""

    NONE = "none"
    BUDDHIST = "buddhist"
    CATHOLIC = "catholic"
    HOA_HAO = "hoa_hao"
    CAO_DAI = "cao_dai"
    PROTESTANT = "protestant"
    MUSLIM = "muslim"
    OTHER = "other"


class Schooling(StrEnum):
    """General education completed, lowest first."""

    LITERATE = "literate"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"


class Qualification(StrEnum):
    """Professional training, lowest first."""

    NONE = "none"
    VOCATIONAL = "vocational"
    INTERMEDIATE = "intermediate"
    COLLEGE = "college"
    UNIVERSITY = "university"
    MASTER = "master"
    DOCTOR = "doctor"


class PoliticalTheory(StrEnum):
    """Training in political theory, lowest first."""

    NONE = "none"
    ELEMENTARY = "elementary"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    BACHELOR = "bachelor"


class TargetGroup(StrEnum):
    """Groups a plan counts apart; one person may belong to several."""

    WORKER = "worker"
    FARMER = "farmer"
    PUPIL = "pupil"
    STUDENT = "student"
    CIVIL_SERVANT = "civil_servant"
    PUBLIC_EMPLOYEE = "public_employee"
    BUSINESS_OWNER = "business_owner"
    ARMED_FORCES = "armed_forces"
    DISCHARGED_SOLDIER = "discharged_soldier"
    PART_TIME_OFFICIAL = "part_time_official"
    OTHER = "other"


class Ethnicity(StrEnum):
    """The 54 of the national list in its order, then "other" and "foreign origin" (2021 codes 55, 56)."""

    KINH = "kinh"
    TAY = "tay"
    THAI = "thai"
    HOA = "hoa"
    KHMER = "khmer"
    MUONG = "muong"
    NUNG = "nung"
    MONG = "mong"
    DAO = "dao"
    GIA_RAI = "gia_rai"
    E_DE = "e_de"
    NGAI = "ngai"
    BA_NA = "ba_na"
    XO_DANG = "xo_dang"
    SAN_CHAY = "san_chay"
    CO_HO = "co_ho"
    CHAM = "cham"
    SAN_DIU = "san_diu"
    HRE = "hre"
    MNONG = "mnong"
    RAGLAI = "raglai"
    XTIENG = "xtieng"
    BRU_VAN_KIEU = "bru_van_kieu"
    THO = "tho"
    GIAY = "giay"
    CO_TU = "co_tu"
    GIE_TRIENG = "gie_trieng"
    MA = "ma"
    KHO_MU = "kho_mu"
    CO = "co"
    TA_OI = "ta_oi"
    CHO_RO = "cho_ro"
    KHANG = "khang"
    XINH_MUN = "xinh_mun"
    HA_NHI = "ha_nhi"
    CHU_RU = "chu_ru"
    LAO = "lao"
    LA_CHI = "la_chi"
    LA_HA = "la_ha"
    PHU_LA = "phu_la"
    LA_HU = "la_hu"
    LU = "lu"
    LO_LO = "lo_lo"
    CHUT = "chut"
    MANG = "mang"
    PA_THEN = "pa_then"
    CO_LAO = "co_lao"
    CONG = "cong"
    BO_Y = "bo_y"
    SI_LA = "si_la"
    PU_PEO = "pu_peo"
    BRAU = "brau"
    O_DU = "o_du"
    RO_MAM = "ro_mam"
    OTHER = "other"
    FOREIGN = "foreign"


#: Register columns that hold a day, in the order of the procedure (`birth_on` first).
DATE_COLUMNS = (
    "birth_on",
    "youth_union_on",
    "sympathizer_on",
    "helper_assigned_on",
    "certificate_on",
    "dossier_opened_on",
    "applied_on",
    "vetting_sent_on",
    "vetting_result_on",
    "union_resolved_on",
    "residence_opinion_on",
    "branch_resolved_on",
    "committee_resolved_on",
    "dossier_sent_on",
    "decided_on",
    "decision_received_on",
    "ceremony_on",
    "member_record_on",
    "new_member_certificate_on",
    "recognition_resolved_on",
    "recognized_on",
    "status_changed_on",
)

#: Register columns whose value comes from one closed list.
CODE_COLUMNS: dict[str, type[StrEnum]] = {
    "sex": Sex,
    "ethnicity": Ethnicity,
    "religion": Religion,
    "schooling": Schooling,
    "qualification": Qualification,
    "political_theory": PoliticalTheory,
    "status": Status,
}

#: Register columns that hold whole numbers.
COUNT_COLUMNS = ("votes_for", "members_summoned")

#: Register columns kept as text exactly as legible (identifiers keep their zeros).
TEXT_COLUMNS = (
    "number",
    "full_name",
    "citizen_id",
    "native_place",
    "residence",
    "occupation",
    "position",
    "helper",
    "certificate_number",
    "decision_number",
    "card_number",
    "moved_to",
    "explanation",
    "remark",
)


def year_of(column: str) -> str:
    """Name of the companion column: the year legible in a date cell, 0 where none."""
    return f"{column}_year"
