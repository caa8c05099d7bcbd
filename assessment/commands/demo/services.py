"""Invented services: what an organisation of each kind does, and which department it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

SERVICES: Final[Mapping[str, Sequence[str]]] = {
    "advice-and-benefits": ("Welfare advice", "Debt advice", "Benefits team", "Money guidance"),
    "children-and-families": (
        "Family support",
        "Early help",
        "Fostering team",
        "Children in care team",
        "Young carers’ service",
        "Family hub",
    ),
    "communities": ("Community development", "Neighbourhood team", "Volunteering", "Welcome and integration"),
    "early-years-and-childcare": ("Nursery", "Childminding support", "Parent and toddler groups", "Childcare team"),
    "education": ("School improvement", "Pupil voice team", "Adult learning", "Attendance team"),
    "employment-and-skills": ("Job coaching", "Skills for work", "Supported employment", "Apprenticeships"),
    "environment-and-planning": ("Planning policy", "Climate action", "Neighbourhood plans", "Recycling"),
    "fire-and-rescue": ("Home fire safety", "Community safety", "On-call crews"),
    "health": (
        "Diabetes clinic",
        "Stroke rehabilitation",
        "Community nursing",
        "Maternity voices team",
        "Pain service",
        "Heart failure team",
        "Outpatients",
        "Palliative care",
    ),
    "housing": (
        "Tenant voice",
        "Repairs",
        "Homelessness prevention",
        "Sheltered housing",
        "Supported housing",
        "Lettings",
        "Estate renewal",
        "Anti-social behaviour team",
    ),
    "libraries-and-culture": ("Libraries", "Museums", "Arts in the community", "Home library service"),
    "mental-health": (
        "Recovery college",
        "Crisis team",
        "Talking therapies",
        "Peer support",
        "Older people’s mental health",
        "Early intervention team",
    ),
    "policing-and-justice": ("Neighbourhood policing", "Victim support", "Youth justice", "Custody visiting"),
    "public-health": ("Stop smoking service", "Drug and alcohol recovery", "Healthy weight", "Health visiting"),
    "social-care": (
        "Home care",
        "Carers’ support",
        "Learning disability day service",
        "Shared lives",
        "Reablement",
        "Supported living",
        "Direct payments team",
        "Extra care housing",
        "Sensory team",
    ),
    "special-educational-needs": ("Education, health and care plans", "Parent partnership", "Short breaks"),
    "sport-and-leisure": ("Leisure centres", "Parks and green spaces", "Walking for health"),
    "transport-and-streets": ("Community transport", "Street design", "Bus services", "Road safety"),
    "youth": ("Youth clubs", "Youth council", "Detached youth work", "Mentoring"),
    "other": ("Customer service",),
}
AREAS: Final = ("North", "South", "East", "West", "Town", "Coast", "Valleys", "Villages")

SECTORS: Final[Mapping[str, str]] = {
    "council": "social-care social-care social-care housing housing children-and-families children-and-families "
    "libraries-and-culture youth public-health communities special-educational-needs",
    "local-council": "communities sport-and-leisure",
    "nhs-trust": "health health health mental-health mental-health",
    "health-board": "health health mental-health public-health",
    "primary-care": "health",
    "police-force": "policing-and-justice policing-and-justice youth",
    "school-or-college": "education special-educational-needs",
    "housing-association": "housing housing housing employment-and-skills",
    "charity": "social-care mental-health youth advice-and-benefits communities",
    "company": "employment-and-skills early-years-and-childcare social-care",
    "combined-authority": "transport-and-streets employment-and-skills",
    "fire-and-rescue": "fire-and-rescue",
    "university": "education health",
    "government": "employment-and-skills advice-and-benefits environment-and-planning",
    "other": "other communities",
}
"""The sectors of each kind; one named twice is twice as likely."""

_DEPARTMENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "council": {
        "Adult Social Care": "social-care mental-health",
        "Children and Families": "children-and-families youth special-educational-needs early-years-and-childcare",
        "Housing": "housing",
        "Libraries and Learning": "libraries-and-culture education",
        "Public Health": "public-health health",
        "Communities": "communities sport-and-leisure advice-and-benefits",
    },
    "nhs-trust": {"Physical Health": "health public-health", "Mental Health": "mental-health"},
    "health-board": {"Physical Health": "health", "Mental Health": "mental-health", "Public Health": "public-health"},
}

LARGE_COUNCIL: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "Adult Social Care": (
        ("Carers’ support", "social-care"),
        ("Home care", "social-care"),
        ("Shared lives", "social-care"),
        ("Reablement", "social-care"),
        ("Learning disability day service", "social-care"),
        ("Supported living", "social-care"),
        ("Direct payments team", "social-care"),
        ("Sensory team", "social-care"),
        ("Mental health social work", "mental-health"),
    ),
    "Children and Families": (
        ("Family support", "children-and-families"),
        ("Early help", "children-and-families"),
        ("Fostering team", "children-and-families"),
        ("Young carers’ service", "children-and-families"),
        ("Short breaks", "special-educational-needs"),
        ("Youth clubs", "youth"),
        ("Nursery", "early-years-and-childcare"),
    ),
    "Housing": (
        ("Tenant voice", "housing"),
        ("Repairs", "housing"),
        ("Homelessness prevention", "housing"),
        ("Sheltered housing", "housing"),
        ("Lettings", "housing"),
        ("Estate renewal", "housing"),
    ),
    "Leisure and Culture": (("Leisure centres", "sport-and-leisure"), ("Museums", "libraries-and-culture")),
    "Libraries and Learning": (
        ("Libraries", "libraries-and-culture"),
        ("Home library service", "libraries-and-culture"),
        ("Adult learning", "education"),
    ),
    "Public Health": (
        ("Stop smoking service", "public-health"),
        ("Drug and alcohol recovery", "public-health"),
        ("Healthy weight", "public-health"),
        ("Health visiting", "public-health"),
    ),
    "Streets and Transport": (
        ("Community transport", "transport-and-streets"),
        ("Street design", "transport-and-streets"),
        ("Road safety", "transport-and-streets"),
        ("Recycling", "environment-and-planning"),
        ("Bus services", "transport-and-streets"),
    ),
}
"""The services of the largest council: 36 with a result. One department has only two."""

ONLY_BEGUN: Final = (
    ("Planning", "Planning policy", "environment-and-planning"),
    ("Planning", "Neighbourhood plans", "environment-and-planning"),
    ("Planning", "Climate action", "environment-and-planning"),
    ("Libraries and Learning", "School improvement", "education"),
)
"""Services of the same council that have begun and have no result yet, among them a whole department's."""


def department_of(kind: str, sector: str) -> str:
    """The department that a service of this sector belongs to; "" where such an organisation has none."""
    found = _DEPARTMENTS.get(kind, {}).items()
    return next((department for department, sectors in found if sector in sectors.split()), "")
