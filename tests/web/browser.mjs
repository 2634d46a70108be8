// Drives a headless browser over the pages of a running server and prints one line of JSON: what it saw, what was wrong.
// node browser.mjs CHROMIUM SERVER ELSEWHERE SHOTS PAGE ADDED [SEED]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const need = createRequire(process.cwd() + "/");
const { chromium } = need("playwright-core");
const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const [program, server, elsewhere, shots, page_file, added_file, seed_file] = process.argv.slice(2);

const wrong = [];
const seen = {};
const expect = (holds, says) => {
  if (!holds) wrong.push(says);
};

const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });

async function fresh(width, scheme) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    bypassCSP: false,
  });
  context.on("page", (page) => {
    page.on("console", (message) => {
      if (message.type() === "error") wrong.push(`console at ${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => wrong.push(`error at ${page.url()}: ${error}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(server) && !url.startsWith(elsewhere) && !/^(data|blob|about):/.test(url)) {
        wrong.push(`request to another host: ${url}`);
      }
    });
  });
  return context;
}

async function look(page, name) {
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `${name}: wider than the window by ${wide} pixels`);
  // As an extension would: in the page, and past its policy, which lets no inline script run.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { result } = await session.send("Runtime.evaluate", {
    expression: "axe.run(document).then((r) => JSON.stringify(r.violations.map((v) => ({ id: v.id, nodes: v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3) }))))",
    awaitPromise: true,
    returnByValue: true,
  });
  for (const finding of JSON.parse(result.value)) wrong.push(`axe at ${name}: ${finding.id} ${finding.nodes.join(" | ")}`);
  await session.detach();
}

async function paste(page, name) {
  await page.goto(server + "/");
  await look(page, `${name}-home`);
  await page.fill("#text", readFileSync(page_file, "utf8"));
  await page.click("form.ask button[type=submit]");
  await page.waitForURL(/\/trace\/[0-9a-f]+$/);
  await page.waitForSelector(".verdict", { timeout: 60000 });
  seen.verdict = (await page.textContent(".verdict")).replace(/\s+/g, " ").trim();
  seen.chain = (await page.textContent("svg.chain desc")).trim();
  await look(page, `${name}-trace`);
}

async function seed(page, name) {
  await page.goto(server + "/");
  await page.fill("#text", readFileSync(seed_file, "utf8"));
  await page.click("form.ask button[type=submit]");
  await page.waitForSelector(".verdict", { timeout: 60000 });
  seen.seed = (await page.textContent("svg.chain desc")).trim();
  expect(/Stern/.test(seen.seed) && /dpa/.test(seen.seed), `the seed page's chain: ${seen.seed}`);
  await look(page, `${name}-seed`);
}

async function spans(page) {
  // From the keyboard alone: to a mark, along it to its counterpart, and back.
  const mark = page.locator("a.mark[href]").first();
  await mark.focus();
  const from = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await page.keyboard.press("Enter");
  await page.waitForFunction((hash) => location.hash === hash, from);
  seen.jumped = await page.evaluate(() => document.querySelector(":target")?.classList.contains("mark"));
  expect(seen.jumped, "a mark does not lead to its counterpart");
  let steps = 0;
  const marks = new Set();
  while (steps < 200 && marks.size < 4) {
    await page.keyboard.press("Tab");
    steps += 1;
    const id = await page.evaluate(() => (document.activeElement.classList.contains("mark") ? document.activeElement.id : ""));
    if (id) marks.add(id);
  }
  seen.stepped = marks.size;
  expect(marks.size >= 4, `only ${marks.size} marks are reached from the keyboard`);
}

for (const [width, scheme] of [[1280, "light"], [390, "light"], [1280, "dark"], [390, "dark"]]) {
  const context = await fresh(width, scheme);
  const page = await context.newPage();
  const name = `${width}-${scheme}`;
  await paste(page, name);
  if (scheme === "light") await spans(page);
  if (seed_file) await seed(page, name);
  for (const [place, called] of [
    ["/store", "store"], ["/search?q=Seeleute", "search"], ["/article/2", "article"], ["/story/2", "story"],
    ["/compare?a=1&b=2", "compare"], ["/add", "add"], ["/bookmarklet", "bookmarklet"], ["/handover", "handover"],
    ["/api", "api"], ["/outlet/many.example", "outlet"],
  ]) {
    await page.goto(server + place);
    await look(page, `${name}-${called}`);
  }
  await context.close();
}

