"""What can be refused, and what to do about it; each entry is a page of ours at its own address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One thing that can be refused: its code, status and title, and what to do about it."""

    code: str
    status: int
    title: str
    explanation: str


CATALOG = {
    entry.code: entry
    for entry in (
        Entry(
            "unknown-parameter",
            400,
            "Unknown parameter",
            "The query holds a parameter that this address does not take. Nothing is ignored here, because a filter "
            "that is silently dropped shows people what they asked not to see. “errors” names each one, with the "
            "nearest that exist.",
        ),
        Entry(
            "invalid-parameter",
            400,
            "Invalid parameter",
            "A parameter has a value that it cannot have: a word outside of its vocabulary, an item that is not in "
            "the release, or a number out of bounds. “errors” names each one, with the nearest valid values.",
        ),
        Entry(
            "invalid-query",
            400,
            "Unreadable query",
            "The query could not be read: it is too long, is not valid UTF-8, or holds control characters. "
            "Percent-encode the UTF-8 bytes of each character.",
        ),
        Entry(
            "invalid-content",
            400,
            "Invalid content",
            "What was sent is not JSON, or not of the shape that this address takes: a member is unknown, missing, or of "
            "another type. Nothing of it was taken. “errors” points to each, with the nearest valid names.",
        ),
        Entry(
            "bad-request",
            400,
            "Bad request",
            "The request could not be read. Check the address, the headers and the host name that it was sent to.",
        ),
        Entry(
            "key-required",
            401,
            "A key is required",
            "Send your site's key with every request: “Authorization: Bearer cak_…”. Keys come from the people who "
            "run this service.",
        ),
        Entry(
            "key-refused",
            401,
            "The key was refused",
            "The key was mistyped, was revoked, or has expired. A key that does not work is never treated as no key. "
            "Check that it was copied whole; if it was, ask for a new one.",
        ),
        Entry(
            "forbidden",
            403,
            "Not allowed",
            "The request was understood, and is not allowed.",
        ),
        Entry(
            "not-found",
            404,
            "Not found",
            "There is nothing public at this address in the release that was read. Check the spelling and the slash "
            "at the end; the entry “/api/v1/” links to everything.",
        ),
        Entry(
            "release-not-found",
            404,
            "No such release",
            "Releases are numbered from 1 without gaps, and this number has not been reached. “/api/v1/releases/” "
            "lists them.",
        ),
        Entry(
            "nothing-published",
            404,
            "Nothing published yet",
            "There is no release yet. When the first one is published, this address answers.",
        ),
        Entry(
            "method-not-allowed",
            405,
            "Method not allowed",
            "This address does not take this method; the header “Allow” says which it takes.",
        ),
        Entry(
            "history-diverged",
            409,
            "Histories differ",
            "The request continues from a release that is not the one we have under that number, for example after "
            "a backup was restored. Start again from the current release.",
        ),
        Entry(
            "refused",
            409,
            "Refused",
            "A rule of the editorial process says no; “detail” says which and what to do.",
        ),
        Entry(
            "withdrawn",
            410,
            "Withdrawn",
            "The item was taken down. “reason” and “public_note” say why, “partner_action” and “act_by” what to do "
            "about pages that still show it, and “replaced_by” what to show in its place.",
        ),
        Entry(
            "redacted",
            410,
            "Pulled",
            "The text was pulled for safety, for a legal reason or because it was wrong, and is gone from earlier "
            "releases too. Take down every copy. “replaced_by” names what to show in its place, if there is anything.",
        ),
        Entry(
            "content-too-large",
            413,
            "Too much content",
            "The request carries more than is taken. Reads carry nothing; what else you send, send in smaller parts.",
        ),
        Entry(
            "address-too-long",
            414,
            "Address too long",
            "The address is longer than is read. Ask for fewer values at a time.",
        ),
        Entry(
            "unsupported-media-type",
            415,
            "Unsupported media type",
            "This address takes JSON. Send it with “Content-Type: application/json”.",
        ),
        Entry(
            "too-many-requests",
            429,
            "Too many requests",
            "The allowance is used up. Wait as many seconds as “Retry-After” says; “RateLimit” on every answer tells how "
            "much is left. Pinned answers may be kept for an hour, and “/api/v1/changes/” brings only what changed.",
        ),
        Entry(
            "headers-too-large",
            431,
            "Headers too large",
            "The headers of the request are larger than is read. Send only those that are needed.",
        ),
        Entry(
            "server-error",
            500,
            "Our error",
            "Something failed on our side, and was recorded under the “X-Request-Id” of the answer. Try again; if it "
            "happens again, tell us that id.",
        ),
        Entry(
            "unavailable",
            503,
            "Briefly unavailable",
            "The service cannot answer, or cannot save, at this moment. Try again in a few seconds: “Retry-After” says "
            "in how many. If you were saving something, look first whether it was saved.",
        ),
    )
}
