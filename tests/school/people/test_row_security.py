"""A district sees itself and nothing else, in every table."""

from __future__ import annotations

import uuid

import psycopg
import pytest
from django.db import ProgrammingError, connections, transaction

from headway.school.models import AccessLog, District, Person, School
from headway.school.people.row_security import APPEND_ONLY, DIRECTORY, SHARED
from headway.school.people.tenancy import current_district, in_district


def make_district(name: str) -> District:
    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name=name)
        School.objects.create(district=district, sourced_id="s1", name=f"{name} Middle")
    return district


def test_every_table_is_secured_or_has_a_reason(database: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid) FROM pg_class c"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'v')"
        )
        tables = {name: (enabled, forced, policies) for name, enabled, forced, policies in cursor.fetchall()}
    assert set(SHARED) <= set(tables)
    for name, (enabled, forced, policies) in tables.items():
        if name not in SHARED:
            assert enabled and forced and policies == 4, f"{name} is not secured"


def test_the_application_cannot_bypass(database: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_an_unset_tenant_sees_nothing(database: str) -> None:
    make_district("Maple")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = {row[0] for row in cursor.fetchall()} - set(SHARED) - {DIRECTORY}
    with connections["default"].cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"SELECT count(*) FROM {name}")
            assert cursor.fetchone() == (0,), name


def test_districts_do_not_see_each_other() -> None:
    maple, oak = make_district("Maple"), make_district("Oak")
    with in_district(maple.id):
        assert [s.name for s in School.objects.all()] == ["Maple Middle"]
    with in_district(oak.id):
        assert [s.name for s in School.objects.all()] == ["Oak Middle"]
    assert current_district() is None


def test_a_row_cannot_be_written_into_another_district() -> None:
    maple, oak = make_district("Maple"), make_district("Oak")
    with pytest.raises(ProgrammingError, match="row-level security"), in_district(maple.id):
        School.objects.create(district=oak, sourced_id="x", name="Stolen")
    with in_district(maple.id):
        assert School.objects.filter(district=oak).update(name="Stolen") == 0


def test_the_tenant_ends_with_its_transaction() -> None:
    maple = make_district("Maple")
    with in_district(maple.id):
        assert current_district() == maple.id
    assert current_district() is None


def test_one_unit_of_work_never_spans_two_districts() -> None:
    maple, oak = make_district("Maple"), make_district("Oak")
    with in_district(maple.id), pytest.raises(ValueError, match="cannot also work for"), in_district(oak.id):
        pass


@pytest.mark.parametrize("verb", ["UPDATE {} SET district_id = district_id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("name", sorted(APPEND_ONLY))
def test_the_log_is_append_only(verb: str, name: str) -> None:
    maple = make_district("Maple")
    with pytest.raises(ProgrammingError, match="permission denied"), in_district(maple.id):
        connections["default"].cursor().execute(verb.format(name))


def test_sql_injection_in_the_setting_is_no_way_out() -> None:
    with pytest.raises(ValueError, match="badly formed"), in_district("' OR true --"):
        pass


def test_a_hostile_setting_sees_nothing(database: str) -> None:
    make_district("Maple")
    with psycopg.connect(database) as connection, connection.transaction():
        connection.execute("SELECT set_config('headway.district', %s, true)", [str(uuid.uuid4())])
        row = connection.execute("SELECT count(*) FROM school_school").fetchone()
        assert row == (0,)


def test_the_access_log_keeps_its_lines() -> None:
    maple = make_district("Maple")
    with in_district(maple.id):
        ana = Person.objects.create(district=maple, sourced_id="p1", given_name="Ana", family_name="Diaz")
        AccessLog.objects.create(district=maple, reader=ana, learner=ana, purpose="teaching", place="board")
    with pytest.raises(ProgrammingError), transaction.atomic(), in_district(maple.id):
        AccessLog.objects.all().delete()
    with in_district(maple.id):
        assert AccessLog.objects.count() == 1
