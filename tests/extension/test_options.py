"""Can a person choose the sites whose posts get a button, by what the sites are for?"""

from playwright.sync_api import expect

from tests.extension.conftest import Installed


def test_no_site_is_left_out_of_the_kinds(paired: Installed) -> None:
    listed = paired.call("""async () => {
      const { byKind } = await import('/lib/sites-choice.js');
      const { platforms } = await import('/lib/sites.js');
      const chosen = byKind(platforms()).map((kind) => kind.platforms.map(({ platform }) => platform));
      return [chosen.flat().sort(), platforms().map(({ platform }) => platform).sort()];
    }""")
    assert listed[0] == listed[1]


def test_all_sites_with_pictures_stand_on_top_and_each_kind_is_one_tick(paired: Installed) -> None:
    options = paired.own_page("options/options.html")
    assert options.locator("#sites > li").first.inner_text().startswith("All sites, with pictures")
    assert options.locator("#sites h3").all_inner_texts() == ["Social networks", "Reviews", "Forums"]
    everything = options.get_by_label("All of these: Social networks")
    expect(everything).not_to_be_checked()  # this browser is allowed on some of them only
    options.locator("#sites .kind li", has_text="x.com").first.locator("input").uncheck()
    expect(options.locator("#told")).to_contain_text("Off: X.")
    assert options.evaluate("async () => (await chrome.storage.local.get('switchedOff')).switchedOff") == [
        "x"
    ]
    options.locator("#sites .kind li", has_text="x.com").first.locator("input").check()
    options.evaluate("() => chrome.runtime.sendMessage({ type: 'sites' })")  # for the tests that follow
