"""Does everything that waits arrive once, in the order of its making, with its picture?"""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tests.extension.conftest import Installed, running
from tests.extension.receiver import Receiver

KEEP = """async ({ key, server, from, count, bytes }) => {
  const { attach, put } = await import('/lib/outbox.js');
  const { digestOf } = await import('/lib/pictures.js');
  const made = [];
  for (let at = from; at < from + count; at += 1) {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    const body = { platform: 'x', kind: 'post', url: `https://x.com/nell/status/${at}`, text: `No ${at}` };
    await put({ id, to: key, server, member: 'Noor Ametz', body, made: new Date().toISOString(),
      tries: 0, next: 0, state: 'waiting', screenshot: bytes ? 'taking' : 'none' });
    const blob = new Blob([new Uint8Array(bytes).fill(at % 251)], { type: 'image/png' });
    if (bytes) await attach(id, { blob, digest: await digestOf(blob), redacted: at % 2 === 1 });
    made.push(id);
  }
  return made;
}"""

FORGET_THAT_IT_IS_AWAY = """async () => chrome.storage.local.remove(
  Object.keys(await chrome.storage.local.get(null)).filter((key) => key.startsWith('rest:')))"""
"""Or the next start would wait for its alarm, which comes after half a minute at the earliest."""


def keep(browser: Installed, receiver: Receiver, count: int, first: int = 1, size: int = 0) -> list[str]:
    """Captures of as many posts, kept but not sent; their ids in the order of their making."""
    key = f"{receiver.url} noor@example.com"
    asked = {"key": key, "server": receiver.url, "from": first, "count": count, "bytes": size}
    made: list[str] = browser.call(KEEP, asked)
    return made


def test_five_hundred_captures_outlive_the_worker_and_the_browser(
    playwright: Playwright, unpacked: Path, tmp_path: Path, receiver: Receiver
) -> None:
    receiver.stop()
    with running(playwright, unpacked, tmp_path) as browser:
        browser.pair(receiver)
        made = keep(browser, receiver, 250, size=40_000)
        browser.stop_worker()
        made += keep(browser, receiver, 250, first=251, size=40_000)
        keep(browser, receiver, 1, first=501)  # there is no room for it
        assert [entry["id"] for entry in browser.waiting()] == made
        browser.call(FORGET_THAT_IT_IS_AWAY)
    receiver.start()
    with running(playwright, unpacked, tmp_path) as browser:
        receiver.wait_for(lambda: len(receiver.captures) > 150, seconds=120)
        browser.stop_worker()
        browser.send_now()
        receiver.wait_for(lambda: len(receiver.captures) == 500, seconds=120)
        receiver.wait_for(lambda: len(receiver.screenshots) > 150, seconds=120)
        browser.stop_worker()
        browser.send_now()
        receiver.wait_for(lambda: len(receiver.screenshots) == 500, seconds=120)
        browser.until_waiting(0)
    assert list(receiver.captures) == made
    assert list(receiver.screenshots) == made
    assert {len(picture) for picture in receiver.screenshots.values()} == {40_000}
    assert [receiver.screenshots[name][0] for name in made] == [at % 251 for at in range(1, 501)]


def test_a_picture_says_what_its_bytes_are_and_whether_parts_were_blurred(
    paired: Installed, receiver: Receiver
) -> None:
    odd, even = keep(paired, receiver, 2, size=1_000)
    paired.send_now()
    paired.until_waiting(0)
    assert receiver.digests[odd][0]
    assert [receiver.digests[odd][1], receiver.digests[even][1]] == ["blurred", None]


def test_a_case_is_told_why_there_is_no_picture_when_that_is_known_only_later(
    paired: Installed, receiver: Receiver
) -> None:
    late, interrupted = keep(paired, receiver, 2)
    change = "async ([id, changes]) => (await import('/lib/outbox.js')).change(id, changes)"
    long_ago = "2025-02-01T08:00:00.000Z"
    paired.call(change, [late, {"screenshot": "taking"}])
    paired.call(change, [interrupted, {"screenshot": "taking", "made": long_ago}])
    paired.send_now()
    receiver.wait_for(lambda: len(receiver.captures) == 2)
    paired.call("async id => (await import('/lib/outbox.js')).attach(id, undefined, 'in_background')", late)
    paired.send_now()
    paired.until_waiting(0)
    assert receiver.problems == {late: "in_background", interrupted: "failed"}
    assert receiver.screenshots == {}


def test_an_early_one_waits_with_all_the_later_ones_while_the_server_is_away(
    paired: Installed, receiver: Receiver
) -> None:
    made = keep(paired, receiver, 3)
    receiver.refuse = (503, "Back in a minute.")
    paired.send_now()
    receiver.wait_for(lambda: [path for method, path in receiver.asked if method == "PUT"])
    receiver.refuse = None
    paired.send_now()
    paired.until_waiting(0)
    assert list(receiver.captures) == made
    tried = [path for method, path in receiver.asked if method == "PUT"]
    assert tried[:2] == [f"/api/v1/captures/{made[0]}"] * 2


