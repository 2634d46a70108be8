// Opens report pages in a headless browser at two widths, light and dark, and prints as JSON what is wrong with them.
// node reports.mjs CHROMIUM SHOTS PAGE…
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const need = createRequire(process.cwd() + "/");
const { chromium } = need("playwright-core");
const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const [program, shots, ...pages] = process.argv.slice(2);
const wrong = [];
const seen = { sorted: 0, jumped: 0 };

const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
for (const file of pages) {
  for (const [width, colorScheme] of [[1280, "light"], [390, "light"], [1280, "dark"], [390, "dark"]]) {
    const at = `${basename(file)} at ${width}, ${colorScheme}`;
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    page.on("console", (message) => wrong.push(`${at}: console: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`${at}: script error: ${error}`));
    page.on("dialog", (dialog) => { wrong.push(`${at}: a script ran: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) wrong.push(`${at}: request to ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) wrong.push(`${at}: scrolls sideways, ${wide} wide`);
    const unnamed = await page.evaluate(() => [...document.querySelectorAll("svg:not([aria-hidden]), img")]
      .filter((g) => g.getAttribute("role") !== "img" || !g.querySelector("title")?.textContent.trim()).length);
    if (unnamed) wrong.push(`${at}: ${unnamed} graphics without a name`);
    const mark = page.locator("a.mark[href]").first();
    if (await mark.count()) {
      await mark.focus();
      await page.keyboard.press("Enter");
      const there = await page.evaluate(() => document.querySelector(":target")?.textContent ?? "");
      if (there) seen.jumped += 1;
      else wrong.push(`${at}: a mark leads nowhere`);
      await page.evaluate(() => { location.hash = ""; });
    }
    const head = page.locator("table.sortable th[data-sort=number] button").first();
    if (await head.count()) {
      await head.click();
      await head.click();
      const order = await page.evaluate(() => {
        const table = document.querySelector("table.sortable");
        const column = [...table.tHead.rows[0].cells].findIndex((c) => c.getAttribute("aria-sort") === "descending");
        return [...table.tBodies[0].rows].map((row) => Number(row.cells[column].dataset.v));
      });
      if (order.every((value, n) => n === 0 || order[n - 1] >= value)) seen.sorted += 1;
      else wrong.push(`${at}: the list does not sort: ${order}`);
    }
    await page.screenshot({ path: `${shots}/${basename(file, ".html")}-${width}-${colorScheme}.png`, fullPage: true });
    await context.close();
    // The page's own policy keeps the checker out, so it looks at a page that lets it in.
    const open = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const looked = await open.newPage();
    await looked.goto(pathToFileURL(file).href);
    await looked.evaluate(axe);
    for (const found of (await looked.evaluate(() => axe.run())).violations) {
      wrong.push(`${at}: axe: ${found.id}: ${found.nodes.map((node) => node.html).slice(0, 2).join(" | ").slice(0, 300)}`);
    }
    await open.close();
  }
}
await browser.close();
console.log(JSON.stringify({ wrong, seen }));