// An outlet's page, sorted and filtered.
{
  const context = await fresh(1280, "light");
  const page = await context.newPage();
  const titles = () => page.locator("[aria-labelledby=list] tbody tr td:nth-child(2)").allTextContents();
  await page.goto(server + "/outlet/many.example");
  await page.getByRole("link", { name: "Title" }).click();
  await page.waitForURL(/sort=title/);
  const up = await titles();
  expect(up.join() === [...up].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(), `not sorted: ${up}`);
  await page.getByRole("link", { name: "Title" }).click();
  await page.waitForURL(/order=down/);
  expect((await titles()).join() === [...up].reverse().join(), "not sorted downwards");
  await page.fill("#q", "harbour");
  await page.locator("form[method=get] button").click();
  await page.waitForURL(/q=harbour/);
  const found = await titles();
  seen.filtered = found.length;
  expect(found.length > 0 && found.length < up.length && found.every((t) => /harbour/i.test(t)), `not filtered: ${found}`);

  // A file is added, and found.
  await page.goto(server + "/add");
  await page.setInputFiles("#file", added_file);
  await page.click("form.ask button[type=submit]");
  await page.waitForURL(/\/add\/[0-9a-f]+$/);
  await page.waitForSelector("dl.facts");
  await page.goto(server + "/search");
  await page.fill("#q", "lighthouse keeper");
  await page.locator("form[role=search] button").click();
  await page.waitForSelector(".hits li");
  seen.found = (await page.textContent(".hits li a")).trim();
  await context.close();
}

// The bookmarklet, on a page whose policy lets nothing in.
{
  const context = await fresh(1280, "light");
  const page = await context.newPage();
  await page.goto(server + "/bookmarklet");
  const code = await page.getAttribute("a.button", "href");
  await page.goto(elsewhere + "/");
  const popup = context.waitForEvent("page");
  const session = await context.newCDPSession(page);
  // As the browser runs a bookmark: for the page, past its policy.
  await session.send("Runtime.evaluate", { expression: code.replace(/^javascript:/, ""), userGesture: true });
  const ours = await popup;
  await ours.waitForSelector("#hand:not([hidden])");
  seen.handed = (await ours.textContent("#seen-url")).trim();
  expect(seen.handed.startsWith(elsewhere), `handed over: ${seen.handed}`);
  expect(/\/handover/.test(ours.url()), "it was sent on before its reader said so");
  await look(ours, "1280-light-handed");
  await ours.click("#hand button");
  await ours.waitForURL(/\/trace\/[0-9a-f]+$/);
  await ours.waitForSelector(".verdict");
  seen.bookmarked = (await ours.textContent(".verdict")).replace(/\s+/g, " ").trim();
  await context.close();
}

// Behind a proxy that speaks TLS for the server, the bookmarklet leads to where its page was reached.
{
  const context = await browser.newContext();
  await context.route("https://trail.example/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    const answer = await fetch(server + pathname);
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  const page = await context.newPage();
  await page.goto("https://trail.example/bookmarklet");
  const code = await page.getAttribute("a.button", "href");
  seen.proxied = (code.match(/const o="([^"]*)"/) ?? [])[1];
  await context.close();
}

// A post from a page of another site is not taken.
{
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(elsewhere + "/open");
  const answered = page.waitForResponse((response) => response.url().startsWith(server));
  await page.evaluate((to) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = to + "/trace";
    form.enctype = "multipart/form-data";
    const text = document.createElement("textarea");
    text.name = "text";
    text.value = "A text that its reader has not asked about, long enough to be one.";
    form.append(text);
    document.body.append(form);
    form.submit();
  }, server);
  seen.crossSite = (await answered).status();
  expect(seen.crossSite === 403, `a post from elsewhere: ${seen.crossSite}`);
  await context.close();
}

await browser.close();
console.log(JSON.stringify({ seen, wrong }));
