"""What the job engine remembers holds ids, and nothing of what is in a photo."""

from sqlalchemy import inspect, text

from bot.core.corrections import Correction
from bot.demo.records import Upload
from storage.models import Base
from tests import pictures
from tests.trip.conftest import Trip


def history(trip: Trip) -> str:
    """All that stands in the job engine's own tables."""
    engine = trip.bot.storage.engine
    schema = None if engine.dialect.name == "sqlite" else "dbos"
    ours = {*Base.metadata.tables, "alembic_version"}
    tables = [name for name in inspect(engine).get_table_names(schema=schema) if schema or name not in ours]
    with engine.connect() as connection:
        rows = [connection.execute(text(f'select * from {schema or "main"}."{name}"')).all() for name in tables]  # noqa: S608  # names that the database told
    return str(rows)


def test_after_a_photo_a_correction_and_a_deletion_no_name_and_no_number_is_in_it(trip: Trip) -> None:
    channel, team, user = trip.channel(), trip.slack.team_id, trip.slack.member.id
    message = trip.drop(channel, Upload("zdenka-at-the-finish.jpg", pictures.bib("6501")))
    trip.answer(message)
    trip.bot.spotter.forget_access(team, user)
    [photo] = trip.bot.spotter.correcting.photos(team, user, channel, message.ts)
    trip.bot.spotter.correcting.correct(team, photo.share, Correction(by=user, was="6501", number="6502"))
    trip.settle()
    assert trip.slack.replies(message)[0].text.startswith("Bib 6502")
    trip.slack.delete_file(user, message.files[0])
    trip.settle()

    kept = history(trip)

    assert message.files[0] in kept  # else nothing was searched
    assert "zdenka" not in kept
    assert not any(f'"{number}"' in kept or f"'{number}'" in kept for number in ("6501", "6502"))
