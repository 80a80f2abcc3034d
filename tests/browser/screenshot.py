"""A picture of GraphiQL with an answer in it, for the README.

    python -m tests.browser.screenshot URL OUT.png TAB

The tabs from the first to this one are run.
"""

import asyncio
import sys

from playwright.async_api import expect

from tests.browser.chromium import chromium, open_graphiql


async def main(url: str, out: str, last: str) -> None:
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        await open_graphiql(page, url)
        for tab in await page.locator(".graphiql-tab-button").all():
            await tab.click()
            await page.get_by_role("button", name="Execute query").click()
            await expect(page.get_by_label("Result Window")).to_contain_text("data")
            if await tab.inner_text() == last:
                break
        await page.mouse.move(700, 895)  # away from what would show a tooltip
        await page.wait_for_timeout(500)  # the spinner fades
        await page.screenshot(path=out)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
