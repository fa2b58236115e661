import DOMPurify from "dompurify";
import { Marked } from "marked";

/** What a stranger's notes may be made of. No images: they would tell another server who reads. */
const allowed = {
  ALLOWED_TAGS: [
    ..."p br hr h1 h2 h3 h4 h5 h6 strong em del code pre blockquote".split(" "),
    ..."ul ol li a table thead tbody tr th td".split(" "),
  ],
  ALLOWED_ATTR: ["href", "align", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
};

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const marked = new Marked({
  async: false,
  gfm: true,
  breaks: true,
  renderer: {
    // What somebody wrote as HTML is read, not obeyed: no handler is even looked at.
    html: ({ text }) => escaped(text),
    image: ({ href, text }) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
  },
});

/** Markdown as nodes that hold no script, no style and nothing that is fetched by itself; images become links. */
export function nodesOfMarkdown(text: string): DocumentFragment {
  const html = marked.parse(text, { async: false });
  const nodes = DOMPurify.sanitize(html, { ...allowed, RETURN_DOM_FRAGMENT: true });
  for (const link of nodes.querySelectorAll("a")) {
    if (!link.hasAttribute("href")) link.replaceWith(...link.childNodes);
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer nofollow");
  }
  return nodes;
}
