"""Raw SQL, past the application: none of these statements gets through, and none leaves anything behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, DataError, OperationalError, ProgrammingError, connection, transaction

from content_api import kinds
from tests.conftest import People
from tests.proofs.amounts import report
from tests.proofs.attacked import Store, filled
from tests.situations import Desk
from tests.specimens.kinds import SPECIMEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


pytestmark = pytest.mark.django_db

_VERSION = "id, item_id, number, state, schema_version, content, content_sha256, change_type, change_note, findings, submitted_by_id, submitted_at, last_contribution_id"
_REVIEW = "version_id, reviewer_id, role, verdict, comment, content_sha256, substance_sha256, substance, reviewer_name, reviewer_credentials, at"
_COMMENT = "version_id, person_id, pointer, answers_id, text, person_name, at"
_PARKED = (
    "item_id, base_id, state, schema_version, content, content_sha256, last_contribution_id, parked_by_id, parked_at"
)
_EDITION = "content_id, kind, slug, name, version, version_id, content_sha256, cause, renderer, from_release_id, until_release_id, published_at, next_review, checksum, substance_sha256, card, body"
_RELEASE = "number, title, notes, urgency, act_by, published_at, previous_hash, hash, item_count, published, withdrawn"
_SIGN_OFF = "release_id, person_id, role, impact_sha256, person_name, person_credentials, at"
_MOVE = "seq, subject, verb, from_state, to_state, person_id, subject_sha256, details, at, previous_hash, hash"
_ACKNOWLEDGEMENT = "site_id, release, hash, acknowledged_at"


def _version(where: str, **changed: str) -> str:
    return _copy("editorial_version", _VERSION, where, **changed)


def _copy(table: str, columns: str, where: str, **changed: str) -> str:
    """Return an INSERT of a row like another, but for some columns."""
    values = ", ".join(changed.get(name, name) for name in columns.split(", "))
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {where}"


def _review(**changed: str) -> str:
    """Return an INSERT of a verdict on the open version, like the one on the version that is out."""
    mine = {
        "version_id": "'{open}'",
        "reviewer_id": "{mei}",
        "content_sha256": "(SELECT content_sha256 FROM editorial_version WHERE id = '{open}')",
    }
    return _copy("editorial_review", _REVIEW, "version_id = '{out}'", **{**mine, **changed})


STATEMENTS = {
    # versions
    "the text of an open version": "UPDATE editorial_version SET content = '{{}}' WHERE id = '{open}'",
    "the text of a version that is out": "UPDATE editorial_version SET content = '{{}}' WHERE id = '{out}'",
    "the hash of a version": "UPDATE editorial_version SET content_sha256 = '{other}' WHERE id = '{open}'",
    "the number of a version": "UPDATE editorial_version SET number = 9 WHERE id = '{open}'",
    "the item of a version": "UPDATE editorial_version SET item_id = '{item}' WHERE id = '{waiting}'",
    "the submitter of a version": "UPDATE editorial_version SET submitted_by_id = {mei} WHERE id = '{open}'",
    "what a version says it changes": "UPDATE editorial_version SET change_type = 'EDITORIAL' WHERE id = '{open}'",
    "a version away": "DELETE FROM editorial_version WHERE id = '{open}'",
    "a version approved by nobody": "UPDATE editorial_version SET state = 'APPROVED' WHERE id = '{open}'",
    "a version that was sent back approved": "UPDATE editorial_version SET state = 'APPROVED' WHERE id = '{back}'",
    "a version that was sent back open again": "UPDATE editorial_version SET state = 'IN_REVIEW' WHERE id = '{back}'",
    "an approved version open again": "UPDATE editorial_version SET state = 'IN_REVIEW' WHERE id = '{waiting}'",
    "an approved version sent back": "UPDATE editorial_version SET state = 'CHANGES_REQUESTED' WHERE id = '{waiting}'",
    "a version that is out recalled": "UPDATE editorial_version SET state = 'RECALLED' WHERE id = '{out}'",
    "a state that does not exist": "UPDATE editorial_version SET state = 'DONE' WHERE id = '{open}'",
    "a version born approved": _version("id = '{back}'", id="'{nowhere}'", number="3", state="'APPROVED'"),
    "a version past its number": _version("id = '{back}'", id="'{nowhere}'", number="7", state="'IN_REVIEW'"),
    "a version that needs no verdict": _version("id = '{out}'", id="'{nowhere}'", number="2", state="'IN_REVIEW'"),
    "a version over a version": _version("id = '{open}'", content="'{{}}'")
    + " ON CONFLICT (id) DO UPDATE SET content = '{{}}'",
    # who wrote, and whose review is needed
    "a contributor away": "DELETE FROM editorial_versioncontributor WHERE version_id = '{open}'",
    "a contributor another": "UPDATE editorial_versioncontributor SET person_id = {rui} WHERE version_id = '{open}'",
    "a contributor more": "INSERT INTO editorial_versioncontributor (version_id, person_id) VALUES ('{open}', {rui})",
    "a required role away": "DELETE FROM editorial_requiredreview WHERE version_id = '{open}'",
    "a required role another": "UPDATE editorial_requiredreview SET role = 'Regulatory reviewer' WHERE version_id = '{open}'",
    "a contribution away": "DELETE FROM editorial_contribution",
    "a contribution somebody else's": "UPDATE editorial_contribution SET person_id = {rui}",
    # verdicts
    "the author's own approval": _review(reviewer_id="{ann}"),
    "an approval by somebody who fixed a comma": _review(reviewer_id="{carl}"),
    "an approval of another text": _review(content_sha256="'{other}'"),
    "an approval in a role that is not needed": _review(role="'Regulatory reviewer'"),
    "an approval of what was sent back": _review(version_id="'{back}'", reviewer_id="{rui}"),
    "a verdict turned round": "UPDATE editorial_review SET verdict = 'APPROVED' WHERE version_id = '{back}'",
    "a verdict somebody else's": "UPDATE editorial_review SET reviewer_id = {rui}",
    "what a reviewer read": "UPDATE editorial_review SET substance = '{{}}'",
    "a verdict away": "DELETE FROM editorial_review WHERE version_id = '{back}'",
    "a comment another": "UPDATE editorial_reviewcomment SET text = 'Never said.'",
    "a comment somebody else's": "UPDATE editorial_reviewcomment SET person_id = {rui}",
    "a comment away": "DELETE FROM editorial_reviewcomment",
    "a comment on what is approved": _copy("editorial_reviewcomment", _COMMENT, "TRUE", version_id="'{waiting}'"),
    "an answer to a comment on another version": _copy(
        "editorial_reviewcomment", _COMMENT, "TRUE", version_id="'{back}'", answers_id="id"
    ),
    "a comment that says nothing": _copy("editorial_reviewcomment", _COMMENT, "TRUE", text="''"),
    # what is parked
    "the text that is parked": "UPDATE editorial_parkedtext SET content = '{{}}' WHERE state = 'PARKED'",
    "who wrote what is parked": "UPDATE editorial_parkedtext SET last_contribution_id = (SELECT MIN(id) FROM editorial_contribution)",
    "what a parked text was written upon": "UPDATE editorial_parkedtext SET base_id = '{out}'",
    "a text that was brought back parked again": "UPDATE editorial_parkedtext SET state = 'PARKED' WHERE state = 'BROUGHT_BACK'",
    "a parked text away": "DELETE FROM editorial_parkedtext",
    "a second parked text": _copy("editorial_parkedtext", _PARKED, "state = 'PARKED'"),
    "another text parked": _copy(
        "editorial_parkedtext", _PARKED, "state = 'BROUGHT_BACK'", state="'PARKED'", content_sha256="'{other}'"
    ),
    # editions
    "the bytes of an edition": "UPDATE editions_edition SET body = '{{}}'",
    "the checksum of an edition": "UPDATE editions_edition SET checksum = '{other}'",
    "the card of an edition": "UPDATE editions_edition SET card = '{{}}'",
    "what prose may quote of an edition": "UPDATE editions_edition SET facts = '{{}}'",
    "a word that an edition is found by": "UPDATE editions_searchword SET rank = rank + 1",
    "a facet that an edition is found by": "UPDATE editions_facet SET value = 'other'",
    "a reference that an edition is found by": "UPDATE editions_editionreference SET target = '{nowhere}'",
    "an edition that ended live again": "UPDATE editions_edition SET until_release_id = NULL WHERE until_release_id = 2",
    "an edition ended in a release that is out": "UPDATE editions_edition SET until_release_id = 2 WHERE until_release_id IS NULL",
    "an edition away": "DELETE FROM editions_edition WHERE id = {edition}",
    "an edition into a release that is out": _copy(
        "editions_edition", _EDITION, "id = {edition}", from_release_id="2", until_release_id="NULL"
    ),
    "an edition of what is in review": _copy(
        "editions_edition",
        _EDITION,
        "id = {edition}",
        from_release_id="3",
        until_release_id="NULL",
        version_id="'{open}'",
    ),
    "published content": "UPDATE editions_publishedcontent SET content = '{{}}'",
    "published content away": "DELETE FROM editions_publishedcontent",
    "a public address somebody else's": "UPDATE editions_publicslug SET content_id = '{nowhere}'",
    "a public address away": "DELETE FROM editions_publicslug",
    "a tombstone into a release that is out": (
        "INSERT INTO editions_tombstone (content_id, kind, slug, release_id, withdrawn_at, reason, public_note, "
        "partner_action) SELECT content_id, kind, slug, 2, published_at, 'LEGAL', 'No.', '' FROM editions_edition WHERE id = {edition}"
    ),
    # releases
    "the title of a release that is out": "UPDATE editions_publishedrelease SET title = 'Other'",
    "the hash of a release": "UPDATE editions_publishedrelease SET hash = '{other}' WHERE number = 2",
    "a release away": "DELETE FROM editions_publishedrelease WHERE number = 2",
    "a gap in the numbers": _copy(
        "editions_publishedrelease", _RELEASE, "number = 2", number="4", hash="'{other}'", previous_hash="hash"
    ),
    "a fork of the chain": _copy("editions_publishedrelease", _RELEASE, "number = 2", number="3", hash="'{other}'"),
    "a second first release": _copy("editions_publishedrelease", _RELEASE, "number = 1", number="3", hash="'{other}'"),
    "a release over a release": _copy("editions_publishedrelease", _RELEASE, "number = 2", title="'Other'")
    + " ON CONFLICT (number) DO UPDATE SET title = 'Other'",
    "the counter two ahead": "UPDATE releases_releasecounter SET number = number + 2",
    "the counter ahead of the releases": "UPDATE releases_releasecounter SET number = number + 1",
    "the counter back": "UPDATE releases_releasecounter SET number = 1",
    "the counter away": "DELETE FROM releases_releasecounter",
    "a published release open again": "UPDATE releases_release SET state = 'OPEN', number = NULL, published_at = NULL WHERE number = 2",
    "a release published by hand": "UPDATE releases_release SET state = 'PUBLISHED', number = 3, published_at = created_at WHERE id = '{release}'",
    "a release of the making away": "DELETE FROM releases_release WHERE id = '{release}'",
    "an unapproved version into a release": "INSERT INTO releases_releaseitem (release_id, item_id, version_id) SELECT '{release}', item_id, id FROM editorial_version WHERE id = '{open}'",
    "a version into a release that is out": "INSERT INTO releases_releaseitem (release_id, item_id, version_id) SELECT '{past}', item_id, id FROM editorial_version WHERE id = '{waiting}'",
    "a version out of a release that is out": "DELETE FROM releases_releaseitem WHERE release_id = '{past}'",
    "another version in a release": "UPDATE releases_releaseitem SET version_id = '{open}'",
    "a sign-off by the composer": (
        "INSERT INTO releases_signoff (release_id, person_id, role, impact_sha256, person_name, person_credentials, at) "
        "SELECT '{release}', {ann}, 'Medical reviewer', '{other}', 'Ann', '', created_at FROM releases_release WHERE id = '{release}'"
    ),
    "a sign-off by who wrote in a text of the set": (
        "INSERT INTO releases_signoff (release_id, person_id, role, impact_sha256, person_name, person_credentials, at) "
        "SELECT '{set}', {carl}, 'Medical reviewer', '{other}', 'Carl', '', created_at FROM releases_release WHERE id = '{set}'"
    ),
    "a sign-off of a release that is out": _copy("releases_signoff", _SIGN_OFF, "TRUE", impact_sha256="'{other}'"),
    "another verdict on a set": "UPDATE releases_setverdict SET marks = '[]'",
    "a verdict on a set away": "DELETE FROM releases_setverdict",
    "a composer of a release that is out": "INSERT INTO releases_releasecomposer (release_id, person_id) VALUES ('{past}', {carl})",
    "a working copy into a release that is out": "INSERT INTO releases_releaseworkingcopy (release_id, item_id, after, put_in_by_id) SELECT '{past}', item_id, 0, {ann} FROM editorial_version WHERE id = '{waiting}'",
    "a working copy into a second release": "INSERT INTO releases_releaseworkingcopy (release_id, item_id, after, put_in_by_id) SELECT '{release}', item_id, 0, {ann} FROM releases_releaseworkingcopy WHERE release_id = '{set}'",
    "other submissions of a working copy in a set": "UPDATE releases_releaseworkingcopy SET after = 9",
    "a release that waits for a text scheduled": "UPDATE releases_release SET state = 'SCHEDULED', publish_at = created_at, publish_zone = 'UTC', scheduled_by_id = {ann} WHERE id = '{set}'",
    "a release scheduled for no time": "UPDATE releases_release SET state = 'SCHEDULED', publish_zone = 'UTC', scheduled_by_id = {ann} WHERE id = '{release}'",
    "a version into a scheduled release": "INSERT INTO releases_releaseitem (release_id, item_id, version_id) SELECT '{scheduled}', item_id, id FROM editorial_version WHERE id = '{waiting}'",
    "a version out of a scheduled release": "DELETE FROM releases_releaseitem WHERE release_id = '{scheduled}'",
    "another time for a scheduled release": "UPDATE releases_release SET publish_at = created_at WHERE id = '{scheduled}'",
    "a scheduled release before its time": "UPDATE releases_release SET state = 'PUBLISHED', number = (SELECT MAX(number) FROM editions_publishedrelease), published_at = created_at WHERE id = '{scheduled}'",
    "a scheduled release before its time, by another time": "UPDATE releases_release SET state = 'PUBLISHED', publish_at = created_at, number = (SELECT MAX(number) FROM editions_publishedrelease), published_at = created_at WHERE id = '{scheduled}'",
    "a recall of what a later version was written upon": "UPDATE editorial_version SET state = 'RECALLED' WHERE id = '{upon}'",
    "a composer away": "DELETE FROM releases_releasecomposer",
    # the audit trail
    "a row of the trail": "UPDATE editorial_transition SET verb = 'approve' WHERE seq = 1",
    "a row of the trail away": "DELETE FROM editorial_transition WHERE seq = 1",
    "the last row of the trail away": "DELETE FROM editorial_transition WHERE seq = (SELECT MAX(seq) FROM editorial_transition)",
    "a gap in the trail": _copy("editorial_transition", _MOVE, "seq = 1", seq="999", hash="'{other}'"),
    "a fork of the trail": _copy(
        "editorial_transition",
        _MOVE,
        "seq = 2",
        seq="(SELECT MAX(seq) + 1 FROM editorial_transition)",
        hash="'{other}'",
    ),
    "the head of the trail away": "DELETE FROM editorial_audithead",
    # what sites say
    "a later release than a site said that it serves": "UPDATE partners_acknowledgement SET release = 2, hash = (SELECT hash FROM editions_publishedrelease WHERE number = 2)",
    "an acknowledgement another site's": "UPDATE partners_acknowledgement SET site_id = site_id + 1",
    "since when a site serves a release": "UPDATE partners_acknowledgement SET acknowledged_at = (SELECT published_at FROM editions_publishedrelease WHERE number = 1)",
    "an acknowledgement away": "DELETE FROM partners_acknowledgement",
    "a site away that said what it serves": "DELETE FROM partners_partnersite WHERE id = {site}",
    "an acknowledgement of a release that is not out": _copy(
        "partners_acknowledgement", _ACKNOWLEDGEMENT, "TRUE", release="9"
    ),
    "an acknowledgement of a release under another hash": _copy(
        "partners_acknowledgement", _ACKNOWLEDGEMENT, "TRUE", hash="'{other}'"
    ),
    # what content is
    "an item away": "DELETE FROM content_api_contentitem",
    "an item of another kind": "UPDATE content_api_contentitem SET kind = 'source'",
}
SQLITE_ONLY = {
    f"{table} by {way}": f"{way} {table} SELECT * FROM {table}"
    for table in (
        "editorial_version",
        "editorial_review",
        "editorial_reviewcomment",
        "editorial_parkedtext",
        "editions_edition",
        "editions_publishedrelease",
        "editorial_transition",
        "releases_release",
        "releases_setverdict",
        "partners_acknowledgement",
    )
    for way in ("INSERT OR REPLACE INTO", "REPLACE INTO")
} | {"a version by UPDATE OR REPLACE": "UPDATE OR REPLACE editorial_version SET content = '{{}}'"}
POSTGRESQL_ONLY = {
    f"{table} by TRUNCATE": f"TRUNCATE {table} CASCADE"
    for table in (
        "editorial_version",
        "editorial_review",
        "editorial_contribution",
        "editorial_reviewcomment",
        "editorial_parkedtext",
        "editions_edition",
        "editions_publishedrelease",
        "editions_tombstone",
        "editorial_transition",
        "releases_release",
        "releases_releaseitem",
        "releases_releasecounter",
        "releases_setverdict",
        "releases_releaseworkingcopy",
        "partners_acknowledgement",
    )
}


@pytest.fixture(scope="module")
def store(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Store]:
    """Fill a store once for all statements: none of them changes anything."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setitem(kinds._registry, SPECIMEN.name, SPECIMEN)
        store = filled(Desk(People()))
        connection.check_constraints()  # PostgreSQL truncates no table with deferred checks waiting, guards or not
        yield store
        transaction.set_rollback(True)


HERE = {**STATEMENTS, **(SQLITE_ONLY if connection.vendor == "sqlite" else POSTGRESQL_ONLY)}


@pytest.mark.parametrize("name", HERE)
def test_no_statement_gets_past_the_guards(store: Store, name: str) -> None:
    before = store.digest()
    with pytest.raises(DatabaseError) as refused:
        _execute(HERE[name].format(**store.names))
    assert not isinstance(refused.value, OperationalError | ProgrammingError | DataError), "it is no statement at all"
    assert store.digest() == before
    report("raw SQL", refused=1)


def test_there_are_enough_statements() -> None:
    assert len(HERE) >= 40


def _execute(statement: str) -> None:
    """Execute a statement, and what is checked no later than at the end of its transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()
