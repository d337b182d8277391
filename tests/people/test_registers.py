"""Numbers of registers, and names that mean the same."""

import pytest

from portal.people.names import are_alike, fold
from portal.people.registers import fault_of, normal, org_id, register_of
from portal.people.words import OrganisationKind, Register


@pytest.mark.parametrize(("register", "typed", "kept"), [
    (Register.CHARITY, " 112 3456", "1123456"), (Register.CHARITY, "GB-CHC-1123456", "1123456"),
    (Register.CHARITY, "201234", "201234"),
    (Register.SCOTTISH_CHARITY, "sc012345", "SC012345"), (Register.COMPANY, "08123456", "08123456"),
    (Register.COMPANY, "ni012345", "NI012345"), (Register.COMPANY, "IP12345R", "IP12345R"),
    (Register.LOCAL_AUTHORITY, "fen", "FEN"),
    (Register.LOCAL_AUTHORITY, "CPCA", "CPCA"), (Register.SCHOOL, "110912", "110912"),
    (Register.OWN, "opcc-river-trust", "OPCC-RIVER-TRUST"),
])  # fmt: skip
def test_a_number_in_the_form_of_its_register_is_kept_without_blanks_and_prefix(register, typed, kept):
    assert normal(register, typed) == kept
    assert fault_of(register, kept) is None


@pytest.mark.parametrize(("register", "typed"), [
    (Register.CHARITY, "12345"), (Register.CHARITY, "12345678"), (Register.CHARITY, "١٢٣٤٥٦٧"),
    (Register.SCOTTISH_CHARITY, "012345"),
    (Register.COMPANY, "8123456"), (Register.COMPANY, "081234567"), (Register.LOCAL_AUTHORITY, "FENLAND"), (Register.SCHOOL, "1"),
    (Register.OWN, "RIVER"), (Register.OWN, "-"), (Register.CHARITY, "1" * 5000),
])  # fmt: skip
def test_any_other_number_is_refused_with_what_it_should_look_like(register, typed):
    assert "like" in fault_of(register, normal(register, typed))


@pytest.mark.parametrize(("typed", "kind", "register"), [
    ("1123456", OrganisationKind.CHARITY, Register.CHARITY), ("08123456", OrganisationKind.CHARITY, Register.COMPANY),
    ("08123456", OrganisationKind.CIC, Register.COMPANY), ("SC012345", OrganisationKind.CHARITY, Register.SCOTTISH_CHARITY),
    ("SC123456", OrganisationKind.COMPANY, Register.COMPANY), ("12", OrganisationKind.CHARITY, None),
    ("", OrganisationKind.OTHER, None),
])  # fmt: skip
def test_the_register_of_a_number_is_told_by_its_form_and_by_who_has_it(typed, kind, register):
    assert register_of(typed, kind) is register


def test_grants_are_published_under_the_number_of_the_first_register():
    numbers = [(Register.OWN, "OPCC-A"), (Register.COMPANY, "08123456"), (Register.CHARITY, "1123456")]
    assert org_id(numbers) == "GB-CHC-1123456"
    assert org_id(numbers[:2]) == "GB-COH-08123456"
    assert org_id([]) is None


@pytest.mark.parametrize(("one", "other"), [
    ("The River Trust Ltd.", "River Trust"), ("RIVER TRUST LIMITED", "river  trust"), ("Café Neots C.I.C", "Cafe Neots C I C"),
    ("Saint Neots' Youth & Play", "St Neots Youth and Play"), ("Fenland CSP", "Fenland Community Safety Partnership"),
    ("The", "the"),
])  # fmt: skip
def test_names_fold_alike_that_mean_the_same(one, other):
    assert fold(one) == fold(other)
    assert are_alike(fold(one), fold(other))


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("River Trust", "Rivers Trust", True), ("Fen Edge Youth Trust", "Fenedge Youth Trust", True),
    ("Ouse Valley Open Door", "Ouse Valley Open Door Project", True), ("Spokes", "Spoke", True),
    ("Chatteris Spokes", "Spokes of Chatteris", True),
    ("East Cambridgeshire District Council", "South Cambridgeshire District Council", False),
    ("Fenland Community Safety Partnership", "Huntingdonshire Community Safety Partnership", False),
    ("Scout Group 1", "Scout Group 11", False), ("Fenland", "Fenland District Council", False), ("Mind", "Kind", False),
])  # fmt: skip
def test_names_are_alike_by_what_they_do_not_share(one, other, alike):
    assert are_alike(fold(one), fold(other)) is are_alike(fold(other), fold(one)) is alike
