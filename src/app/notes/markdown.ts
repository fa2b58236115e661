import DOMPurify from "dompurify";
import { marked } from "marked";

/** What a stranger's notes may be made of. No images: they would tell another server who reads. */
const allowed = {
  ALLOWED_TAGS: [
    ..."p br hr h1 h2 h3 h4 h5 h6 strong em del code pre blockquote".split(" "),
    ..."ul ol li a table thead tbody tr th td".split(" "),
  ],
  ALLOWED_ATTR: ["href", "align", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
};

/** Markdown as nodes that hold no script, no style and nothing that is fetched by itself. */
export function nodesOfMarkdown(text: string): DocumentFragment {
  const html = marked.parse(text, { async: false, gfm: true, breaks: true });
  const nodes = DOMPurify.sanitize(html, { ...allowed, RETURN_DOM_FRAGMENT: true });
  for (const link of nodes.querySelectorAll("a[href]")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer nofollow");
  }
  return nodes;
}
