"""The story of a member: drop, read, find a bib, share."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.window import Window

Open = Callable[..., Window]


def test_a_photo_dropped_by_the_button_is_answered_in_its_thread(
    spotter: LocalSlack, channel: Channel, window: Open
) -> None:
    mia = window(spotter.member.id, channel.id)

    mia.choose_files([_sample("01")])
    mia.picture("member-1-about-to-drop")
    mia.type("They are off!")

    mia.page.get_by_role("button", name="1 reply").click()
    expect(mia.message("Spotter", "#thread")).to_contain_text("Bib")
    mia.picture("member-2-answer")


def test_many_photos_without_words_get_one_answer(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(spotter.member.id, channel.id)

    mia.choose_files(samples("*.jpg"))
    mia.page.locator(".composer").get_by_role("button", name="Send").click()

    expect(mia.page.locator(".message .files-many img")).to_have_count(7)
    expect(mia.page.locator(".thread-line")).to_contain_text("1 reply", timeout=40_000)
    mia.page.locator(".thread-line").click()
    expect(mia.message("Spotter", "#thread")).to_contain_text("06_finish.jpg", timeout=40_000)
    mia.picture("member-3-many-photos")


def test_a_photo_that_is_pasted_or_dragged_waits_in_the_composer(
    spotter: LocalSlack, channel: Channel, window: Open
) -> None:
    mia = window(spotter.member.id, channel.id)
    files = mia.page.locator("#conversation .attached li")

    for event, target in (("paste", "#conversation textarea"), ("drop", "#conversation .messages")):
        mia.page.evaluate(_HAND_OVER, [event, target])
    expect(files).to_have_count(2)
    mia.page.get_by_role("button", name="Remove paste.png").click()

    expect(files).to_have_count(1)


def test_a_sample_photo_is_dropped_from_the_menu(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(spotter.member.id, channel.id)

    mia.page.get_by_role("button", name="Add photos, and more").click()
    mia.picture("member-4-samples")
    mia.page.get_by_role("menuitem", name="07_podium.jpg").click()
    expect(mia.page.locator(".attached-picture")).to_be_visible()
    mia.page.keyboard.press("Enter")

    expect(mia.page.locator(".message .file-name")).to_have_text("07_podium.jpg")


def test_a_bib_is_found_by_its_number_and_shared(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    spotter.invite(channel.id, spotter.member.id)  # else the bot remembers for minutes where she was before
    mia = window(spotter.member.id, channel.id, size=(1100, 960))
    mia.choose_files([_sample("03")])
    mia.type("The woods")
    expect(mia.page.locator(".thread-line")).to_contain_text("1 reply")

    mia.page.locator("#conversation textarea").press_sequentially("/findb")
    expect(mia.page.get_by_role("option", name="/findbib")).to_be_visible()
    mia.picture("member-5-command-help")
    mia.page.keyboard.press("Tab")
    mia.page.keyboard.type("588")
    mia.page.keyboard.press("Enter")

    found = mia.message("Only visible to you")
    expect(found).to_contain_text("Bib 588")
    mia.picture("member-6-findbib")
    found.get_by_role("button", name="Share here").click()
    expect(mia.message("Bib 588")).not_to_contain_text("Only visible to you")


def test_a_mention_in_a_thread_is_answered_there(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(spotter.member.id, channel.id)
    mia.choose_files([_sample("02")])
    mia.type("Along the lake")
    mia.page.get_by_role("button", name="1 reply").click()

    mia.type("@Spotter what do you see?", "#thread")

    expect(mia.page.locator("#thread .message")).to_have_count(4)


def test_a_command_in_a_thread_is_refused_as_slack_does(slack: LocalSlack, channel: Channel, window: Open) -> None:
    root = slack.say(slack.member.id, channel.id, "A word")
    mia = window(slack.member.id, channel.id, thread=root.ts)

    mia.type("/spotter help", "#thread")

    expect(mia.notice).to_contain_text("/spotter is not supported in threads. Sorry!")


def test_the_link_of_a_photo_is_copied_and_taken_by_a_command(spotter: LocalSlack, window: Open) -> None:
    mia = window(spotter.member.id, spotter.race.id)
    mia.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mia.choose_files([_sample("02")])
    mia.type("Along the lake")
    expect(mia.page.locator(".thread-line")).to_contain_text("1 reply")

    mia.menu(mia.message("Along the lake"), "Copy link to 02_lake_road.jpg")
    expect(mia.notice).to_contain_text("The link is copied.")
    mia.type(f"/spotter look {mia.page.evaluate('navigator.clipboard.readText()')}")

    expect(mia.message("I am looking at it.")).to_contain_text("Only visible to you")


def test_a_message_of_ones_own_can_be_deleted_from_its_menu(slack: LocalSlack, channel: Channel, window: Open) -> None:
    slack.say(slack.member.id, channel.id, "Never mind")
    mia = window(slack.member.id, channel.id)

    mia.menu(mia.message("Never mind"), "Delete message")

    expect(mia.page.locator(".message")).to_have_count(0)


def _sample(begins: str) -> Path:
    [sample] = samples(f"{begins}*.jpg")
    return sample


_HAND_OVER = """([event, target]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array([137, 80])], `${event}.png`, {type: "image/png"}));
  const init = {bubbles: true, cancelable: true};
  const made = event === "paste"
    ? new ClipboardEvent("paste", {...init, clipboardData: data})
    : new DragEvent("drop", {...init, dataTransfer: data});
  document.querySelector(target).dispatchEvent(made);
}"""