def test_a_refused_one_does_not_hold_up_the_rest(paired: Installed, receiver: Receiver) -> None:
    receiver.refused_posts = {"https://x.com/nell/status/1"}
    made = keep(paired, receiver, 3)
    paired.send_now()
    receiver.wait_for(lambda: len(receiver.captures) == 2)
    assert list(receiver.captures) == made[1:]
    paired.until_waiting(1)
    [left] = paired.waiting()
    assert (left["id"], left["state"], left["fields"]) == (made[0], "failed", {"text": "Too long."})


def test_what_joins_a_case_waits_for_the_capture_that_opens_it(paired: Installed, receiver: Receiver) -> None:
    receiver.refused_posts = {"https://x.com/nell/status/1"}
    first, second, third = keep(paired, receiver, 3)
    join = """async ([first, second]) => {
      const { change, entryOf } = await import('/lib/outbox.js');
      await change(second, { body: { ...(await entryOf(second)).body, sameCaseAs: first } });
    }"""
    paired.call(join, [first, second])
    paired.send_now()
    assert list(receiver.captures) == [third]
    receiver.refused_posts = set()
    mend = "id => chrome.runtime.sendMessage({ type: 'edit', id, fields: { note: 'Mended' } })"
    assert paired.call(mend, first)
    receiver.wait_for(lambda: len(receiver.captures) == 3)
    opened, joined = list(receiver.captures)[1:]
    assert (joined, receiver.captures[joined]["sameCaseAs"]) == (second, opened)


def test_one_that_breaks_the_server_is_set_aside_by_itself(paired: Installed, receiver: Receiver) -> None:
    receiver.broken = {"https://x.com/nell/status/1"}
    made = keep(paired, receiver, 3)
    paired.send_now()
    assert list(receiver.captures) == made[1:]
    [left] = paired.waiting()
    assert (left["id"], left["state"], left["tries"]) == (made[0], "waiting", 1)
    receiver.broken = set()
    paired.send_now()
    receiver.wait_for(lambda: len(receiver.captures) == 3)


def test_a_full_outbox_takes_no_picture_but_keeps_the_capture(paired: Installed, receiver: Receiver) -> None:
    paired.call("""async () => {
      const { inTransaction, promisify } = await import('/lib/idb.js');
      await inTransaction('readwrite', ({ held }) => promisify(held.put(199_999_000, 'bytes')));
    }""")
    [name] = keep(paired, receiver, 1, size=2_000)
    [entry] = paired.waiting()
    assert (entry["id"], entry["screenshot"]) == (name, "none")


def test_bytes_are_counted_in_and_out(paired: Installed, receiver: Receiver) -> None:
    first, second = keep(paired, receiver, 2, size=5_000)
    paired.call("async id => (await import('/lib/outbox.js')).drop(id)", first)
    [left] = paired.waiting()
    weigh = """async () => {
      const { inTransaction, promisify } = await import('/lib/idb.js');
      return inTransaction('readonly', async ({ held, pictures }) =>
        [await promisify(held.get('bytes')), await promisify(pictures.count())]);
    }"""
    assert left["id"] == second
    assert paired.call(weigh) == [5_000 + len(json.dumps(left["body"], separators=(",", ":"))), 1]


def test_what_the_first_version_kept_is_moved_and_sent(
    browser_with_extension: Installed, receiver: Receiver
) -> None:
    name = "00000000-0000-4000-8000-000000000001"
    old: dict[str, Any] = {
        "pairing": {"server": receiver.url, "token": receiver.token, "member": "Noor Ametz"},
        f"outbox:{name}": {
            "id": name,
            "server": receiver.url,
            "body": {"platform": "x", "kind": "post", "url": "https://x.com/nell/status/1"},
            "made": "2025-02-01T08:00:00.000Z",
            "tries": 3,
            "next": 4e12,
            "state": "waiting",
            "screenshot": "kept",
        },
        f"screenshot:{name}": {"type": "image/png", "base64": "iVBORw0KGgo="},
    }
    browser_with_extension.call("old => chrome.storage.local.set(old)", old)
    browser_with_extension.call("async () => (await import('/lib/migration.js')).migrate()")
    assert browser_with_extension.stored("outbox:")[0]["id"] == name
    assert browser_with_extension.stored("pairing")[0][0]["key"] == f"{receiver.url} Noor Ametz"
    assert browser_with_extension.stored("screenshot:") == []
    browser_with_extension.send_now()
    receiver.wait_for(lambda: name in receiver.screenshots)
    assert receiver.screenshots[name] == b"\x89PNG\r\n\x1a\n"
