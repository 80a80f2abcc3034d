"""A picture of GraphiQL with an answer in it: `python -m tests.browser.screenshot URL OUT.png`."""

import asyncio
import sys

from playwright.async_api import expect

from tests.browser.chromium import chromium, open_graphiql


async def main(url: str, out: str) -> None:
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        await open_graphiql(page, url)
        await page.get_by_role("button", name="Execute query").click()
        await expect(page.get_by_label("Result Window")).to_contain_text("data")
        await page.screenshot(path=out)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
