import { expect, test } from "vitest";
import { nodesOfMarkdown } from "./markdown";

function shown(text: string): HTMLElement {
  const box = document.createElement("div");
  box.append(nodesOfMarkdown(text));
  return box;
}

test("Markdown is rendered as its author meant it", () => {
  const box = shown("# Why\n\n- **one**\n- `two`\n\n| a | b |\n|---|---|\n| 1 | 2 |");
  expect(box.querySelector("h1")?.textContent).toBe("Why");
  expect([...box.querySelectorAll("li")].map((item) => item.innerHTML)).toEqual([
    "<strong>one</strong>",
    "<code>two</code>",
  ]);
  expect(box.querySelectorAll("td")).toHaveLength(2);
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "![a](https://example.org/a.png)",
  "[a](javascript:alert(1))",
  "[a](data:text/html,x)",
  '<a href="https://example.org" onclick="alert(1)" style="position:fixed">x</a>',
  "<iframe src=https://example.org></iframe><style>*{display:none}</style><form><input></form>",
  '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
])("nothing in %s runs, is fetched or covers the page", (text) => {
  const box = shown(text);
  expect(box.querySelector("script, img, iframe, style, form, input, svg")).toBeNull();
  for (const element of box.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      expect(["href", "target", "rel"]).toContain(name);
      if (name === "href") expect(value).toMatch(/^https:/);
    }
  }
});

test("a link opens in a new tab and sends no referrer", () => {
  const link = shown("[paper](https://example.org)").querySelector("a");
  expect([link?.target, link?.rel]).toEqual(["_blank", "noopener noreferrer nofollow"]);
});

test("unsupported content stays readable: HTML as text, images as links, checkboxes as signs", () => {
  const box = shown(
    "a <b onclick=x>bold</b>\n\n![a picture](https://example.org/a.png)\n\n- [x] done\n- [ ] open",
  );
  expect(box.querySelector("p")?.textContent).toBe("a <b onclick=x>bold</b>");
  const link = box.querySelector("a");
  expect([link?.textContent, link?.getAttribute("href")]).toEqual(["a picture", "https://example.org/a.png"]);
  expect([...box.querySelectorAll("li")].map((item) => item.textContent?.trim())).toEqual([
    "☑ done",
    "☐ open",
  ]);
});

test("text that is not a link does not look like one", () => {
  expect(shown("[a](javascript:alert(1))").querySelector("a")).toBeNull();
});
