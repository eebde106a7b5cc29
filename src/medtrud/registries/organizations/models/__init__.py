"""Tables of organisations, of their structure, of employments and of clinics."""

from .clinics import Accreditation, Commission, CommissionMember, Department, Licence, Room, StaffMember
from .employments import Employment
from .organizations import Contract, Organization, OrganizationVersion, party_rows
from .structure import Division, Post, Workplace

__all__ = [
    "Accreditation",
    "Commission",
    "CommissionMember",
    "Contract",
    "Department",
    "Division",
    "Employment",
    "Licence",
    "Organization",
    "OrganizationVersion",
    "Post",
    "Room",
    "StaffMember",
    "Workplace",
    "party_rows",
]
